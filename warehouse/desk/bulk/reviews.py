"""Answers of the review queue: what was said of a label or a mined sentence, and why it was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Engine, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from warehouse.clock import Clock
from warehouse.desk import tables
from warehouse.desk.audit import note_event
from warehouse.desk.bulk.edits import inserted, json_of
from warehouse.desk.bulk.plan import alike
from warehouse.desk.bulk.tables import review_answer
from warehouse.desk.values import CLASS_FIELDS, checked
from warehouse.errors import UserError
from warehouse.sqlite_file import reading, writing

Answer = Literal["confirmed", "corrected", "rejected", "skipped"]
FACT = "fact:"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One answer that stands."""

    answer_id: int
    document_id: str
    subject: str
    reason: str
    answer: str
    correction_id: int | None
    account: str


class Reviews:
    """The answers of the queue; each is kept in one transaction with its correction or judgement."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def label(
        self, document_id: str, field: str, given: Mapping[str, Any] | None, value: Mapping[str, Any],
        reason: str, account: str,
    ) -> int:  # fmt: skip
        """Keep the class that somebody gives a document of the queue; the number of the answer."""
        if field not in CLASS_FIELDS:
            raise UserError(f"The review queue asks for classes, not for '{field}'.")
        kept = checked(field, dict(value))
        confirms = given is not None and alike(field, given, kept)
        at = self._clock.now().timestamp()
        row = {
            "document_id": document_id, "field": field, "value": json_of(kept),
            "previous": json_of(kept if confirms else given), "note": "review", "account": account,
            "created_at": at,
        }  # fmt: skip
        with writing(self._engine) as connection:
            number = inserted(connection, tables.correction, row)
            answer: Answer = "confirmed" if confirms else "corrected"
            return self._keep(connection, document_id, field, reason, answer, number, account, at)

    def fact(self, document_id: str, fact_id: str, holds: bool, reason: str, account: str) -> int:
        """Confirm or reject a mined sentence; the number of the answer."""
        answer: Answer = "confirmed" if holds else "rejected"
        at = self._clock.now().timestamp()
        row = {
            "document_id": document_id, "fact_id": fact_id, "verdict": answer, "account": account, "at": at,
        }  # fmt: skip
        latest = {name: row[name] for name in ("verdict", "account", "at")}
        with writing(self._engine) as connection:
            statement = upsert(tables.judgement).values(row)
            connection.execute(statement.on_conflict_do_update(["document_id", "fact_id"], set_=latest))
            return self._keep(connection, document_id, FACT + fact_id, reason, answer, None, account, at)

    def skip(self, document_id: str, subject: str, reason: str, account: str) -> int:
        """Pass over: this account is not asked again, others are."""
        at = self._clock.now().timestamp()
        with writing(self._engine) as connection:
            return self._keep(connection, document_id, subject, reason, "skipped", None, account, at)

    def undo(self, answer_id: int, account: str) -> None:
        """Take an answer back with the correction or judgement it made."""
        at = self._clock.now().timestamp()
        with writing(self._engine) as connection:
            wanted = select(review_answer).where(review_answer.c.answer_id == answer_id)
            row = connection.execute(wanted).first()
            if row is None or row.undone_at is not None:
                raise UserError(f"Answer {answer_id} of the review queue is not there, or was taken back.")
            one = update(review_answer).where(review_answer.c.answer_id == answer_id)
            connection.execute(one.values(undone_at=at))
            if row.correction_id is not None:
                log = tables.correction
                mine = update(log).where(log.c.correction_id == row.correction_id, log.c.undone_at.is_(None))
                connection.execute(mine.values(undone_at=at, undone_by=account))
            if row.subject.startswith(FACT) and row.answer != "skipped":
                kept, fact_id = tables.judgement, row.subject.removeprefix(FACT)
                # Only her own: what somebody has said of it since stays.
                same = (kept.c.document_id == row.document_id, kept.c.fact_id == fact_id, kept.c.at == row.at)
                connection.execute(kept.delete().where(*same))
            note_event(connection, at, account, "undo-review", row.document_id, {"answer_id": answer_id})

    def skipped_by(self, account: str) -> set[tuple[str, str]]:
        """What this account passed over: document and subject."""
        return {
            (one.document_id, one.subject)
            for one in self.standing()
            if one.answer == "skipped" and one.account == account
        }

    def standing(self) -> list[Reviewed]:
        """Every answer that was not taken back, in the order given."""
        kept = review_answer
        wanted = select(kept).where(kept.c.undone_at.is_(None)).order_by(kept.c.answer_id)
        with reading(self._engine) as connection:
            return [
                Reviewed(
                    row.answer_id, row.document_id, row.subject, row.reason, row.answer, row.correction_id,
                    row.account,
                )
                for row in connection.execute(wanted)
            ]  # fmt: skip

    def counts(self, since: float = 0.0) -> dict[str, int]:
        """How many answers stand of each kind, given from an instant on (seconds since 1970)."""
        kept = review_answer
        wanted = select(kept.c.answer, func.count().label("n")).group_by(kept.c.answer)
        wanted = wanted.where(kept.c.undone_at.is_(None), kept.c.at >= since)
        with reading(self._engine) as connection:
            return {row.answer: int(row.n) for row in connection.execute(wanted)}

    def _keep(
        self, connection: Connection, document_id: str, subject: str, reason: str, answer: Answer,
        correction_id: int | None, account: str, at: float,
    ) -> int:  # fmt: skip
        row = {
            "document_id": document_id, "subject": subject, "reason": reason, "answer": answer,
            "correction_id": correction_id, "account": account, "at": at,
        }  # fmt: skip
        made = connection.execute(insert(review_answer).values(row)).inserted_primary_key
        detail = {"subject": subject, "answer": answer, "correction_id": correction_id, "reason": reason}
        note_event(connection, at, account, "review", document_id, detail)
        return int(made[0]) if made else 0
