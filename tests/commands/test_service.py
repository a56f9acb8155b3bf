"""`govbrief service`: requests and their chain, without the person who asked."""

from __future__ import annotations

import json
from datetime import date

from tests.commands.conftest import Govbrief
from tests.commands.test_json import differences, documented
from warehouse.desk import Desk
from warehouse.desk.service.model import NewRequest
from warehouse.home import Home


def _asked(home: Home) -> None:
    with Desk.open(home) as desk:
        new = NewRequest("省政府办公厅", "各市补贴标准", date(2026, 5, 1), date(2026, 5, 20), "local")
        desk.requests.ask(new, "local")
        desk.requests.answers.link(1, "query", "养老", "养老", "local", found=7, publication_id="p1")


def test_requests_are_listed_and_one_is_shown_as_a_chain(govbrief: Govbrief, home: Home) -> None:
    _asked(home)
    listed = govbrief("service", "list", "--home", home.root)
    assert (listed.code, listed.out.count("\n")) == (0, 1)
    assert "(overdue)" in listed.out
    shown = govbrief("service", "show", 1, "--home", home.root)
    assert "query: 养老 (7 found)" in shown.out
    assert "evidence: nothing is recorded." in shown.out


def test_answers_have_the_keys_of_the_manual(govbrief: Govbrief, home: Home) -> None:
    _asked(home)
    listed = json.loads(govbrief("service", "list", "--json", "--home", home.root).out)
    assert differences(documented("service list --json"), listed) == []
    shown = json.loads(govbrief("service", "show", 1, "--json", "--home", home.root).out)
    assert differences(documented("service show NUMBER --json"), shown) == []
    assert shown["missing"] == ["evidence", "product", "delivery", "outcome"]


def test_a_request_that_is_not_there_is_a_wrong_call(govbrief: Govbrief, home: Home) -> None:
    outcome = govbrief("service", "show", 7, "--home", home.root)
    assert (outcome.code, len(outcome.err.splitlines()[-1:])) == (2, 1)
    assert "There is no request 7" in outcome.err
