"""Requests to the library: taken down, changed, worked on, closed; who asked is sealed and can be erased."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from warehouse.clock import Clock
from warehouse.desk.audit import note_event
from warehouse.desk.corrections import instant
from warehouse.desk.issues.spread import Seal
from warehouse.desk.service.answers import Answers
from warehouse.desk.service.model import STATES, Asker, NewRequest, Request
from warehouse.desk.service.tables import service_request
from warehouse.desk.values import checked_text
from warehouse.errors import UserError
from warehouse.sqlite_file import reading, writing

LONGEST_NEED = 4000


class Requests:
    """The requests of a desk; `answers` holds what was searched, made and delivered for them."""

    def __init__(self, engine: Engine, clock: Clock, seal: Seal | None = None) -> None:
        self._engine = engine
        self._clock = clock
        self._seal = seal
        self.answers = Answers(engine, clock)

    def ask(self, new: NewRequest, account: str) -> Request:
        """Take a request down; a UserError when need or body are missing or it is due before it was asked."""
        now = self._now()
        row = {**self._checked(new), "state": "open", "outcome": "", "account": account}
        row |= {"created_at": now, "changed_at": now}
        with writing(self._engine) as connection:
            made = connection.execute(insert(service_request).values(row)).inserted_primary_key
            request_id = int(made[0]) if made else 0
            self._audit(connection, "ask-request", account, request_id, {"due": row["due"]})
            return one_request(connection, request_id)

    def change(self, request_id: int, new: NewRequest, account: str, known: Request | None = None) -> Request:
        """Write a request anew; without an asker the one that is kept stays.

        With `known`, a UserError when somebody changed it since that was read.
        """
        values = self._checked(new)
        if new.asker is None:
            del values["asker"]
        with writing(self._engine) as connection:
            before = one_request(connection, request_id)
            if known is not None and _written(before) != _written(known):
                raise UserError(
                    f"Request {request_id} was changed meanwhile and says now: {before.need}"
                    f" ({before.department}, {before.asked_on} – {before.due or '?'}, {before.responsible})."
                    " Join both and keep it again."
                )
            told = {"due": [str(before.due), str(new.due)], "responsible": new.responsible}
            return self._set(connection, request_id, account, "change-request", values, told)

    def set_state(
        self, request_id: int, state: str, on: date, account: str, outcome: str | None = None,
        known: Request | None = None,
    ) -> Request:  # fmt: skip
        """Say how far it is on a day. Closing asks for the outcome in a sentence, at least once.

        With `known`, a UserError when somebody said anything else since that was read.
        """
        if state not in STATES:
            raise UserError(f"State '{state}' is unknown; write one of {', '.join(STATES)}.")
        with writing(self._engine) as connection:
            before = one_request(connection, request_id)
            if known is not None and (before.state, before.outcome) != (known.state, known.outcome):
                raise UserError(
                    f"How far request {request_id} is was changed meanwhile; it says now:"
                    f" {before.state}. {before.outcome} Join both and keep it again."
                )
            said = before.outcome if outcome is None else checked_text("outcome", outcome, 2000, empty=True)
            if state == "closed" and not said:
                raise UserError(f"Say in a sentence what came of request {request_id} when you close it.")
            if state == "delivered" and before.delivered_on is None:
                raise UserError(f"Nothing was delivered for request {request_id} yet; note the delivery.")
            closed_on = on.isoformat() if state == "closed" else None
            values = {"state": state, "outcome": said, "closed_on": closed_on}
            return self._set(connection, request_id, account, "change-request", values, {"state": state})

    def erase_asker(self, request_id: int, account: str) -> Request:
        """Forget who asked; the request stays with the name of her body."""
        with writing(self._engine) as connection:
            one_request(connection, request_id)
            return self._set(connection, request_id, account, "erase-asker", {"asker": None}, {})

    def asker(self, request_id: int) -> Asker | None:
        """Who asked, opened with the home's key; None when nobody is kept."""
        wanted = select(service_request.c.asker).where(service_request.c.request_id == request_id)
        with reading(self._engine) as connection:
            sealed = connection.execute(wanted).scalar()
        return Asker(**json.loads(self._seal.opened(sealed))) if sealed and self._seal else None

    def get(self, request_id: int) -> Request:
        """One request; a UserError when there is none."""
        with reading(self._engine) as connection:
            return one_request(connection, request_id)

    def listed(self, *, state: str | None = None, year: int | None = None) -> list[Request]:
        """Requests, those that wait first and the most urgent of them first, then the latest.

        `year` is that of the day it was asked.
        """
        table = service_request
        wanted = select(table).order_by(table.c.asked_on.desc(), table.c.request_id.desc())
        if state is not None:
            wanted = wanted.where(table.c.state == state)
        if year is not None:
            wanted = wanted.where(table.c.asked_on.between(f"{year:04}-01-01", f"{year:04}-12-31"))
        with reading(self._engine) as connection:
            found = [read_request(row) for row in connection.execute(wanted)]
        return sorted(found, key=lambda one: (not one.waits, one.due or date.max if one.waits else date.min))

    # inside

    def _set(
        self,
        connection: Connection,
        request_id: int,
        account: str,
        action: str,
        values: dict[str, Any],
        told: dict[str, Any],
    ) -> Request:
        changed = update(service_request).where(service_request.c.request_id == request_id)
        connection.execute(changed.values(**values, changed_at=self._now()))
        self._audit(connection, action, account, request_id, told)
        return one_request(connection, request_id)

    def _checked(self, new: NewRequest) -> dict[str, Any]:
        if new.due is not None and new.due < new.asked_on:
            raise UserError(f"The request is due on {new.due}, before it was asked ({new.asked_on}).")
        return {
            "department": " ".join(checked_text("department", new.department, 200).split()),
            "need": checked_text("need", new.need, LONGEST_NEED),
            "asked_on": new.asked_on.isoformat(),
            "due": new.due.isoformat() if new.due else None,
            "responsible": checked_text("responsible", new.responsible, 80),
            "asker": self._sealed(new.asker),
        }

    def _sealed(self, asker: Asker | None) -> str | None:
        if asker is None or not (asker.name or asker.contact):
            return None
        kept = {
            "name": checked_text("name", asker.name, 200, empty=True),
            "contact": checked_text("contact", asker.contact, 300, empty=True),
        }
        if self._seal is None:
            raise UserError("The desk was opened without its key: nothing that must be sealed is kept.")
        return self._seal.seal(json.dumps(kept, ensure_ascii=False))

    def _now(self) -> float:
        return self._clock.now().timestamp()

    def _audit(
        self, connection: Connection, action: str, account: str, request_id: int, told: dict[str, Any]
    ) -> None:
        note_event(connection, self._now(), account, action, f"request {request_id}", told)


def one_request(connection: Connection, request_id: int) -> Request:
    """A request by its number; a UserError when there is none."""
    row = None
    if 0 < request_id < 2**63:
        table = service_request
        row = connection.execute(select(table).where(table.c.request_id == request_id)).first()
    if row is None:
        raise UserError(f"There is no request {request_id}; the list of requests names those there are.")
    return read_request(row)


def read_request(row: Any) -> Request:
    """A row as the record."""
    return Request(
        row.request_id, row.department, row.need, date.fromisoformat(row.asked_on), _day(row.due), row.state,
        row.responsible, row.outcome, row.asker is not None, row.account, instant(row.created_at),
        instant(row.changed_at), _day(row.delivered_on), _day(row.closed_on),
    )  # fmt: skip


def _written(one: Request) -> tuple[object, ...]:
    return one.department, one.need, one.asked_on, one.due, one.responsible


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
