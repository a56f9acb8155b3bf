"""Every change at the desk needs a role that is written down, and is undone without it."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from tests.accounts.conftest import PEOPLE
from warehouse.desk import LOCAL, Desk, tables
from warehouse.desk.audit import note_event
from warehouse.desk.roles import NEEDED, ROLES, Forbidden, needed_for, reaches
from warehouse.home import Home
from warehouse.sqlite_file import reading, writing

ROOT = Path(__file__).resolve().parents[2]
DESK = ROOT / "warehouse" / "desk"
# Where an action is put together: what stands for each of its parts.
MADE = {"route-": ("state", "assign", "withdraw", "dismiss"), "-report": ("submit", "return")}
HELPERS = {"note_event": 3, "_audit": 1, "_note": 2, "_change": 2, "_set": 3, "audit": 0}


def test_every_action_of_the_desk_is_written_down_with_its_role() -> None:
    found = set(_actions())
    assert len(found) > 50  # the search finds them: it cannot pass by finding none
    assert {"keep-passage", "approve-report", "save-draft", "correct", "route-assign", "erase-asker"} <= found
    assert sorted(found - NEEDED.keys()) == []


def test_an_action_that_nobody_wrote_down_is_the_administrators() -> None:
    assert needed_for("something-new") == "administrator"


@pytest.mark.parametrize("role", ROLES)
def test_each_action_reaches_exactly_the_roles_from_its_own_upwards(own_home: Home, role: str) -> None:
    name = next(name for name, held in PEOPLE.items() if held == role)
    with Desk.open(own_home) as desk:
        engine = desk._engine
        for action, needed in NEEDED.items():
            if ROLES.index(role) >= ROLES.index(needed):
                with writing(engine) as connection:
                    note_event(connection, 0.0, name, action, "try", {})
            else:
                with pytest.raises(Forbidden, match=needed), writing(engine) as connection:
                    note_event(connection, 0.0, name, action, "try", {})
        log = tables.audit_event
        written = select(func.count()).select_from(log).where(log.c.account == name)
        with reading(engine) as connection:
            assert connection.execute(written).scalar_one() == sum(
                reaches(role, one) for one in NEEDED.values()
            )


def test_a_refused_act_undoes_what_it_wrote(own_home: Home) -> None:
    with Desk.open(own_home) as desk:
        row = {"document_id": "d", "fact_id": "f", "verdict": "confirmed", "account": "rita", "at": 0.0}
        with pytest.raises(Forbidden), writing(desk._engine) as connection:  # noqa: PT012
            connection.execute(insert(tables.judgement).values(row))
            note_event(connection, 0.0, "rita", "judge", "d", {})
        assert desk.judgements(["d"]) == {}


def test_nobody_acts_under_a_name_that_is_unknown_closed_or_gone(own_home: Home) -> None:
    with Desk.open(own_home) as desk:
        desk.accounts.set_state("anna", "disabled", LOCAL)
        desk.accounts.erase("rolf", LOCAL)
        for name in ("anna", "former-1"):
            with pytest.raises(Forbidden):
                desk.correct("d", "title", "new", "old", "", name)
        for name in ("nobody", "", "rolf"):  # the table itself refuses whom it does not know
            with pytest.raises((Forbidden, IntegrityError)):
                desk.correct("d", "title", "new", "old", "", name)
        assert desk.corrections() == []


def test_readers_keep_their_own_searches_and_touch_nothing_else() -> None:
    for action in ("correct", "judge", "keep-passage", "begin-draft", "add-job", "purge", "add-account"):
        assert not reaches("reader", needed_for(action))
    for action in ("save-search", "remove-search", "change-password"):
        assert reaches("reader", needed_for(action))


def _actions() -> Iterator[str]:
    """Every audit action that a file of the desk writes, read from its source; other rooms call `audit`."""
    for room in ("warehouse", "dashboard", "classify", "crawlers"):
        for file in sorted((ROOT / room).rglob("*.py")):
            source = file.read_text(encoding="utf-8")
            for call in ast.walk(ast.parse(source)) if ".audit(" in source else ():
                if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "audit":
                    yield from _texts(call.args[0])
    for file in sorted(DESK.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield from _of_call(node)
            elif isinstance(node, ast.Assign) and any(
                isinstance(to, ast.Name) and to.id == "action" for to in node.targets
            ):
                yield from _texts(node.value)


def _of_call(call: ast.Call) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in HELPERS or name == "_keep":
        for given in itertools.chain(call.args, (one.value for one in call.keywords)):
            yield from _texts(given)


def _texts(node: ast.expr) -> Iterator[str]:
    """The words an expression may be, when they look like an action: `keep-passage`, `undo`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if _is_action(node.value):
            yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.JoinedStr):
        whole = [part.value for part in node.values if isinstance(part, ast.Constant)]
        for fixed in whole:
            if fixed in MADE:
                yield from (fixed + one if fixed.endswith("-") else one + fixed for one in MADE[fixed])


_SINGLE = frozenset({"correct", "confirm", "undo", "judge", "purge"})


def _is_action(text: str) -> bool:
    return text in _SINGLE or (
        "-" in text and text.replace("-", "").isalpha() and text.islower() and not text.startswith("-")
    )
