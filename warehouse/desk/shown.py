"""What each publication showed otherwise than the one before: a log that readers read on in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Engine, Float, Integer, String, Table, func, insert, select

from warehouse.desk.corrections import instant
from warehouse.desk.tables import metadata
from warehouse.sqlite_file import reading, writing

_BATCH = 10_000

publication_table = Table(
    "shown_publication",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("publication_id", String, nullable=False),
    Column("at", Float, nullable=False),
    Column("day", String, nullable=False),
    Column("kind", String, nullable=False),
)
change_table = Table(
    "shown_change",
    metadata,
    Column("sequence", Integer, nullable=False),
    Column("document_id", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("status", String, nullable=False),
    Column("validity", String, nullable=False),
    Column("fact_id", String),
    Column("due", String),
    Column("old_due", String),
)


@dataclass(frozen=True, slots=True)
class ShownPublication:
    """One publication in the order in which readers were shown them."""

    sequence: int  # grows by one with each; what a reader remembers
    publication_id: str
    at: datetime  # when it was made
    day: date  # the same at the library
    kind: str  # first | delta | gap: what came before it is not known, so it says nothing of changes


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a publication showed otherwise than the one before."""

    document_id: str
    kind: str  # new | changed | withdrawn | returned | ended | revived | due-added | due-moved
    status: str  # of the document in that publication
    validity: str
    fact_id: str | None = None  # of the duty, for the last two kinds
    due: date | None = None
    old_due: date | None = None
    sequence: int = 0  # of the publication that showed it; given when written


class ShownLog:
    """Publications in order, and what each changed; rows are only added, and leave with age or a purge."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def last(self) -> ShownPublication | None:
        """The publication logged last, None before the first."""
        wanted = select(publication_table).order_by(publication_table.c.sequence.desc()).limit(1)
        with reading(self._engine) as connection:
            row = connection.execute(wanted).first()
        return _publication(row) if row else None

    def of(self, publication_id: str) -> ShownPublication | None:
        """Where a publication stands in the log, None when it is not in it."""
        wanted = select(publication_table).where(publication_table.c.publication_id == publication_id)
        with reading(self._engine) as connection:
            row = connection.execute(wanted).first()
        return _publication(row) if row else None

    def publications(self, after: int, upto: int) -> list[ShownPublication]:
        """The publications of an interval of the log, the first one left out, the last one in."""
        at = publication_table.c.sequence
        wanted = select(publication_table).where(at > after, at <= upto).order_by(at)
        with reading(self._engine) as connection:
            return [_publication(row) for row in connection.execute(wanted)]

    def before(self, moment: datetime) -> int:
        """The last publication made before a moment: what is after it in the log was shown since; 0: none."""
        wanted = select(func.max(publication_table.c.sequence))
        earlier = wanted.where(publication_table.c.at < moment.timestamp())
        with reading(self._engine) as connection:
            return int(connection.execute(earlier).scalar() or 0)

    def between(self, after: int, upto: int) -> list[Change]:
        """What the publications of an interval changed, in order."""
        at = change_table.c.sequence
        wanted = select(change_table).where(at > after, at <= upto)
        ordered = wanted.order_by(at, change_table.c.document_id, change_table.c.kind)
        with reading(self._engine) as connection:
            return [
                Change(
                    row.document_id, row.kind, row.status, row.validity, row.fact_id,
                    _day(row.due), _day(row.old_due), row.sequence,
                )
                for row in connection.execute(ordered)
            ]  # fmt: skip

    def add(
        self,
        after: str | None,
        publication_id: str,
        at: datetime,
        day: date,
        kind: str,
        changes: Iterable[Change],
    ) -> bool:
        """Log a publication behind the one named `after`; False when another was logged meanwhile."""
        kept = publication_table
        with writing(self._engine) as connection:
            newest = select(kept.c.publication_id).order_by(kept.c.sequence.desc()).limit(1)
            known = select(kept.c.sequence).where(kept.c.publication_id == publication_id)
            if connection.execute(newest).scalar() != after or connection.execute(known).first():
                return False
            row = {"publication_id": publication_id, "at": at.timestamp(), "day": str(day), "kind": kind}
            made = connection.execute(insert(kept).values(row)).inserted_primary_key
            rows = [{**asdict(one), "sequence": int(made[0]) if made else 0} for one in changes]
            for row in rows:
                row |= {name: str(row[name]) if row[name] else None for name in ("due", "old_due")}
            for start in range(0, len(rows), _BATCH):
                connection.execute(insert(change_table), rows[start : start + _BATCH])
        return True


def _publication(row: Any) -> ShownPublication:
    day = date.fromisoformat(row.day)
    return ShownPublication(row.sequence, row.publication_id, instant(row.at), day, row.kind)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
