"""What the examination of a run asks of frontier and captures, and the few marks it sets there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, and_, bindparam, case, func, select, update

from warehouse.crawl_state.cards import epoch, instant, moment, read_capture_row
from warehouse.crawl_state.settling import parts
from warehouse.crawl_state.tables import capture, frontier, listing
from warehouse.records import Capture
from warehouse.sqlite_file import reading, writing


@dataclass(frozen=True, slots=True)
class Visit:
    """An address as its last visit left it."""

    url: str
    role: str
    state: str
    note: str
    fetched_at: datetime | None
    gone_count: int
    parent_url: str | None

    @property
    def withdrawn(self) -> bool:
        """Whether the address was found gone twice, or a list says that its document was taken away."""
        return self.state == "gone" and self.gone_count >= 2


@dataclass(frozen=True, slots=True)
class Newest:
    """One of the latest documents that lists name."""

    url: str
    state: str
    note: str
    obtained: bool  # whether it was ever fetched
    gone_count: int
    listed_at: datetime  # first


class VisitTable:
    """Questions by source; nothing here leases or fetches."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def visits(self, source_id: str, urls: Collection[str]) -> dict[str, Visit]:
        """The named addresses that the frontier knows."""
        return {one.url: one for one in self._visits(source_id, frontier.c.url, list(urls))}

    def pending(self, source_id: str) -> int:
        """Documents that were named and never fetched."""
        return self._count(source_id, ("discovered", "leased", "failed"))

    def held(self, source_id: str) -> int:
        """Documents that were fetched and are not gone."""
        return self._count(source_id, ("fetched",))

    def listed(self, source_id: str, root: str) -> int:
        """Lines a list is known to have, without documents that are gone."""
        gone = select(frontier.c.url).where(frontier.c.source_id == source_id, frontier.c.state == "gone")
        query = select(func.count()).where(
            listing.c.source_id == source_id, listing.c.root == root, listing.c.url.not_in(gone)
        )
        with reading(self._engine) as connection:
            return int(connection.execute(query).scalar_one())

    def days_of_news(self, source_id: str) -> list[date]:
        """For every document the day a list prints for it, or the one on which it was first named."""
        printed = select(listing.c.url, func.max(listing.c.published).label("day")).where(
            listing.c.source_id == source_id
        )
        named = printed.group_by(listing.c.url).subquery()
        query = (
            select(named.c.day, frontier.c.discovered_at)
            .join(named, named.c.url == frontier.c.url, isouter=True)
            .where(frontier.c.source_id == source_id, frontier.c.role == "detail")
        )
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
        return sorted(date.fromisoformat(day) if day else instant(seen).date() for day, seen in rows)

    def newest_listed(self, source_id: str, limit: int) -> list[Newest]:
        """Documents that were asked for, latest printed day first (else the day of discovery).

        Left out are those that have disappeared from their list again.
        """
        named = _named(source_id)
        day = func.coalesce(named.c.day, func.date(frontier.c.discovered_at, "unixepoch"))
        columns = ("url", "state", "note", "last_fetched_at", "gone_count", "discovered_at")
        query = (
            select(*(frontier.c[name] for name in columns))
            .join(named, named.c.url == frontier.c.url, isouter=True)
            .where(frontier.c.source_id == source_id, frontier.c.role == "detail")
            .where(frontier.c.state.in_(("fetched", "failed", "gone", "refused")))
            .where(func.coalesce(named.c.dropped, 0) == 0)
            .order_by(day.desc(), frontier.c.discovered_at, frontier.c.order_no)
            .limit(limit)
        )
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
        return [
            Newest(url, state, note or "", at is not None, gone_count, instant(seen))
            for url, state, note, at, gone_count, seen in rows
        ]

    def recent_pages(self, source_id: str, limit: int) -> list[Capture]:
        """The latest document pages that extraction may take, newest first."""
        query = (
            select(capture)
            .where(capture.c.source_id == source_id, capture.c.role == "detail")
            .where(capture.c.standing == "good", capture.c.kind == "fetched")
            .order_by(capture.c.capture_no.desc())
            .limit(limit)
        )
        with reading(self._engine) as connection:
            return [read_capture_row(row) for row in connection.execute(query).mappings()]

    def sent_on_to(self, source_id: str, final_url: str, beside: str) -> list[str]:
        """Titles, as lists gave them, of what led from other addresses than `beside` to `final_url`."""
        query = (
            select(func.coalesce(func.json_extract(capture.c.entry, "$.title"), ""))
            .distinct()
            .where(capture.c.source_id == source_id, capture.c.role == "detail")
            .where(capture.c.final_url == final_url, capture.c.url != final_url, capture.c.url != beside)
        )
        with reading(self._engine) as connection:
            return list(connection.execute(query).scalars())

    def taken_in(self, runs: Collection[str], source_id: str) -> list[Capture]:
        """What runs archived of a source and extraction may take, now or once confirmed."""
        query = (
            select(capture)
            .where(capture.c.run_id.in_(list(runs)), capture.c.source_id == source_id)
            .where(capture.c.standing.in_(("good", "unconfirmed")))
            .order_by(capture.c.capture_no)
        )
        with reading(self._engine) as connection:
            return [read_capture_row(row) for row in connection.execute(query).mappings()]

    def make_due(self, source_id: str, urls: Collection[str], at: datetime) -> None:
        """Ask these addresses in the coming run, whatever their own rhythm."""
        with writing(self._engine) as connection:
            for part in parts(list(urls)):
                connection.execute(
                    update(frontier)
                    .where(frontier.c.source_id == source_id, frontier.c.url.in_(part))
                    .where(frontier.c.state.in_(("fetched", "gone")), frontier.c.due_at > epoch(at))
                    .values(due_at=epoch(at))
                )

    def unlearn(self, source_id: str, captures: Sequence[Capture], at: datetime) -> None:
        """Forget answers that are held back: their addresses are asked again, whole, in the coming run.

        What was known before the answer is known again, so that the same bytes as then are no change.
        """
        known = self._last_good(source_id, [one.url for one in captures])
        rows = [{"u": url, "sha": known.get(url)} for url in sorted({one.url for one in captures})]
        if not rows:
            return
        with writing(self._engine) as connection:
            connection.execute(
                update(frontier)
                .where(frontier.c.source_id == source_id, frontier.c.url == bindparam("u"))
                .where(frontier.c.state == "fetched")
                .values(
                    last_sha256=bindparam("sha"),
                    etag=None,
                    last_modified=None,
                    unconfirmed=None,
                    due_at=epoch(at),
                ),
                rows,
            )

    def _last_good(self, source_id: str, urls: Sequence[str]) -> dict[str, str]:
        known: dict[str, str] = {}
        with reading(self._engine) as connection:
            for part in parts(urls):
                rows = connection.execute(
                    select(capture.c.url, capture.c.sha256)
                    .where(capture.c.source_id == source_id, capture.c.url.in_(part))
                    .where(capture.c.standing == "good")
                    .order_by(capture.c.capture_no)
                )
                known.update((url, sha) for url, sha in rows)
        return known

    def _count(self, source_id: str, states: Sequence[str]) -> int:
        query = select(func.count()).where(
            frontier.c.source_id == source_id, frontier.c.role == "detail", frontier.c.state.in_(states)
        )
        with reading(self._engine) as connection:
            return int(connection.execute(query).scalar_one())

    def _visits(self, source_id: str, column: object, values: Sequence[str]) -> list[Visit]:
        names = ("url", "role", "state", "note", "last_fetched_at", "gone_count", "parent_url")
        found: list[Visit] = []
        with reading(self._engine) as connection:
            for part in parts(values):
                rows = connection.execute(
                    select(*(frontier.c[name] for name in names)).where(
                        frontier.c.source_id == source_id,
                        column.in_(part),  # type: ignore[attr-defined]
                    )
                )
                for url, role, state, note, fetched_at, gone_count, parent_url in rows:
                    at = moment(fetched_at)
                    found.append(Visit(url, role, state, note or "", at, gone_count, parent_url))
        return found


def _named(source_id: str) -> Any:
    """By address: the day lists print, and whether every list that named it has left it out since.

    A list has left a line out when its last reading met an older line and not this one.
    """
    mine = listing.c.source_id == source_id
    last = select(listing.c.root, func.max(listing.c.last_run).label("run")).where(mine)
    latest = last.group_by(listing.c.root).subquery()
    met = select(listing.c.root, latest.c.run, func.min(listing.c.published).label("oldest")).where(mine)
    met = met.join(latest, and_(latest.c.root == listing.c.root, latest.c.run == listing.c.last_run))
    reach = met.group_by(listing.c.root, latest.c.run).subquery()
    left_out = and_(listing.c.last_run < reach.c.run, listing.c.published > reach.c.oldest)
    dropped = func.min(case((left_out, 1), else_=0)).label("dropped")
    lines = select(listing.c.url, func.max(listing.c.published).label("day"), dropped).where(mine)
    joined = lines.join(reach, reach.c.root == listing.c.root, isouter=True)
    return joined.group_by(listing.c.url).subquery()
