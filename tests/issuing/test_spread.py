"""Distribution and feedback: addresses sealed, figures with their counts, notices told once."""

from __future__ import annotations

import base64
import sqlite3
from datetime import date

import pytest

from tests.issuing.desk_of_drafts import SERIES, signed
from warehouse.desk import Desk
from warehouse.desk.issues.model import Adoption
from warehouse.desk.issues.spread import Spread
from warehouse.errors import UserError
from warehouse.home import Home

DAY = date(2026, 6, 1)
ADDRESS = "office@lanjiang.example"


@pytest.fixture
def desk(home: Home) -> Desk:
    return Desk.open(home)


def recipients(spread: Spread, *names: str) -> list[int]:
    return [spread.add_recipient(SERIES, name, "paper", "local").recipient_id for name in names]


def test_an_address_is_read_with_the_key_and_not_from_the_file(home: Home, desk: Desk) -> None:
    spread = desk.issues.spread
    spread.add_recipient(SERIES, "办公室", "mail", "local", ADDRESS)
    assert [one.address for one in spread.recipients(SERIES)] == [ADDRESS]
    with sqlite3.connect(home.desk_file) as connection:
        kept = connection.execute("select address from recipient").fetchone()[0]
        everything = "\n".join(connection.iterdump())
    assert kept
    assert ADDRESS not in everything
    assert base64.b64encode(ADDRESS.encode()).decode() not in everything


def test_a_name_stands_on_a_list_once_and_can_return(desk: Desk) -> None:
    spread = desk.issues.spread
    (one,) = recipients(spread, "办公室")
    with pytest.raises(UserError, match="already"):
        recipients(spread, "办公室")
    spread.remove_recipient(one, "local")
    assert spread.recipients() == []
    recipients(spread, "办公室")


def test_an_issue_is_delivered_once_to_those_of_its_series(desk: Desk) -> None:
    spread, issue = desk.issues.spread, signed(desk)
    (one,) = recipients(spread, "办公室")
    other = spread.add_recipient("另一种", "研究室", "paper", "local")
    spread.deliver(issue.issue_id, one, "paper", DAY, "local")
    with pytest.raises(UserError, match="already"):
        spread.deliver(issue.issue_id, one, "mail", DAY, "local")
    with pytest.raises(UserError, match="is on the list of '另一种'"):
        spread.deliver(issue.issue_id, other.recipient_id, "paper", DAY, "local")
    desk.issues.sign_off.withdraw(issue.issue_id, "local", "数据有误")
    with pytest.raises(UserError, match="not handed out any more"):
        spread.deliver(issue.issue_id, one, "paper", DAY, "local")


def test_adoption_counts_those_delivered_and_who_adopted_has_read(desk: Desk) -> None:
    spread, issue = desk.issues.spread, signed(desk)
    signed(desk)
    people = recipients(spread, "甲", "乙", "丙")
    for one in people:
        spread.deliver(issue.issue_id, one, "paper", DAY, "local")
    give = [("read", people[0]), ("adopted", people[0]), ("adopted", people[1]), ("remark", people[2])]
    for kind, one in give:
        spread.add_feedback(issue.issue_id, kind, "", DAY, "好", "local", one)  # type: ignore[arg-type]
    spread.add_feedback(issue.issue_id, "read", "路人", DAY, "", "local")
    assert desk.issues.adoption() == [Adoption(SERIES, 2026, 2, 3, 2, 2, 1)]


def test_feedback_that_was_noted_wrongly_counts_no_more(desk: Desk) -> None:
    spread, issue = desk.issues.spread, signed(desk)
    (one,) = recipients(spread, "甲")
    spread.deliver(issue.issue_id, one, "paper", DAY, "local")
    given = spread.add_feedback(issue.issue_id, "adopted", "", DAY, "", "local", one)
    spread.remove_feedback(given.feedback_id, "local")
    assert spread.feedback(issue.issue_id) == []
    assert desk.issues.adoption()[0].adopted == 0


def test_feedback_of_somebody_who_did_not_get_it_names_her_herself(desk: Desk) -> None:
    spread, issue = desk.issues.spread, signed(desk)
    (one,) = recipients(spread, "甲")
    with pytest.raises(UserError, match="was not delivered to recipient"):
        spread.add_feedback(issue.issue_id, "read", "", DAY, "", "local", one)
    with pytest.raises(UserError, match="by: nothing was written"):
        spread.add_feedback(issue.issue_id, "read", "", DAY, "", "local")


def test_an_instruction_is_kept_only_where_it_is_allowed_and_then_sealed(home: Home, desk: Desk) -> None:
    spread, issue = desk.issues.spread, signed(desk)
    said = ("instruction", "李副市长", DAY, "请民政局研究落实", "local")
    with pytest.raises(UserError, match="Instructions are not kept here"):
        spread.add_feedback(issue.issue_id, *said)  # type: ignore[arg-type]
    spread.add_feedback(issue.issue_id, *said, instructions=True)  # type: ignore[arg-type]
    assert spread.feedback(issue.issue_id) == []
    assert [one.text for one in spread.feedback(issue.issue_id, instructions=True)] == ["请民政局研究落实"]
    with sqlite3.connect(home.desk_file) as connection:
        assert "研究落实" not in "\n".join(connection.iterdump())


def test_a_notice_is_told_once(desk: Desk) -> None:
    issue = signed(desk)
    told = (issue.issue_id, "doc-1", "旧办法", "repealed", "云民发〔2026〕15号", "20260602-1", "local")
    assert desk.issues.note(*told)  # type: ignore[arg-type]
    assert not desk.issues.note(*told)  # type: ignore[arg-type]
    assert [one.kind for one in desk.issues.notices([issue.issue_id])] == ["repealed"]
