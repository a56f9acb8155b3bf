"""Letting go of traces of the work that are older than `[retention]` says; documents are never among them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from warehouse.archive.erase import by_file, erase_records
from warehouse.clock import today
from warehouse.database import Warehouse
from warehouse.desk.desk import Desk
from warehouse.home import Home
from warehouse.locks import keeping_lock
from warehouse.named_sql import sql_named
from warehouse.purge_sqlite import delete_named
from warehouse.records import ArchivePlace
from warehouse.rows import stage

DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Retained:
    """What went, or in a rehearsal would go, by kind."""

    dry_run: bool
    removed: dict[str, int] = field(default_factory=dict)
    bytes: int = 0  # of archived list pages

    @property
    def rows(self) -> int:
        """All of it."""
        return sum(self.removed.values())


def apply_retention(home: Home, *, dry_run: bool = False) -> Retained:
    """Remove what `[retention]` keeps no longer; LockHeld while a backup or a purge is at work."""
    removed: dict[str, int] = {}
    size = 0
    with keeping_lock(home, home.settings.warehouse.patience_seconds):
        removed |= _sqlite(home, home.crawl_state_file, "retention_crawl", dry_run)
        if home.desk_file.is_file():
            Desk.open(home).close()  # brings an older file up to date
            removed |= _sqlite(home, home.desk_file, "retention_desk", dry_run)
        if home.settings.retention.listings:
            removed["listings"], size = _listings(home, dry_run)
        removed |= _warehouse(home, dry_run)
    return Retained(dry_run, {name: count for name, count in sorted(removed.items()) if count}, size)


def cutoff(home: Home, key: str) -> float | None:
    """The instant before which a kind of row goes, in epoch seconds; None: it is kept for good."""
    days: int = getattr(home.settings.retention, key)
    return home.clock.now().timestamp() - days * DAY if days else None


def _sqlite(home: Home, file: Path, statements: str, dry_run: bool) -> dict[str, int]:
    """Each statement of the SQL file is named after the key that it obeys, and after what it removes."""
    if not file.is_file():
        return {}
    removed: dict[str, int] = {}
    with closing(sqlite3.connect(file, timeout=30, isolation_level=None)) as connection:
        connection.execute("begin immediate")
        kept = _lifted(connection)
        for name, statement in sql_named("views", statements):
            key, _, what = name.partition("-")
            before = cutoff(home, key)
            if before is not None:
                values = {"before": before, "day": _day(home, key)}
                removed[what] = removed.get(what, 0) + connection.execute(statement, values).rowcount
        for made in kept:
            connection.execute(made)
        connection.execute("rollback" if dry_run else "commit")
    return removed


def _lifted(connection: sqlite3.Connection) -> list[str]:
    """Take the triggers off that keep logs from being cut, for this transaction; how to make them again."""
    rows = connection.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
    for name, _ in rows:
        connection.execute(f'drop trigger "{name}"')
    return [str(made) for _, made in rows]


def _day(home: Home, key: str) -> str:
    days: int = getattr(home.settings.retention, key)
    return (today(home.clock, home.settings.place.timezone) - timedelta(days=days)).isoformat()


def _warehouse(home: Home, dry_run: bool) -> dict[str, int]:
    if not home.warehouse_file.is_file():
        return {}
    removed: dict[str, int] = {}
    keep = home.settings.retention
    spared = sorted(_worked_on(home)) if not keep.superseded_readings else []
    with Warehouse.open(home) as w:
        connection = w.connection
        connection.begin()
        stage(connection, "spared", "document_id varchar", ((one,) for one in spared))
        for name, statement in sql_named("views", "retention_warehouse"):
            key, _, what = name.partition("-")
            if key == "superseded_readings":
                row = None if keep.superseded_readings else connection.execute(statement).fetchone()
            else:
                before = cutoff(home, key)
                row = connection.execute(statement, [before]).fetchone() if before is not None else None
            removed[what] = removed.get(what, 0) + (int(row[0]) if row else 0)
        if dry_run:
            connection.rollback()
        else:
            connection.commit()
    return removed


def _worked_on(home: Home) -> set[str]:
    """Documents that somebody corrected or judged: what older readers made of them stays to be looked at."""
    if not home.desk_file.is_file():
        return set()
    with closing(sqlite3.connect(home.desk_file, timeout=30)) as desk:
        rows = desk.execute("select document_id from correction union select document_id from judgement")
        return {str(row[0]) for row in rows}


def _listings(home: Home, dry_run: bool) -> tuple[int, int]:
    """Old list pages and feeds go from the archive; the latest of each address and any evidence stay."""
    before = cutoff(home, "listings")
    if before is None or not home.crawl_state_file.is_file():
        return 0, 0
    rested: set[str] = set()
    if home.warehouse_file.is_file():
        with Warehouse.open(home) as w:
            known = w.connection.execute("select capture_id from capture").fetchall()
        rested = {str(row[0]) for row in known}
    with closing(sqlite3.connect(home.crawl_state_file, timeout=30, isolation_level=None)) as state:
        ((_, statement),) = sql_named("views", "retention_listings")
        rows = [row for row in state.execute(statement, {"before": before}) if row[0] not in rested]
        size = sum(int(row[3]) for row in rows)
        if dry_run or not rows:
            return len(rows), size
        places = [ArchivePlace(str(row[1]), int(row[2]), int(row[3])) for row in rows]
        for file, inside in by_file(places).items():
            erase_records(home.archive / file, inside, ())
        names = [str(row[0]) for row in rows]
        state.execute("begin immediate")
        for table in ("capture", "extraction"):
            delete_named(state, table, "capture_id", names)
        state.execute("commit")
    return len(names), size
