"""The compare page: targets, differing figures, clauses, first days, files, and what is refused by name."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date

import pytest

from dashboard.compare.files import COLUMNS
from dashboard.words import say
from tests.dashboard.conftest import Open, html_of
from tests.dashboard.papers import CLASSIFIER, FIRST_DAY, SOURCES, Paper
from tests.dashboard.publication_fixture import _classified, library, take_in
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.identity import fact_id
from warehouse.ingest import ingest_sources
from warehouse.labelling import pending_documents, store_classifications
from warehouse.publication import Publication
from warehouse.publish import publish
from warehouse.queries import compare
from warehouse.records import Fact

KEPT = "食堂、门窗、监控、接送四项每月自查，监控录像保存不少于九十日。"
TARGET = "到2027年底，全省普惠托位占比不低于65%。"
LOWER = "到2027年底，全市普惠托位占比达到60%。"
GOALS = "今年主要预期目标是：地区生产总值增长{}%左右，城镇调查失业率{}%以内。"
PROVINCE = Paper(
    "t-civil",
    "k1",
    "云河省民政厅关于发展普惠托育服务的实施方案",
    (TARGET, KEPT, "省级财政每张床位补助五千元。"),
    date(2026, 3, 1),
)
CITY = Paper(
    "t-city",
    "k2",
    "澜江市人民政府关于发展普惠托育服务的实施方案",
    (LOWER, KEPT),
    date(2026, 3, 31),
    body="xs-1001-gov",
)
REPORT = Paper(
    "t-city",
    "k3",
    "2026年澜江市政府工作报告",
    (GOALS.format(5, "5.5"),),
    date(2026, 1, 20),
    body="xs-1001-gov",
)
PLAN = Paper(
    "t-city",
    "k4",
    "2026年澜江市国民经济和社会发展计划",
    (GOALS.format(6, "5.5"),),
    date(2026, 2, 20),
    body="xs-1001-gov",
)
HOSTILE = Paper(
    "t-civil",
    "k5",
    "=cmd|关于<img src=x onerror=alert(1)>普惠托育的通知",
    ("<script>window.pwn=1</script>到2026年底，床位使用率达到70%。",),
    date(2026, 4, 1),
)
MINED = {
    PROVINCE.document_id: (TARGET, "普惠托位占比", "普惠托位占比|≥65|%|2027"),
    CITY.document_id: (LOWER, "普惠托位占比", "普惠托位占比|60|%|2027"),
    HOSTILE.document_id: (HOSTILE.lines[0], "床位使用率", "=床位使用率|70|%|2026"),
}
PAPERS = (*FIRST_DAY, PROVINCE, CITY, REPORT, PLAN, HOSTILE)
BOTH = {"of": "云河省,澜江市"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = library(tmp_path_factory.mktemp("compare"))
    take_in(made, PAPERS, "run-compare")
    by_id = {paper.document_id: paper for paper in PAPERS}
    again = replace(CLASSIFIER, classifier_id="test-labels-2")
    city = next(one for one in SOURCES if one.source_id == "t-city")
    with Warehouse.open(made) as warehouse:
        ingest_sources(warehouse, [replace(city, reuse="full")])
        for batch in pending_documents(warehouse, again):
            answers = []
            for one in batch:
                paper = by_id[one.document.document_id]
                answers.append(replace(_classified(one, paper), facts=_mined(paper)))
            store_classifications(warehouse, again, answers)
    publish(made)
    return made


def _mined(paper: Paper) -> tuple[Fact, ...]:
    if paper.document_id not in MINED:
        return ()
    sentence, word, value = MINED[paper.document_id]
    start = sentence.index(word)
    name = fact_id(paper.document_id, "target", sentence)
    return (Fact(name, "target", value, sentence, 0, start, len(sentence) - 1, "target-4"),)


def plain(shown: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", shown))


@pytest.fixture(scope="module")
def publication(home: Home) -> Publication:
    found = Publication.current(home)
    assert found is not None
    return found


def test_targets_stand_by_indicator_with_their_sentence(open_page: Open, home: Home) -> None:
    shown = html_of(open_page(home, "compare", **BOTH))
    assert say("zh", "sides.least", figure="65%") in plain(shown)
    assert TARGET in html.unescape(shown)
    assert f"id={PROVINCE.document_id}&para=1&fact=" in html.unescape(shown)
    assert say("zh", "matrix.not-found") in shown  # the city's report has goals that the province has not


def test_figures_of_one_region_that_differ_are_a_hint_with_both_sentences(
    open_page: Open, home: Home
) -> None:
    shown = html_of(open_page(home, "compare", **BOTH))
    assert 'data-hints="1"' in shown
    told = plain(shown.split('id="hints"')[1])
    assert GOALS.format(5, "5.5") in told
    assert GOALS.format(6, "5.5") in told


def test_texts_are_chosen_and_their_clauses_aligned_with_first_days(open_page: Open, home: Home) -> None:
    shown = html_of(open_page(home, "compare", **BOTH))
    assert 'data-rows="2" data-moved="1"' in shown
    reuse = shown.split('id="reuse"')[1]
    assert KEPT in html.unescape(reuse)
    assert say("zh", "sides.lag", n=30) in plain(reuse)
    other = html_of(open_page(home, "compare", **BOTH, docs=f"{PROVINCE.document_id},{PLAN.document_id}"))
    assert PLAN.title in plain(other.split('id="clauses"')[1].split("</table>")[0])


def test_a_measure_is_told_with_its_first_document_and_who_has_none(open_page: Open, home: Home) -> None:
    shown = plain(html_of(open_page(home, "compare", **BOTH, measure="监控录像")).split('id="measure"')[1])
    assert say("zh", "sides.is-first") in shown
    assert say("zh", "sides.lag", n=30) in shown
    alone = html_of(open_page(home, "compare", **BOTH, measure="五千元")).split('id="measure"')[1]
    assert say("zh", "matrix.not-found") in alone


@pytest.mark.parametrize("language", ["zh", "en"])
def test_departments_are_compared_likewise(open_page: Open, home: Home, language: str) -> None:
    shown = plain(
        html_of(open_page(home, "compare", kind="department", of="xs-10-civil,xs-1001-gov", lang=language))
    )
    assert "普惠托位占比" in shown
    assert say(language, "sides.clauses-title") in shown


def test_one_side_is_filled_up_and_the_page_says_so(open_page: Open, home: Home) -> None:
    shown = plain(html_of(open_page(home, "compare", of="澜江市")))
    assert "澜江市，云河省" in shown or "澜江市、云河省" in shown


@pytest.mark.parametrize(
    "given",
    [{"kind": "planet"}, {"of": "nowhere"}, {"theme": "nothing"}, {"topic": "99"},
     {**BOTH, "docs": "doc-none"},
     {"measure": "x" * 41}],
)  # fmt: skip
def test_unknown_values_are_refused_by_name(open_page: Open, home: Home, given: dict[str, str]) -> None:
    shown = html_of(open_page(home, "compare", **given))
    assert list(given.values())[-1] in shown
    assert say("zh", "unknown.title") in shown
    assert TARGET not in shown


def test_hostile_texts_are_dead_and_files_run_nothing(open_page: Open, home: Home) -> None:
    at = open_page(home, "compare", **BOTH)
    shown = html_of(at)
    assert "<img" not in shown
    assert "<script" not in shown
    from dashboard.compare.files import targets_csv
    from dashboard.compare.sides import Side

    publication = Publication.current(home)
    assert publication is not None
    rows = compare.documents_of_side(publication, "region", "云河省", None)
    by_id = {row["document_id"]: row for row in rows}
    found = [{**one, "document": by_id[one["document_id"]]} for one in compare.targets_of(publication, rows)]
    frame = type("Told", (), {"publication": publication})()
    text = targets_csv(frame, [Side("云河省", "云河省", tuple(rows), len(rows), tuple(found))]).decode(
        "utf-8-sig"
    )
    assert text.splitlines()[0] == ",".join(COLUMNS)
    assert ",'=床位使用率," in text
    assert "'=cmd|" in text


def test_queries_are_bounded_and_count_what_they_do_not_read(publication: Publication) -> None:
    rows = compare.documents_of_side(publication, "region", "澜江市", None)
    assert [row["document_id"] for row in rows][:1] == [FIRST_DAY[2].document_id]  # the newest first
    assert compare.count_of_side(publication, "region", "澜江市", None) == len(rows) <= compare.MOST
    held = compare.sides_holding(publication, "region", ("theme", "elderly-care"))
    assert {row["side"] for row in held} >= {"云河省"}
    assert compare.first_named(publication, "region", "云河省", "没有这样的说法") is None
    assert compare.near_pairs(publication, [rows[0]["document_id"]]) == []


def test_a_goal_that_was_mined_is_not_told_twice(publication: Publication) -> None:
    rows = compare.documents_of_side(publication, "region", "澜江市", None)
    found = compare.targets_of(publication, rows)
    keys = [(one["document_id"], one["target"].key) for one in found]
    assert len(keys) == len(set(keys)) == 5
    assert {one["rule"] for one in found} == {"target-4", "goal-list-1"}
