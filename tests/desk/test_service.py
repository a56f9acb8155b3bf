"""Requests: taken down, answered, delivered, closed; who asked is sealed and can be forgotten."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest

from warehouse.desk import Desk
from warehouse.desk.roles import Forbidden
from warehouse.desk.service.model import Asker, NewRequest
from warehouse.desk.service.requests import Requests
from warehouse.errors import UserError
from warehouse.home import Home

DAY = date(2026, 6, 1)
NEED = "各市居家养老补贴标准"


@pytest.fixture
def desk(home: Home) -> Desk:
    return Desk.open(home)


@pytest.fixture
def requests(desk: Desk) -> Requests:
    return desk.requests


def _new(due: date | None = date(2026, 6, 10), asked: date = DAY, need: str = NEED) -> NewRequest:
    return NewRequest("省政府办公厅", need, asked, due, "local", Asker("张三", "z3@yunhe.example"))


def test_a_request_goes_from_need_to_outcome(requests: Requests, desk: Desk) -> None:
    made = requests.ask(_new(), "local")
    assert (made.state, made.overdue(DAY), made.overdue(date(2026, 6, 11))) == ("open", False, True)
    requests.answers.link(1, "query", "养老 补贴", "养老 补贴", "local", found=7, publication_id="p1")
    assert requests.get(1).state == "working"
    requests.answers.deliver(1, "对照表一份", date(2026, 6, 1), "local")
    delivered = requests.get(1)
    assert (delivered.state, delivered.in_time, delivered.delivered_on) == (
        "delivered", True, date(2026, 6, 1),
    )  # fmt: skip
    with pytest.raises(UserError, match="what came of"):
        requests.set_state(1, "closed", DAY, "local")
    closed = requests.set_state(1, "closed", date(2026, 6, 12), "local", "写入了办公会材料")
    assert (closed.outcome, closed.closed_on) == ("写入了办公会材料", date(2026, 6, 12))
    actions = [one.action for one in desk.audit_events("request 1")]
    assert actions == ["change-request", "deliver-request", "link-request", "ask-request"]


def test_who_asked_stands_nowhere_in_clear_and_can_be_forgotten(requests: Requests, home: Home) -> None:
    requests.ask(_new(), "local")
    assert requests.asker(1) == Asker("张三", "z3@yunhe.example")
    with sqlite3.connect(home.desk_file) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    kept = home.desk_file.read_bytes()
    assert b"z3@yunhe" not in kept
    assert "张三".encode() not in kept
    assert not requests.erase_asker(1, "local").has_asker
    assert requests.asker(1) is None


def test_what_was_found_at_the_time_stays_beside_what_is_found_later(requests: Requests) -> None:
    requests.ask(_new(), "local")
    for publication, found in (("p1", 7), ("p1", 7), ("p2", 9)):
        requests.answers.link(1, "search", "4", "养老", "local", found=found, publication_id=publication)
    assert [one.found for one in requests.answers.links(1)] == [7, 9]
    requests.answers.unlink(1, "local")
    assert [one.found for one in requests.answers.linked("search", ["4"])] == [9]
    with pytest.raises(UserError, match="taken out already"):
        requests.answers.unlink(1, "local")


def test_a_delivery_that_never_was_is_taken_out(requests: Requests) -> None:
    requests.ask(_new(DAY), "local")
    with pytest.raises(UserError, match="Nothing was delivered"):
        requests.set_state(1, "delivered", DAY, "local")
    given = requests.answers.deliver(1, "清单", date(2026, 6, 2), "local")
    assert requests.get(1).in_time is False
    for wrong in (date(2020, 1, 1), date(2099, 1, 1)):
        with pytest.raises(UserError):
            requests.answers.deliver(1, "清单", wrong, "local")
    requests.answers.undeliver(given.delivery_id, "local")
    assert (requests.get(1).state, requests.get(1).delivered_on) == ("working", None)


def test_the_most_urgent_that_wait_stand_first(requests: Requests) -> None:
    for due in (None, date(2026, 7, 1), date(2026, 6, 2)):
        requests.ask(_new(due), "local")
    requests.ask(_new(date(2026, 6, 1)), "local")
    requests.answers.deliver(4, "清单", DAY, "local")
    assert [one.request_id for one in requests.listed()] == [3, 2, 1, 4]
    assert [one.request_id for one in requests.listed(year=2025)] == []
    assert [one.request_id for one in requests.listed(state="delivered")] == [4]


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (_new(need=" "), "need"),
        (_new(due=date(2026, 5, 1)), "before it was asked"),
        (_new(need="x" * 5000), "4000"),
    ],
)
def test_a_request_that_cannot_be_is_refused(requests: Requests, new: NewRequest, told: str) -> None:
    with pytest.raises(UserError, match=told):
        requests.ask(new, "local")


@pytest.mark.parametrize("number", [0, 7, 2**70])
def test_a_request_that_is_not_there_is_named(requests: Requests, number: int) -> None:
    with pytest.raises(UserError, match="There is no request"):
        requests.get(number)
    with pytest.raises(UserError, match="There is no request"):
        requests.answers.deliver(number, "清单", DAY, "local")


def test_readers_take_no_request_down(requests: Requests, home: Home) -> None:
    with sqlite3.connect(home.desk_file) as connection:
        connection.execute("insert into account (name, role, created_at) values ('reader', 'reader', 0)")
    with pytest.raises(Forbidden):
        requests.ask(_new(), "reader")
    assert requests.listed() == []
