"""Tombstones: what was purged is neither fetched nor taken in again; only hashes, reason and day are kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, select

from warehouse.crawl_state.tables import purged
from warehouse.home import Home
from warehouse.identity import address_name, digest

ADDRESS, CAPTURE, DOCUMENT = "address", "capture", "document"
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


def purged_documents(home: Home) -> frozenset[str]:
    """The ids of documents that were purged from a home."""
    if not home.crawl_state_file.is_file():
        return frozenset()
    address = f"file:{quote(str(home.crawl_state_file))}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=30)) as connection:
        if not connection.execute(_MADE).fetchone()[0]:
            return frozenset()
        rows = connection.execute("select name from purged where kind = ?", [DOCUMENT])
        return frozenset(str(row[0]) for row in rows)
