"""What a purge is to remove, by names and hashes alone, and the journal from which a killed one goes on."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from warehouse.crawl_state.purged import HANDED_IN, address_mark
from warehouse.database import reading_warehouse
from warehouse.errors import UserError
from warehouse.files import write_whole
from warehouse.home import Home
from warehouse.identity import address_name
from warehouse.purge_journal import JOURNAL
from warehouse.rows import stage


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asked for; at least one of the three."""

    documents: tuple[str, ...] = ()
    captures: tuple[str, ...] = ()
    source: str | None = None
    shared: bool = False  # also the documents that share a record with them
    strict: bool = True  # a name that is not known here is the asker's error; else it is passed over


@dataclass(frozen=True, slots=True)
class Plan:
    """Names of everything that goes. No word of a document stands here: the journal outlives their text."""

    reason: str
    at: float
    documents: tuple[str, ...]
    captures: tuple[str, ...]
    readings: tuple[str, ...]
    segments: tuple[str, ...]  # body segments that hold their bodies
    marks: tuple[tuple[str, str], ...]  # source and hash of each address that is not to be fetched again
    hashes: tuple[str, ...]  # SHA-256 of their files, by which corrected texts are kept
    kept: tuple[str, ...] = ()  # captures that other documents rest on too: they stay
    kept_for: tuple[str, ...] = ()  # those documents
    copies: tuple[str, ...] = ()  # documents that print the same text: they stay


def make_plan(home: Home, wish: Wish, reason: str, *, lock: bool = True) -> Plan:
    """Find everything that belongs to what was asked for; a UserError when that is not known here."""
    with reading_warehouse(home, lock) as connection, closing(_crawl_state(home)) as state:
        documents = _documents(connection, wish)
        captures = _captures(connection, state, wish, documents)
        rested = _resting(connection, captures, documents)
        if wish.shared and rested:
            more = {document for _, document in rested}
            wider = replace(wish, documents=(*documents, *more))
            return make_plan_again(home, wider, reason, connection, state)
        return _plan(home, connection, state, reason, documents, captures, rested)


def make_plan_again(
    home: Home, wish: Wish, reason: str, connection: duckdb.DuckDBPyConnection, state: sqlite3.Connection
) -> Plan:
    """With the documents that share a record, and those that share one with them, until there are no more."""
    documents = _documents(connection, wish)
    while True:
        captures = _captures(connection, state, wish, documents)
        rested = _resting(connection, captures, documents)
        if not rested:
            return _plan(home, connection, state, reason, documents, captures, rested)
        documents |= {document for _, document in rested}


def _plan(
    home: Home,
    connection: duckdb.DuckDBPyConnection,
    state: sqlite3.Connection,
    reason: str,
    documents: set[str],
    captures: set[str],
    rested: set[tuple[str, str]],
) -> Plan:
    kept = {capture for capture, _ in rested}
    doomed = captures - kept
    _stage(connection, "doomed", documents)
    readings = _names(
        connection, "select reading_id from reading where document_id in (select name from doomed)"
    )
    _stage(connection, "doomed_reading", readings)
    held = _names(connection, "select table_name from duckdb_tables()")  # a backup may be of former days
    segments = {one for table, asked in _SEGMENTS if table in held for one in _names(connection, asked)}
    rows = _rows(
        state, "select source_id, url, final_url, sha256 from capture where capture_id in ({})", doomed
    )
    marks = {(source, address_mark(source, url)) for source, *urls, _ in rows for url in urls}
    marks |= {
        (source, address_mark(source, f"{url.rpartition('/')[0]}/"))  # the same file under another name
        for source, *urls, _ in rows for url in urls if url.startswith(HANDED_IN)
    }  # fmt: skip
    for name in _names(connection, _ALIASES):
        source, _, rest = name.partition(" ")
        marks.add((source, address_mark(source, f"http://{rest}")))
    marks |= {(source, address_mark(source, url)) for source, url in _waiting(connection, state)}
    return Plan(
        reason, home.clock.now().timestamp(), _sorted(documents), _sorted(doomed), _sorted(readings),
        _sorted(segments), tuple(sorted(marks)), _sorted({row[3] for row in rows}),
        _sorted(kept), _sorted({document for _, document in rested}), _sorted(_names(connection, _COPIES)),
    )  # fmt: skip


def _documents(connection: duckdb.DuckDBPyConnection, wish: Wish) -> set[str]:
    _stage(connection, "asked", wish.documents)
    aliases = "select document_id from document_alias where alias in (select name from asked)"
    own = "select document_id from document where document_id in (select name from asked)"
    found = _names(connection, f"{own} union {aliases}")
    known = found | _names(
        connection, "select alias from document_alias where alias in (select name from asked)"
    )
    strange = sorted(set(wish.documents) - known)
    if strange and wish.strict:
        raise UserError(f"There is no document '{strange[0]}' in this home; nothing was removed.")
    if wish.source:
        rows = connection.execute(
            "select document_id from document where source_id = ?", [wish.source]
        ).fetchall()
        found |= {str(row[0]) for row in rows}
    _stage(connection, "asked", wish.captures)
    return found | _names(
        connection, f"select document_id from ({_RESTS}) where capture_id in (select name from asked)"
    )


def _captures(
    connection: duckdb.DuckDBPyConnection, state: sqlite3.Connection, wish: Wish, documents: set[str]
) -> set[str]:
    """Captures they rest on, every other capture of their addresses and attached files, and those named."""
    _stage(connection, "doomed", documents)
    inside = "where document_id in (select name from doomed)"
    found = _names(connection, f"select capture_id from ({_RESTS}) {inside}")
    names = _names(connection, _ALIASES)
    for source, url in connection.execute(_FILES).fetchall():
        names.add(address_name(source, url))
    sources = {name.partition(" ")[0] for name in names}
    for source in sources:
        asked = "select capture_id, url, final_url from capture where source_id = ?"
        for capture, url, final in state.execute(asked, [source]):
            if address_name(source, url) in names or address_name(source, final) in names:
                found.add(str(capture))
    known = {
        str(row[0])
        for row in _rows(state, "select capture_id from capture where capture_id in ({})", wish.captures)
    }
    strange = sorted(set(wish.captures) - known)
    if strange and wish.strict:
        raise UserError(f"There is no capture '{strange[0]}' in this home; nothing was removed.")
    if wish.source:
        known |= {
            str(row[0])
            for row in state.execute("select capture_id from capture where source_id = ?", [wish.source])
        }
        if not known and not documents and wish.strict:
            raise UserError(
                f"Nothing in this home came from the source '{wish.source}'; nothing was removed."
            )
    return found | known


def _waiting(connection: duckdb.DuckDBPyConnection, state: sqlite3.Connection) -> set[tuple[str, str]]:
    """Addresses of files of the staged documents, fetched or not, unless another document has them too."""
    names = _names(connection, _ALIASES)
    found = {(str(source), str(url)) for source, url in connection.execute(_FILES).fetchall()}
    for source in {name.partition(" ")[0] for name in names}:
        asked = "select url, parent_url from frontier where source_id = ? and parent_url is not null"
        found |= {
            (source, str(url))
            for url, parent in state.execute(asked, [source])
            if address_name(source, parent) in names
        }
    others = {address_name(source, url) for source, url in connection.execute(_OTHER_FILES).fetchall()}
    return {one for one in found if address_name(*one) not in others}


def _resting(
    connection: duckdb.DuckDBPyConnection, captures: set[str], documents: set[str]
) -> set[tuple[str, str]]:
    """Captures of the plan that documents outside it rest on too, each with the document."""
    _stage(connection, "asked", captures)
    _stage(connection, "doomed", documents)
    rows = connection.execute(
        f"""
        select capture_id, document_id
        from ({_RESTS})
        where capture_id in (select name from asked) and document_id not in (select name from doomed)
        """
    ).fetchall()
    return {(str(capture), str(document)) for capture, document in rows}


def write_journal(home: Home, plan: Plan) -> None:
    """Keep the plan until the purge is done."""
    write_whole(home.root / JOURNAL, json.dumps(asdict(plan)))


def read_journal(home: Home) -> Plan | None:
    """The plan of a purge that was not completed, None when there is none."""
    file = home.root / JOURNAL
    if not file.is_file():
        return None
    told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    lists = {name: tuple(value) for name, value in told.items() if isinstance(value, list)}
    marks = tuple((str(one[0]), str(one[1])) for one in told["marks"])
    return Plan(**{**told, **lists, "marks": marks})


def drop_journal(home: Home) -> None:
    """The purge is done."""
    (home.root / JOURNAL).unlink(missing_ok=True)


def _crawl_state(home: Home) -> sqlite3.Connection:
    file: Path = home.crawl_state_file
    if not file.is_file():
        raise UserError(f"{home.root} has no crawl state, so nothing was ever taken in; nothing was removed.")
    return sqlite3.connect(file, timeout=30)


def _stage(connection: duckdb.DuckDBPyConnection, name: str, names: Iterable[str]) -> None:
    stage(connection, name, "name varchar", ((one,) for one in names))


def _names(connection: duckdb.DuckDBPyConnection, query: str) -> set[str]:
    return {str(row[0]) for row in connection.execute(query).fetchall()}


def _rows(state: sqlite3.Connection, query: str, names: Iterable[str]) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    listed: Sequence[str] = sorted(names)
    for start in range(0, len(listed), 500):
        part = listed[start : start + 500]
        found += state.execute(query.format(", ".join("?" * len(part))), part).fetchall()
    return found


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names))


_RESTS = """
    select capture_id, document_id from reading
    union
    select capture_id, document_id from version
    union
    select capture_id, document_id from attachment where capture_id is not null
"""
_SEGMENTS = (
    ("body_place", "select segment from body_place where reading_id in (select name from doomed_reading)"),
    ("past_body", "select segment from past_body where document_id in (select name from doomed)"),
)
_ALIASES = (
    "select alias from document_alias where document_id in (select name from doomed) and alias like '% %'"
)
_FILES = """
select document.source_id, attachment.url
from attachment join document using (document_id)
where document_id in (select name from doomed)
"""
_OTHER_FILES = """
select document.source_id, attachment.url
from attachment join document using (document_id)
where document_id not in (select name from doomed)
union
select document.source_id, document.url
from document
where document_id not in (select name from doomed) and document.url is not null
"""
_COPIES = """
select distinct other.document_id
from reading own join reading other on other.text_hash = own.text_hash
where own.document_id in (select name from doomed)
    and other.document_id not in (select name from doomed)
    and other.reading_id in (select reading_id from document)
    and own.reading_id in (select reading_id from reading_text where length(text) >= 20)
"""
