"""What is taken back is taken back whole, and nobody signs what she wrote or did not see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.accounts.identity import identity_mark, linked_identity
from tests.issuing.desk_of_drafts import SERIES, approval, in_review, written
from warehouse.desk import LOCAL, Desk
from warehouse.desk.corrections import effective
from warehouse.desk.issues.sign_off import Written
from warehouse.desk.issues.signed import Numbered
from warehouse.errors import UserError
from warehouse.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.create(tmp_path / "home", "")


@pytest.fixture
def desk(home: Home) -> Iterator[Desk]:
    with Desk.open(home) as opened:
        for name, role in (("lan", "analyst"), ("wang", "reviewer"), ("wei", "reviewer")):
            opened.accounts.add(name, role, LOCAL)
        yield opened


def _paper(given: Numbered, points: tuple[str, ...] = (), done: tuple[str, ...] = ()) -> Written:
    return replace(written(given), points=points, done=done)


def test_who_wrote_any_version_neither_waives_nor_approves(desk: Desk) -> None:
    draft_id = desk.drafts.begin("weekly", "养老", "周报", "zh", "甲。", "wang").draft_id
    desk.drafts.save(draft_id, 1, "甲。\n", "lan")
    desk.issues.sign_off.submit(draft_id, desk.drafts.get(draft_id).revision, "lan")
    asked = approval(desk, draft_id, "wang", four_eyes=True)
    with pytest.raises(UserError, match="another reviewer must do this"):
        desk.issues.sign_off.approve(asked, written)
    finding = ("gap-1", "gap-left", "〔待写〕")
    with pytest.raises(UserError, match="another reviewer must do this"):
        desk.issues.sign_off.waive(draft_id, asked.revision, finding, "可", "wang", four_eyes=True)
    assert desk.issues.sign_off.approve(replace(asked, account="wei"), written).approved_by == "wei"


def test_another_title_than_the_one_checked_is_not_signed(desk: Desk) -> None:
    asked = approval(desk, in_review(desk))
    with pytest.raises(UserError, match="another title"):
        desk.issues.sign_off.approve(replace(asked, title="别的标题"), written)


def test_points_that_a_withdrawn_issue_closed_are_open_again(desk: Desk) -> None:
    sign_off, points = desk.issues.sign_off, desk.issues.points
    sign_off.approve(approval(desk, in_review(desk)), lambda given: _paper(given, points=("补助标准待定",)))
    second = sign_off.approve(
        approval(desk, in_review(desk)), lambda given: _paper(given, ("新问题",), ("补助标准待定",))
    )
    assert [one.text for one in points.of(SERIES)] == ["新问题"]
    sign_off.withdraw(second.issue_id, LOCAL, "并未办结")
    assert [one.text for one in points.of(SERIES)] == ["补助标准待定"]


def test_points_of_a_corrected_issue_go_to_the_one_in_its_place(desk: Desk) -> None:
    sign_off, points = desk.issues.sign_off, desk.issues.points
    first = sign_off.approve(approval(desk, in_review(desk)), lambda given: _paper(given, ("甲",)))
    second = sign_off.approve(approval(desk, in_review(desk), corrects=first.issue_id), written)
    assert [(one.text, one.issue_id) for one in points.of(SERIES)] == [("甲", second.issue_id)]


def test_a_value_taken_back_twice_is_the_first_one(desk: Desk, home: Home) -> None:
    def value(code: str) -> dict[str, str]:
        return {"code": code, "name": code}

    first = desk.correct("doc-1", "topic", value("a"), value("x"), "", LOCAL)
    second = desk.correct("doc-1", "topic", value("b"), value("a"), "", LOCAL)
    desk.undo(first.correction_id, LOCAL)
    published_at = home.clock.now()
    desk.undo(second.correction_id, LOCAL)
    [shown] = effective(
        sorted(desk.corrections(active=False), key=lambda one: one.correction_id), published_at
    )
    assert shown.value == value("x")


def test_a_person_of_a_provider_is_known_by_a_mark_also_after_a_link_in_clear(desk: Desk, home: Home) -> None:
    desk.accounts.link("lan", "https://id.example/|lan@library.example", LOCAL)
    mark = linked_identity(home, desk, "https://id.example/", "lan@library.example")
    assert mark == identity_mark(home, "https://id.example", "lan@library.example")
    known = desk.accounts.known_as(mark)
    assert known is not None
    assert known.name == "lan"
    assert not desk.accounts.is_linked("https://id.example/|lan@library.example")


def test_an_erased_person_is_named_nowhere(desk: Desk, home: Home) -> None:
    draft_id = desk.drafts.begin("weekly", "养老", "周报", "zh", "甲。", "wang").draft_id
    desk.issues.sign_off.submit(draft_id, 1, LOCAL)
    desk.issues.sign_off.approve(approval(desk, draft_id), lambda given: _paper(given, ("甲",)))
    desk.accounts.erase("wang", LOCAL)
    assert all(one.author != "wang" for one in desk.issues.all())
