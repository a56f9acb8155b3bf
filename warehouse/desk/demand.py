"""Queries that found nothing: what people want and the library does not hold, counted without the people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, delete, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from warehouse.clock import Clock
from warehouse.desk import tables
from warehouse.desk.audit import note_event
from warehouse.desk.corrections import instant
from warehouse.desk.values import checked_text
from warehouse.errors import UserError
from warehouse.masking import MASK, mask_text
from warehouse.search.text import fold
from warehouse.sqlite_file import reading, writing

LONGEST = 100  # code points of a query that are kept; one of this length was cut
MOST = 500
_LONG_NUMBER = re.compile(
    r"\+?\d[\d -]{5,}[\dxX]"
)  # telephones, identity cards, accounts as typed into a box
_QUOTED_OR_OPERATOR = re.compile(
    r"""(?P<quoted>"[^"]*"|＂[^＂]*＂|“[^”]*”|「[^」]*」|『[^』]*』)"""
    r"""|(?<![^\s()"＂”」』])(?P<operator>AND|OR|NOT)(?![^\s)"＂“「『])"""
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One query that found nothing, over all its days."""

    query: str  # folded, personal numbers masked, cut
    times: int
    first_day: date
    last_day: date
    handled_at: datetime | None = None  # somebody marked it as done since it was asked last
    handled_by: str | None = None
    note: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether what is kept still asks what was asked: a cut or masked query would ask something else."""
        return len(self.query) < LONGEST and MASK not in self.query


class Demand:
    """The counts by day; no account, no address and no time finer than the day is written."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def count(self, query: str, day: date) -> str | None:
        """Count one search without a hit; the query as it was kept, None when nothing of it can be kept."""
        kept = kept_query(query)
        if not kept:
            return None
        row = {"day": day.isoformat(), "query": kept, "times": 1}
        statement = upsert(tables.unanswered_query).values(row)
        more = {"times": tables.unanswered_query.c.times + 1}
        with writing(self._engine) as connection:
            connection.execute(statement.on_conflict_do_update(["day", "query"], set_=more))
        return kept

    def listed(self, since: date | None = None, *, handled: bool = False, limit: int = MOST) -> list[Wanted]:
        """The queries asked since a day, most often first; those marked as handled only when asked for.

        A query that is asked again on a later day than it was handled counts as open again.
        """
        log, done = tables.unanswered_query, tables.handled_query
        days = (func.sum(log.c.times).label("times"), func.min(log.c.day), func.max(log.c.day))
        wanted = (
            select(log.c.query, *days, done.c.day, done.c.at, done.c.account, done.c.note)
            .join_from(log, done, log.c.query == done.c.query, isouter=True)
            .group_by(log.c.query)
            .order_by(func.sum(log.c.times).desc(), func.max(log.c.day).desc(), log.c.query)
        )
        if since is not None:
            wanted = wanted.where(log.c.day >= since.isoformat())
        with reading(self._engine) as connection:
            found = [_wanted(row) for row in connection.execute(wanted)]
        return [one for one in found if handled or one.handled_at is None][: max(1, limit)]

    def handle(self, query: str, day: date, account: str, note: str = "") -> None:
        """Mark a query as done on a day, as when a source was found; a UserError when nobody asked it."""
        kept = checked_text("note", note, longest=2000, empty=True)
        at = self._clock.now().timestamp()
        row = {"query": query, "day": day.isoformat(), "note": kept, "account": account, "at": at}
        asked = (
            select(tables.unanswered_query.c.query).where(tables.unanswered_query.c.query == query).limit(1)
        )
        with writing(self._engine) as connection:
            if connection.execute(asked).first() is None:
                raise UserError(
                    f"'{query}' stands on no list of queries without a hit; 'govbrief demand' shows it."
                )
            statement = upsert(tables.handled_query).values(row)
            latest = {name: row[name] for name in ("day", "note", "account", "at")}
            connection.execute(statement.on_conflict_do_update(["query"], set_=latest))
            self._audit(connection, "handle-demand", account, query, {"note": kept})

    def reopen(self, query: str, account: str) -> None:
        """Take the mark off again."""
        with writing(self._engine) as connection:
            connection.execute(delete(tables.handled_query).where(tables.handled_query.c.query == query))
            self._audit(connection, "reopen-demand", account, query, {})

    def _audit(self, connection: Any, action: str, account: str, query: str, detail: dict[str, Any]) -> None:
        note_event(connection, self._clock.now().timestamp(), account, action, f"query {query}", detail)


def kept_query(query: str) -> str:
    """A query as the list keeps it: personal data and long numbers masked, one case and width, cut.

    Operators keep their capitals, since AND joins where `and` is a word; a cut query ends in ….
    """
    masked = mask_text(" ".join(query.split()))
    plain = _LONG_NUMBER.sub(lambda found: MASK * len(found.group()), _folded(masked))
    kept = "".join(character for character in plain if character.isprintable()).strip()
    if len(kept) >= LONGEST:
        kept = f"{kept[: LONGEST - 1]}…"
    return kept if kept.strip(MASK + " \"“”'") else ""


def _folded(query: str) -> str:
    """One case and width but for the operators outside quotation marks; folding keeps all places."""
    folded = list(fold(query))
    for found in _QUOTED_OR_OPERATOR.finditer(query):
        if found["operator"]:
            folded[found.start() : found.end()] = found["operator"]
    return "".join(folded)


def _wanted(row: Any) -> Wanted:
    query, times, first, last, handled_on, at, account, note = row
    asked = (str(query), int(times), date.fromisoformat(first), date.fromisoformat(last))
    if handled_on is None or last > handled_on:
        return Wanted(*asked)
    return Wanted(*asked, instant(at), account, note)
