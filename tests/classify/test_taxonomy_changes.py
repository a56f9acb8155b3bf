"""Changes of a scheme: what differs, whom it moves, into force and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from classify.run import classify_pending
from classify.taxonomy.change import Merge, TermChange, scheme_change
from classify.taxonomy.choice import chosen_schemes
from classify.taxonomy.drafts import as_published, draft_change, draft_file, new_draft, obstacles
from classify.taxonomy.load import load_taxonomy, packaged_schemes
from classify.taxonomy.preview import effect
from classify.taxonomy.versions import history, publish_draft, roll_back
from tests.warehouse.make import document, fill, make_home
from warehouse.database import Warehouse
from warehouse.desk.desk import Desk
from warehouse.errors import UserError
from warehouse.home import Home

HEAD = 'scheme = "shelf"\nname_zh = "书架"\nname_en = "Shelf"\n'


def one_class(code: str, name: str, *terms: str, more: str = "") -> str:
    words = ", ".join(f'"{term}"' for term in terms)
    names = f'name_zh = "{name}"\nname_en = "{name}"'
    return f'\n[[class]]\ncode = "{code}"\n{names}\ndecisive = [{words}]\n{more}\n'


OLD = HEAD + one_class("a", "银发", "养老", "敬老") + one_class("b", "学堂", "学校") + one_class("c", "余")
NEW = (
    HEAD
    + one_class("a", "长者", "敬老")
    + one_class("d", "照护", "养老", more='replaces = ["b"]')
    + one_class("e", "新")
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with the shelf scheme in force and four documents."""
    made = make_home(tmp_path)
    made.taxonomies.mkdir()
    (made.taxonomies / "shelf.toml").write_text(OLD, encoding="utf-8")
    titles = ("关于养老服务的通知", "关于养老机构的通知", "关于敬老月的通知", "关于学校的通知")
    fill(made, [document(number, title=title) for number, title in enumerate(titles, start=1)])
    return made


def draft(home: Home, text: str, name: str = "shelf") -> Path:
    file = home.taxonomies / "drafts" / f"{name}.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def labels(home: Home, scheme: str = "shelf") -> dict[str, str]:
    with Warehouse.open(home) as warehouse:
        rows = warehouse.connection.execute(
            "select r.title, l.code from label l join document d using (document_id)"
            " join reading r on r.reading_id = d.reading_id"
            " where l.field = 'topic' and l.scheme = ? and l.basis <> 'published' order by l.rank desc",
            [scheme],
        ).fetchall()
    return {str(title): str(code) for title, code in rows}


def test_a_change_names_classes_words_and_merges(home: Home) -> None:
    change = draft_change(home, draft(home, NEW))
    assert [one.code for one in change.added] == ["d", "e"]
    assert [one.code for one in change.removed] == ["c"]
    assert [(one.code, one.before) for one in change.renamed] == [("a", "银发 (银发)")]
    assert change.merged == (Merge("d", "照护", ("b",)),)
    assert change.moved_terms == (TermChange("养老", "a", "d"),)
    assert change.removed_terms == (TermChange("学校", "b", None),)
    assert not change.labels_stay


def test_a_note_alone_moves_nothing(home: Home) -> None:
    change = draft_change(home, draft(home, OLD.replace("decisive", 'note_zh = "收老人。"\ndecisive', 1)))
    assert (change.changed_notes, change.labels_stay, change.added) == (("a",), True, ())


def test_the_effect_counts_documents_that_move_by_terms_alone(home: Home) -> None:
    moved = effect(home, home.taxonomies / "shelf.toml", draft(home, NEW))
    assert (moved.documents, moved.looked_at, moved.moved) == (4, 4, 3)
    assert [(one.before, one.after, one.documents) for one in moved.moves] == [("a", "d", 2), ("b", "", 1)]
    assert "养老" in moved.moves[0].examples[0]
    assert effect(home, home.taxonomies / "shelf.toml", draft(home, NEW), sample=2).looked_at == 2


def test_publishing_keeps_the_version_before_and_rollback_brings_it_back(home: Home) -> None:
    classify_pending(home)
    assert labels(home)["关于养老服务的通知"] == "a"
    version = publish_draft(home, draft(home, NEW), "local", "照护自成一类")
    assert (version.name, version.before, version.classes) == ("shelf-2", "shelf-1", 3)
    assert classify_pending(home).documents == 4
    assert labels(home)["关于养老服务的通知"] == "d"
    back = roll_back(home, "shelf", "local")
    assert (back.name, back.action, back.before) == ("shelf-1", "rollback", "shelf-2")
    assert (home.taxonomies / "shelf.toml").read_text(encoding="utf-8") == OLD
    classify_pending(home)
    assert labels(home)["关于养老服务的通知"] == "a"
    assert [(one.action, one.name) for one in history(home, "shelf")] == [
        ("found", "shelf-1"),
        ("publish", "shelf-2"),
        ("rollback", "shelf-1"),
    ]


def test_a_new_version_labels_anew_and_makes_no_news(home: Home) -> None:
    classify_pending(home)
    with Warehouse.open(home) as warehouse:
        versions = warehouse.connection.execute("from version order by all").fetchall()
        documents = warehouse.connection.execute("from document order by document_id").fetchall()
    publish_draft(home, draft(home, NEW), "local")
    assert classify_pending(home).documents == 4
    assert classify_pending(home).documents == 0
    with Warehouse.open(home) as warehouse:
        assert warehouse.connection.execute("from version order by all").fetchall() == versions
        assert warehouse.connection.execute("from document order by document_id").fetchall() == documents


def test_a_correction_follows_a_merged_class(home: Home) -> None:
    correct(home, {"code": "b", "name": "学堂"})
    publish_draft(home, draft(home, NEW), "local")
    classify_pending(home)
    with Warehouse.open(home) as warehouse:
        rows = warehouse.connection.execute("select scheme, code, name from label where basis = 'librarian'")
        assert rows.fetchall() == [("shelf", "d", "照护")]


def correct(home: Home, value: dict[str, str]) -> None:
    with Warehouse.open(home) as warehouse:
        row = warehouse.connection.execute("select min(document_id) from document").fetchone()
    with Desk.open(home) as desk:
        before = {"code": "02", "name": "综合政务"}
        desk.correct(str(row[0] if row else ""), "topic", value, before, "", "local")


def test_a_class_that_people_use_is_not_dropped(home: Home) -> None:
    correct(home, {"code": "c", "name": "余"})
    file = draft(home, NEW)
    with pytest.raises(UserError, match=r'1 corrections? names? the class \'c\'.*replaces = \["c"\]'):
        publish_draft(home, file, "local")
    home.themes.mkdir(exist_ok=True)
    (home.themes / "mine.toml").write_text('name_zh = "我的"\ntopics = ["c"]\n', encoding="utf-8")
    told = obstacles(home, draft_change(home, file), load_taxonomy(file))
    assert any("theme mine names the class 'c'" in sentence for sentence in told)


def test_a_code_of_another_scheme_in_use_is_refused(home: Home) -> None:
    with pytest.raises(UserError, match="the code '06' is a class of state-council already"):
        publish_draft(home, draft(home, OLD + one_class("06", "田")), "local")


def test_a_packaged_scheme_is_changed_in_the_home_and_given_back(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    file = new_draft(home, "state-council", "state-council")
    with pytest.raises(UserError, match="as it is in force; change the draft first"):
        publish_draft(home, file, "local")
    file.write_text(file.read_text(encoding="utf-8") + one_class("23", "食堂", "食堂"), encoding="utf-8")
    assert publish_draft(home, file, "local").before == "packaged"
    assert "23" in chosen_schemes(home).taxonomies[0].by_code
    assert roll_back(home, "state-council", "local", to="packaged").classes == 143
    assert chosen_schemes(home).chosen == ("state-council",)
    with pytest.raises(UserError, match="known are packaged, state-council-1"):
        roll_back(home, "state-council", "local", to="state-council-9")


def test_drafts_are_found_by_name_and_never_overwritten(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    file = new_draft(home, "mine", None)
    assert load_taxonomy(draft_file(home, "mine")).scheme == "mine"
    with pytest.raises(UserError, match="is already there"):
        new_draft(home, "mine", None)
    with pytest.raises(UserError, match="neither a file nor a draft"):
        draft_file(home, "yours")
    with pytest.raises(UserError, match="use small letters, digits and hyphens"):
        new_draft(home, "../x", None)
    assert scheme_change(None, load_taxonomy(file)).added[0].code == "a"
    with pytest.raises(UserError, match="has no history"):
        roll_back(home, "mine", "local")
    log = home.taxonomies / "history" / "mine" / "log.jsonl"
    log.parent.mkdir(parents=True)
    log.write_text("{\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"log\.jsonl: line 1 is not what"):
        history(home)


def test_every_packaged_scheme_can_be_drafted(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    for scheme in packaged_schemes():
        assert draft_change(home, new_draft(home, scheme, scheme)).labels_stay


PRINTED = HEAD + (
    one_class("a", "银发", "养老", more='variants = ["老人"] # of the old list')
    + one_class("b", "学堂", "学校", more='variants = ["书院"]')
    + one_class("c", "余")
    + one_class("c-01", "其他")
    + one_class("c-02", "舟车")
    + one_class("f", "山水", "山", "水")
)
REFORMED = HEAD + (
    one_class("a", "长者", "养老", more='variants = ["老人"] # of the old list')
    + one_class("d", "育人", "学校", more='replaces = ["b"]')
    + one_class("c", "余")
    + one_class("c-01", "零星")
    + one_class("d-01", "行旅", more='replaces = ["c-02"]')
    + one_class("f", "山川", "山")  # split: what was 山水 is two classes now, and goes on in the first
    + one_class("g", "湖海", "水")
)


@pytest.fixture
def printed(tmp_path: Path) -> Home:
    """A home whose site goes on printing the names of an older scheme."""
    made = make_home(tmp_path)
    made.taxonomies.mkdir()
    (made.taxonomies / "shelf.toml").write_text(PRINTED, encoding="utf-8")
    names = ("银发", "老人", "学堂", "书院", "余\\其他", "余\\舟车", "山水")
    papers = [
        document(number, title=f"甲{number}", topics=(name,), topic_scheme=None, paragraphs=("此件公开。",))
        for number, name in enumerate(names, start=1)
    ]
    fill(made, papers)
    return made


def as_printed(home: Home) -> list[str]:
    """The class that each document has by what its site prints, in the order of the documents."""
    with Warehouse.open(home) as warehouse:
        rows = warehouse.connection.execute(
            "select l.code from label l join document d using (document_id)"
            " join reading r on r.reading_id = d.reading_id"
            " where l.scheme = 'shelf' and l.basis = 'published' order by r.title"
        ).fetchall()
    return [str(code) for (code,) in rows]


def test_documents_that_print_an_old_name_keep_their_class_through_renaming_merging_and_splitting(
    printed: Home,
) -> None:
    classify_pending(printed)
    assert as_printed(printed) == ["a", "a", "b", "b", "c-01", "c-02", "f"]
    correct(printed, {"code": "a", "name": "银发"})
    file = draft(printed, REFORMED)
    change = draft_change(printed, file)
    assert [one.code for one in change.renamed] == ["a", "c-01", "f"]
    assert [(one.code, one.name, one.key) for one in change.kept_names] == [
        ("a", "银发", "variants"),
        ("d", "学堂", "variants"),
        ("d", "书院", "variants"),
        ("c-01", "其他", "variants"),
        ("d-01", "余\\舟车", "combined"),
        ("f", "山水", "variants"),
    ]
    moved = effect(printed, printed.taxonomies / "shelf.toml", as_published(file, change, printed.root))
    assert [(one.before, one.after, one.documents) for one in moved.moves] == [
        ("b", "d", 2),
        ("c-02", "d-01", 1),
    ]
    with Warehouse.open(printed) as warehouse:
        versions = warehouse.connection.execute("from version order by all").fetchall()
    publish_draft(printed, file, "local")
    kept = load_taxonomy(printed.taxonomies / "shelf.toml")
    assert kept.by_code["a"].variants == ("银发", "老人")
    assert "# of the old list" in file.read_text(encoding="utf-8")
    classify_pending(printed)
    assert as_printed(printed) == ["a", "a", "d", "d", "c-01", "d-01", "f"]
    with Warehouse.open(printed) as warehouse:
        assert warehouse.connection.execute("from version order by all").fetchall() == versions
        rows = warehouse.connection.execute("select code, name from label where basis = 'librarian'")
        assert rows.fetchall() == [("a", "长者")]
    assert draft_change(printed, file).labels_stay


def test_an_old_name_that_another_class_has_now_is_that_ones(printed: Home) -> None:
    swapped = PRINTED.replace('"学堂"', '"书斋"').replace('"余"', '"学堂"')
    kept = draft_change(printed, draft(printed, swapped)).kept_names
    assert [(one.code, one.name) for one in kept] == [("c", "余")]


def test_a_name_that_an_editor_strikes_out_of_a_class_is_gone(printed: Home) -> None:
    struck = PRINTED.replace('variants = ["老人"] # of the old list', "")
    assert draft_change(printed, draft(printed, struck)).kept_names == ()


def test_a_scheme_that_is_not_written_line_by_line_is_named(printed: Home) -> None:
    inline = HEAD + 'class = [{code = "a", name_zh = "长者", name_en = "长者"}]\n'
    with pytest.raises(UserError, match="class a loses its printed name '银发'; write it into its variants"):
        publish_draft(printed, draft(printed, inline), "local")
