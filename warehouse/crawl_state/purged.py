"""Tombstones: what was purged is neither fetched nor taken in again; only hashes, reason and day are kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, select

from warehouse.crawl_state.tables import purged
from warehouse.home import Home
from warehouse.identity import address_name, digest

ADDRESS, CAPTURE, DOCUMENT = "address", "capture", "document"
HANDED_IN = "handed-in://"  # then the first digits of the file's SHA-256, a stroke and its name
_MADE = "select count(*) from sqlite_master where type = 'table' and name = 'purged'"


def address_mark(source_id: str, url: str) -> str:
    """The hash under which an address of a source is remembered; http and https are the same.

    A fragment counts: in the frontier it tells one POST request from another.
    """
    return digest(ADDRESS, address_name(source_id, url), url.partition("#")[2], length=32)


def without_purged(connection: Connection, source_id: str, rows: Sequence[Any]) -> list[Any]:
    """The rows (anything with `url`) whose address was not purged."""
    if not rows or not connection.exec_driver_sql(_MADE).scalar_one():
        return list(rows)
    known = set(
        connection.execute(
            select(purged.c.name).where(purged.c.kind == ADDRESS, purged.c.source_id == source_id)
        ).scalars()
    )
    return [row for row in rows if address_mark(source_id, row.url) not in known] if known else list(rows)


@dataclass(frozen=True, slots=True)
class Tombstones:
    """What is not taken in again: ids of documents and captures, and (source, hash) of addresses."""

    documents: frozenset[str] = frozenset()
    captures: frozenset[str] = frozenset()
    addresses: frozenset[tuple[str, str]] = frozenset()

    def holds(self, source_id: str, *urls: str) -> bool:
        """Whether one of the addresses of a source was purged."""
        return bool(self.addresses) and any(
            (source_id, address_mark(source_id, url)) in self.addresses for url in urls
        )


def tombstones(home: Home) -> Tombstones:
    """All that was purged from a home, for who takes things in: asked before anything is archived."""
    rows = _rows(home, "select kind, source_id, name from purged")
    return Tombstones(
        frozenset(name for kind, _, name in rows if kind == DOCUMENT),
        frozenset(name for kind, _, name in rows if kind == CAPTURE),
        frozenset((source, name) for kind, source, name in rows if kind == ADDRESS),
    )


def same_bytes(fingerprint: str) -> str:
    """The address by which a handed-in file is known whatever it is called; `fingerprint` is its SHA-256."""
    return f"{HANDED_IN}{fingerprint[:16]}/"


def purged_documents(home: Home) -> frozenset[str]:
    """The ids of documents that were purged from a home."""
    return frozenset(row[0] for row in _rows(home, f"select name from purged where kind = '{DOCUMENT}'"))


def _rows(home: Home, asked: str) -> list[tuple[str, ...]]:
    if not home.crawl_state_file.is_file():
        return []
    address = f"file:{quote(str(home.crawl_state_file))}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=30)) as connection:
        return connection.execute(asked).fetchall() if connection.execute(_MADE).fetchone()[0] else []
