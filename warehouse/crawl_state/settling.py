"""What one committed group changes: captures, acknowledged addresses, new ones, list lines, notices."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from warehouse.crawl_state.cards import capture_row, entry_text, epoch
from warehouse.crawl_state.purged import without_purged
from warehouse.crawl_state.tables import capture, frontier, listing, notice, warc_file
from warehouse.crawl_state.work import Found, Listed, Missing, Outcome
from warehouse.records import Capture

UNSET = {"leased_until": None, "leased_by": None}
UNMARKED = {"etag": None, "last_modified": None}  # asked so, an address answers in full
_FAR = timedelta(days=3650)
_SOON = timedelta(days=400)  # no page still to be read waits that long
_T = TypeVar("_T")
_CHUNK = 500  # SQLite allows 32,766 parameters a statement; this stays far below


def add_captures(connection: Connection, captures: Sequence[Capture], committed: Mapping[str, int]) -> None:
    """Insert captures (known ids are left alone) and move the committed ends of their archive files.

    They stand as good until `set_standings` says otherwise in the same transaction.
    """
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


def set_standings(connection: Connection, standings: Mapping[str, str]) -> None:
    """Say of captures, by their names, whether extraction may take them."""
    if standings:
        connection.execute(
            update(capture).where(capture.c.capture_id == bindparam("c")).values(standing=bindparam("v")),
            [{"c": name, "v": standing} for name, standing in standings.items()],
        )


def acknowledge(connection: Connection, outcomes: Sequence[Outcome]) -> None:
    """Take the leases off and set what became of the addresses; one statement for each shape of change."""
    _drop_contradicted(connection, outcomes)
    shapes: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for outcome in outcomes:
        row: dict[str, Any] = {"s": outcome.source_id, "u": outcome.url, "v_state": outcome.state}
        row |= {"v_due_at": epoch(outcome.due_at)} | {
            f"v_{name}": value for name, value in outcome.values.items()
        }
        shapes.setdefault(tuple(sorted(row)), []).append(row)
    for shape, rows in shapes.items():
        changes: dict[str, Any] = {name[2:]: bindparam(name) for name in shape if name.startswith("v_")}
        connection.execute(
            update(frontier)
            .where(frontier.c.source_id == bindparam("s"), frontier.c.url == bindparam("u"))
            .values(**UNSET, **changes),
            rows,
        )
    _ask_relisted(connection, outcomes)


def _drop_contradicted(connection: Connection, outcomes: Sequence[Outcome]) -> None:
    """A change that nobody waits for any more was none, unless its outcome says so (see `set_standings`)."""
    settled = [one for one in outcomes if one.values.get("unconfirmed", "") is None]
    waiting = select(frontier.c.unconfirmed).where(
        frontier.c.source_id == bindparam("s"), frontier.c.url == bindparam("u")
    )
    if settled:
        connection.execute(
            update(capture)
            .where(capture.c.capture_id == waiting.scalar_subquery(), capture.c.standing == "unconfirmed")
            .values(standing="dropped"),
            [{"s": one.source_id, "u": one.url} for one in settled],
        )


def _ask_relisted(connection: Connection, outcomes: Sequence[Outcome]) -> None:
    """What was asked while a list said something new of it is due again, so that a capture tells that too."""
    fetched = [{"s": one.source_id, "u": one.url} for one in outcomes if one.state == "fetched"]
    if fetched:
        connection.execute(
            update(frontier)
            .where(frontier.c.source_id == bindparam("s"), frontier.c.url == bindparam("u"))
            .where(frontier.c.relisted, frontier.c.unconfirmed.is_(None))
            .values(relisted=False, due_at=frontier.c.last_fetched_at, **UNMARKED),
            fetched,
        )


def follow(connection: Connection, run_id: str, outcome: Outcome, at: datetime) -> None:
    """What an answer leads to: further addresses, remembered list lines, notices."""
    if outcome.found:
        discover(connection, outcome.source_id, outcome.found, at)
    if listed := without_purged(connection, outcome.source_id, outcome.listed):
        _remember(connection, run_id, outcome.source_id, listed)
    if outcome.walked and not pages_left(connection, outcome.source_id, at).get(outcome.walked):
        connection.execute(
            update(listing)
            .where(listing.c.source_id == outcome.source_id, listing.c.root == outcome.walked)
            .where(listing.c.open_walk)
            .values(open_walk=False)
        )
    if outcome.missing:
        _revisit_missing(connection, run_id, outcome.source_id, outcome.missing, at)
    if outcome.notice and outcome.noticed_at:
        _notice(connection, run_id, outcome.source_id, outcome.url, outcome.notice, outcome.noticed_at)
    for url in outcome.withdrawn:
        _notice(connection, run_id, outcome.source_id, url, "withdrawn", at)
    _withdraw(connection, outcome.source_id, outcome.withdrawn, at)


def pages_left(connection: Connection, source_id: str, at: datetime) -> dict[str, int]:
    """Further pages of lists that nobody has read since a page before them named them.

    Gives for each list with such pages the number of the first one; 0 would be the list's own first page.
    """
    depth = func.json_extract(frontier.c.request, "$.depth")
    root = func.json_extract(frontier.c.request, "$.root")
    rows = connection.execute(
        select(root, func.min(depth))
        .where(frontier.c.source_id == source_id, frontier.c.role.in_(("list", "feed", "api")))
        .where(frontier.c.due_at < epoch(at + _SOON), depth > 0)  # a page that was read is due never
        .group_by(root)
    )
    return {str(row[0]): int(row[1]) for row in rows}


def discover(connection: Connection, source_id: str, found: Sequence[Found], at: datetime) -> int:
    """Add addresses; known ones stay as they are unless marked `again`. Gives the number of new ones.

    A document that a list names anew is asked without its marks: equal bytes with another line in the list
    may say something new. What is leased just now only takes the line over.
    """
    found = without_purged(connection, source_id, found)
    rows = [_row(source_id, item, at, order) for order, item in enumerate(found)]
    known: set[str] = set()
    for part in parts([row["url"] for row in rows]):
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
                due_at=bindparam("d"),
                request=bindparam("r"),
                entry=func.coalesce(bindparam("e"), frontier.c.entry),
                priority=bindparam("p"),
            ),
            [
                {"u": r["url"], "d": r["due_at"], "r": r["request"], "e": r["entry"], "p": r["priority"]}
                for r in again
            ],
        )
        _list_anew(connection, source_id, [row for row in again if row["entry"] is not None])
    return len(fresh)


def _list_anew(connection: Connection, source_id: str, rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    mine = update(frontier).where(frontier.c.source_id == source_id, frontier.c.url == bindparam("u"))
    changed = or_(frontier.c.entry.is_(None), frontier.c.entry != bindparam("e"))
    connection.execute(
        mine.where(frontier.c.state == "leased", changed).values(entry=bindparam("e"), relisted=True),
        [{"u": row["url"], "e": row["entry"]} for row in rows],
    )
    connection.execute(
        mine.where(frontier.c.state != "leased").values(**UNMARKED), [{"u": row["url"]} for row in rows]
    )


def _notice(connection: Connection, run_id: str, source_id: str, url: str, kind: str, at: datetime) -> None:
    row = {"source_id": source_id, "url": url, "kind": kind, "at": epoch(at), "run_id": run_id}
    connection.execute(insert(notice).values(**row, taken=False).on_conflict_do_nothing())


def _withdraw(connection: Connection, source_id: str, urls: Sequence[str], at: datetime) -> None:
    """Documents the site says it took away are asked no more, until a list names them again."""
    for part in parts(urls):
        connection.execute(
            update(frontier)
            .where(frontier.c.source_id == source_id, frontier.c.url.in_(part), frontier.c.state != "leased")
            .values(state="gone", due_at=epoch(at + _FAR), gone_count=2, gone_first_at=epoch(at))
        )


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
                "open_walk": True,
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


def _row(source_id: str, item: Found, at: datetime, order: int) -> dict[str, Any]:
    return {
        "source_id": source_id,
        "url": item.url,
        "host": item.host,
        "role": item.role,
        "state": "discovered",
        "priority": item.priority,
        "discovered_at": epoch(at),
        "due_at": epoch(at) + item.wait,
        "attempts": 0,
        "gone_count": 0,
        "request": json.dumps(dict(item.request), ensure_ascii=False),
        "entry": entry_text(item.entry),
        "parent_url": item.parent_url,
        "order_no": order,
    }


def parts(items: Sequence[_T]) -> list[Sequence[_T]]:
    """Pieces short enough for one statement."""
    return [items[i : i + _CHUNK] for i in range(0, len(items), _CHUNK)]
