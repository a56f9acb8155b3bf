"""The frontier in a transactional table: discover, lease, settle; no acknowledgement before it is kept."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, and_, bindparam, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from warehouse.crawl_state.cards import capture_row, entry_text, epoch, instant, read_entry
from warehouse.crawl_state.engine import reading, writing
from warehouse.crawl_state.tables import capture, frontier, listing, notice, source_run, warc_file
from warehouse.crawl_state.work import Found, Leased, Listed, Missing, Outcome

_CHUNK = 500  # SQLite allows 32,766 parameters a statement; this stays far below
_UNSET = {"leased_until": None, "leased_by": None}


class Frontier:
    """Addresses of all sources. One rule decides what may be fetched: not leased, and due."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def discover(self, source_id: str, found: Sequence[Found], at: datetime) -> int:
        """Add addresses; known ones stay as they are unless marked `again`. Gives the number of new ones."""
        with writing(self._engine) as connection:
            return _discover(connection, source_id, found, at)

    def lease(
        self,
        run_id: str,
        host: str,
        sources: Collection[str],
        roles: Collection[str],
        at: datetime,
        until: float,
        limit: int,
    ) -> list[Leased]:
        """Take up to `limit` due addresses of a host, best first; none while another run is on that host."""
        due = _due(sources, roles, at)
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
        return [_leased(row) for row in rows]

    def hosts_due(self, sources: Collection[str], roles: Collection[str], at: datetime) -> set[str]:
        """Hosts with due addresses."""
        query = select(frontier.c.host).where(_due(sources, roles, at)).distinct()
        with reading(self._engine) as connection:
            return set(connection.execute(query).scalars())

    def next_due(self, sources: Collection[str], roles: Collection[str], after: datetime) -> datetime | None:
        """When the next address that is not yet due will be."""
        with reading(self._engine) as connection:
            seconds = connection.execute(
                select(func.min(frontier.c.due_at))
                .where(frontier.c.source_id.in_(sources), frontier.c.role.in_(roles))
                .where(frontier.c.state != "leased", frontier.c.due_at > epoch(after))
            ).scalar_one()
        return None if seconds is None else instant(seconds)

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
        """Give leased addresses back untouched: all of a run, of one source, or the named ones."""
        chosen = [frontier.c.state == "leased", frontier.c.leased_by == run_id]
        if source_id is not None:
            chosen.append(frontier.c.source_id == source_id)
        if keys is not None:
            chosen.append(frontier.c.url.in_(keys))
        with writing(self._engine) as connection:
            result = connection.execute(
                update(frontier).where(and_(*chosen)).values(state="discovered", **_UNSET)
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
                .values(state="discovered", **_UNSET)
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
            for part in _parts(urls):
                rows = connection.execute(
                    select(listing.c.url, listing.c.mark).where(
                        listing.c.source_id == source_id, listing.c.root == root, listing.c.url.in_(part)
                    )
                )
                known.update((url, mark) for url, mark in rows)
        return known

    def gone_among(self, source_id: str, urls: Sequence[str]) -> set[str]:
        """Which of the addresses had disappeared when they were last asked for."""
        gone: set[str] = set()
        with reading(self._engine) as connection:
            for part in _parts(urls):
                rows = connection.execute(
                    select(frontier.c.url).where(
                        frontier.c.source_id == source_id,
                        frontier.c.url.in_(part),
                        frontier.c.state == "gone",
                    )
                )
                gone.update(rows.scalars())
        return gone

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
            _add_captures(connection, [o.capture for o in outcomes if o.capture], committed)
            _acknowledge(connection, outcomes)
            for outcome in outcomes:
                _follow(connection, run_id, outcome, at)
            for row in counts:
                changes = {key: value for key, value in row.items() if key not in {"run_id", "source_id"}}
                connection.execute(
                    insert(source_run)
                    .values(**row)
                    .on_conflict_do_update(index_elements=["run_id", "source_id"], set_=changes)
                )


def add_captures(connection: Connection, captures: Sequence[Any], committed: Mapping[str, int]) -> None:
    """Insert captures (known ids are left alone) and move the committed ends of their archive files."""
    _add_captures(connection, captures, committed)


def _add_captures(connection: Connection, captures: Sequence[Any], committed: Mapping[str, int]) -> None:
    if captures:
        connection.execute(
            insert(capture).on_conflict_do_nothing(index_elements=["capture_id"]),
            [capture_row(item) for item in captures],
        )
    for file, end in committed.items():
        connection.execute(
            insert(warc_file)
            .values(file=file, committed_end=end)
            .on_conflict_do_update(
                index_elements=["file"], set_={"committed_end": func.max(warc_file.c.committed_end, end)}
            )
        )


def _acknowledge(connection: Connection, outcomes: Sequence[Outcome]) -> None:
    """Take the leases off and set what became of the addresses; one statement for each shape of change."""
    shapes: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for outcome in outcomes:
        row: dict[str, Any] = {"s": outcome.source_id, "u": outcome.url, "v_state": outcome.state}
        row |= {"v_due_at": epoch(outcome.due_at)} | {
            f"v_{name}": value for name, value in outcome.values.items()
        }
        shapes.setdefault(tuple(sorted(row)), []).append(row)
    for shape, rows in shapes.items():
        changes = {name[2:]: bindparam(name) for name in shape if name.startswith("v_")}
        connection.execute(
            update(frontier)
            .where(frontier.c.source_id == bindparam("s"), frontier.c.url == bindparam("u"))
            .values(**_UNSET, **changes),
            rows,
        )


def _follow(connection: Connection, run_id: str, outcome: Outcome, at: datetime) -> None:
    if outcome.found:
        _discover(connection, outcome.source_id, outcome.found, at)
    if outcome.listed:
        _remember(connection, run_id, outcome.source_id, outcome.listed)
    if outcome.missing:
        _revisit_missing(connection, run_id, outcome.source_id, outcome.missing, at)
    if outcome.notice and outcome.noticed_at:
        connection.execute(
            insert(notice)
            .values(
                source_id=outcome.source_id,
                url=outcome.url,
                kind=outcome.notice,
                at=epoch(outcome.noticed_at),
                run_id=run_id,
                taken=False,
            )
            .on_conflict_do_nothing()
        )


def _discover(connection: Connection, source_id: str, found: Sequence[Found], at: datetime) -> int:
    rows = [_row(source_id, item, at, order) for order, item in enumerate(found)]
    known: set[str] = set()
    for part in _parts([row["url"] for row in rows]):
        known.update(
            connection.execute(
                select(frontier.c.url).where(frontier.c.source_id == source_id, frontier.c.url.in_(part))
            ).scalars()
        )
    fresh = {row["url"]: row for row in rows if row["url"] not in known}
    if fresh:
        connection.execute(insert(frontier), list(fresh.values()))
    again = [row for row, item in zip(rows, found, strict=True) if item.again and row["url"] in known]
    if again:
        connection.execute(
            update(frontier)
            .where(
                frontier.c.source_id == source_id,
                frontier.c.url == bindparam("u"),
                frontier.c.state != "leased",
            )
            .values(
                due_at=epoch(at),
                request=bindparam("r"),
                entry=func.coalesce(bindparam("e"), frontier.c.entry),
                priority=bindparam("p"),
            ),
            [{"u": r["url"], "r": r["request"], "e": r["entry"], "p": r["priority"]} for r in again],
        )
    return len(fresh)


def _remember(connection: Connection, run_id: str, source_id: str, lines: Sequence[Listed]) -> None:
    statement = insert(listing)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["source_id", "root", "url"],
            set_={
                "mark": statement.excluded.mark,
                "published": statement.excluded.published,
                "last_run": statement.excluded.last_run,
            },
        ),
        [
            {
                "source_id": source_id,
                "root": line.root,
                "url": line.url,
                "mark": line.mark,
                "last_run": run_id,
                "published": line.published.isoformat() if line.published else None,
            }
            for line in lines
        ],
    )


def _revisit_missing(
    connection: Connection, run_id: str, source_id: str, missing: Missing, at: datetime
) -> None:
    """Lines of the list that this run did not meet again: their documents become due, no more."""
    gone = select(listing.c.url).where(
        listing.c.source_id == source_id, listing.c.root == missing.root, listing.c.last_run != run_id
    )
    if missing.since is not None:
        gone = gone.where(listing.c.published > missing.since.isoformat())
    soon = epoch(at)
    connection.execute(
        update(frontier)
        .where(frontier.c.source_id == source_id, frontier.c.url.in_(gone), frontier.c.state == "fetched")
        .where(
            frontier.c.due_at > soon,
            or_(
                frontier.c.last_fetched_at.is_(None),
                frontier.c.last_fetched_at < epoch(at - timedelta(hours=20)),
            ),
        )
        .values(due_at=soon)
    )


def _due(sources: Collection[str], roles: Collection[str], at: datetime) -> Any:
    return and_(
        frontier.c.state != "leased",
        frontier.c.due_at <= epoch(at),
        frontier.c.source_id.in_(sources),
        frontier.c.role.in_(roles),
    )


def _row(source_id: str, item: Found, at: datetime, order: int) -> dict[str, Any]:
    return {
        "source_id": source_id,
        "url": item.url,
        "host": item.host,
        "role": item.role,
        "state": "discovered",
        "priority": item.priority,
        "discovered_at": epoch(at),
        "due_at": epoch(at),
        "attempts": 0,
        "gone_count": 0,
        "request": json.dumps(dict(item.request), ensure_ascii=False),
        "entry": entry_text(item.entry),
        "parent_url": item.parent_url,
        "order_no": order,
    }


def _leased(row: Any) -> Leased:
    def moment(key: str) -> datetime | None:
        return None if row[key] is None else instant(row[key])

    return Leased(
        source_id=row["source_id"],
        url=row["url"],
        role=row["role"],
        host=row["host"],
        request=json.loads(row["request"]),
        entry=read_entry(row["entry"]),
        parent_url=row["parent_url"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        last_sha256=row["last_sha256"],
        last_fetched_at=moment("last_fetched_at"),
        discovered_at=instant(row["discovered_at"]),
        attempts=row["attempts"],
        gone_count=row["gone_count"],
        gone_first_at=moment("gone_first_at"),
    )


def _parts(items: Sequence[str]) -> list[Sequence[str]]:
    return [items[i : i + _CHUNK] for i in range(0, len(items), _CHUNK)]
