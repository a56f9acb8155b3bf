"""Walking over the captures of a home, whatever their standing: for verifying, packing and taking in."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from types import TracebackType
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.dialects.sqlite import insert

from warehouse.content import MARKING
from warehouse.crawl_state.cards import epoch, read_capture_row
from warehouse.crawl_state.engine import open_engine, open_reader
from warehouse.crawl_state.settling import parts
from warehouse.crawl_state.tables import capture, extraction, notice
from warehouse.home import Home
from warehouse.records import Capture
from warehouse.sqlite_file import reading, writing


class CaptureShelf:
    """All captures of a home in order of arrival; a context manager."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def look(cls, home: Home) -> CaptureShelf:
        """To read only; the crawl state must be there."""
        return cls(open_reader(home.crawl_state_file))

    @classmethod
    def open(cls, home: Home) -> CaptureShelf:
        """To write notices too."""
        return cls(open_engine(home.crawl_state_file))

    def __enter__(self) -> CaptureShelf:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._engine.dispose()

    def every(
        self,
        source_id: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        batch: int = 500,
    ) -> Iterator[list[Capture]]:
        """All captures, or those of a source, or of the time from `since` to before `until`, in batches."""
        last = 0
        while True:
            query = select(capture).where(capture.c.capture_no > last, *_asked(source_id, since, until))
            with reading(self._engine) as connection:
                rows = connection.execute(query.order_by(capture.c.capture_no).limit(batch)).mappings().all()
            if not rows:
                return
            last = rows[-1]["capture_no"]
            yield [read_capture_row(row) for row in rows]

    def count(self) -> int:
        """How many captures there are."""
        with reading(self._engine) as connection:
            return int(connection.execute(select(func.count()).select_from(capture)).scalar_one())

    def some(self, capture_ids: Collection[str]) -> list[Capture]:
        """The captures of these names, in order of arrival; unknown names are passed over."""
        found: list[Any] = []
        with reading(self._engine) as connection:
            for part in parts(list(capture_ids)):
                query = select(capture).where(capture.c.capture_id.in_(part))
                found += connection.execute(query).mappings().all()
        return [read_capture_row(row) for row in sorted(found, key=lambda row: int(row["capture_no"]))]

    def read_and_marked(self, capture_ids: Collection[str]) -> tuple[set[str], set[str]]:
        """Which of the captures were read by any reader, and in which a secrecy mark was found."""
        read: set[str] = set()
        marked: set[str] = set()
        with reading(self._engine) as connection:
            for part in parts(list(capture_ids)):
                rows = connection.execute(
                    select(extraction.c.capture_id, extraction.c.problems).where(
                        extraction.c.capture_id.in_(part)
                    )
                )
                for capture_id, problems in rows:
                    read.add(capture_id)
                    if f'"{MARKING}"' in problems:
                        marked.add(capture_id)
        return read, marked

    def was_seen(self, source_id: str, url: str, at: datetime) -> bool:
        """Whether a sighting of this instant or a later one is noted of the address."""
        query = select(notice.c.notice_no).where(
            notice.c.source_id == source_id,
            notice.c.url == url,
            notice.c.kind == "seen",
            notice.c.at >= epoch(at),
        )
        with reading(self._engine) as connection:
            return connection.execute(query.limit(1)).first() is not None

    def note_seen(self, source_id: str, url: str, at: datetime, run_id: str) -> None:
        """Note that the address still showed what its last capture did; extraction takes it up."""
        row = {"source_id": source_id, "url": url, "kind": "seen", "at": epoch(at), "run_id": run_id}
        statement = insert(notice).values(**row, taken=False)
        keys = ["source_id", "url", "kind", "run_id"]
        with writing(self._engine) as connection:
            connection.execute(
                statement.on_conflict_do_update(
                    index_elements=keys, set_={"at": func.max(notice.c.at, statement.excluded.at)}
                )
            )


def _asked(source_id: str | None, since: datetime | None, until: datetime | None) -> list[Any]:
    conditions: list[Any] = []
    if source_id is not None:
        conditions.append(capture.c.source_id == source_id)
    if since is not None:
        conditions.append(capture.c.fetched_at >= epoch(since))
    if until is not None:
        conditions.append(capture.c.fetched_at < epoch(until))
    return conditions
