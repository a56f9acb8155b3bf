"""What a briefing asks of a publication."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.search.shelf import Shelf, day
from warehouse.errors import UserError
from warehouse.queries import briefing
from warehouse.queries.issuers import issuer_names

SINCE, TODAY = day("2026-05-02"), day("2026-06-01")
CARE = ("theme", "care")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    made = Shelf(tmp_path)
    common: dict[str, Any] = {
        "topic_code": "17-03",
        "topic1_code": "17",
        "region": "云河省",
        "level": "provincial",
    }
    mz = {"department_code": "xs-mz", "department_name": "云河省民政厅"}
    made.add(
        "new",
        "养老服务办法",
        "正文。",
        published=day("2026-05-20"),
        duplicate_group="g",
        first_seen_at=at("2026-05-21"),
        **{**common, "topic_code": None},
        **mz,
    )
    reprint = {**common, "region": "澜江市", "source_id": "s2", "duplicate_group": "g", "reprint_of": "new"}
    made.add("copy", "养老服务办法", "正文。", published=day("2026-05-25"), **reprint)
    far = {**common, "region": "澜江市", "source_id": "s2"}
    made.add("far", "澜江养老服务办法", "正文。", published=day("2026-05-15"), **far)
    made.add(
        "term",
        "通知",
        "前文。要建设社区食堂，开展助餐服务。后文。",
        published=day("2026-05-10"),
        **common,
        **mz,
    )
    made.add("old", "旧养老办法", "旧。", published=day("2020-01-01"), validity="repealed", validity_by="new",
             validity_basis="旧养老办法同时废止。", **common, **mz)  # fmt: skip
    made.add("gone", "撤下的", "。", published=day("2026-05-03"), status="withdrawn", **common, **mz)
    made.add("lapsed", "试行办法", "。", published=day("2024-05-03"), validity="expired",
             in_force_until=day("2026-05-15"), **common, **mz)  # fmt: skip
    made.add("altered", "旧文", "。", published=day("2026-01-05"), **common, **mz)
    made.add("other", "无关", "。", published=day("2026-05-20"), topic_code="01-01", topic1_code="01")
    members = {"new": "topic:17-03", "copy": "topic:17-03", "far": "topic:17-03",
               "term": "term:助餐", "old": "topic:17-03",
               "gone": "topic:17-03", "lapsed": "topic:17-03", "altered": "topic:17-03"}  # fmt: skip
    made.insert(
        "theme_member",
        [{"theme_id": "care", "document_id": one, "reason": why} for one, why in members.items()],
    )
    made.insert(
        "event",
        [
            {"document_id": "new", "kind": "new", "at": at("2026-05-21")},
            {"document_id": "gone", "kind": "withdrawn", "at": at("2026-05-28")},
            {"document_id": "altered", "kind": "changed", "at": at("2026-05-29")},
            {"document_id": "old", "kind": "changed", "at": at("2026-04-01")},
        ],
    )
    proof = '[{"where": "title", "text": "养老服务"}]'
    made.topic("new", "17-03", "民政、扶贫、救灾\\社会福利", 1, evidence=proof)
    duties = [("new", "2026-06-10"), ("old", "2026-06-10"), ("gone", "2026-06-10"), ("term", "2026-09-30")]
    made.insert(
        "duty",
        [
            {"fact_id": f"f-{one}", "document_id": one, "sentence": "6月10日前报送。", "paragraph": 0,
             "who": ["各市"], "what": "报送", "due": day(when)}
            for one, when in duties
        ],
    )  # fmt: skip
    made.insert(
        "source",
        [
            {"source_id": "s1", "name_zh": "甲网", "enabled": True},
            {"source_id": "s2", "name_zh": "乙网", "enabled": True},
            {"source_id": "s3", "name_zh": "丙网", "enabled": True},
            {"source_id": "s4", "name_zh": "丁网", "enabled": False},
        ],
    )
    made.insert(
        "source_health",
        [
            {"source_id": "s1", "verdict": "broken", "at": at("2026-05-01")},
            {"source_id": "s1", "verdict": "ok", "at": at("2026-05-31")},
            {"source_id": "s3", "verdict": "blocked", "at": at("2026-05-31")},
        ],
    )
    return made


def names(rows: list[dict[str, Any]]) -> list[str]:
    return [row["document_id"] for row in rows]


def test_new_lists_what_was_published_since_and_counts_it(shelf: Shelf) -> None:
    assert names(briefing.new_documents(shelf, *CARE, SINCE, TODAY)) == [
        "new",
        "far",
        "term",
    ]  # the reprint is told by "new"
    assert briefing.count_new(shelf, *CARE, SINCE, TODAY) == 3
    assert names(briefing.new_documents(shelf, *CARE, SINCE, TODAY, limit=1)) == ["new"]


@pytest.mark.parametrize("subject", [("topic", "17"), ("topic", "17-03"), ("theme", "care")])
def test_topics_and_themes_hold_the_same_documents_here(shelf: Shelf, subject: tuple[str, str]) -> None:
    assert briefing.count_members(shelf, *subject) == 7


def test_each_new_document_has_reason_evidence_and_number_of_copies(shelf: Shelf) -> None:
    rows = {row["document_id"]: row for row in briefing.new_documents(shelf, *CARE, SINCE, TODAY)}
    assert rows["new"]["reason"] == "topic:17-03"
    assert "养老服务" in rows["new"]["evidence"]
    assert rows["new"]["copies"] == 2
    assert rows["term"]["evidence"] == [
        {"where": "paragraph", "text": "要建设社区食堂，开展助餐服务。", "paragraph": 0}
    ]


def test_changed_names_when_we_saw_it(shelf: Shelf) -> None:
    rows = briefing.changed_documents(shelf, *CARE, SINCE)
    assert [(row["document_id"], row["at"]) for row in rows] == [("altered", at("2026-05-29"))]


def test_ended_tells_withdrawn_repealed_and_expired_apart(shelf: Shelf) -> None:
    rows = briefing.ended_documents(shelf, *CARE, SINCE)
    assert [(row["document_id"], row["reason"]) for row in rows] == [
        ("gone", "withdrawn"), ("old", "repealed"), ("lapsed", "expired"),
    ]  # fmt: skip
    assert rows[1]["validity_basis"] == "旧养老办法同时废止。"


def test_due_leaves_out_what_no_longer_holds(shelf: Shelf) -> None:
    rows = briefing.due(shelf, *CARE, TODAY, date(2026, 7, 1))
    assert [(row["document_id"], row["due"], row["who"]) for row in rows] == [
        ("new", date(2026, 6, 10), ["各市"])
    ]


def test_elsewhere_is_the_same_subject_in_other_regions(shelf: Shelf) -> None:
    assert names(briefing.elsewhere(shelf, *CARE, SINCE, "云河省")) == ["far"]


def test_actors_and_weeks_count_the_new(shelf: Shelf) -> None:
    actors = briefing.actors(shelf, *CARE, SINCE, TODAY)
    assert [(row["code"], row["documents"], row["latest"]) for row in actors] == [
        ("xs-mz", 2, date(2026, 5, 20))
    ]
    weeks = briefing.weeks(shelf, *CARE, SINCE, TODAY)
    assert [(row["week"], row["documents"]) for row in weeks] == [
        (date(2026, 5, 4), 1), (date(2026, 5, 11), 1), (date(2026, 5, 18), 1),
    ]  # fmt: skip


def test_coverage_names_the_silent_sources(shelf: Shelf) -> None:
    row = briefing.coverage(shelf)
    assert (row["sources"], row["sources_ok"], row["silent"], row["documents"]) == (3, 2, ["丙网"], 8)


def test_department_is_a_subject_too(shelf: Shelf) -> None:
    assert names(briefing.new_documents(shelf, "department", "xs-mz", SINCE, TODAY)) == ["new", "term"]
    with pytest.raises(UserError, match="not about a 'planet'"):
        briefing.count_members(shelf, "planet", "x")


def test_a_joint_issue_belongs_to_each_of_its_bodies_and_to_no_guess(shelf: Shelf) -> None:
    shelf.issuer("new", "xs-fz", "云河省发展和改革委员会", 2)
    shelf.issuer("new", "xs-guess", "云河省某局", 3, 0.5, "model")
    shelf.issuer("new", "xs-seen", "云河省某厅", 4, 0.6, "rule")
    assert briefing.count_members(shelf, "department", "xs-fz") == 1
    assert briefing.count_members(shelf, "department", "xs-guess") == 0
    assert briefing.count_members(shelf, "department", "xs-seen") == 0
    assert issuer_names(shelf, ["new"])["new"][1:] == ("云河省发展和改革委员会",)
