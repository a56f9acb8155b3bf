"""What the schemas hold, as the engines themselves list it: for the data dictionary and its tests."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import tantivy

from warehouse.rows import sql, sql_names
from warehouse.search.index import schema
from warehouse.stable_views import define_stable_views

Columns = Mapping[str, str]  # name -> type as DuckDB writes it, in order
_LISTED = """
    select if(schema_name = 'main', '', schema_name || '.') || {kind}_name
    from duckdb_{kind}s() where not internal order by {kind}_oid
"""


def publication_tables() -> dict[str, Columns]:
    """Tables of facts.duckdb."""
    with duckdb.connect() as connection:
        connection.execute(sql("views", "publication_schema"))
        return _listed(connection, "table")


def publication_views() -> dict[str, Columns]:
    """Views of facts.duckdb, with their schema."""
    with duckdb.connect() as connection:
        connection.execute(sql("views", "publication_schema"))
        define_stable_views(connection)
        return _listed(connection, "view")


def warehouse_tables() -> dict[str, Columns]:
    """Tables of warehouse.duckdb after the last migration."""
    with duckdb.connect() as connection:
        _migrate(connection)
        return _listed(connection, "table")


def warehouse_views() -> dict[str, Columns]:
    """Views of warehouse.duckdb after the last migration."""
    with duckdb.connect() as connection:
        _migrate(connection)
        return _listed(connection, "view")


def _migrate(connection: duckdb.DuckDBPyConnection) -> None:
    for name in sql_names("migrations"):
        connection.execute(sql("migrations", name))


def _listed(connection: duckdb.DuckDBPyConnection, kind: str) -> dict[str, Columns]:
    names = [row[0] for row in connection.execute(_LISTED.format(kind=kind)).fetchall()]
    return {
        name: {row[0]: row[1] for row in connection.execute(f"describe {name}").fetchall()} for name in names
    }


def index_fields() -> list[tuple[str, str]]:
    """Name and kind of each field of the search index, as the index itself lists them."""
    with tempfile.TemporaryDirectory(prefix="govbrief-index-") as folder:
        tantivy.Index(schema(), folder)
        meta = json.loads((Path(folder) / "meta.json").read_text(encoding="utf-8"))
    return [(field["name"], _kind(field)) for field in meta["schema"]]


def _kind(field: dict[str, Any]) -> str:
    """Such as `text, spaced, fast` from what tantivy keeps of a field."""
    options = field["options"]
    indexing = options.get("indexing") or {}
    parts = [field["type"], indexing.get("tokenizer"), indexing.get("record")]
    parts += [name for name in ("stored", "fast") if options.get(name)]
    return ", ".join(part for part in parts if part)
