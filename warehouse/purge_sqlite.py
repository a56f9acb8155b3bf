"""Taking what a plan names out of the desk and the crawl state; what is deleted is overwritten."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from warehouse.archive.erase import own_file
from warehouse.crawl_state.purged import ADDRESS, CAPTURE, DOCUMENT, address_mark
from warehouse.home import Home
from warehouse.purge_basket import purge_basket
from warehouse.purge_plan import Plan

Counts = dict[str, int]
_BATCH = 500


def purge_desk(home: Home, plan: Plan) -> Counts:
    """Delete what people wrote about the plan's documents; the log keeps that they did, not what."""
    if not home.desk_file.is_file():
        return {}
    own_file(home.desk_file)
    with closing(_opened(home.desk_file)) as desk:
        counts: Counts = {}
        desk.execute("begin immediate")
        triggers = desk.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
        for name, _ in triggers:
            desk.execute(f'drop trigger "{name}"')
        texts = [f"text:{one}" for one in plan.hashes]
        counts["corrections of texts"] = delete_named(desk, "correction", "field", texts)
        for table, column in _naming_documents(desk):
            counts[table] = counts.get(table, 0) + delete_named(desk, table, column, plan.documents)
        counts["passages in the basket"] = purge_basket(desk, plan.documents)
        counts["visit"] = delete_named(desk, "visit", "key", plan.documents)
        counts["audit details"] = _blank_audit(desk, plan.documents)
        for _, made in triggers:
            desk.execute(made)
        desk.execute("commit")
        _compact(desk)
    for old in home.root.glob("desk.sqlite.schema-*"):
        old.unlink()
        counts["former desk files"] = counts.get("former desk files", 0) + 1
    return {name: count for name, count in counts.items() if count}


def forget_deleted(home: Home) -> None:
    """Overwrite what was deleted from the desk, in its file, its log and the copies of former schemas."""
    own_file(home.desk_file)
    with closing(_opened(home.desk_file)) as desk:
        _compact(desk)
    for old in home.root.glob("desk.sqlite.schema-*"):
        old.unlink()


def purge_crawl_state(home: Home, plan: Plan) -> Counts:
    """Replace the captures, addresses and list lines of the plan by tombstones."""
    if not home.crawl_state_file.is_file():
        return {}
    own_file(home.crawl_state_file)
    with closing(_opened(home.crawl_state_file)) as state:
        state.execute(_TOMBSTONES)
        state.execute("begin immediate")
        stones = [(row[0], CAPTURE, row[1], row[2]) for row in rows_named(state, _CARDS, plan.captures)]
        stones += [(mark, ADDRESS, source, None) for source, mark in plan.marks]
        stones += [(one, DOCUMENT, "", None) for one in plan.documents]
        state.executemany(_STONE, [(*stone, plan.reason, plan.at) for stone in stones])
        counts: Counts = {"captures": delete_named(state, "capture", "capture_id", plan.captures)}
        delete_named(state, "extraction", "capture_id", plan.captures)
        delete_named(state, "canary", "capture_id", plan.captures)
        marks = set(plan.marks)
        for table in ("frontier", "listing", "notice", "canary"):
            counts[table] = 0
            for source in {source for source, _ in marks}:
                found = state.execute(f"select distinct url from {table} where source_id = ?", [source])
                urls = [str(url) for (url,) in found if (source, address_mark(source, str(url))) in marks]
                counts[table] += sum(
                    state.execute(
                        f"delete from {table} where source_id = ? and url = ?", [source, url]
                    ).rowcount
                    for url in urls
                )
        counts["parents"] = _forget_parents(state, marks)
        for table in ("finding", "alarm"):
            for column in ("good_capture", "bad_capture"):
                _each(state, f"update {table} set {column} = null where {column} in ({{}})", plan.captures)
        state.execute("commit")
        _compact(state)
    return {name: count for name, count in counts.items() if count}


def _forget_parents(state: sqlite3.Connection, marks: set[tuple[str, str]]) -> int:
    """Files that another document has too stay; that a purged page led to them is forgotten."""
    changed = 0
    for table in ("frontier", "capture"):
        for source in {source for source, _ in marks}:
            asked = f"select distinct parent_url from {table} where source_id = ? and parent_url is not null"
            urls = [str(url) for (url,) in state.execute(asked, [source]).fetchall()]
            for url in urls:
                if (source, address_mark(source, url)) in marks:
                    gone = f"update {table} set parent_url = null where source_id = ? and parent_url = ?"
                    changed += state.execute(gone, [source, url]).rowcount
    return changed


def rows_named(connection: sqlite3.Connection, query: str, names: Sequence[str]) -> list[tuple[Any, ...]]:
    """The rows of a query with a list of names in it, asked in parts."""
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(names), _BATCH):
        part = names[start : start + _BATCH]
        found += connection.execute(query.format(", ".join("?" * len(part))), part).fetchall()
    return found


def _naming_documents(desk: sqlite3.Connection) -> list[tuple[str, str]]:
    """Tables with a column for a document, those first that refer to others; the audit log is not one."""
    tables = [
        row[0]
        for row in desk.execute("select name from sqlite_master where type = 'table' order by name desc")
    ]
    return [
        (str(table), str(column[1]))
        for table in tables
        for column in desk.execute(f'pragma table_info("{table}")')
        if column[1] in ("document_id", "problem_document", "measure_document")
    ]


def _blank_audit(desk: sqlite3.Connection, documents: Sequence[str]) -> int:
    changed = _each(
        desk, "update audit_event set detail = '{{\"purged\": true}}' where subject in ({})", documents
    )
    for document_id in documents:
        said = f"%{document_id}%"
        blank = "update audit_event set detail = '{\"purged\": true}' where detail like ?"
        changed += desk.execute(blank, [said]).rowcount
    return changed


def _opened(file: Path) -> sqlite3.Connection:
    """The store with deleted rows overwritten; the driver begins no transaction of its own."""
    connection = sqlite3.connect(file, timeout=30, isolation_level=None)
    connection.execute("pragma secure_delete = on")
    connection.execute("pragma foreign_keys = off")
    return connection


def _compact(connection: sqlite3.Connection) -> None:
    """Write the file anew and empty its log, so that nothing deleted is left in either."""
    connection.execute("vacuum")
    connection.execute("pragma wal_checkpoint(truncate)")


def delete_named(connection: sqlite3.Connection, table: str, column: str, names: Iterable[str]) -> int:
    """Delete the rows of a table in whose column one of the names stands; how many there were."""
    return _each(connection, f'delete from "{table}" where "{column}" in ({{}})', names)


def _each(connection: sqlite3.Connection, statement: str, names: Iterable[str]) -> int:
    listed, changed = sorted(names), 0
    for start in range(0, len(listed), _BATCH):
        part = listed[start : start + _BATCH]
        changed += connection.execute(statement.format(", ".join("?" * len(part))), part).rowcount
    return changed


_CARDS = "select capture_id, source_id, sha256 from capture where capture_id in ({})"
_STONE = "insert or ignore into purged (name, kind, source_id, sha256, reason, at) values (?, ?, ?, ?, ?, ?)"
_TOMBSTONES = """
create table if not exists purged (
    name varchar not null, kind varchar not null, source_id varchar not null, sha256 varchar,
    reason text not null, at float not null, primary key (name, kind)
)
"""
