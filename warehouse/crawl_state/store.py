"""The crawl state of a home: captures and their extraction, runs, notices, the wishes of sources, repair."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import and_, exists, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from warehouse.archive.reader import cut_torn_tail
from warehouse.crawl_state.cards import epoch, instant, read_capture_row
from warehouse.crawl_state.engine import open_engine, open_reader
from warehouse.crawl_state.figures import Figures
from warehouse.crawl_state.frontier import Frontier
from warehouse.crawl_state.health_table import HealthTable
from warehouse.crawl_state.notices import NoticeTable
from warehouse.crawl_state.runs import RunTable
from warehouse.crawl_state.settling import add_captures, parts
from warehouse.crawl_state.tables import (
    capture,
    extraction,
    frontier,
    listing,
    robots,
    run,
    source_run,
    source_state,
    warc_file,
)
from warehouse.crawl_state.visits import VisitTable
from warehouse.home import Home
from warehouse.records import Capture
from warehouse.run_records import CrawlRun, SourceHealth
from warehouse.sqlite_file import reading, writing


class CrawlState:
    """Open it, use it, close it (a context manager too); several processes may have it open at once."""

    def __init__(self, home: Home, *, read_only: bool = False) -> None:
        self._home = home
        self._engine = (open_reader if read_only else open_engine)(home.crawl_state_file)
        self.frontier = Frontier(self._engine)
        self.run_table = RunTable(self._engine, home.locks)
        self.notice_table = NoticeTable(self._engine)
        self.health_table = HealthTable(self._engine)
        self.visit_table = VisitTable(self._engine)
        self.figures = Figures(self._engine)

    @classmethod
    def open(cls, home: Home) -> CrawlState:
        """The crawl state of `home`, made when absent."""
        return cls(home)

    @classmethod
    def look(cls, home: Home) -> CrawlState:
        """The crawl state to read only; it must be there, and nothing is written, not even on a full disk."""
        return cls(home, read_only=True)

    def close(self) -> None:
        """Let the database and held run locks go."""
        self.run_table.release_all()
        self._engine.dispose()

    def __enter__(self) -> CrawlState:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # captures

    def add_captures(self, captures: Sequence[Capture], committed: Mapping[str, int]) -> None:
        """Commit captures with the synced ends of their archive files; a known capture id changes nothing."""
        with writing(self._engine) as connection:
            add_captures(connection, captures, committed)

    def capture(self, capture_id: str) -> Capture | None:
        """One capture by its name."""
        with reading(self._engine) as connection:
            row = (
                connection.execute(select(capture).where(capture.c.capture_id == capture_id))
                .mappings()
                .first()
            )
        return None if row is None else read_capture_row(row)

    def captures_of(self, source_id: str, url: str) -> list[Capture]:
        """Every capture of an address, oldest first."""
        with reading(self._engine) as connection:
            rows = connection.execute(
                select(capture)
                .where(capture.c.source_id == source_id, capture.c.url == url)
                .order_by(capture.c.capture_no)
            )
            return [read_capture_row(row) for row in rows.mappings()]

    def first_address(self, source_id: str, folder: str) -> str | None:
        """The address of the oldest capture below a folder, which ends with a slash; None without one."""
        below = (capture.c.url > folder) & (capture.c.url < f"{folder[:-1]}0")  # 0 follows the slash
        wanted = select(capture.c.url).where(capture.c.source_id == source_id, below)
        with reading(self._engine) as connection:
            return connection.execute(wanted.order_by(capture.c.capture_no).limit(1)).scalar()

    def last_good(self, source_id: str, url: str) -> Capture | None:
        """The latest capture of an address that extraction may take."""
        query = select(capture).where(
            capture.c.source_id == source_id, capture.c.url == url, capture.c.standing == "good"
        )
        with reading(self._engine) as connection:
            row = connection.execute(query.order_by(capture.c.capture_no.desc()).limit(1)).mappings().first()
        return None if row is None else read_capture_row(row)

    def set_standing(self, capture_ids: Collection[str], standing: str) -> None:
        """Say of captures whether extraction may take them: good, unconfirmed, held, dropped."""
        with writing(self._engine) as connection:
            for part in parts(list(capture_ids)):
                connection.execute(
                    update(capture).where(capture.c.capture_id.in_(part)).values(standing=standing)
                )

    def captures_standing(self, standing: str, source_id: str | None = None) -> list[Capture]:
        """Captures of this standing, of one source or all, in order of arrival."""
        query = select(capture).where(capture.c.standing == standing).order_by(capture.c.capture_no)
        if source_id is not None:
            query = query.where(capture.c.source_id == source_id)
        with reading(self._engine) as connection:
            return [read_capture_row(row) for row in connection.execute(query).mappings()]

    def captures_of_run(self, run_id: str, source_id: str) -> list[Capture]:
        """What a run archived of a source, in order of arrival, whatever its standing."""
        query = select(capture).where(capture.c.run_id == run_id, capture.c.source_id == source_id)
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(capture.c.capture_no)).mappings()
            return [read_capture_row(row) for row in rows]

    # extraction

    def captures_to_extract(
        self, extractor_version: str, again: bool = False, run_id: str | None = None, batch: int = 500
    ) -> Iterator[list[Capture]]:
        """Captures this extractor version has not read (again=True: all), in order of arrival, in batches."""
        last = 0
        while True:
            query = select(capture).where(
                _to_extract(extractor_version, again, run_id), capture.c.capture_no > last
            )
            with reading(self._engine) as connection:
                rows = connection.execute(query.order_by(capture.c.capture_no).limit(batch)).mappings().all()
            if not rows:
                return
            last = rows[-1]["capture_no"]
            yield [read_capture_row(row) for row in rows]

    def count_to_extract(self, extractor_version: str, again: bool = False, run_id: str | None = None) -> int:
        """How many captures `captures_to_extract` would give."""
        query = select(func.count()).select_from(capture).where(_to_extract(extractor_version, again, run_id))
        with reading(self._engine) as connection:
            return int(connection.execute(query).scalar_one())

    def mark_extracted(self, marks: Sequence[tuple[str, str, str, str]]) -> None:
        """Remember what captures turned out to be: (capture_id, version, outcome, problems as JSON)."""
        if not marks:
            return
        at = epoch(self._home.clock.now())
        statement = insert(extraction)
        keep = {key: statement.excluded[key] for key in ("outcome", "problems", "at")}
        rows = [
            {"capture_id": c, "extractor_version": v, "outcome": outcome, "problems": problems, "at": at}
            for c, v, outcome, problems in marks
        ]
        with writing(self._engine) as connection:
            connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["capture_id", "extractor_version"], set_=keep
                ),
                rows,
            )

    def outcomes(self, run_id: str | None = None) -> dict[str, int]:
        """How many captures turned out to be what, by their latest reading; for one run or for all."""
        query = select(extraction.c.outcome, func.count(extraction.c.capture_id.distinct())).select_from(
            extraction.join(capture, capture.c.capture_id == extraction.c.capture_id)
        )
        if run_id is not None:
            query = query.where(capture.c.run_id == run_id)
        with reading(self._engine) as connection:
            return {row[0]: row[1] for row in connection.execute(query.group_by(extraction.c.outcome))}

    def problem_counts(self, run_id: str, code: str) -> dict[str, int]:
        """How many captures of a run have a problem of that code, by source."""
        query = (
            select(capture.c.source_id, func.count(capture.c.capture_id.distinct()))
            .join(extraction, capture.c.capture_id == extraction.c.capture_id)
            .where(capture.c.run_id == run_id, extraction.c.problems.contains(f'"{code}"', autoescape=True))
            .group_by(capture.c.source_id)
        )
        with reading(self._engine) as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    # runs

    def new_run(self, kind: str, sources: Sequence[str]) -> str:
        """Begin a run (crawl, replay, import, add) and hold it until `end_run` or the end of the process."""
        return self.run_table.new(kind, sources, self._home.clock.now())

    def end_run(self, run_id: str, outcome: str) -> None:
        """Close a run: done, partial, failed or interrupted."""
        self.run_table.end(run_id, outcome, self._home.clock.now())

    def runs(self, limit: int = 100) -> list[CrawlRun]:
        """The latest runs, newest first."""
        return self.run_table.all(limit)

    def last_runs(self, kind: str) -> dict[str, datetime]:
        """When each source last was in a run of this kind, among the latest runs."""
        return self.run_table.latest_of(kind)

    def health(self, run_id: str) -> list[SourceHealth]:
        """How each source of a run fared."""
        return self.run_table.health(run_id)

    def source_counts(self, run_id: str) -> dict[str, dict[str, Any]]:
        """The raw counters of a run by source, list pages and entries included."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(source_run).where(source_run.c.run_id == run_id)).mappings()
            return {row["source_id"]: dict(row) for row in rows}

    def set_counts(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write counters or verdicts of sources in a run."""
        self.frontier.settle("", (), {}, rows, self._home.clock.now())

    def newest_document(self, source_id: str) -> date | None:
        """The latest date a list of the source prints; where lists print none, when one last named a page."""
        listed = select(func.max(listing.c.published)).where(listing.c.source_id == source_id)
        found = select(func.max(frontier.c.discovered_at)).where(
            frontier.c.source_id == source_id, frontier.c.role == "detail"
        )
        with reading(self._engine) as connection:
            printed = connection.execute(listed).scalar()
            seen = connection.execute(found).scalar()
        if printed:
            return date.fromisoformat(printed)
        return instant(seen).date() if seen is not None else None

    def requests_between(self, source_id: str, after: datetime, until: datetime) -> int:
        """Requests made to a source by runs that began after one instant and not after another."""
        return self.figures.requests_between(source_id, after, until)

    # what sources asked of us

    def source_state(self, source_id: str) -> dict[str, Any]:
        """Breaker and rhythm of a source; defaults when it was never crawled."""
        with reading(self._engine) as connection:
            row = (
                connection.execute(select(source_state).where(source_state.c.source_id == source_id))
                .mappings()
                .first()
            )
        blank = {
            "source_id": source_id,
            "breaker": "closed",
            "breaker_until": None,
            "failures_in_row": 0,
            "detail": "",
            "last_started_at": None,
            "last_success_at": None,
            "last_new_at": None,
        }
        return blank if row is None else dict(row)

    def set_source_state(self, source_id: str, **values: Any) -> None:
        """Change breaker or rhythm of a source."""
        with writing(self._engine) as connection:
            connection.execute(
                insert(source_state)
                .values(source_id=source_id, **values)
                .on_conflict_do_update(index_elements=["source_id"], set_=values)
            )

    def robots(self, host: str) -> dict[str, Any] | None:
        """The kept copy of a host's robots.txt: fetched_at (epoch), status, body."""
        with reading(self._engine) as connection:
            row = connection.execute(select(robots).where(robots.c.host == host)).mappings().first()
        return None if row is None else dict(row)

    def keep_robots(self, host: str, at: datetime, status: int, sha256: str, body: bytes) -> None:
        """Keep the rules we obey, as they were served."""
        values = {"fetched_at": epoch(at), "status": status, "sha256": sha256, "body": body}
        with writing(self._engine) as connection:
            connection.execute(
                insert(robots)
                .values(host=host, **values)
                .on_conflict_do_update(index_elements=["host"], set_=values)
            )

    # repair

    def release_dead(self) -> int:
        """Give back the leases of runs whose process is gone, and those that ran out; how many there were."""
        released = self.frontier.release_expired(time.time())
        for run_id in self.frontier.leaseholders():
            if not self.run_table.lives(run_id):
                released += self.frontier.release(run_id)
        return released

    def repair(self, archive: Path) -> int:
        """Bring everything a killed run left behind to its last committed state; bytes cut from torn files.

        Its sources are due again at once. Files and leases of a run that still lives are left alone.
        """
        self.name_dead()
        self.release_dead()
        with reading(self._engine) as connection:
            ends = {row.file: row.committed_end for row in connection.execute(select(warc_file))}
        cut = 0
        for path in sorted(archive.glob("*/*.warc.gz")):
            if not self.run_table.lives(path.name.rsplit("-", 1)[0]):
                file = path.relative_to(archive).as_posix()
                cut += cut_torn_tail(archive, file, ends.get(file, 0))
        return cut

    def name_dead(self) -> None:
        """Say of runs whose process is gone that they were interrupted; visits of killed crawls were none."""
        dead = self.run_table.mark_interrupted(self._home.clock.now())
        for one in self.runs() if dead else []:
            if one.run_id in dead and one.kind == "crawl":
                with writing(self._engine) as connection:
                    connection.execute(
                        update(source_state)
                        .where(source_state.c.source_id.in_(one.sources))
                        .where(source_state.c.last_started_at >= epoch(one.started_at))
                        .values(last_started_at=None)
                    )


def _to_extract(extractor_version: str, again: bool, run_id: str | None) -> Any:
    conditions = [capture.c.standing == "good", _judged()]
    if run_id is not None:
        conditions.append(capture.c.run_id == run_id)
    if not again:
        conditions.append(
            ~exists().where(
                extraction.c.capture_id == capture.c.capture_id,
                extraction.c.extractor_version == extractor_version,
            )
        )
    return and_(True, *conditions)


def _judged() -> Any:
    """What a killed crawl brought waits until a later run of the source was held against its contract."""
    killed = select(run.c.run_id).where(run.c.kind.in_(("crawl", "watch")), run.c.outcome == "interrupted")
    later = exists().where(
        source_run.c.source_id == capture.c.source_id,
        source_run.c.run_id >= capture.c.run_id,
        source_run.c.verdict != "running",
    )
    return or_(capture.c.run_id.not_in(killed), later)
