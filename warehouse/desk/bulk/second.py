"""Documents judged by two people: a share of what one settles is asked of another one.

The second person does not see what the first one said. Which answers are asked again is drawn by lot from
their numbers, so that neither person chooses.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Engine, insert, select, update

from warehouse.clock import Clock
from warehouse.desk import tables
from warehouse.desk.audit import note_event
from warehouse.desk.bulk.edits import inserted, json_of
from warehouse.desk.bulk.plan import alike
from warehouse.desk.bulk.tables import review_answer, second_judgement
from warehouse.desk.values import checked, checked_text
from warehouse.errors import UserError
from warehouse.sqlite_file import reading, writing

SHARE = 0.2  # of the answers that are asked of a second person


@dataclass(frozen=True, slots=True)
class Asked:
    """A document that waits for a second judgement; nothing of the first one is told."""

    correction_id: int
    document_id: str
    field: str


@dataclass(frozen=True, slots=True)
class Pair:
    """What two people said of one document."""

    correction_id: int
    document_id: str
    field: str
    first: Any
    second: Any  # None: the second person could not say
    first_account: str
    second_account: str
    decided: Any = None
    decided_by: str | None = None
    remark: str = ""

    @property
    def agrees(self) -> bool:
        """Whether both gave the very same class."""
        return alike(self.field, self.first, self.second)


def is_drawn(correction_id: int, share: float = SHARE) -> bool:
    """Whether the lot asks this answer of a second person."""
    return int(sha256(f"second\x1f{correction_id}".encode()).hexdigest()[:8], 16) < share * 2**32


class SecondJudgements:
    """Second judgements and what reviewers settled where the two differ."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def waiting(self, account: str, limit: int = 5) -> list[Asked]:
        """Answers that wait for somebody else than who gave them, oldest first, never one's own."""
        log = tables.correction
        done = select(second_judgement.c.correction_id)
        wanted = (
            select(log.c.correction_id, log.c.document_id, log.c.field)
            .where(
                log.c.correction_id.in_(_settled()), log.c.undone_at.is_(None), log.c.account != account,
                log.c.correction_id.not_in(done),
            )
            .order_by(log.c.correction_id)
        )  # fmt: skip
        with reading(self._engine) as connection:
            rows = connection.execute(wanted).all()
        return [
            Asked(row.correction_id, row.document_id, row.field)
            for row in rows
            if is_drawn(row.correction_id)
        ][:limit]

    def say(self, correction_id: int, value: Mapping[str, Any] | None, account: str) -> None:
        """Keep a second judgement; None: it cannot be said. It changes no label."""
        log = tables.correction
        at = self._clock.now().timestamp()
        with writing(self._engine) as connection:
            first = connection.execute(select(log).where(log.c.correction_id == correction_id)).first()
            if first is None or first.undone_at is not None or not is_drawn(correction_id):
                raise UserError(f"Answer {correction_id} does not wait for a second judgement.")
            if first.account == account:
                raise UserError("A second judgement is somebody else's; this answer is your own.")
            there = select(second_judgement.c.account).where(
                second_judgement.c.correction_id == correction_id
            )
            if (row := connection.execute(there).first()) is not None:
                raise UserError(f"{row.account} has judged this document already.")
            kept = None if value is None else checked(first.field, dict(value))
            given = {
                "correction_id": correction_id, "document_id": first.document_id, "field": first.field,
                "value": None if kept is None else json_of(kept), "account": account, "at": at,
            }  # fmt: skip
            connection.execute(insert(second_judgement).values(given))
            detail = {"correction_id": correction_id, "field": first.field, "value": kept}
            note_event(connection, at, account, "judge-again", first.document_id, detail)

    def pairs(self, field: str | None = None) -> list[Pair]:
        """Every document judged twice, oldest first."""
        log, again = tables.correction, second_judgement
        wanted = select(again, log.c.value.label("first"), log.c.account.label("first_account"))
        wanted = wanted.join(log, log.c.correction_id == again.c.correction_id).order_by(again.c.at)
        wanted = wanted.where(log.c.undone_at.is_(None))  # an answer taken back agrees with nobody
        if field is not None:
            wanted = wanted.where(again.c.field == field)
        with reading(self._engine) as connection:
            return [_pair(row) for row in connection.execute(wanted)]

    def decide(self, correction_id: int, value: Mapping[str, Any], remark: str, account: str) -> None:
        """Settle a disagreement after talk; where it differs from what holds it becomes a correction."""
        at, again, log = self._clock.now().timestamp(), second_judgement, tables.correction
        with writing(self._engine) as connection:
            row = connection.execute(select(again).where(again.c.correction_id == correction_id)).first()
            if row is None:
                raise UserError(f"Answer {correction_id} was not judged by two people.")
            if row.decided is not None:
                raise UserError(f"{row.decided_by} has settled this already.")
            first = connection.execute(select(log).where(log.c.correction_id == correction_id)).one()
            if first.undone_at is not None:
                raise UserError(f"Answer {correction_id} was taken back; there is nothing to settle.")
            if account in (first.account, row.account):
                raise UserError("Who gave one of the two judgements cannot settle between them.")
            kept = checked(row.field, dict(value))
            note = checked_text("remark", remark, longest=2000, empty=True)
            settled = update(again).where(again.c.correction_id == correction_id)
            connection.execute(
                settled.values(decided=json_of(kept), remark=note, decided_by=account, decided_at=at)
            )
            held = connection.execute(
                select(log)
                .where(
                    log.c.document_id == row.document_id, log.c.field == row.field, log.c.undone_at.is_(None)
                )
                .order_by(log.c.correction_id.desc())
            ).first()
            before = json.loads(held.value) if held else None
            if not alike(row.field, before, kept):
                correction = {
                    "document_id": row.document_id, "field": row.field, "value": json_of(kept),
                    "previous": json_of(before), "note": note, "account": account, "created_at": at,
                }  # fmt: skip
                inserted(connection, log, correction)
            detail = {"correction_id": correction_id, "field": row.field, "value": kept, "remark": note}
            note_event(connection, at, account, "settle-judgements", row.document_id, detail)


def _settled() -> Any:
    """The corrections that sittings and the queue made, not those of a passing reader."""
    sat, asked = tables.sitting_document, review_answer
    return (
        select(sat.c.correction_id)
        .where(sat.c.correction_id.is_not(None))
        .union(
            select(asked.c.correction_id).where(
                asked.c.correction_id.is_not(None), asked.c.undone_at.is_(None)
            )
        )
    )


def _pair(row: Any) -> Pair:
    return Pair(
        row.correction_id, row.document_id, row.field, json.loads(row.first),
        None if row.value is None else json.loads(row.value), row.first_account, row.account,
        None if row.decided is None else json.loads(row.decided), row.decided_by, row.remark,
    )  # fmt: skip
