"""Changes of many documents kept in one transaction, and taken back in one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select, update

from warehouse.clock import Clock
from warehouse.desk import tables
from warehouse.desk.audit import note_event
from warehouse.desk.bulk.plan import MOST, Plan, newest_of
from warehouse.desk.bulk.tables import bulk_edit, bulk_record
from warehouse.desk.corrections import instant, logs_of
from warehouse.desk.values import checked_text
from warehouse.errors import UserError
from warehouse.records import Correction
from warehouse.sqlite_file import reading, writing


@dataclass(frozen=True, slots=True)
class BulkEdit:
    """One act: what was said of how many documents."""

    bulk_id: int
    field: str
    value: Any  # None: each was confirmed as it was
    note: str
    account: str
    created_at: datetime
    documents: int
    undone_at: datetime | None = None
    undone_by: str | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a plan: documents whose correction changed since it was shown are left alone."""

    bulk_id: int
    kept: tuple[str, ...]
    changed_since: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of an act that was taken back."""

    documents: int  # that show what they showed before
    stayed: tuple[str, ...]  # somebody has said more of them since: that stays
    before: tuple[str, ...]  # were taken back one by one already


class BulkEdits:
    """Acts on many documents; each is one transaction with one event of the audit log."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def held(self, document_ids: Iterable[str], field: str) -> dict[str, Correction]:
        """The corrections of this field that hold, by document, as `planned` wants them."""
        with reading(self._engine) as connection:
            logs = logs_of(connection, document_ids)
        found = {document_id: newest_of(log, field) for document_id, log in logs.items()}
        return {document_id: one for document_id, one in found.items() if one is not None}

    def apply(self, plan: Plan, note: str, account: str, over_people: bool = False) -> Applied:
        """Keep what a plan changes; a UserError when nothing is left to keep, and then nothing was kept."""
        lines = plan.kept(over_people)
        if len(plan.lines) > MOST:
            raise UserError(f"{len(plan.lines)} documents are too many; at most {MOST} are changed at once.")
        told = checked_text("note", note, longest=2000, empty=True)
        at = self._clock.now().timestamp()
        with writing(self._engine) as connection:
            logs = logs_of(connection, (one.document_id for one in lines))
            now = {one: newest_of(log, plan.field) for one, log in logs.items()}
            numbers = {one: held.correction_id for one, held in now.items() if held}
            fresh = [one for one in lines if numbers.get(one.document_id) == one.held]
            if not fresh:
                raise UserError("Nothing was changed: no document of the list is left to change.")
            row = {
                "field": plan.field, "value": None if plan.value is None else json_of(plan.value),
                "note": told, "account": account, "created_at": at,
            }  # fmt: skip
            bulk_id = inserted(connection, bulk_edit, row)
            for one in fresh:
                correction = {
                    "document_id": one.document_id, "field": plan.field, "value": json_of(one.new),
                    "previous": json_of(one.old), "note": told, "account": account, "created_at": at,
                }  # fmt: skip
                number = inserted(connection, tables.correction, correction)
                part = {"bulk_id": bulk_id, "document_id": one.document_id, "correction_id": number}
                connection.execute(insert(bulk_record).values(part))
            detail = {"field": plan.field, "value": plan.value, "documents": len(fresh), "note": told}
            note_event(connection, at, account, "correct-many", f"bulk {bulk_id}", detail)
        kept = tuple(one.document_id for one in fresh)
        return Applied(
            bulk_id, kept, tuple(one.document_id for one in lines if one.document_id not in set(kept))
        )

    def undo(self, bulk_id: int, account: str) -> Undone:
        """Take a whole act back; documents of which somebody said more since keep that."""
        at = self._clock.now().timestamp()
        with writing(self._engine) as connection:
            row = connection.execute(select(bulk_edit).where(bulk_edit.c.bulk_id == bulk_id)).first()
            if row is None:
                raise UserError(f"There is no act {bulk_id} on many documents.")
            if row.undone_at is not None:
                raise UserError(f"Act {bulk_id} was already taken back by {row.undone_by}.")
            undone = self._undone(connection, row, account, at)
            whole = update(bulk_edit).where(bulk_edit.c.bulk_id == bulk_id)
            connection.execute(whole.values(undone_at=at, undone_by=account))
            detail = {
                "documents": undone.documents,
                "stayed": len(undone.stayed),
                "before": len(undone.before),
            }
            note_event(connection, at, account, "undo-many", f"bulk {bulk_id}", detail)
        return undone

    def _undone(self, connection: Connection, row: Any, account: str, at: float) -> Undone:
        records = connection.execute(select(bulk_record).where(bulk_record.c.bulk_id == row.bulk_id)).all()
        numbers = {one.document_id: one.correction_id for one in records}
        logs = logs_of(connection, numbers)
        back: list[str] = []
        stayed: list[str] = []
        before: list[str] = []
        for document_id, number in numbers.items():
            mine = next(one for one in logs[document_id] if one.correction_id == number)
            newest = newest_of(logs[document_id], row.field)
            if mine.undone_at is not None:
                before.append(document_id)
                continue
            (back if newest is mine else stayed).append(document_id)
            # Also under a later one: else taking that back would show a value whose act was taken back.
            one = update(tables.correction).where(tables.correction.c.correction_id == number)
            connection.execute(one.values(undone_at=at, undone_by=account))
        return Undone(len(back), tuple(stayed), tuple(before))

    def listed(self, limit: int = 20) -> list[BulkEdit]:
        """The latest acts, newest first."""
        count = select(func.count()).where(bulk_record.c.bulk_id == bulk_edit.c.bulk_id).scalar_subquery()
        wanted = select(bulk_edit, count.label("documents")).order_by(bulk_edit.c.bulk_id.desc()).limit(limit)
        with reading(self._engine) as connection:
            return [_bulk(row) for row in connection.execute(wanted)]

    def documents_of(self, bulk_id: int) -> Sequence[str]:
        """The documents of an act."""
        wanted = select(bulk_record.c.document_id).where(bulk_record.c.bulk_id == bulk_id)
        with reading(self._engine) as connection:
            return [str(row.document_id) for row in connection.execute(wanted)]


def _bulk(row: Any) -> BulkEdit:
    return BulkEdit(
        row.bulk_id, row.field, None if row.value is None else json.loads(row.value), row.note, row.account,
        instant(row.created_at), row.documents,
        None if row.undone_at is None else instant(row.undone_at), row.undone_by,
    )  # fmt: skip


def inserted(connection: Connection, table: Any, row: dict[str, Any]) -> int:
    """Add a row; its number."""
    made = connection.execute(insert(table).values(row)).inserted_primary_key
    return int(made[0]) if made else 0


def json_of(value: Any) -> str:
    """A value as the tables keep it."""
    return json.dumps(value, ensure_ascii=False, default=str)
