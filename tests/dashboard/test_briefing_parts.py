"""What a briefing is made of: months with gaps, cells of the matrix, bases, disputes, carried points."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from dashboard.briefing.matrix import Column, cell, columns_of_classes, columns_of_terms, regions_shown
from dashboard.briefing.trend import first_month, month_counts
from tests.search.shelf import Shelf
from warehouse.queries.bases import ended_bases
from warehouse.queries.briefing_carried import carried_over
from warehouse.queries.briefing_force import disputed, states, taking_force
from warehouse.queries.briefing_known import findings, key_documents, related_topics, words_of
from warehouse.queries.briefing_matrix import lacking_sentence, regions_lacking, regions_naming
from warehouse.queries.briefing_trend import months, months_heard, sources_of
from warehouse.summaries.period import period_summary

TODAY = date(2026, 6, 1)
ISSUED = date(2026, 5, 2)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def test_months_mark_what_nobody_heard_and_what_still_runs() -> None:
    rows = [{"month": date(2026, 5, 1), "documents": 4}, {"month": date(2025, 5, 1), "documents": 3}]
    heard = {"a": {date(2026, 3, 1), date(2026, 5, 1), date(2026, 6, 1)}, "b": {date(2026, 5, 1)}, "c": set()}
    found = {one.month: one for one in month_counts(rows, {"a": "甲", "b": "乙", "c": "丙"}, heard, TODAY)}
    assert len(found) == 24
    assert min(found) == date(2024, 7, 1)
    assert (found[date(2026, 5, 1)].documents, found[date(2026, 5, 1)].a_year_before) == (4, 3)
    assert not found[date(2026, 6, 1)].complete
    assert found[date(2026, 5, 1)].complete
    assert [found[date(2026, month, 1)].heard for month in (2, 3, 4, 5, 6)] == [
        "unknown", "all", "none", "all", "some",
    ]  # fmt: skip
    assert found[date(2026, 4, 1)].is_gap
    assert found[date(2026, 6, 1)].silent == ("乙",)
    assert first_month(date(2026, 1, 31), 1) == date(2025, 12, 1)


def test_a_cell_says_there_is_none_only_when_every_document_there_does() -> None:
    lacking = ({"document_id": "d1", "sentence": "尚未建立长期护理制度。"},)
    assert cell(0).state == "not-found"
    assert cell(1, lacking).state == "lacking"
    assert cell(2, lacking).state == "found"
    assert cell(3).state == "found"


def test_columns_are_the_words_most_documents_name_and_classes_below_the_one_asked() -> None:
    counts = {"助餐": {"甲": 1, "乙": 2}, "失能": {}, "托育": {"甲": 9}}
    assert columns_of_terms(counts) == (Column("term", "托育"), Column("term", "助餐"))
    rows = [
        {"code": "17", "documents": 9},
        {"code": "17-03", "documents": 4},
        {"code": "14-01", "documents": 5},
    ]
    assert columns_of_classes(rows, "17") == (Column("topic", "17-03"),)
    assert columns_of_classes(rows, "") == (Column("topic", "14-01"), Column("topic", "17-03"))


def test_the_home_region_stands_first_and_other_countries_are_left_out() -> None:
    covered = [_region("澜江市", "municipal", "XS-1001"), _region("云河省", "provincial", "XS-10"),
               _region("全国", "national", "XS"), _region("Isles", "national", "XM")]  # fmt: skip
    assert [row["region"] for row in regions_shown(covered, "云河省")] == ["云河省", "全国", "澜江市"]
    beside = [*covered, _region("青禾市", "municipal", "XS-1002")]
    assert [row["region"] for row in regions_shown(beside, "云河省", "青禾市")] == [
        "云河省",
        "青禾市",
        "澜江市",
    ]


def _region(name: str, level: str, jurisdiction: str) -> dict[str, Any]:
    return {"region": name, "level": level, "jurisdiction": jurisdiction, "sources": 1, "documents": 1}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我市尚未建立长期护理保险制度。", "我市尚未建立长期护理保险制度。"),
        ("全市暂无助餐点。下一步研究长期护理保险。", None),
        ("长期护理保险仍是空白。", "长期护理保险仍是空白。"),
        ("尚未建立长期护理保险制度。今年启动长期护理保险试点。", None),
        ("已建立长期护理保险制度，没有发现问题。", None),
    ],
)
def test_only_a_sentence_about_the_measure_itself_says_that_there_is_none(
    text: str, found: str | None
) -> None:
    said = lacking_sentence([text], "长期护理保险")
    assert (said and said["sentence"]) == found


def test_a_region_names_a_measure_or_says_that_it_lacks_it(shelf: Shelf) -> None:
    shelf.add("d1", "关于助餐的通知", "建设社区助餐点。", region="甲市")
    shelf.add("d2", "关于养老情况的报告", "我市尚未建立助餐服务。", region="乙市")
    shelf.publish()
    assert regions_naming(shelf, "助餐") == {"甲市": 1, "乙市": 1}
    lacking = regions_lacking(shelf, "助餐")
    assert set(lacking) == {"乙市"}
    one = lacking["乙市"][0]
    assert shelf.body("d2")[one["paragraph"]][one["start_at"] : one["end_at"]] == one["sentence"]


def test_a_document_on_a_basis_that_ended_is_told_unless_it_ended_itself(shelf: Shelf) -> None:
    shelf.add("old", "旧办法", validity="repealed")
    shelf.add("good", "现行办法", validity="in-force")
    for name, validity in (
        ("a", "in-force"),
        ("b", "repealed"),
        ("c", "unknown"),
        ("d", "unknown"),
        ("e", "unknown"),
    ):
        shelf.add(name, name, validity=validity)
    cited = [("a", "basis", "old", False), ("b", "basis", "old", False), ("c", "basis", "good", False),
             ("d", "mentions", "old", False), ("e", "basis", "old", True)]  # fmt: skip
    shelf.insert("citation", [_citation(*one) for one in cited])
    found = ended_bases(shelf, ("a", "b", "c", "d", "e", "none"))
    assert set(found) == {"a"}
    assert found["a"][0]["title"] == "旧办法"
    assert found["a"][0]["target_validity"] == "repealed"


def _citation(document_id: str, kind: str, target: str, later: bool) -> dict[str, Any]:
    return {
        "fact_id": f"f-{document_id}", "document_id": document_id, "kind": kind, "sentence": "根据《旧办法》",
        "paragraph": 0, "start_at": 0, "end_at": 7, "target_document_id": target, "target_is_later": later,
    }  # fmt: skip


def test_figures_that_differ_for_one_aim_year_and_region_ask_for_a_look(shelf: Shelf) -> None:
    stated = [("a", "床位占比|55|%|2027", "云河省"), ("b", "床位占比|60|%|2027", "云河省"),
              ("c", "床位占比|70|%|2027", "澜江市"), ("d", "床位占比|50|%|2026", "云河省"),
              ("e", "覆盖率|90|%|2027", "云河省"), ("f", "覆盖率|90|%|2027", "云河省")]  # fmt: skip
    for name, value, region in stated:
        shelf.add(name, name, value, region=region, published=date(2026, 5, ord(name) - 90), theme_ids=None)
        shelf.topic(name, "17-03", "社会福利", 1)
        shelf.insert("fact", [_fact(name, "target", value)])
    groups = disputed(shelf, "topic", "17-03", date(2024, 1, 1))
    assert [[row["document_id"] for row in rows] for rows in groups] == [["b", "a"]]
    assert groups[0][0]["indicator"] == "床位占比"
    assert [row["stated"] for row in groups[0]] == ["60", "55"]
    assert groups[0][0]["sentence"] == "床位占比|60|%|2027"
    assert disputed(shelf, "topic", "17-03", date(2026, 5, 9)) == []


def _fact(document_id: str, kind: str, value: str, sentence: str = "") -> dict[str, Any]:
    said = sentence or value
    return {
        "fact_id": f"f-{document_id}-{kind}", "document_id": document_id, "kind": kind, "value": value,
        "sentence": said, "paragraph": 0, "start_at": 0, "end_at": len(said), "rule": "r-1",
    }  # fmt: skip


def test_points_of_the_last_issue_carry_their_state(shelf: Shelf) -> None:
    _bodies(shelf)
    for name, due, more in (
        ("overdue", date(2026, 5, 20), {}),
        ("unnamed", date(2026, 5, 21), {"who": []}),
        ("answered", date(2026, 5, 22), {}),
        ("rewritten", date(2026, 6, 20), {}),
        ("repealed", date(2026, 6, 21), {"validity": "repealed"}),
        ("coming", date(2026, 6, 22), {}),
        ("settled", date(2026, 4, 20), {}),
        ("young", date(2026, 6, 23), {"published": date(2026, 5, 10)}),
    ):
        _duty(shelf, name, due, **more)
    for name, of, day in (("reply", "answered", date(2026, 5, 18)), ("early", "settled", date(2026, 4, 10))):
        shelf.add(name, f"关于落实的报告 {name}", region="澜江市", jurisdiction="XS-1001", published=day,
                  department_code="xs-1001-civil", department_name="澜江市民政局")  # fmt: skip
        shelf.insert("citation", [_citation(name, "implements", of, False)])
    shelf.insert("event", [{"event_id": "e1", "document_id": "rewritten", "kind": "changed", "version_no": 2,
                            "at": datetime(2026, 5, 20, tzinfo=UTC)}])  # fmt: skip
    changed = '[{"new": "澜江市民政局应当报送rewritten。"}]'
    version = {
        "document_id": "rewritten",
        "version_no": 2,
        "fields": "[]",
        "omitted": 0,
        "paragraphs": changed,
    }
    shelf.insert("version_change", [version])
    rows = carried_over(shelf, "topic", "17-03", ISSUED, TODAY, date(2026, 7, 1))
    assert {row["document_id"]: row["state"] for row in rows} == {
        "overdue": "overdue",
        "unnamed": "unnamed",
        "answered": "evidence",
        "rewritten": "moved",
        "repealed": "ended",
        "coming": "due",
    }
    proof = next(row for row in rows if row["state"] == "evidence")["proofs"][0]
    assert proof.document_id == "reply"
    assert rows[0]["state"] == "overdue"


def _bodies(shelf: Shelf) -> None:
    shelf.insert("body", [{"code": "xs-1001-civil", "name_zh": "澜江市民政局", "short": "市民政局",
                           "region": "澜江市", "jurisdiction": "XS-1001", "level": "municipal"}])  # fmt: skip


def _duty(shelf: Shelf, name: str, due: date, who: list[str] | None = None, **columns: Any) -> None:
    sentence = f"澜江市民政局应当报送{name}。"
    shelf.add(name, f"关于{name}的通知", sentence, region="云河省", jurisdiction="XS-10", level="provincial",
              **{"published": date(2026, 4, 1), **columns})  # fmt: skip
    shelf.topic(name, "17-03", "社会福利", 1)
    row = {
        "fact_id": f"f-{name}", "document_id": name, "sentence": sentence, "paragraph": 0, "start_at": 0,
        "end_at": len(sentence), "who": ["澜江市民政局"] if who is None else who, "what": f"报送{name}",
        "due": due,
        "due_printed": str(due), "value": None, "strength": "deadline",
    }  # fmt: skip
    shelf.insert("duty", [row])


def test_a_summary_quotes_sentences_at_their_place_and_only_where_the_source_allows(shelf: Shelf) -> None:
    for source, reuse in (("s1", "full"), ("s2", "excerpt")):
        shelf.insert("source", [{"source_id": source, "name_zh": source, "reuse": reuse, "enabled": True}])
    lines = (
        "一、总体要求",
        "为推进居家养老服务，各市应当建设社区助餐点并保障老年人就近用餐。",
        "社区助餐点应当公示价格。",
    )
    shelf.add("d1", "通知一", *lines)
    shelf.add("d2", "通知二", "县级民政部门应当每季度检查养老机构的消防设施并公布检查结果。", source_id="s2")
    said = period_summary(shelf, ("d1", "d2", "none"))
    assert [one.document_id for one in said] == ["d1"]
    assert lines[said[0].paragraph][said[0].start : said[0].end] == said[0].text
    assert said[0].text != lines[0]
    assert period_summary(shelf, ()) == ()


def test_problems_and_measures_come_surest_first_and_none_are_none(shelf: Shelf) -> None:
    shelf.add("d1", "报告", region="云河省", published=date(2026, 5, 1))
    assert findings(shelf, "region", "云河省", ISSUED.replace(day=1)) == []
    shelf.add("d2", "报告二", region="云河省", published=date(2026, 5, 2))
    shelf.insert("fact", [_fact("d1", "problem", "0.6", "床位不足。"),
                          _fact("d2", "problem", "0.9", "人员不足。"),
                          _fact("d2", "measure", "0.8", "增加床位。")])  # fmt: skip
    rows = findings(shelf, "region", "云河省", date(2026, 5, 1))
    assert [(row["kind"], row["sentence"]) for row in rows] == [
        ("problem", "人员不足。"), ("problem", "床位不足。"), ("measure", "增加床位。"),
    ]  # fmt: skip


def test_sentences_of_the_theme_come_before_surer_ones_and_bare_headings_are_none(shelf: Shelf) -> None:
    shelf.insert(
        "theme", [{"theme_id": "care", "name_zh": "养老服务", "topics": ["17-03"], "terms": ["养老"]}]
    )
    shelf.insert("topic_class", [{"code": "17-03", "name_zh": "社会福利、其他"}])
    body = ("民间投资恢复偏慢。", "全省养老机构抽查。缺员三成。", "（四）加快改革开放。")
    shelf.add("d1", "政府工作报告", *body, published=date(2026, 5, 1))
    shelf.add("d2", "关于养老的通知", "价格偏高。", published=date(2026, 5, 2))
    shelf.insert("theme_member", [{"theme_id": "care", "document_id": one} for one in ("d1", "d2")])
    away = {**_fact("d1", "problem", "0.6", "缺员三成。"), "paragraph": 1, "fact_id": "f-away"}
    heading = {**_fact("d1", "measure", "0.9", "（四）加快改革开放。"), "paragraph": 2}
    shelf.insert("fact", [_fact("d1", "problem", "0.9", body[0]), away, heading,
                          _fact("d2", "problem", "0.5", "价格偏高。")])  # fmt: skip
    rows = findings(shelf, "theme", "care", date(2026, 5, 1))
    assert [row["sentence"] for row in rows] == ["价格偏高。", "缺员三成。", "民间投资恢复偏慢。"]
    assert words_of(shelf, "theme", "care") == ("养老服务", "养老", "社会福利")
    assert words_of(shelf, "region", "云河省") == ()


def test_states_key_documents_and_what_takes_force_belong_to_the_subject(shelf: Shelf) -> None:
    shelf.add("d1", "办法", region="云河省", validity="in-force", published=date(2026, 4, 1),
              effective=date(2026, 6, 10), in_force_from=date(2026, 6, 10))  # fmt: skip
    shelf.add("d2", "通知", region="云河省", published=date(2026, 5, 20), in_force_from=date(2026, 5, 20))
    shelf.add("d3", "别处", region="澜江市", validity="repealed")
    counted = states(shelf, "region", "云河省")
    assert counted == {"in-force": 1, "amended": 0, "repealed": 0, "expired": 0, "unknown": 1}
    assert [
        row["document_id"] for row in taking_force(shelf, "region", "云河省", ISSUED, date(2026, 8, 1))
    ] == ["d1"]
    shelf.insert("citation_rank", [
        {"document_id": "d1", "relation": "basis", "place": 1, "score": 0.2, "cited_by": 3},
        {"document_id": "d1", "relation": "mentions", "place": 9, "score": 0.1, "cited_by": 2},
        {"document_id": "d2", "relation": "basis", "place": 5, "score": 0.1, "cited_by": 1},
        {"document_id": "d3", "relation": "basis", "place": 2, "score": 0.2, "cited_by": 9},
    ])  # fmt: skip
    rows = key_documents(shelf, "region", "云河省")
    assert [(row["document_id"], row["relation"], row["cited_by"]) for row in rows] == [("d1", "basis", 3)]


def test_topics_beside_a_subject_come_from_the_pairs_of_a_year(shelf: Shelf) -> None:
    edges = [("topic-topic", 365, "14-01", "17-03", 4), ("topic-topic", 365, "17-03", "20-01", 6),
             ("topic-topic", 30, "02-01", "17-03", 9), ("body-topic", 365, "b1", "17-03", 3)]  # fmt: skip
    shelf.insert("graph_window_edge", [
        {"kind": kind, "window_days": days, "one_code": one, "other_code": other, "documents": n, "place": 1}
        for kind, days, one, other, n in edges
    ])  # fmt: skip
    beside = related_topics(shelf, "topic", "17-03", date(2025, 6, 1))
    assert [(row["code"], row["documents"]) for row in beside] == [("20-01", 6), ("14-01", 4)]
    assert [row["code"] for row in related_topics(shelf, "department", "b1", date(2025, 6, 1))] == ["17-03"]


def test_a_source_is_heard_by_what_it_published_or_by_a_good_visit(shelf: Shelf) -> None:
    shelf.add("d1", "通知", region="云河省", published=date(2026, 4, 3))
    shelf.insert("source_health", [
        {"run_id": "r1", "source_id": "s1", "verdict": "quiet", "at": datetime(2026, 5, 3, tzinfo=UTC)},
        {"run_id": "r2", "source_id": "s1", "verdict": "broken", "at": datetime(2026, 6, 1, tzinfo=UTC)},
    ])  # fmt: skip
    assert months_heard(shelf) == {"s1": {date(2026, 4, 1), date(2026, 5, 1)}}
    assert sources_of(shelf, "region", "云河省") == {"s1": "s1"}
    assert months(shelf, "region", "云河省", date(2026, 1, 1), TODAY) == [
        {"month": date(2026, 4, 1), "documents": 1}
    ]
