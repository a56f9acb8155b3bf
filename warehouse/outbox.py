"""Which documents the next publication writes anew, noted by each writer in its own transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import duckdb

from warehouse.rows import stage

What = Literal["content", "seen"]


def touch(connection: duckdb.DuckDBPyConnection, document_ids: Iterable[str], what: What = "content") -> int:
    """Note that readers will see other values of these documents, or no longer see them; returns how many.

    To be called inside the transaction that makes the change. A document that is gone from the warehouse is
    taken out of the publication. `seen`: nothing changed but the instant of the last sighting.
    """
    count = stage(connection, "touched_now", "document_id varchar", ((one,) for one in set(document_ids)))
    if count:
        connection.execute("insert into outbox select document_id, $1 from touched_now", [what])
    return count


def touch_rows(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    """Note the documents that `query`, our own SQL with one column, names."""
    connection.execute(f"insert into outbox select distinct *, 'content' from ({query})")


def make_whole(connection: duckdb.DuckDBPyConnection) -> None:
    """Let the next publication be made from nothing, so that no byte of a row taken out stays in its file.

    What is erased for good (`purge`) needs this: deleted rows lie in a DuckDB file until it is written anew.
    """
    connection.execute("delete from publication_state")
