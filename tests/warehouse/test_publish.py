"""A publication is whole, checked, masked, made only when something changed, and three are kept."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.make import (
    CLASSIFIER,
    DAY,
    bodies,
    citation,
    classification,
    copy_of,
    document,
    fact,
    fill,
    label,
    later,
    make_home,
    number,
    read,
    read_attachment,
    source,
    topics,
)
from warehouse import publish as publishing
from warehouse.clock import FixedClock
from warehouse.database import Warehouse
from warehouse.errors import EnvironmentProblem, NothingUsable
from warehouse.folders import CURRENT, publication_ids, read_current
from warehouse.home import Home, SampleClock
from warehouse.ingest import ingest_reads, ingest_runs, ingest_sources, ingest_vocabulary
from warehouse.labelling import bake_corrections, store_classifications
from warehouse.outbox import touch
from warehouse.publication import Publication
from warehouse.publish import PublicationRefused, publish
from warehouse.queries import briefing
from warehouse.queries.briefing import count_members
from warehouse.queries.export import document_rows
from warehouse.queries.pages_listing import Selection, count_documents, list_documents
from warehouse.queries.pages_overview import departments
from warehouse.queries.pages_overview import topics as overview_topics
from warehouse.records import Classification, Correction, Document, TopicClass
from warehouse.run_records import CrawlRun, SourceHealth
from warehouse.search.query import search


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = make_home(tmp_path_factory.mktemp("filled"))
    fill(made, [document(n) for n in range(1, 5)])
    with Warehouse.open(made) as w:
        ingest_vocabulary(w, topics(), bodies())
    return made


@pytest.fixture
def home(filled: Home, tmp_path: Path) -> Home:
    return copy_of(filled, tmp_path)


@pytest.fixture(scope="module")
def published(filled: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = copy_of(filled, tmp_path_factory.mktemp("out"))
    publish(made)
    return made


@pytest.fixture
def out(published: Home, tmp_path: Path) -> Home:
    """The same home with a publication of it."""
    return copy_of(published, tmp_path)


def at(home: Home, instant: datetime) -> Home:
    """The same sample home on another day."""
    return replace(home, settings=replace(home.settings, clock=SampleClock(instant.isoformat())))


def shown(home: Home) -> Publication:
    publication = Publication.current(home)
    assert publication is not None
    return publication


def ingest(home: Home, *documents: Document, instant: datetime = DAY, **options: Any) -> None:
    with Warehouse.open(home) as w:
        ingest_reads(w, [read(one, at=instant, **options) for one in documents])


def store(home: Home, *done: Classification) -> None:
    with Warehouse.open(home) as w:
        store_classifications(w, CLASSIFIER, done)


def corrections(home: Home, *made: Correction) -> None:
    with Warehouse.open(home) as w:
        bake_corrections(w, made)


def test_a_publication_holds_rows_bodies_and_index(home: Home) -> None:
    seen: list[tuple[str, int, int]] = []
    summary = publish(home, progress=lambda *step: seen.append(step))
    publication = shown(home)
    assert (summary.documents, summary.unchanged, summary.refused) == (4, False, ())
    assert publication.publication_id == summary.publication_id == read_current(home.published)
    assert publication.body(document(2).document_id) == document(2).paragraphs
    assert publication.body("doc-unknown") == ()
    assert publication.rows("select documents, sample from publication") == [
        {"documents": 4, "sample": False}
    ]
    assert (publication.index_folder / "meta.json").is_file()
    assert seen[-1] == ("published", 4, 4)


def test_nothing_changed_means_no_new_publication(out: Home) -> None:
    first = shown(out)
    ingest(out, *(document(n) for n in range(1, 5)))
    second = publish(out)
    assert second.unchanged
    assert second.publication_id == first.publication_id
    assert publication_ids(out.published) == [first.publication_id]


def test_a_second_quiet_run_of_the_day_is_no_news_but_a_silent_source_is(home: Home) -> None:
    def crawl(run_id: str, verdict: str, instant: datetime) -> None:
        run = CrawlRun(run_id, "crawl", instant, instant, "done", ("mzt",))
        health = SourceHealth(run_id, "mzt", verdict, "", 9, 4, 5, 0, 0, 0, 0, 100, instant)
        with Warehouse.open(home) as w:
            ingest_runs(w, [run], [health])

    crawl("run-1", "ok", DAY)
    publish(home)
    crawl("run-2", "ok", DAY + timedelta(hours=1))
    assert publish(home).unchanged
    crawl("run-3", "blocked", DAY + timedelta(hours=2))
    assert not publish(home).unchanged
    crawl("run-4", "blocked", later(1))
    assert not publish(home).unchanged  # the data reach a new day


def test_only_the_new_body_is_written_and_the_old_segment_is_shared(out: Home) -> None:
    ingest(out, document(5))
    second = publish(out)
    third_folder = out.published / second.publication_id / "bodies"
    assert second.counts["bodies_written"] == 1
    assert second.counts["index_changes"] == 1
    assert len(list(third_folder.iterdir())) == 2
    assert all(os.stat(file).st_nlink >= 2 for file in third_folder.iterdir())
    assert shown(out).body(document(1).document_id) == document(1).paragraphs


def test_many_small_segments_become_one(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.body_delta.MANY_SEGMENTS", 2)
    for extra in range(5, 9):
        ingest(home, document(extra))
        publish(home)
    folder = home.published / str(read_current(home.published)) / "bodies"
    assert len(list(folder.iterdir())) <= 3
    assert [shown(home).body(document(n).document_id)[1] for n in range(1, 9)] == [
        document(n).paragraphs[1] for n in range(1, 9)
    ]
    assert {file.name for file in home.bodies.iterdir()} == {file.name for file in folder.iterdir()}


def test_personal_data_is_masked_at_equal_length_wherever_it_shows(home: Home) -> None:
    text = "联系人王明，电话13800138000。"
    one = document(6, paragraphs=("通知", text), title="关于王明同志的通知")
    ingest(home, one)
    with Warehouse.open(home) as w:
        ingest_reads(
            w, [read_attachment("http://mzt.yunhe.example/6.pdf", str(one.url), "表：王明 13900139000")]
        )
    facts = (
        fact("personal:name", "王明", 1, text.index("王"), text.index("王") + 2),
        fact("personal:mobile", "13800138000", 1, text.index("1"), text.index("1") + 11),
    )
    store(
        home,
        classification(home, one, facts=facts, citations=(citation(one, text, "mentions", title="某文件"),)),
    )
    publish(home)
    publication = shown(home)
    masked = "联系人＊＊，电话＊＊＊＊＊＊＊＊＊＊＊。"
    assert publication.body(one.document_id) == ("通知", masked)
    row = publication.rows("select title, excerpt from document where document_id = ?", [one.document_id])[0]
    assert row == {"title": "关于＊＊同志的通知", "excerpt": f"通知 {masked}"}
    assert publication.rows("select sentence from citation") == [{"sentence": masked}]
    assert publication.rows("select text from attachment") == [{"text": "表：＊＊ ＊＊＊＊＊＊＊＊＊＊＊"}]
    assert {fact["value"].strip("＊") for fact in publication.rows("select value from fact")} == {""}
    raw = b"".join(file.read_bytes() for file in publication.folder.rglob("*") if file.is_file())
    assert b"13800138000" not in raw
    assert "王明".encode() not in raw


def test_numbers_are_masked_before_anybody_classified(home: Home) -> None:
    one = document(7, paragraphs=("电话13800138000，统一编号20260520123，身份证11010519900307123X。",))
    ingest(home, one)
    publish(home)
    assert shown(home).body(one.document_id) == (
        "电话＊＊＊＊＊＊＊＊＊＊＊，统一编号20260520123，身份证＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊。",
    )


def test_a_masking_that_is_found_later_makes_a_new_body(out: Home) -> None:
    one = document(1)
    store(out, classification(out, one, facts=(fact("personal:name", "各", 0, 0, 1),)))
    publish(out)
    assert shown(out).body(one.document_id)[0] == "＊市民政局："


def test_labels_name_the_document_and_a_librarians_outranks_all(home: Home) -> None:
    one = document(1)
    store(
        home,
        classification(
            home, one, topics=(label("13", "民政、扶贫、救灾"),), number=number("云民发〔2026〕1号"),
            departments=(label("xs-mca", "民政部", field="department", basis="published"),),
        ),
    )  # fmt: skip
    publish(home)
    columns = (
        "department_code, department_name, level, region, jurisdiction, topic_code, topic1_code, topic1_name"
    )
    query = f"select {columns}, topic_basis from document where document_id = '{one.document_id}'"
    assert shown(home).rows(query) == [{
        "department_code": "xs-mca", "department_name": "民政部", "level": "national", "region": "全国",
        "jurisdiction": "XS", "topic_code": "13", "topic1_code": "13", "topic1_name": "民政、扶贫、救灾",
        "topic_basis": "rule",
    }]  # fmt: skip
    made = datetime(2026, 6, 2, tzinfo=UTC)
    name = "民政、扶贫、救灾\\社会福利"
    corrections(
        home,
        Correction(1, one.document_id, "topic", {"code": "13-02", "name": name}, None, "", "local", made),
        Correction(2, one.document_id, "title", "改正的标题", None, "", "local", made),
        Correction(3, one.document_id, "published", "2026-04-30", None, "", "local", made),
        Correction(5, one.document_id, "doc_type", "通报", None, "", "local", made),
        Correction(4, one.document_id, "doc_number", "云民函（2026）008号", None, "", "local", made),
    )
    publish(home)
    row = shown(home).rows(f"select * from document where document_id = '{one.document_id}'")[0]
    assert (row["topic_code"], row["topic_basis"], row["topic1_code"]) == ("13-02", "librarian", "13")
    assert (row["title"], row["published"]) == ("改正的标题", date(2026, 4, 30))
    assert row["doc_type"] == "通报"
    assert (row["doc_number"], row["number_normal"]) == ("云民函（2026）008号", "云民函〔2026〕8号")
    ranks = shown(home).rows("select rank, code, basis from label where field = 'topic' order by rank")
    assert [(label["rank"], label["basis"]) for label in ranks] == [(1, "librarian"), (2, "rule")]


def test_without_a_label_the_source_gives_level_and_region(out: Home) -> None:
    rows = shown(out).rows("select distinct level, region, jurisdiction, department_code from document")
    assert rows == [
        {"level": "provincial", "region": "云河省", "jurisdiction": "XS-10", "department_code": None}
    ]


def test_replayed_documents_are_published_only_when_asked(home: Home) -> None:
    ingest(home, document(8), kind="replayed")
    assert publish(home).documents == 4
    assert publish(home, replayed=True).documents == 5
    assert publish(home).documents == 4


def test_a_theme_gathers_its_documents(out: Home) -> None:
    found = shown(out).rows(
        "select theme_id, reason, count(*) as documents from theme_member "
        "where theme_id = 'elderly-care' group by all"
    )
    assert found == [{"theme_id": "elderly-care", "reason": "term:养老服务", "documents": 4}]
    weeks = shown(out).rows("select week, documents from week_count")
    assert weeks == [{"week": date(2026, 5, 18), "documents": 4}]


def test_an_empty_warehouse_is_refused_and_says_why(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    with pytest.raises(
        PublicationRefused, match=r"minimum-documents .0 documents, asked for are 1.*nothing was"
    ):
        publish(home)
    assert Publication.current(home) is None
    assert not [entry for entry in home.published.iterdir() if entry.name.startswith(".partial")]


def test_half_of_the_documents_missing_is_refused_unless_forced(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    fill(home, [document(n) for n in range(1, 6)])
    first = publish(home)
    with Warehouse.open(home) as w:
        w.connection.execute("delete from document where document_id <> ?", [document(1).document_id])
        touch(w.connection, (document(n).document_id for n in range(2, 6)))
    with pytest.raises(PublicationRefused, match=r"half-of-the-last-publication.*stays current") as refusal:
        publish(home)
    assert refusal.value.exit_code == NothingUsable.exit_code
    assert refusal.value.refused == ("half-of-the-last-publication",)
    assert shown(home).publication_id == first.publication_id
    assert publish(home, force=True).documents == 1


def _labelled_wrongly(home: Home) -> None:
    store(home, classification(home, document(1), topics=(label("99", "没有这一类"),)))


def _dated_wrongly(home: Home) -> None:
    ingest(home, document(9, published=date(2199, 1, 1)))


def _without_title(home: Home) -> None:
    ingest(home, document(9, title=" "))


def _with_sample(home: Home) -> None:
    with Warehouse.open(home) as w:
        ingest_sources(w, [source("sample-a", sample=True)])
    ingest(home, document(9, source_id="sample-a"))


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (_labelled_wrongly, "label-outside-vocabulary"),
        (_dated_wrongly, "published-in-the-far-future"),
        (_without_title, "document-without-reading"),
        (_with_sample, "sample-and-real-apart"),
    ],
)
def test_a_broken_rule_keeps_the_old_publication(out: Home, spoil: Any, rule: str) -> None:
    first = shown(out)
    spoil(out)
    with pytest.raises(PublicationRefused) as refusal:
        publish(out)
    assert refusal.value.refused == (rule,)
    assert shown(out).publication_id == first.publication_id
    with Warehouse.open(out) as w:
        outcomes = w.connection.execute("select outcome from publication order by created_at").fetchall()
    assert outcomes == [("published",), ("refused",)]


def test_three_publications_are_kept_and_torn_ones_swept(home: Home) -> None:
    made = []
    (home.published / ".partial-20260101-000000-1").mkdir(parents=True)
    for extra in range(10, 15):
        ingest(home, document(extra))
        made.append(publish(home).publication_id)
    assert publication_ids(home.published) == made[:-4:-1]
    assert sorted(entry.name for entry in home.published.iterdir()) == sorted([*made[-3:], CURRENT])


def test_a_disk_that_fills_up_leaves_the_old_publication(out: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    first = shown(out)
    ingest(out, document(5))

    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publishing, "seal", full)
    with pytest.raises(EnvironmentProblem, match=r"disk is full.*publication stay"):
        publish(out)
    monkeypatch.undo()
    assert shown(out).publication_id == first.publication_id
    assert [entry.name for entry in out.published.iterdir() if entry.name.startswith(".")] == []
    assert publish(out).documents == 5


def test_a_lost_index_is_built_again(out: Home) -> None:
    for file in out.index.iterdir():
        file.unlink()
    ingest(out, document(5))
    assert publish(out).counts["index_changes"] == 5


def test_the_sample_home_says_so(tmp_path: Path) -> None:
    home = make_home(tmp_path, now=DAY)
    with Warehouse.open(home) as w:
        ingest_sources(w, [source(sample=True)])
        ingest_reads(w, [read(document(1))])
    summary = publish(home)
    assert shown(home).sample
    assert summary.publication_id == "20260601-000000-1"
    assert isinstance(home.clock, FixedClock)
    ingest(home, document(2))
    assert publish(home).publication_id == "20260601-000000-2"
    assert shown(home).created_at == DAY


def test_withdrawn_documents_stay_and_say_so(home: Home) -> None:
    with Warehouse.open(home) as w:
        w.connection.execute(
            "update document set status = 'withdrawn' where document_id = ?", [document(1).document_id]
        )
    assert publish(home).counts["withdrawn"] == 1


def test_a_joint_issue_is_found_by_each_of_its_bodies(home: Home) -> None:
    one = document(1)
    ingest(home, one)
    bodies = [("xs-mca", "民政部"), ("xs-fin", "财政部")]
    given = tuple(label(code, name, field="department", basis="published") for code, name in bodies)
    store(home, classification(home, one, topics=(label("13", "民政、扶贫、救灾"),), departments=given))
    publish(home)
    publication = shown(home)
    found = search(publication, "", department="xs-fin")
    assert search(publication, "", topic="13").total == 1
    assert [hit.departments for hit in found.hits] == [("民政部", "财政部")]
    assert {(code, count) for code, _, count in found.facets["department"]} == {("xs-mca", 1), ("xs-fin", 1)}
    assert found.facets["topic2"] == ()
    selection = Selection(department="xs-fin")
    assert count_documents(publication, selection) == len(list_documents(publication, selection)) == 1
    counted = {row["code"]: row["documents"] for row in departments(publication)}
    assert counted == {"xs-mca": 1, "xs-fin": 1}


def test_a_document_is_found_under_each_class_it_was_given(home: Home) -> None:
    one, own = document(1), "农村教育"
    ingest(home, replace(one, title=own))
    names = {"13": "卫生、体育", "07": "工业、交通", "11": "科技、教育", "05": "国土资源、能源"}
    given = (
        label("13-01", "卫生、体育\\卫生", basis="published"),
        label("11-02", "科技、教育\\教育", basis="published"),
        replace(label("07-07", "工业、交通\\公路", basis="model"), score=0.2),
        replace(label("05-02", "国土资源、能源\\矿产", basis="model"), score=0.1, given=False),
        replace(label("05-03", "国土资源、能源\\水资源", basis="model"), score=0.01, given=False),
    )
    with Warehouse.open(home) as w:
        classes = [
            TopicClass("state-council", code, None, 1, name, name, name) for code, name in names.items()
        ]
        below = [(one.code, one.code[:2], one.name) for one in given]
        classes += [TopicClass("state-council", c, top, 2, path[6:], path, path) for c, top, path in below]
        ingest_vocabulary(w, classes, bodies())
    store(home, classification(home, one, topics=given))
    publish(home)
    publication = shown(home)
    totals = {
        code: search(publication, own, topic=code).total for code in (*names, "13-01", "11-02", "07-07")
    }
    assert totals == {"13": 1, "07": 1, "11": 1, "05": 0, "13-01": 1, "11-02": 1, "07-07": 1}
    found = search(publication, own)
    assert (found.hits[0].topic, len(found.hits[0].topics)) == ("卫生、体育\\卫生", 3)
    assert {(code, count) for code, _, count in found.facets["topic"]} == {("13", 1), ("07", 1), ("11", 1)}
    assert {code for code, _, _ in found.facets["topic2"]} == {"13-01", "11-02", "07-07"}
    selections = {code: count_documents(publication, Selection(topic=code)) for code in names}
    assert selections == {"13": 1, "07": 1, "11": 1, "05": 0}
    counted = {row["code"]: row["documents"] for row in overview_topics(publication)}
    assert counted == {"13": 1, "07": 1, "11": 1, "13-01": 1, "11-02": 1, "07-07": 1}
    assert count_members(publication, "topic", "11") == 1
    listed = briefing.new_documents(publication, "topic", "11", date(2000, 1, 1), date(2026, 6, 1))
    assert [row["reason"] for row in listed] == ["topic:11-02"]
    (exported,) = document_rows(publication, [one.document_id])
    assert [label["code"] for label in exported["labels"]["topics"]] == ["13-01", "11-02", "07-07"]
    assert exported["labels"]["topic"]["code"] == "13-01"
    assert "05-03" not in {row["code"] for row in publication.rows("select code from label")}
    corrections(home, correction(one, "05-02", "国土资源、能源\\矿产"))
    publish(home)
    after = {code: search(shown(home), own, topic=code).total for code in names}
    assert after == {"13": 0, "07": 0, "11": 1, "05": 1}  # the word of a person takes the lead's place


def correction(one: Document, code: str, name: str) -> Correction:
    made = datetime(2026, 6, 2, tzinfo=UTC)
    return Correction(1, one.document_id, "topic", {"code": code, "name": name}, None, "", "local", made)


def test_labels_stored_before_answers_were_told_from_candidates_go_by_their_score(home: Home) -> None:
    one = document(1)
    given = (label("13", "民政、扶贫、救灾"), replace(label("13-02", "民政\\社会福利"), score=0.1))
    store(home, classification(home, one, topics=given))
    with Warehouse.open(home) as w:
        w.connection.execute("update label set given = null")
    publish(home)
    rows = shown(home).rows("select code, given from label where field = 'topic' order by rank")
    assert [(row["code"], row["given"]) for row in rows] == [("13", True), ("13-02", False)]
