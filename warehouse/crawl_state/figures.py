"""Sums over the crawl state for reports, metrics and monitors: nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Any

from sqlalchemy import Engine, func, select

from warehouse.crawl_state.cards import epoch, instant, moment, read_health_row
from warehouse.crawl_state.tables import capture, run, source_run, source_state
from warehouse.run_records import SourceHealth
from warehouse.sqlite_file import reading


@dataclass(frozen=True, slots=True)
class RunBytes:
    """What one run added to the archive."""

    run_id: str
    kind: str
    started_at: datetime
    bytes: int  # compressed, as the WARC files hold them


class Figures:
    """Questions whose answer is a number or one row a source."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def latest_visits(self) -> list[SourceHealth]:
        """Each source's latest judged visit, by source id.

        One that is going on does not count, nor does a watch: it looks at lists and judges nothing.
        """
        newest = (
            select(source_run.c.source_id, func.max(source_run.c.run_id).label("run_id"))
            .join(run, run.c.run_id == source_run.c.run_id)
            .where(source_run.c.verdict != "running", run.c.kind != "watch")
            .group_by(source_run.c.source_id)
            .subquery()
        )
        query = (
            select(source_run)
            .join(
                newest,
                (source_run.c.source_id == newest.c.source_id) & (source_run.c.run_id == newest.c.run_id),
            )
            .order_by(source_run.c.source_id)
        )
        with reading(self._engine) as connection:
            return [read_health_row(row) for row in connection.execute(query).mappings()]

    def standing(self, standing: str, run_id: str | None = None) -> dict[str, int]:
        """How many captures of each source have this standing (good, unconfirmed, held, dropped).

        With `run_id` only those that the run archived.
        """
        query = (
            select(capture.c.source_id, func.count())
            .where(capture.c.standing == standing)
            .group_by(capture.c.source_id)
        )
        if run_id is not None:
            query = query.where(capture.c.run_id == run_id)
        with reading(self._engine) as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def archived_bytes(self, nights: int) -> list[RunBytes]:
        """What runs added to the archive since the so-many-th latest ended crawl, newest first."""
        ended = run.c.ended_at.is_not(None)
        crawls = select(run.c.started_at).where(ended, run.c.kind == "crawl")
        crawls = crawls.order_by(run.c.started_at.desc()).limit(nights)
        query = (
            select(
                run.c.run_id, run.c.kind, run.c.started_at, func.coalesce(func.sum(capture.c.warc_length), 0)
            )
            .outerjoin(capture, capture.c.run_id == run.c.run_id)
            .group_by(run.c.run_id, run.c.kind, run.c.started_at)
            .order_by(run.c.started_at.desc(), run.c.run_id.desc())
        )
        with reading(self._engine) as connection:
            starts = connection.execute(crawls).scalars().all()
            if not starts:
                return []
            rows = connection.execute(query.where(ended, run.c.started_at >= min(starts)))
            return [RunBytes(row[0], row[1], instant(row[2]), int(row[3])) for row in rows]

    def latest_crawl(self) -> datetime | None:
        """When the latest full run began; a watch is none."""
        query = select(func.max(run.c.started_at)).where(run.c.kind == "crawl")
        with reading(self._engine) as connection:
            at = connection.execute(query).scalar_one_or_none()
        return moment(at)

    def first_due(self) -> dict[str, datetime]:
        """When a full run first asked for each source, or left it alone though it was due."""
        query = (
            select(source_run.c.source_id, func.min(run.c.started_at))
            .join(run, run.c.run_id == source_run.c.run_id)
            .where(run.c.kind == "crawl")
            .group_by(source_run.c.source_id)
        )
        with reading(self._engine) as connection:
            return {row[0]: instant(row[1]) for row in connection.execute(query)}

    def requests_between(self, source_id: str, after: datetime, until: datetime) -> int:
        """Requests made to a source by runs that began in this time; a replay asks nobody."""
        query = (
            select(func.coalesce(func.sum(source_run.c.requests), 0))
            .join(run, run.c.run_id == source_run.c.run_id)
            .where(source_run.c.source_id == source_id, run.c.kind != "replay")
            .where(run.c.started_at > epoch(after), run.c.started_at <= epoch(until))
        )
        with reading(self._engine) as connection:
            return int(connection.execute(query).scalar_one())

    def blocked_runs(self, source_id: str) -> list[datetime]:
        """When each of the source's latest runs that found it blocked was judged, oldest first.

        Only those without another verdict since; empty when its latest judged run was not blocked.
        """
        query = (
            select(source_run.c.verdict, source_run.c.at)
            .where(source_run.c.source_id == source_id, source_run.c.verdict != "running")
            .order_by(source_run.c.run_id.desc())
        )
        with reading(self._engine) as connection:
            rows = takewhile(lambda row: row[0] == "blocked", connection.execute(query))
            return [instant(row[1]) for row in rows][::-1]

    def rhythm(self) -> dict[str, dict[str, Any]]:
        """When each source was last asked, last answered, last brought something new; and its breaker."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(source_state)).mappings()
            return {row["source_id"]: dict(row) for row in rows}
