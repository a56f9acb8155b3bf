"""Teaching: labels make a candidate, its effect is counted, applied and taken back; words say why."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classify.linear.features import Sample
from classify.linear.model import load_model
from classify.pipeline import STARTER
from classify.run import classify_pending
from classify.teaching.effect import preview
from classify.teaching.learn import least_weight, teach
from classify.teaching.mixed import MixedModel, mix
from classify.teaching.since import difference, macro_f1
from tests.warehouse.make import copy_of, document, make_home, read, source
from warehouse.database import Warehouse
from warehouse.desk.desk import Desk
from warehouse.desk.sittings import Drawing
from warehouse.errors import NothingUsable, UserError
from warehouse.home import Home
from warehouse.ingest import ingest_reads, ingest_sources
from warehouse.intervals import wilson
from warehouse.models import folders_in_use, in_use, read_effect, roll_back, use_model
from warehouse.queries.teaching import Candidate
from warehouse.sittings import BRAKE, draw, judge, own_figure, take_back

# A library's own habit that no packaged model knows: matters of the "evening school" are 文化, not 教育.
CRAFTS = ["书法", "合唱", "摄影", "国画", "陶艺", "戏曲", "茶艺", "剪纸"]
MATTERS = ["课程安排", "学员报名", "教室开放", "学费标准", "教师招聘", "开班"]
PLACES = ["农村", "国道", "山区", "沿江", "城郊", "跨县", "东部", "环湖"]
WORKS = ["养护", "大修工程", "桥梁检测", "路面改造", "绿化", "应急抢修"]
EVENING = [f"市民夜校{craft}{matter}" for craft in CRAFTS for matter in MATTERS]
ROADS = [f"{place}公路{work}" for place in PLACES for work in WORKS]
TAUGHT = 88
CULTURE = {"code": "14-02", "name": "文化"}
ROAD = {"code": "07-05", "name": "公路"}


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Ninety-six classified documents, all but the last eight with a librarian's class; never written to."""
    home = make_home(tmp_path_factory.mktemp("taught"))
    names = [name for pair in zip(EVENING, ROADS, strict=True) for name in pair]
    papers = [
        replace(
            document(number), title=f"关于{name}的通知", paragraphs=(f"{name}有关事项。",), doc_number=None
        )
        for number, name in enumerate(names, start=1)
    ]
    with Warehouse.open(home) as warehouse:
        ingest_sources(warehouse, [source(department_code="", name_zh="青禾市信息网")])
        ingest_reads(warehouse, [read(paper) for paper in papers])
    classify_pending(home)
    with Desk.open(home) as desk:
        for paper in papers[:TAUGHT]:
            value = CULTURE if "夜校" in paper.title else ROAD
            desk.correct(paper.document_id, "topic", _known(value["code"]), None, "", "local")
    return home


@pytest.fixture
def library(taught: Home, tmp_path: Path) -> Home:
    """The same for one test, which teaches and changes it."""
    return copy_of(taught, tmp_path)


def _known(code: str) -> dict[str, str]:
    from classify.taxonomy.load import load_taxonomy

    return {"code": code, "name": load_taxonomy().topic(code).path}


def test_the_seed_fades_with_labels_and_never_at_once() -> None:
    assert [least_weight(labels, 22) for labels in (0, 22, 44, 88, 500)] == [1.0, 0.75, 0.5, 0.0, 0.0]


def test_an_interval_is_wide_for_few_and_narrow_for_many() -> None:
    assert wilson(0.8, 10) == (0.4902, 0.9433)
    low, high = wilson(0.8, 1000)
    assert high - low < 0.06
    assert wilson(0.0, 0) == (0.0, 1.0)


def test_f1_and_the_interval_of_a_change_are_those_of_the_books() -> None:
    assert macro_f1([("a", "a"), ("a", "b"), ("b", "b"), ("b", "")]) == pytest.approx((2 / 3 + 1 / 2) / 2)
    assert macro_f1([]) == 0.0
    low, high = difference(15, 5, 100)
    assert (low, high) == pytest.approx((0.0146, 0.1854), abs=2e-4)
    assert difference(0, 0, 10) == (0.0, 0.0)


def test_corrections_make_a_candidate_that_changes_nothing_until_it_is_applied(library: Home) -> None:
    card = teach(library)
    counted = {"documents": 88, "published": 0, "librarian": 88, "random": 0, "classes": 2, "single": 0}
    assert card["labels"] == counted
    assert card["trial"]["all"]["accuracy"] > card["trial"]["all"]["accuracy_before"]
    since = card["since"]
    assert (since["since"], since["corrections"], since["documents"]) == (None, 88, 88)
    assert since["accuracy_after"] == card["trial"]["all"]["accuracy"]  # the same documents, asked again
    assert since["accuracy_after"] - since["accuracy_before"] == pytest.approx(
        (since["gained"] - since["lost"]) / 88, abs=2e-4
    )
    assert since["low"] < (since["gained"] - since["lost"]) / 88 < since["high"]
    assert since["f1_after"] > since["f1_before"]
    assert since["changed"] >= len(since["examples"]) > 0
    assert not card["in_use"]
    assert classify_pending(library).documents == 0
    assert teach(library)["name"] == card["name"]


def test_its_effect_is_counted_by_class_organ_and_region_and_kept(library: Home) -> None:
    card = teach(library)
    effect = preview(library, card["name"])
    assert (effect["documents"], effect["looked_at"], effect["settled"]) == (96, 96, 88)
    assert effect["moved"] == sum(move["documents"] for move in effect["moves"]) >= 4
    assert {move["after"] for move in effect["moves"] if "夜校" in move["examples"][0][1]} == {"14-02"}
    assert effect["moved"] == sum(one["documents"] for one in effect["regions"])
    kept = read_effect(library, card["name"])
    assert kept is not None
    assert kept["moved"] == effect["moved"]
    assert preview(library, card["name"], sample=3)["looked_at"] == 3


def test_applied_it_labels_the_warehouse_anew_without_news_and_is_taken_back(library: Home) -> None:
    card = teach(library)
    with Warehouse.open(library) as warehouse:
        before = warehouse.connection.execute("select * from event order by all").fetchall()
    use_model(library, card["name"])
    labelled = classify_pending(library)
    assert (labelled.documents, in_use(library)) == (96, {"topic": card["name"]})
    with Warehouse.open(library) as warehouse:
        assert warehouse.connection.execute("select * from event order by all").fetchall() == before
        models = warehouse.connection.execute(
            "select distinct model from classifier join label using (classifier_id)"
        ).fetchall()
    assert any(card["name"] in model for (model,) in models)
    assert roll_back(library) == (card["name"], "packaged")
    assert folders_in_use(library) == []
    with pytest.raises(UserError, match="nothing to go back to"):
        roll_back(library)


def test_a_killed_relabelling_is_continued(library: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("classify.run.BATCH", 40)

    def die(_stage: str, done: int, _total: int) -> None:
        if done >= 80:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        classify_pending(library, again=True, progress=die)
    assert classify_pending(library).documents == 16


def test_without_a_label_there_is_nothing_to_learn(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    with Warehouse.open(home):
        pass
    with pytest.raises(NothingUsable, match="hold a sitting"):
        teach(home)
    with pytest.raises(UserError, match="--scheme 'crs'"):
        teach(home, "crs")


SHELF = """
scheme = "shelf"
name_zh = "书架"
name_en = "Shelf"
levels = 1
[[class]]
code = "road"
name_zh = "路"
name_en = "Road"
terms = ["公路", "国道"]
[[class]]
code = "school"
name_zh = "学"
name_en = "School"
terms = ["课程", "学员", "教师", "教室"]
[[class]]
code = "craft"
name_zh = "艺"
name_en = "Craft"
terms = ["展览"]
"""


def _shelved(home: Home) -> dict[str, str]:
    """The class of the home's own scheme that the program, not a person, gave each document first."""
    with Warehouse.open(home) as warehouse:
        rows = warehouse.connection.execute(
            "select document_id, arg_min(code, rank) from label where field = 'topic' and scheme = 'shelf'"
            " and basis <> 'librarian' group by document_id"
        ).fetchall()
    return dict(rows)


def test_a_scheme_with_terms_alone_is_taught_by_one_sitting(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    home.taxonomies.mkdir(exist_ok=True)
    (home.taxonomies / "shelf.toml").write_text(SHELF, encoding="utf-8")
    names = [*EVENING[:36], *ROADS[:24]]
    papers = [
        replace(document(number), title=f"关于{name}的通知", paragraphs=(f"{name}有关事项。",),
                doc_number=None, topics=(), topic_scheme=None)
        for number, name in enumerate(names, start=1)
    ]  # fmt: skip
    with Warehouse.open(home) as warehouse:
        ingest_sources(warehouse, [source(department_code="", name_zh="青禾市信息网")])
        ingest_reads(warehouse, [read(paper) for paper in papers])
    classify_pending(home)
    rest = [paper.document_id for paper in papers[:36] if paper not in papers[0:34:2]]
    assert "craft" not in _shelved(home).values()
    with Desk.open(home) as desk:
        for paper in [*papers[0:34:2], *papers[36:44]]:  # twenty-five: a sitting
            code, name = ("craft", "艺") if "夜校" in paper.title else ("road", "路")
            desk.correct(paper.document_id, "topic", {"code": code, "name": name}, None, "", "local")
    card = teach(home, "shelf")
    assert card["mixed"]["seed"].startswith("terms-")
    assert card["labels"]["documents"] == card["trial"]["all"]["documents"] == 25
    assert card["trial"]["all"]["right"] > card["trial"]["all"]["right_before"]
    moves = preview(home, card["name"])["moves"]
    assert sum(move["documents"] for move in moves if move["after"] == "craft") >= 15
    use_model(home, card["name"])
    classify_pending(home)
    assert [_shelved(home).get(one) for one in rest].count("craft") >= 15


def test_terms_that_name_one_class_are_no_seed(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    home.taxonomies.mkdir(exist_ok=True)
    (home.taxonomies / "shelf.toml").write_text(SHELF, encoding="utf-8")
    paper = replace(document(1), title="关于公路养护的通知", paragraphs=("公路。",), topics=())
    with Warehouse.open(home) as warehouse:
        ingest_sources(warehouse, [source(department_code="", name_zh="青禾市信息网")])
        ingest_reads(warehouse, [read(paper)])
    with Desk.open(home) as desk:
        desk.correct(paper.document_id, "topic", {"code": "road", "name": "路"}, None, "", "local")
    with pytest.raises(NothingUsable, match="fewer than two classes"):
        teach(home, "shelf")


def test_a_mixed_model_is_the_same_after_a_round_trip_and_needs_no_pickle(tmp_path: Path) -> None:
    seed = load_model(STARTER)
    mixed = mix(seed, seed, 0.7, {"id": "m", "field": "topic", "scheme": "state-council", "threshold": 0.15})
    mixed.save(tmp_path / "m")
    again = load_model(tmp_path / "m")
    samples = [Sample(title="关于加强养老服务的通知"), Sample(title="公路")]
    assert isinstance(again, MixedModel)
    np.testing.assert_allclose(again.predict(samples), seed.predict(samples), atol=2e-3)
    assert not [file for file in tmp_path.rglob("*") if file.suffix in (".pkl", ".pickle")]


def test_a_model_that_current_names_and_is_gone_is_told(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    home.models.mkdir()
    (home.models / "CURRENT").write_text(json.dumps({"topic": ["packaged", "lost"]}), encoding="utf-8")
    with pytest.raises(UserError, match="names 'lost'"):
        folders_in_use(home)
    with pytest.raises(UserError, match="There is no model 'x'"):
        use_model(home, "x")


def _candidates(count: int) -> list[Candidate]:
    """Many doubtful ones of one class, the rest spread."""
    tops = ["01" if at % 2 else f"{at % 20:02d}" for at in range(count)]
    return [Candidate(f"d{at}", f"{top}-01", f"{top}\\乙", 0.5, at / count) for at, top in enumerate(tops)]


def test_the_brake_knows_classes_whose_codes_begin_alike() -> None:
    found = [Candidate(f"d{at}", f"gd-{at % 9}", f"class {at % 9}", 0.5, at / 400) for at in range(400)]
    drawn = Counter(one.drawn for one in draw(found, 25, "seed"))
    assert drawn == {"random": 13, "doubtful": 12}


def test_half_a_sitting_is_drawn_by_chance_and_the_doubtful_half_has_a_brake() -> None:
    drawn = draw(_candidates(400), 25, "seed")
    halves = Counter(one.drawn for one in drawn)
    assert halves == {"random": 13, "doubtful": 12}
    classes = Counter((one.given or "")[:2] for one in drawn if one.drawn == "doubtful")
    assert max(classes.values()) <= BRAKE
    assert draw(_candidates(400), 25, "seed") == drawn != draw(_candidates(400), 25, "other")
    assert len(draw(_candidates(3), 25, "seed")) <= 3


def test_only_documents_drawn_by_chance_tell_how_good_the_library_is(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    drawings = [
        Drawing("d1", "random", "07-05", "路", 0.9), Drawing("d2", "random", "07-05", "路", 0.9),
        Drawing("d3", "doubtful", "07-05", "路", 0.2), Drawing("d4", "random", None, None, None),
    ]  # fmt: skip
    with Desk.open(home) as desk:
        assert own_figure(desk) is None
        sitting = desk.sittings.begin("topic", "p1", ["topic-a"], 40, drawings, "local")
        judge(desk, sitting, sitting.documents[0], {"code": "07-05", "name": "路"}, "local")
        judge(desk, sitting, sitting.documents[1], {"code": "14-02", "name": "文"}, "local")
        judge(desk, sitting, sitting.documents[2], {"code": "14-02", "name": "文"}, "local")
        judge(desk, sitting, sitting.documents[3], None, "local")
        figure = own_figure(desk)
        assert figure is not None
        assert (figure.documents, figure.right, figure.classifiers) == (2, 1, ("topic-a",))
        now = desk.sittings.of(sitting.sitting_id)
        assert [one.answer for one in now.documents] == ["confirmed", "corrected", "corrected", "skipped"]
        take_back(desk, now, 2, "local")
        assert desk.corrections("d2") == []
        assert desk.sittings.of(sitting.sitting_id).answered == 3
