"""Many documents are corrected in one act and taken back in one; two people's answers are compared."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert

from warehouse.agreement import agreement, by_class, kappa
from warehouse.clock import FixedClock
from warehouse.desk import Desk, tables
from warehouse.desk.bulk.plan import MOST, Plan, planned
from warehouse.desk.bulk.second import Pair, is_drawn
from warehouse.desk.engine import open_engine
from warehouse.desk.roles import Forbidden
from warehouse.errors import UserError

NOON = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)
WELFARE = {"code": "17-03", "name": "民政、扶贫、救灾\\社会福利"}
HEALTH = {"code": "13-01", "name": "卫生、体育\\卫生"}
PEOPLE = (
    ("local", "administrator"),
    ("an", "analyst"),
    ("li", "analyst"),
    ("re", "reader"),
    ("rev", "reviewer"),
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    engine = open_engine(tmp_path / "desk.sqlite")
    with engine.begin() as connection:
        rows = [{"name": name, "role": role, "created_at": 0.0} for name, role in PEOPLE]
        connection.execute(insert(tables.account), rows)
    return Desk(engine, FixedClock(NOON))


def row(number: int, code: str | None = "13-01", **other: object) -> dict[str, object]:
    return {
        "document_id": f"doc-{number:03}", "title": f"文件{number}", "topic_code": code,
        "topic_path": HEALTH["name"] if code else None, "topic_basis": "model", "department_code": None,
        "department_name": None, "status": "active", "published": None, **other,
    }  # fmt: skip


def plan_of(desk: Desk, rows: list[dict[str, object]], value: object = WELFARE) -> Plan:
    return planned(rows, desk.bulk.held([str(one["document_id"]) for one in rows], "topic"), "topic", value)


def test_a_plan_tells_what_becomes_of_each_document(desk: Desk) -> None:
    desk.correct("doc-002", "topic", {"code": "10-01", "name": "城乡"}, None, "", "li")
    desk.correct("doc-003", "topic", WELFARE, None, "", "li")
    rows = [row(1), row(2), row(3), row(4, "17-03"), row(5, status="withdrawn"), row(6, None)]
    lines = plan_of(desk, rows).lines
    assert [one.state for one in lines] == ["change", "person", "same", "same", "refused", "change"]
    assert lines[1].account == "li"
    confirmed = plan_of(desk, rows, None).lines
    assert [(one.state, one.reason) for one in confirmed] == [
        ("change", ""), ("same", ""), ("same", ""), ("change", ""), ("refused", "withdrawn"),
        ("refused", "no-class"),
    ]  # fmt: skip


def test_two_hundred_are_changed_in_one_act_and_taken_back_in_one(desk: Desk) -> None:
    rows = [row(number) for number in range(MOST)]
    begin = time.perf_counter()
    applied = desk.bulk.apply(plan_of(desk, rows), "养老属民政", "an")
    undone_at = time.perf_counter()
    assert undone_at - begin < 5
    assert len(applied.kept) == MOST
    assert desk.overlay(rows)[7]["topic_code"] == "17-03"
    assert [one.action for one in desk.audit_events()] == ["correct-many"]
    desk.correct("doc-007", "topic", {"code": "10-01", "name": "城乡"}, WELFARE, "", "li")
    single = desk.corrections("doc-008")[0]
    desk.undo(single.correction_id, "li")
    undone = desk.bulk.undo(applied.bulk_id, "an")
    assert (undone.documents, undone.stayed, undone.before) == (MOST - 2, ("doc-007",), ("doc-008",))
    shown = desk.overlay(rows)
    assert [shown[number]["topic_code"] for number in (6, 7, 8)] == ["13-01", "10-01", "13-01"]
    newest = desk.corrections("doc-007")[0]
    desk.undo(newest.correction_id, "li")
    assert desk.overlay(rows)[7]["topic_code"] == "13-01"
    with pytest.raises(UserError, match="already taken back by an"):
        desk.bulk.undo(applied.bulk_id, "an")


def test_a_document_corrected_after_the_preview_is_left_alone(desk: Desk) -> None:
    plan = plan_of(desk, [row(1), row(2)])
    desk.correct("doc-001", "topic", {"code": "10-01", "name": "城乡"}, HEALTH, "", "li")
    applied = desk.bulk.apply(plan, "", "an")
    assert (applied.kept, applied.changed_since) == (("doc-002",), ("doc-001",))
    with pytest.raises(UserError, match="no document of the list is left"):
        desk.bulk.apply(plan, "", "an")
    assert len(desk.bulk.listed()) == 1


def test_people_are_overruled_only_when_asked(desk: Desk) -> None:
    desk.correct("doc-001", "topic", {"code": "10-01", "name": "城乡"}, HEALTH, "", "li")
    plan = plan_of(desk, desk.overlay([row(1)]))
    assert plan.kept() == ()
    assert desk.bulk.apply(plan, "", "an", over_people=True).kept == ("doc-001",)


def test_readers_change_nothing_and_more_than_the_limit_is_refused(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        desk.bulk.apply(plan_of(desk, [row(1)]), "", "re")
    assert desk.corrections("doc-001") == []
    with pytest.raises(UserError, match="201 documents are too many"):
        plan_of(desk, [row(number) for number in range(MOST + 1)])
    with pytest.raises(UserError, match="only classes are confirmed"):
        planned([row(1)], {}, "published", None)


def test_answers_of_the_queue_are_kept_and_taken_back(desk: Desk) -> None:
    first = desk.reviews.label("doc-1", "topic", HEALTH, HEALTH, "close", "an")
    second = desk.reviews.fact("doc-1", "fact-1", False, "learnt", "an")
    desk.reviews.skip("doc-2", "topic", "close", "an")
    assert desk.reviews.counts() == {"confirmed": 1, "rejected": 1, "skipped": 1}
    assert desk.reviews.skipped_by("an") == {("doc-2", "topic")}
    assert desk.judgements(["doc-1"]) == {("doc-1", "fact-1"): "rejected"}
    assert desk.corrections("doc-1")[0].confirms
    desk.reviews.undo(second, "an")
    desk.reviews.undo(first, "an")
    assert desk.judgements(["doc-1"]) == {}
    assert desk.corrections("doc-1") == []
    with pytest.raises(UserError, match="was taken back"):
        desk.reviews.undo(first, "an")


def test_a_share_is_asked_of_somebody_else_and_a_reviewer_settles(desk: Desk) -> None:
    for number in range(40):
        desk.reviews.label(f"doc-{number}", "topic", HEALTH, HEALTH, "close", "an")
    drawn = [number for number in range(1, 41) if is_drawn(number)]
    assert 0 < len(drawn) < 20
    assert [one.correction_id for one in desk.second.waiting("li", 40)] == drawn
    assert desk.second.waiting("an") == []
    one = desk.second.waiting("li")[0]
    with pytest.raises(UserError, match="your own"):
        desk.second.say(one.correction_id, HEALTH, "an")
    desk.second.say(one.correction_id, WELFARE, "li")
    assert desk.corrections(one.document_id)[0].value == HEALTH  # it changes no label
    pair = desk.second.pairs("topic")[0]
    assert (pair.first, pair.second, pair.agrees) == (HEALTH, WELFARE, False)
    with pytest.raises(UserError, match="cannot settle"):
        desk.second.decide(one.correction_id, WELFARE, "", "li")
    desk.second.decide(one.correction_id, WELFARE, "议定", "rev")
    assert desk.corrections(one.document_id)[0].value == WELFARE
    assert desk.second.pairs()[0].decided_by == "rev"


def test_kappa_is_that_of_the_book_and_few_documents_are_not_evaluated() -> None:
    # Cohen's own example in many textbooks: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no give 0.4.
    table = [("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15
    pairs = [
        Pair(n, f"doc-{n}", "topic", {"code": a, "name": a}, {"code": b, "name": b}, "an", "li")
        for n, (a, b) in enumerate(table)
    ]
    found = agreement(pairs)
    assert found is not None
    assert found.kappa == pytest.approx(0.4)
    assert found.share == pytest.approx(0.7)
    assert found.kappa_low is not None
    assert found.kappa_high is not None
    assert found.kappa_low < 0.4 < found.kappa_high
    assert agreement(pairs[:29]) is None
    assert kappa([("a", "a")] * 9) is None
    assert [(one.code, one.documents, one.agreed) for one in by_class(pairs)] == [
        ("b", 30, 15),
        ("a", 35, 20),
    ]
