"""Taking what a plan names out of archive, warehouse and bodies, so that no byte of it stays."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import duckdb

from warehouse.archive.erase import by_file, erase_records, own_file
from warehouse.copying import copy_file
from warehouse.database import connect, disk_errors
from warehouse.draft import KEPT, STORAGE
from warehouse.errors import LockHeld
from warehouse.home import Home
from warehouse.outbox import make_whole
from warehouse.purge_plan import Plan
from warehouse.purge_sqlite import Counts, rows_named
from warehouse.records import ArchivePlace
from warehouse.rows import stage
from warehouse.shown import FOLDER as SHOWN

# Made anew by the next publication, which is a whole one. Their rows name documents in lists and sentences;
# rewritten in place, the words would stay in blocks that were given up.
DERIVED = ("wanted", "series_gap", "series_listed", *KEPT)


def purge_archive(home: Home, plan: Plan) -> Counts:
    """Overwrite the records of the plan's captures, and orphans of their addresses; offsets stay."""
    if not home.crawl_state_file.is_file():
        return {"records": 0, "bytes": 0}
    with closing(sqlite3.connect(home.crawl_state_file, timeout=30)) as state:
        rows = rows_named(state, _PLACES, plan.captures)
        urls = {(row[3], row[4]) for row in rows} | {(row[3], row[5]) for row in rows}
        living = {
            url
            for source, url in urls
            for (name,) in state.execute(_OF_ADDRESS, [source, url, url])
            if name not in set(plan.captures)
        }
    addresses = {url for _, url in urls} - living
    places = [ArchivePlace(str(row[0]), int(row[1]), int(row[2])) for row in rows]
    erased = 0
    for file, inside in by_file(places).items():
        erased += erase_records(home.archive / file, inside, addresses)
    return {"records": len(places), "bytes": erased}


def purge_warehouse(home: Home, plan: Plan) -> Counts:
    """Delete every row that names a document, reading or capture of the plan, and write the file anew: what
    was deleted would stay in free blocks. The caller holds work.lock.
    """
    if not home.warehouse_file.is_file():
        return {}
    own_file(home.warehouse_file)
    with disk_errors(home), closing(connect(home)) as connection:
        counts = _delete_rows(connection, plan)
        if _has(connection, "publication_state"):  # a backup of an earlier version has none
            make_whole(connection)
        connection.execute("delete from network_state")
        for table in DERIVED:
            if _has(connection, table):
                connection.execute(f"delete from {table}")
        connection.execute("checkpoint")
        fresh = home.warehouse_file.with_name(f".{home.warehouse_file.name}.part-{os.getpid()}")
        _rewrite(connection, fresh)
    os.replace(fresh, home.warehouse_file)
    for other in home.root.glob("*.duckdb*"):
        if other != home.warehouse_file:
            other.unlink()  # its log, and drafts that are made anew
    return counts


def purge_bodies(home: Home, plan: Plan) -> Counts:
    """Blank in the plan's segments every byte that no body of the warehouse needs; places stay."""
    blanked = 0
    for name in plan.segments:
        file = home.bodies / name
        if not file.is_file():
            continue
        with closing(connect(home)) as connection:
            kept = [one for one in ("body_place", "past_body") if _has(connection, one)]
            rows = [row for one in kept for row in connection.execute(_BODIES.format(one), [name]).fetchall()]
        fresh = file.with_name(f".{name}.part-{os.getpid()}")
        copy_file(file, fresh)
        blanked += _blank(fresh, [(int(start), int(length)) for start, length in rows])
        os.replace(fresh, file)
        for published in home.published.glob(f"*/bodies/{name}"):
            link = published.with_name(f".{name}.part-{os.getpid()}")
            os.link(file, link)
            os.replace(link, published)
    return {"segments": len(plan.segments), "bytes": blanked}


def purge_shown(home: Home, plan: Plan) -> Counts:
    """Take the documents out of the states that changes are told from (warehouse/shown.py), written anew."""
    gone = 0
    for file in home.root.glob(f"{SHOWN}/*.duckdb"):
        fresh = file.with_name(f".{file.name}.part-{os.getpid()}")
        with closing(duckdb.connect(str(file))) as connection:
            gone += sum(_delete_rows(connection, plan).values())
            _rewrite(connection, fresh)
        os.replace(fresh, file)
    return {"shown states": gone} if gone else {}


def purge_copies(home: Home) -> Counts:
    """Remove former schemas' copies of the warehouse, and the index with all that is derived beside it."""
    copies = list((home.root / "backups").glob("warehouse-schema*"))
    for file in copies:
        file.unlink()
    for folder in home.root.glob("*index*"):
        if folder.is_dir():
            shutil.rmtree(folder)
    return {"former warehouse files": len(copies)} if copies else {}


def living_runs(home: Home) -> None:
    """LockHeld while a crawl of this home is under way: it may be fetching what is to go."""
    from warehouse.crawl_state.store import CrawlState

    if not home.crawl_state_file.is_file() or not home.locks.is_dir():
        return
    with CrawlState.open(home) as state:
        living = [
            one.run_id
            for one in state.runs(20)
            if one.outcome == "running" and state.run_table.lives(one.run_id)
        ]
    if living:
        raise LockHeld(f"The crawl {living[0]} is under way; wait for it to end and purge again.")


def _delete_rows(connection: duckdb.DuckDBPyConnection, plan: Plan) -> Counts:
    named = {"document": plan.documents, "reading": plan.readings, "capture": plan.captures}
    for name, values in named.items():
        stage(connection, f"doomed_{name}", "name varchar", ((one,) for one in values))
    connection.begin()
    counts: Counts = {}
    for table, column in connection.execute(_COLUMNS).fetchall():
        kind = (
            "capture"
            if column == "capture_id"
            else "document"
            if column.endswith("document_id") or column == "other_id"
            else "reading"
        )
        deleted = connection.execute(
            f'delete from "{table}" where "{column}" in (select name from doomed_{kind})'
        ).fetchone()
        counts[table] = counts.get(table, 0) + (int(deleted[0]) if deleted else 0)
    connection.commit()
    return {table: count for table, count in sorted(counts.items()) if count}


def _has(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    asked = "select count(*) from duckdb_tables() where database_name = current_database() and table_name = ?"
    row = connection.execute(asked, [table]).fetchone()
    return bool(row and row[0])


def _rewrite(connection: duckdb.DuckDBPyConnection, fresh: Path) -> None:
    fresh.unlink(missing_ok=True)
    escaped = str(fresh).replace("'", "''")
    row = connection.execute("select current_database()").fetchone()
    connection.execute(f"attach '{escaped}' as purged_copy (storage_version '{STORAGE}')")
    name = str(row[0]) if row else "warehouse"
    connection.execute(f'copy from database "{name}" to purged_copy')
    connection.execute("checkpoint purged_copy")
    connection.execute("detach purged_copy")


def _blank(file: Path, needed: Sequence[tuple[int, int]]) -> int:
    """Overwrite with zeros whatever lies outside the needed places; how many bytes."""
    blanked, at, size = 0, 0, file.stat().st_size
    with file.open("r+b") as handle:
        for start, length in [*sorted(needed), (size, 0)]:
            if start > at:
                handle.seek(at)
                handle.write(bytes(start - at))
                blanked += start - at
            at = max(at, start + length)
        handle.flush()
        os.fsync(handle.fileno())
    return blanked


_PLACES = """
select warc_file, warc_offset, warc_length, source_id, url, final_url from capture where capture_id in ({})
"""
_OF_ADDRESS = "select capture_id from capture where source_id = ? and (url = ? or final_url = ?)"
_BODIES = "select start_at, length from {} where segment = ?"
_COLUMNS = """
select table_name, column_name
from duckdb_columns()
where database_name = current_database() and schema_name = 'main' and not internal
    and (column_name = 'capture_id' or column_name like '%document_id' or column_name like '%reading_id'
        or column_name in ('from_reading', 'to_reading', 'other_id'))
    and table_name in (
        select table_name from duckdb_tables() where database_name = current_database() and not temporary
    )
"""
