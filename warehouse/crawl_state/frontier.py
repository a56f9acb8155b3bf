"""The frontier in a transactional table: discover, lease, settle; no acknowledgement before it is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, and_, bindparam, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from warehouse.crawl_state.cards import epoch, moment
from warehouse.crawl_state.leasing import BEFORE_LEASE, leased_row
from warehouse.crawl_state.settling import (
    UNSET,
    acknowledge,
    add_captures,
    discover,
    follow,
    pages_left,
    parts,
    set_standings,
)
from warehouse.crawl_state.tables import frontier, listing, source_run
from warehouse.crawl_state.work import Found, Leased, Outcome
from warehouse.sqlite_file import reading, writing


class Frontier:
    """Addresses of all sources. One rule decides what may be fetched: not leased, and due."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def discover(self, source_id: str, found: Sequence[Found], at: datetime) -> int:
        """Add addresses; known ones stay as they are unless marked `again`. Gives the number of new ones."""
        with writing(self._engine) as connection:
            return discover(connection, source_id, found, at)

    def lease(
        self,
        run_id: str,
        host: str,
        sources: Collection[str],
        roles: Collection[str],
        at: datetime,
        until: float,
        limit: int,
        *,
        news_only: int | None = None,
    ) -> list[Leased]:
        """Take up to `limit` due addresses of a host, best first; none while another run is on that host.

        `news_only` leaves out pages that were fetched before and lists of a lower priority than this.
        """
        due = _due(sources, roles, at, news_only)
        with writing(self._engine) as connection:
            others = connection.execute(
                select(func.count())
                .where(frontier.c.host == host, frontier.c.state == "leased")
                .where(frontier.c.leased_by != run_id)
            ).scalar_one()
            if others:
                return []
            rows = (
                connection.execute(
                    select(frontier)
                    .where(frontier.c.host == host, due)
                    .order_by(frontier.c.priority.desc(), frontier.c.discovered_at, frontier.c.order_no)
                    .limit(limit)
                )
                .mappings()
                .all()
            )
            keys = [{"s": row["source_id"], "u": row["url"]} for row in rows]
            if keys:
                connection.execute(
                    update(frontier)
                    .where(frontier.c.source_id == bindparam("s"), frontier.c.url == bindparam("u"))
                    .values(state="leased", leased_until=until, leased_by=run_id),
                    keys,
                )
        return [leased_row(row) for row in rows]

    def hosts_due(
        self, sources: Collection[str], roles: Collection[str], at: datetime, *, news_only: int | None = None
    ) -> set[str]:
        """Hosts with due addresses, of those that `lease` would give."""
        query = select(frontier.c.host).where(_due(sources, roles, at, news_only)).distinct()
        with reading(self._engine) as connection:
            return set(connection.execute(query).scalars())

    def next_retry(
        self,
        sources: Collection[str],
        roles: Collection[str],
        after: datetime,
        *,
        news_only: int | None = None,
    ) -> datetime | None:
        """When the next address will be due that a round owes another try: it failed, or seems changed.

        What was fetched and falls due again by itself is for the next round: among thousands one always does.
        """
        owed = or_(frontier.c.state.in_(("discovered", "failed")), frontier.c.unconfirmed.is_not(None))
        with reading(self._engine) as connection:
            seconds = connection.execute(
                select(func.min(frontier.c.due_at)).where(
                    _open(sources, roles, news_only), owed, frontier.c.due_at > epoch(after)
                )
            ).scalar_one()
        return moment(seconds)

    def wake_failed(self, sources: Collection[str], tries: int, at: datetime) -> None:
        """A new run tries again at once what failed fewer than `tries` times in a row."""
        with writing(self._engine) as connection:
            connection.execute(
                update(frontier)
                .where(frontier.c.source_id.in_(sources), frontier.c.state == "failed")
                .where(frontier.c.attempts < tries, frontier.c.due_at > epoch(at))
                .values(due_at=epoch(at))
            )

    def release(self, run_id: str, source_id: str | None = None, keys: Collection[str] | None = None) -> int:
        """Give leased addresses back as they were: all of a run, of one source, or the named ones."""
        chosen = [frontier.c.state == "leased", frontier.c.leased_by == run_id]
        if source_id is not None:
            chosen.append(frontier.c.source_id == source_id)
        if keys is not None:
            chosen.append(frontier.c.url.in_(keys))
        with writing(self._engine) as connection:
            result = connection.execute(
                update(frontier).where(and_(*chosen)).values(state=BEFORE_LEASE, **UNSET)
            )
            return int(result.rowcount)

    def leaseholders(self) -> list[str]:
        """Runs that hold leases now."""
        with reading(self._engine) as connection:
            rows = connection.execute(
                select(frontier.c.leased_by).where(frontier.c.state == "leased").distinct()
            )
            return [str(row[0]) for row in rows]

    def release_expired(self, now: float) -> int:
        """Give back leases whose time ran out."""
        with writing(self._engine) as connection:
            result = connection.execute(
                update(frontier)
                .where(frontier.c.state == "leased", frontier.c.leased_until < now)
                .values(state=BEFORE_LEASE, **UNSET)
            )
            return int(result.rowcount)

    def postpone(self, source_id: str, until: datetime) -> None:
        """Nothing of the source is due before `until`."""
        with writing(self._engine) as connection:
            connection.execute(
                update(frontier)
                .where(frontier.c.source_id == source_id, frontier.c.due_at < epoch(until))
                .values(due_at=epoch(until))
            )

    def known_in_list(self, source_id: str, root: str, urls: Sequence[str]) -> dict[str, str]:
        """Which addresses the list named before, with the title and date it gave them."""
        known: dict[str, str] = {}
        with reading(self._engine) as connection:
            for part in parts(urls):
                rows = connection.execute(
                    select(listing.c.url, listing.c.mark).where(
                        listing.c.source_id == source_id, listing.c.root == root, listing.c.url.in_(part)
                    )
                )
                known.update((url, mark) for url, mark in rows)
        return known

    def open_in_list(self, source_id: str, root: str, urls: Sequence[str]) -> set[str]:
        """Which addresses only a walk named that has not reached the list's end, or what was known of it."""
        query = select(listing.c.url).where(listing.c.source_id == source_id, listing.c.root == root)
        query = query.where(listing.c.url.in_(urls), listing.c.open_walk)
        with reading(self._engine) as connection:
            return set(connection.execute(query).scalars())

    def pages_left(self, source_id: str, at: datetime) -> dict[str, int]:
        """Lists whose walk did not end, each with the number of the first page that is still to be read."""
        with reading(self._engine) as connection:
            return pages_left(connection, source_id, at)

    def gone_among(self, source_id: str, urls: Sequence[str]) -> set[str]:
        """Which of the addresses had disappeared when they were last asked for."""
        gone: set[str] = set()
        with reading(self._engine) as connection:
            for part in parts(urls):
                rows = connection.execute(
                    select(frontier.c.url).where(
                        frontier.c.source_id == source_id,
                        frontier.c.url.in_(part),
                        frontier.c.state == "gone",
                    )
                )
                gone.update(rows.scalars())
        return gone

    def addresses_of(self, source_id: str, numbers: Sequence[str]) -> list[str]:
        """Addresses of the documents with these lasting numbers; those known to be gone are left out.

        One that was found gone for the first time is not: what the site says settles it.
        """
        found: list[str] = []
        with reading(self._engine) as connection:
            for part in parts(numbers):
                rows = connection.execute(
                    select(frontier.c.url).where(
                        frontier.c.source_id == source_id,
                        frontier.c.role == "detail",
                        frontier.c.state != "leased",
                        or_(frontier.c.state != "gone", frontier.c.gone_count < 2),
                        func.json_extract(frontier.c.entry, "$.site_id").in_(part),
                    )
                )
                found.extend(rows.scalars())
        return found

    def counts(self, source_id: str) -> dict[str, int]:
        """Number of addresses of a source by state."""
        with reading(self._engine) as connection:
            rows = connection.execute(
                select(frontier.c.state, func.count())
                .where(frontier.c.source_id == source_id)
                .group_by(frontier.c.state)
            )
            return {row[0]: row[1] for row in rows}

    def planned(
        self, sources: Collection[str], roles: Collection[str], at: datetime, limit: int
    ) -> list[tuple[str, str, str]]:
        """What a run would fetch first: source, role, address; nothing is leased."""
        with reading(self._engine) as connection:
            rows = connection.execute(
                select(frontier.c.source_id, frontier.c.role, frontier.c.url)
                .where(_due(sources, roles, at))
                .order_by(frontier.c.source_id, frontier.c.priority.desc(), frontier.c.discovered_at)
                .limit(limit)
            )
            return [(row[0], row[1], row[2]) for row in rows]

    def settle(
        self,
        run_id: str,
        outcomes: Sequence[Outcome],
        committed: Mapping[str, int],
        counts: Iterable[Mapping[str, Any]],
        at: datetime,
    ) -> None:
        """Commit a group: captures, acknowledged addresses, new ones, notices, archive ends, counts.

        The archive records must be synced before; after a kill either all of the group is there or none.
        """
        with writing(self._engine) as connection:
            add_captures(connection, [o.capture for o in outcomes if o.capture], committed)
            acknowledge(connection, outcomes)
            for outcome in outcomes:
                set_standings(connection, outcome.standings)
                follow(connection, run_id, outcome, at)
            for row in counts:
                changes = {key: value for key, value in row.items() if key not in {"run_id", "source_id"}}
                connection.execute(
                    insert(source_run)
                    .values(**row)
                    .on_conflict_do_update(index_elements=["run_id", "source_id"], set_=changes)
                )


def _due(sources: Collection[str], roles: Collection[str], at: datetime, news_only: int | None = None) -> Any:
    return and_(frontier.c.due_at <= epoch(at), _open(sources, roles, news_only))


def _open(sources: Collection[str], roles: Collection[str], news_only: int | None) -> Any:
    """Addresses nobody has leased; without pages fetched before and lesser lists where news alone count."""
    chosen = [frontier.c.state != "leased", frontier.c.source_id.in_(sources), frontier.c.role.in_(roles)]
    if news_only is not None:
        pages = frontier.c.role.in_(("detail", "attachment"))
        new, lists = frontier.c.last_sha256.is_(None), frontier.c.priority >= news_only
        chosen.append(or_(and_(pages, new), and_(~pages, lists)))
    return and_(*chosen)
