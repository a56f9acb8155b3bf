"""The log of corrections: what was said, what holds, and what shows over a published row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from warehouse.desk import tables
from warehouse.errors import UserError
from warehouse.records import Correction

_AT_ONCE = 500  # ids in one statement


def holding(log: Sequence[Correction]) -> list[Correction]:
    """The newest correction of each document and field that was not undone, in the order made."""
    newest = {(one.document_id, one.field): one for one in log if one.undone_at is None}
    return sorted(newest.values(), key=lambda one: one.correction_id)


def effective(log: Sequence[Correction], published_at: datetime | None) -> list[Correction]:
    """What shows over a row: corrections that hold, and the values from before those undone since.

    `published_at` is when the row was published; None when it is not known to hold baked corrections.
    """
    now = holding(log)
    if published_at is None:
        return now
    held = {one.field for one in now}
    undone = [
        one for one in log if one.undone_at is not None and one.created_at <= published_at <= one.undone_at
    ]
    earliest = {one.field: one for one in reversed(undone) if one.field not in held}
    return now + [replace(one, value=_before(one, log)) for one in earliest.values()]


def _before(one: Correction, log: Sequence[Correction]) -> Any:
    """The value before a correction; where one that was taken back had set it, the one before that."""
    earlier = [each for each in log if each.correction_id < one.correction_id and each.field == one.field]
    for each in reversed(earlier):
        if each.undone_at is not None and each.value == one.previous:
            return _before(each, log)
    return one.previous


def one_correction(connection: Connection, correction_id: int) -> Correction:
    """One correction of the log; a UserError when there is none of that number."""
    log = tables.correction
    row = connection.execute(select(log).where(log.c.correction_id == correction_id)).first()
    if row is None:
        raise UserError(f"There is no correction {correction_id}; the document page lists those there are.")
    return read_correction(row)


def read_correction(row: Any) -> Correction:
    """A correction out of its row."""
    return Correction(
        correction_id=row.correction_id,
        document_id=row.document_id,
        field=row.field,
        value=json.loads(row.value),
        previous=json.loads(row.previous),
        note=row.note,
        account=row.account,
        created_at=instant(row.created_at),
        undone_at=None if row.undone_at is None else instant(row.undone_at),
        undone_by=row.undone_by,
    )


def logs_of(connection: Connection, document_ids: Iterable[str]) -> dict[str, list[Correction]]:
    """Every correction of these documents, undone ones too, in the order made."""
    log = tables.correction
    found: dict[str, list[Correction]] = {}
    for some in batches(sorted(set(document_ids))):
        wanted = select(log).where(log.c.document_id.in_(some)).order_by(log.c.correction_id)
        for row in connection.execute(wanted):
            found.setdefault(row.document_id, []).append(read_correction(row))
    return found


def instant(epoch: float) -> datetime:
    """The instant a stored number of seconds means."""
    return datetime.fromtimestamp(epoch, UTC)


def batches(values: Sequence[str]) -> list[Sequence[str]]:
    """The values in pieces that fit one statement."""
    return [values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE)]
