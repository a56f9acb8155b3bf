"""Comparing the publication that is current with the one shown before, and logging the difference.

What is compared is the publication, not the clock: what a document was in the one logged last is kept in
a small file of its own (`shown/<publication>.duckdb`: names, states and days, no words), so nothing is lost
when publications in between were never looked at or are kept no longer. A document enters the log with the
publication that shows it, however old it is and whenever it was observed; warehouse/queries/reader_delta.py
argues why a reader who reads the log on from where she was is told nothing twice and misses nothing.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from warehouse.desk import Desk
from warehouse.desk.shown import Change, ShownPublication
from warehouse.folders import FACTS, OLDEST_SCHEMA, read_current, read_manifest
from warehouse.home import Home

FOLDER = "shown"
_PAST = 366  # days after which a duty's day is kept no longer: none is moved so late
_SUFFIX = ".duckdb"


def log_current(home: Home, desk: Desk) -> ShownPublication | None:
    """Log the current publication once; its place in the log, None when it is in none.

    The first one of a home says nothing of changes, nor does one whose predecessor nobody knows any more
    (kind `gap`). Cheap when nothing is new; two processes at once log it once.
    """
    current = read_current(home.published)
    if current is None:
        return None
    known = desk.shown.of(current)
    if known is not None:
        return known
    made = _made_at(home.published / current)
    if made is None:
        return None
    day = made.astimezone(ZoneInfo(home.settings.place.timezone)).date()
    last = desk.shown.last()
    for _ in range(2):
        try:
            _compare(home, desk, current, made, day, last)
            break
        except duckdb.Error:  # damaged states go, and the publication they are of is asked
            if last is not None:
                _file(home, last.publication_id).unlink(missing_ok=True)
    return desk.shown.of(current)


def _compare(
    home: Home, desk: Desk, current: str, made: datetime, day: date, last: ShownPublication | None
) -> None:
    file = _file(home, current)
    with _states(home.published / current / FACTS, file, day) as connection:
        base = _base(home, last)
        kind = "delta" if base else ("gap" if last else "first")
        changes = list(_changes(connection, base, day)) if base else []
        connection.execute("detach kept")
    if desk.shown.add(last.publication_id if last else None, current, made, day, kind, changes):
        for old in file.parent.iterdir():  # former states, and what a killed process left
            if old != file and current not in old.name:
                old.unlink(missing_ok=True)


def _file(home: Home, publication_id: str) -> Path:
    return home.root / FOLDER / f"{publication_id}{_SUFFIX}"


@contextmanager
def _states(facts: Path, file: Path, day: date) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in which `kept` is the new file of states, whole on the disk before it has its name."""
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(f".{file.name}-{os.getpid()}-{threading.get_ident()}")
    partial.unlink(missing_ok=True)
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": "1GB",
        "autoinstall_known_extensions": "false",
    }
    with closing(duckdb.connect(config=config)) as one:
        one.execute("set timezone = 'UTC'")
        _attach(one, facts, "facts", read_only=True)
        _attach(one, partial, "kept")
        one.execute("create table kept.document as " + _DOCUMENTS)
        one.execute("create table kept.duty as " + _DUTIES, [day - timedelta(days=_PAST)])
        yield one
    partial.replace(file)


def _base(home: Home, last: ShownPublication | None) -> tuple[Path, bool] | None:
    """Where the states of the publication logged last are: in their file, else in that publication itself."""
    if last is None:
        return None
    file = _file(home, last.publication_id)
    facts = home.published / last.publication_id / FACTS
    if file.is_file():
        return file, True
    return (facts, False) if _made_at(facts.parent) else None


def _changes(connection: duckdb.DuckDBPyConnection, base: tuple[Path, bool], day: date) -> Iterator[Change]:
    file, is_states = base
    if is_states:
        _attach(connection, file, "was", read_only=True)
    else:
        connection.execute("detach facts")
        _attach(connection, file, "facts", read_only=True)
        connection.execute("attach ':memory:' as was")
        connection.execute("create table was.document as " + _DOCUMENTS)
        connection.execute("create table was.duty as " + _DUTIES, [day - timedelta(days=_PAST)])
    connection.execute(_KEEP_GONE)
    for row in connection.execute(_DOCUMENT_CHANGES).fetchall():
        yield Change(*row)
    for row in connection.execute(_DUTY_CHANGES, [day]).fetchall():
        yield Change(*row)


def _attach(connection: duckdb.DuckDBPyConnection, file: Path, name: str, *, read_only: bool = False) -> None:
    escaped = str(file).replace("'", "''")
    connection.execute(f"attach '{escaped}' as {name}" + (" (read_only)" if read_only else ""))


def _made_at(folder: Path) -> datetime | None:
    """When the publication was made, None when it is not there or of a schema that is read no longer."""
    manifest = read_manifest(folder)
    if manifest is None or int(manifest.get("schema_version", 0)) < OLDEST_SCHEMA:
        return None
    return datetime.fromisoformat(str(manifest["created_at"])).astimezone(UTC)


_DOCUMENTS = """
select document_id, changed_at, status, coalesce(validity, 'unknown') as validity from facts.document
"""
# A duty that was moved reads as before but for its numbers, so its sentence without them tells which it is.
_DUTIES = r"""
select distinct document_id, fact_id, due,
       hash(regexp_replace(sentence, '[0-9０-９〇○零一二三四五六七八九十百\s]+', '', 'g')) as reads
from facts.dated_duty where due >= ?
"""
# What left the publication is remembered, so that it is not new when it comes back.
_KEEP_GONE = """
insert into kept.document
select document_id, changed_at, 'gone', validity from was.document
where document_id not in (select document_id from kept.document)
"""
_ENDS = "({one}.validity in ('amended', 'repealed', 'expired'))"
_DOCUMENT_CHANGES = f"""
with pair as (
    select now.document_id, now.status, now.validity, now.changed_at, was.document_id is null as is_new,
           was.status as old_status, was.validity as old_validity, was.changed_at as old_changed_at
    from kept.document now left join was.document was on was.document_id = now.document_id
    where now.status <> 'gone' and (
        was.document_id is null or now.changed_at > was.changed_at or now.status <> was.status
        or now.validity <> was.validity
    )
),
told as (
    select document_id, 'new' as kind, status, validity from pair where is_new
    union all
    select document_id, 'changed', status, validity from pair
    where not is_new and changed_at > old_changed_at
    union all
    select document_id, 'withdrawn', status, validity from pair
    where status = 'withdrawn' and old_status <> 'withdrawn'
    union all
    select document_id, 'returned', status, validity from pair
    where status = 'active' and old_status <> 'active'
    union all
    select document_id, 'ended', status, validity from pair
    where {_ENDS.format(one="pair")} and validity <> old_validity
    union all
    select document_id, 'revived', status, validity from pair
    where not {_ENDS.format(one="pair")} and old_validity in ('amended', 'repealed', 'expired')
)
select document_id, kind, status, validity from told order by all
"""
_DUTY_CHANGES = """
with held as (  -- before and now: the duties of a new document, or one that came back, come with it
    select now.document_id, now.status, now.validity
    from kept.document now join was.document was on was.document_id = now.document_id
    where now.status = 'active' and was.status = 'active'
),
came as (
    select d.*, row_number() over (partition by d.document_id, d.reads order by d.due, d.fact_id) as place
    from kept.duty d semi join held on held.document_id = d.document_id
    anti join was.duty w on w.document_id = d.document_id and w.reads = d.reads and w.due = d.due
),
left_out as (
    select w.*, row_number() over (partition by w.document_id, w.reads order by w.due, w.fact_id) as place
    from was.duty w
    anti join kept.duty d on d.document_id = w.document_id and d.reads = w.reads and d.due = w.due
)
select c.document_id, case when l.due is null then 'due-added' else 'due-moved' end as kind, h.status,
       h.validity, c.fact_id, c.due, l.due as old_due
from came c join held h on h.document_id = c.document_id
left join left_out l on l.document_id = c.document_id and l.reads = c.reads and l.place = c.place
where c.due >= ?
order by all
"""
