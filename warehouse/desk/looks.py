"""How far each reader was told: the publication she saw last, and where this day's page begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Engine, Float, Integer, String, Table, select
from sqlalchemy.dialects.sqlite import insert as upsert

from warehouse.desk.corrections import instant
from warehouse.desk.tables import metadata
from warehouse.sqlite_file import reading, writing

look_table = Table(
    "look",
    metadata,
    Column("account", String, primary_key=True),
    Column("day", String, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("at", Float, nullable=False),
    Column("from_day", String),
    Column("from_sequence", Integer),
    Column("from_at", Float),
)


@dataclass(frozen=True, slots=True)
class Look:
    """What a reader is told on one day: what publications showed after `after`, up to `upto`.

    Reruns, tabs and sessions of one day are one look: it begins where the last day's ended and only grows.
    """

    day: date  # at the library
    upto: int  # sequence of the newest publication she was shown
    at: datetime
    after: int | None  # sequence of the newest publication of her last day; None: she never looked before
    last_day: date | None
    last_at: datetime | None


class Looks:
    """The latest look of each reader, and the end of the one before; nothing older, so it is no diary."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open(self, account: str, day: date, sequence: int, at: datetime) -> Look:
        """The look that this moment belongs to, not yet kept: a page that fails has told nothing."""
        with reading(self._engine) as connection:
            return _next(connection.execute(_of(account)).first(), day, sequence, at)

    def keep(self, account: str, day: date, sequence: int, at: datetime) -> Look:
        """Note that the reader was shown publications up to `sequence`; what another tab noted stays."""
        with writing(self._engine) as connection:
            look = _next(connection.execute(_of(account)).first(), day, sequence, at)
            row = {
                "day": str(look.day),
                "sequence": look.upto,
                "at": look.at.timestamp(),
                "from_day": str(look.last_day) if look.last_day else None,
                "from_sequence": look.after,
                "from_at": look.last_at.timestamp() if look.last_at else None,
            }
            statement = upsert(look_table).values(account=account, **row)
            connection.execute(statement.on_conflict_do_update(index_elements=["account"], set_=row))
        return look


def _next(row: Any, day: date, sequence: int, at: datetime) -> Look:
    """The look after the one kept: a later day begins a new one; a clock set back does not."""
    if row is None:
        return Look(day, sequence, at, None, None, None)
    kept, seen, kept_at = date.fromisoformat(row.day), int(row.sequence), instant(row.at)
    upto = max(seen, sequence)
    if day > kept:
        return Look(day, upto, at, seen, kept, kept_at)
    last_day = date.fromisoformat(row.from_day) if row.from_day else None
    last_at = instant(row.from_at) if row.from_at is not None else None
    return Look(kept, upto, max(at, kept_at), row.from_sequence, last_day, last_at)


def _of(account: str) -> Any:
    return select(look_table).where(look_table.c.account == account)
