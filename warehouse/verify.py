"""Whether a home or a backup is whole: stores, counts, links and bodies; each finding with what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import duckdb

from warehouse.archive.verify import verify_archive
from warehouse.database import reading_warehouse
from warehouse.errors import GovbriefError, LockHeld
from warehouse.findings import Checked, Finding
from warehouse.home import Home
from warehouse.mending import damaged_tables
from warehouse.named_sql import sql_named
from warehouse.unfinished import blocks_told, finished, tables_told
from warehouse.verify_publication import check_publication

Progress = Callable[[str, int, int], None]


def verify_home(home: Home, progress: Progress | None = None, *, lock: bool = True) -> Checked:
    """Check everything of a home; nothing is written. `lock` keeps warehouse writers out while that file is
    read; leave it off for a backup, which nobody writes.
    """
    findings: list[Finding] = []
    counts: dict[str, int] = {}
    whole = True
    for file, called in ((home.crawl_state_file, "the crawl state"), (home.desk_file, "the desk")):
        problem = damage_of(file)
        if problem:
            findings.append(
                Finding("damaged-store", file.name, f"{called}: {problem}", _RESTORE, usable=False)
            )
            whole = whole and file != home.crawl_state_file
    archive = verify_archive(home, progress) if whole else None
    known = _captures(home) if whole else {}
    if home.warehouse_file.is_file():
        findings += _warehouse(home, known, counts, lock)
    findings += check_publication(home, counts, progress)
    if archive is None:
        return Checked(0, 0, (), counts, tuple(findings))
    counts = {"captures": len(known), **counts}
    return Checked(archive.checked, archive.bytes, archive.faults, counts, tuple(findings))


_RESTORE = "stop what runs and put it back from a backup with 'govbrief restore'"


def damage_of(file: Path) -> str:
    """What SQLite's own check says against a file, in short; empty when it is whole or not there."""
    if not file.is_file():
        return ""
    try:
        with closing(_looking(file)) as connection:
            said = [str(row[0]) for row in connection.execute("pragma integrity_check(5)")]
    except sqlite3.Error as error:
        return str(error)
    return "" if said == ["ok"] else "; ".join(" ".join(one.split()) for one in said)[:300]


def _captures(home: Home) -> dict[str, str]:
    """The bytes' hash of every capture that the crawl state knows."""
    if not home.crawl_state_file.is_file():
        return {}
    with closing(_looking(home.crawl_state_file)) as connection:
        return dict(connection.execute("select capture_id, sha256 from capture").fetchall())


def _looking(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True, timeout=30)


def _warehouse(home: Home, known: dict[str, str], counts: dict[str, int], lock: bool) -> list[Finding]:
    try:
        with reading_warehouse(home, lock) as connection:
            name = home.warehouse_file.name
            checks = (
                ("its tables", _tables(connection, home.warehouse_file)),
                ("its counts", _counted(connection, counts)),
                ("its links", _links(connection)),
                ("its captures", _strangers(connection, known)),
                ("its bodies", _segments(home, connection)),
            )
            return [one for what, found in checks for one in finished(found, name, what, _REREAD)]
    except LockHeld:
        raise
    except (duckdb.Error, GovbriefError) as error:
        said = str(error).splitlines()[0]
        return [Finding("damaged-store", home.warehouse_file.name, said, _REREAD, usable=False)]


_REREAD = (
    "put it back from a backup, or set the file aside and type 'govbrief extract --again', then"
    " 'govbrief classify' and 'govbrief publish'"
)


def _tables(connection: duckdb.DuckDBPyConnection, file: Path) -> Iterator[Finding]:
    damaged = damaged_tables(connection)
    if damaged:
        yield Finding("damaged-store", file.name, tables_told(damaged), _REREAD, usable=False)
    else:
        yield from blocks_told(file, file.name, _REREAD)


def _counted(connection: duckdb.DuckDBPyConnection, counts: dict[str, int]) -> Iterator[Finding]:
    for name, text in sql_named("views", "verify_counts"):
        row = connection.execute(text).fetchone()
        counts[name] = int(row[0]) if row else 0
    yield from ()


def _links(connection: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Rows of the warehouse that lead nowhere, by the queries of `verify_links.sql`."""
    for name, text in sql_named("views", "verify_links"):
        rows = connection.execute(text).fetchall()
        if rows:
            examples = ", ".join(str(row[0]) for row in rows[:3])
            detail = f"{len(rows)} rows, such as {examples}"
            yield Finding(name, "warehouse.duckdb", detail, "type 'govbrief extract --again'")


def _strangers(connection: duckdb.DuckDBPyConnection, known: dict[str, str]) -> Iterator[Finding]:
    """Captures that documents rest on and the crawl state does not know, or knows with other bytes."""
    rows = connection.execute("select capture_id, sha256 from capture").fetchall()
    lost = [capture for capture, _ in rows if capture not in known]
    other = [capture for capture, hashed in rows if known.get(capture, hashed) != hashed]
    for code, found in (("capture-unknown", lost), ("capture-differs", other)):
        if found:
            detail = f"{len(found)} captures that documents rest on, such as {', '.join(found[:3])}"
            yield Finding(code, "crawl_state.sqlite", detail, _OLDER)


_OLDER = "crawl state and warehouse are of different days; restore both from one backup"


def _segments(home: Home, connection: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    named = "select table_name from duckdb_tables() where table_name in ('body_place', 'past_body')"
    places = " union all ".join(
        f"select segment, start_at + length as ends from {table}"
        for (table,) in connection.execute(named).fetchall()
    )
    rows = connection.execute(f"select segment, max(ends) from ({places}) group by segment").fetchall()
    for name, end in rows:
        file = home.bodies / name
        size = file.stat().st_size if file.is_file() else 0
        if size < end:
            detail = f"{size} bytes are there, {end} are needed"
            yield Finding("body-segment", f"bodies/{name}", detail, _ANEW)


_ANEW = "type 'govbrief publish'; its bodies are written anew"
