"""What people know of document numbers that are not held: that the public does not get them, or nobody used
them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Engine, func, insert, select

from warehouse.clock import Clock
from warehouse.desk import tables
from warehouse.desk.audit import note_event
from warehouse.desk.corrections import instant
from warehouse.desk.values import checked_text
from warehouse.errors import UserError
from warehouse.number_states import MARK_STATES
from warehouse.sqlite_file import reading, writing

MarkState = Literal["known-non-public", "cancelled"]


@dataclass(frozen=True, slots=True)
class NumberMark:
    """A person's word about one number."""

    number: str  # normal form, such as 石政办发〔2025〕15号
    state: str  # known-non-public | cancelled | none: taken back
    note: str  # why, or who said so
    account: str
    created_at: datetime


class NumberMarks:
    """The log of marks; the newest one of a number holds."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def give(self, number: str, state: str, note: str, account: str) -> NumberMark:
        """Mark a number; UserError for a state nobody knows and for a mark that does not say why."""
        if state not in MARK_STATES:
            raise UserError(f"State '{state}' is unknown; write one of {', '.join(MARK_STATES)}.")
        said = checked_text("note", note, longest=2000, empty=state == "none")
        kept = NumberMark(checked_text("number", number), state, said, account, self._clock.now())
        row = {
            "number": kept.number,
            "state": state,
            "note": said,
            "account": account,
            "at": kept.created_at.timestamp(),
        }
        told = {"state": state, "note": said}
        with writing(self._engine) as connection:
            connection.execute(insert(tables.number_mark).values(row))
            note_event(connection, kept.created_at.timestamp(), account, "mark-number", kept.number, told)
        return kept

    def holding(self) -> list[NumberMark]:
        """The marks that hold, by number."""
        log = tables.number_mark
        newest = select(func.max(log.c.mark_id)).group_by(log.c.number)
        wanted = select(log).where(log.c.mark_id.in_(newest), log.c.state != "none").order_by(log.c.number)
        with reading(self._engine) as connection:
            return [
                NumberMark(row.number, row.state, row.note, row.account, instant(row.at))
                for row in connection.execute(wanted)
            ]
