"""What each saved search found when: a log from which every subscriber reads on where it stopped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select, update

from warehouse.clock import Clock
from warehouse.desk import tables
from warehouse.desk.corrections import instant
from warehouse.desk.searches import SavedSearch
from warehouse.folders import age_of
from warehouse.sqlite_file import reading, writing

Since = int | str | datetime | None  # a position, a publication, an instant; None: since it was saved


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document that a search began to find, or a later version of one that it finds still."""

    position: int  # grows with every arrival; what a subscriber remembers
    document_id: str
    version_no: int
    kind: str  # new | changed
    publication_id: str  # in which the search found it first
    recorded_at: datetime


class SearchNews:
    """The log of arrivals: rows are only added, each document once for each version."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def record(self, saved: SavedSearch, publication_id: str, found: Mapping[str, int]) -> bool:
        """Note the documents (with their versions) that `saved` finds in a publication.

        The first time after it was saved or changed they are what was there already; later what is not in
        the log yet is news. False when nothing was noted: the search ran on this publication or a newer one
        before, was removed, or asks something else by now.
        """
        with writing(self._engine) as connection:
            row = connection.execute(_of(saved.search_id)).one()
            late = row.publication_id is not None and age_of(row.publication_id) >= age_of(publication_id)
            if late or row.revision != saved.revision or row.removed_at is not None:
                return False
            told = ("known", "known") if row.publication_id is None else ("new", "changed")
            self._add(connection, saved.search_id, publication_id, found, told)
            done = update(tables.saved_search).where(tables.saved_search.c.search_id == saved.search_id)
            at = self._clock.now().timestamp()
            connection.execute(done.values(publication_id=publication_id, last_run_at=at))
        return True

    def since(self, search_id: int, since: Since = None, until: str | None = None) -> list[Arrival]:
        """The arrivals after `since`, oldest first, each once; `until` leaves out newer publications' ones.

        A position or a publication is exact. An instant means what was recorded after it, so it is exact for
        whoever asked at that instant.
        """
        log = tables.saved_search_hit
        wanted = (
            select(log).where(log.c.search_id == search_id, log.c.kind != "known").order_by(log.c.position)
        )
        if isinstance(since, int):
            wanted = wanted.where(log.c.position > since)
        elif isinstance(since, datetime):
            wanted = wanted.where(log.c.recorded_at > since.timestamp())
        with reading(self._engine) as connection:
            found = [_arrival(row) for row in connection.execute(wanted)]
        after = age_of(since) if isinstance(since, str) else None
        return [one for one in _until(found, until) if after is None or age_of(one.publication_id) > after]

    def position(self, search_id: int, until: str | None = None) -> int:
        """Where the log of a search ends, 0 while nothing arrived; `until` as in `since`."""
        return max((one.position for one in self.since(search_id, until=until)), default=0)

    def _add(
        self,
        connection: Connection,
        search_id: int,
        publication_id: str,
        found: Mapping[str, int],
        told: tuple[str, str],
    ) -> None:
        log = tables.saved_search_hit
        held = select(log.c.document_id, func.max(log.c.version_no)).where(log.c.search_id == search_id)
        found_before = connection.execute(held.group_by(log.c.document_id)).all()
        known = {str(document_id): int(version_no) for document_id, version_no in found_before}
        at = self._clock.now().timestamp()
        rows = [
            {
                "search_id": search_id,
                "document_id": document_id,
                "version_no": version_no,
                "kind": told[1] if document_id in known else told[0],
                "publication_id": publication_id,
                "recorded_at": at,
            }
            for document_id, version_no in sorted(found.items())
            if version_no > known.get(document_id, 0)
        ]
        if rows:
            connection.execute(insert(log), rows)


def _until(arrivals: list[Arrival], publication_id: str | None) -> list[Arrival]:
    if publication_id is None:
        return arrivals
    latest = age_of(publication_id)
    return [one for one in arrivals if age_of(one.publication_id) <= latest]


def _of(search_id: int) -> Any:
    return select(tables.saved_search).where(tables.saved_search.c.search_id == search_id)


def _arrival(row: Any) -> Arrival:
    return Arrival(
        row.position,
        row.document_id,
        row.version_no,
        row.kind,
        row.publication_id,
        instant(row.recorded_at),
    )
