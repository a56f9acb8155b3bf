"""What people decide of allocation: the state of a document in a department's or analyst's inbox, to whom it
is given by hand, and that it gives work to nobody. A log; the newest that was not undone holds, and wins over
what was found by rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, func, insert, select, update

from warehouse.clock import Clock
from warehouse.desk import tables
from warehouse.desk.audit import note_event
from warehouse.desk.corrections import batches, instant
from warehouse.desk.values import checked_text
from warehouse.errors import UserError
from warehouse.sqlite_file import reading, writing

STATES = ("unseen", "seen", "taken", "done", "not-ours")
NOBODY = ""  # the code of `dismiss`: no body at all
THEME = "theme:"  # how the code of an analyst's inbox begins


@dataclass(frozen=True, slots=True)
class RoutingAct:
    """One decision, by whom and when."""

    act_id: int
    document_id: str
    code: str  # a body, theme:ID, or empty
    name: str  # what the body is called, for those that no table of bodies holds
    act: str  # state | assign | withdraw | dismiss
    value: str  # of a state: seen, taken, done, not-ours or unseen
    note: str
    account: str
    at: datetime
    undone_at: datetime | None = None
    undone_by: str | None = None


class Routing:
    """The log of decisions about allocation."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def set_state(self, document_id: str, code: str, state: str, account: str, note: str = "") -> RoutingAct:
        """Say how far a document is in an inbox; UserError for a state nobody knows."""
        if state not in STATES:
            raise UserError(f"State '{state}' is unknown; write one of {', '.join(STATES)}.")
        return self._keep(document_id, checked_text("code", code), "", "state", state, note, account)

    def assign(self, document_id: str, code: str, name: str, account: str, note: str = "") -> RoutingAct:
        """Give a document to a body by hand; it stays there whatever rules find later."""
        return self._keep(document_id, checked_text("code", code), name, "assign", "", note, account)

    def withdraw(self, document_id: str, code: str, account: str, note: str = "") -> RoutingAct:
        """Take a document from a body, whether it came by rule or by hand."""
        return self._keep(document_id, checked_text("code", code), "", "withdraw", "", note, account)

    def dismiss(self, document_id: str, account: str, note: str = "") -> RoutingAct:
        """Say that a document gives work to nobody, so that it leaves the queue."""
        return self._keep(document_id, NOBODY, "", "dismiss", "", note, account)

    def undo(self, act_id: int, account: str) -> RoutingAct:
        """Take a decision back; the one before it holds again."""
        log = tables.routing_act
        with writing(self._engine) as connection:
            row = connection.execute(select(log).where(log.c.act_id == act_id)).first()
            if row is None:
                raise UserError(f"There is no decision {act_id} about allocation.")
            if row.undone_at is not None:
                raise UserError(f"Decision {act_id} was already undone by {row.undone_by}.")
            at = self._clock.now().timestamp()
            connection.execute(
                update(log).where(log.c.act_id == act_id).values(undone_at=at, undone_by=account)
            )
            told = {"act_id": act_id, "act": row.act, "code": row.code, "value": row.value}
            note_event(connection, at, account, "undo-route", row.document_id, told)
            return _act(connection.execute(select(log).where(log.c.act_id == act_id)).one())

    def states(self, code: str, document_ids: Iterable[str] | None = None) -> dict[str, RoutingAct]:
        """The state that holds in this inbox, by document; without `document_ids` of all that have one."""
        log = tables.routing_act
        return {
            one.document_id: one
            for one in self._holding("state", log.c.code == code, document_ids=document_ids)
        }

    def placed(self, code: str) -> dict[str, RoutingAct]:
        """Documents that were given to this body by hand, or taken from it."""
        log = tables.routing_act
        return {one.document_id: one for one in self._holding("place", log.c.code == code)}

    def placed_of(self, document_ids: Iterable[str]) -> dict[str, list[RoutingAct]]:
        """What holds of where these documents were put or taken from by hand."""
        found: dict[str, list[RoutingAct]] = {}
        for one in self._holding("place", document_ids=document_ids):
            found.setdefault(one.document_id, []).append(one)
        return found

    def settled(self) -> frozenset[str]:
        """Documents that were given to somebody, or of which somebody said that they give no work."""
        acts = self._holding("place")
        return frozenset(one.document_id for one in acts if one.act != "withdraw")

    def sent_back(self) -> frozenset[str]:
        """Documents that a department said are not its own, and that nobody was given since."""
        log = tables.routing_act
        found = self._holding("state", ~log.c.code.startswith(THEME))
        return frozenset(one.document_id for one in found if one.value == "not-ours") - self.settled()

    def log(self, document_id: str | None = None, limit: int = 100) -> list[RoutingAct]:
        """All decisions, newest first, those that were undone too."""
        log = tables.routing_act
        wanted = select(log).order_by(log.c.act_id.desc()).limit(limit)
        if document_id is not None:
            wanted = wanted.where(log.c.document_id == document_id)
        with reading(self._engine) as connection:
            return [_act(row) for row in connection.execute(wanted)]

    # inside

    def _keep(
        self, document_id: str, code: str, name: str, act: str, value: str, note: str, account: str
    ) -> RoutingAct:
        at = self._clock.now().timestamp()
        row = {
            "document_id": checked_text("document", document_id),
            "code": code,
            "name": name[:400],
            "act": act,
            "value": value,
            "note": checked_text("note", note, longest=2000, empty=True),
            "account": account,
            "at": at,
        }
        log = tables.routing_act
        with writing(self._engine) as connection:
            made = connection.execute(insert(log).values(row)).inserted_primary_key
            act_id = int(made[0]) if made else 0
            told = {"act_id": act_id, "code": code, "value": value}
            note_event(connection, at, account, f"route-{act}", document_id, told)
            return _act(connection.execute(select(log).where(log.c.act_id == act_id)).one())

    def _holding(
        self, of: str, *where: ColumnElement[bool], document_ids: Iterable[str] | None = None
    ) -> list[RoutingAct]:
        if document_ids is None:
            return self._newest(of, where)
        log = tables.routing_act
        some = batches(sorted(set(document_ids)))
        return [one for part in some for one in self._newest(of, (*where, log.c.document_id.in_(part)))]

    def _newest(self, of: str, where: tuple[ColumnElement[bool], ...]) -> list[RoutingAct]:
        log = tables.routing_act
        is_state = log.c.act == "state"
        kind = is_state if of == "state" else ~is_state
        newest: Select[Any] = (
            select(func.max(log.c.act_id))
            .where(log.c.undone_at.is_(None), kind, *where)
            .group_by(log.c.document_id, log.c.code)
        )
        wanted = select(log).where(log.c.act_id.in_(newest)).order_by(log.c.act_id)
        with reading(self._engine) as connection:
            return [_act(row) for row in connection.execute(wanted)]


def _act(row: Any) -> RoutingAct:
    return RoutingAct(
        row.act_id, row.document_id, row.code, row.name, row.act, row.value, row.note, row.account,
        instant(row.at), instant(row.undone_at) if row.undone_at is not None else None, row.undone_by,
    )  # fmt: skip
