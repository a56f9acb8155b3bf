"""Filling `pub`, the facts.duckdb of the publication being made, from the warehouse by the SQL files in
views/.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple
from typing import Any

import duckdb

from warehouse.database import Warehouse
from warehouse.identity import digest
from warehouse.index_delta import update_themes
from warehouse.masked_columns import mask_columns
from warehouse.records import Theme
from warehouse.reprints import mark_reprints
from warehouse.rows import sql, sql_names, stage
from warehouse.search.index import FIELDS_VERSION

_THEME = (
    "theme_id varchar, name_zh varchar, name_en varchar, note varchar, topics varchar[], terms varchar[], "
    "organs varchar[], exclude varchar[]"
)


def fill(
    w: Warehouse, themes: tuple[Theme, ...], schema_version: int, progress: Callable[[int, int], None]
) -> None:
    """Fill every table of `pub`; `selected`, `publishing` and the body places are there already."""
    connection = w.connection
    for name in ("effective_label", "facts_document"):
        connection.execute(sql("views", name))
    mark_reprints(connection)
    for name in ("facts_mined", "facts_history"):
        connection.execute(sql("views", name))
    mask_columns(w)
    connection.execute("create or replace temp table affected as select document_id from pub.document")
    for name in ("macros", "resolve_citations", "later_versions", "validity", "force_days", "index_rows"):
        connection.execute(sql("views", name))
    stage(connection, "theme_row", _THEME, (_theme_row(theme) for theme in themes))
    connection.execute("insert into pub.theme by name select * from theme_row order by theme_id")
    update_themes(w, themes, progress)
    connection.execute(sql("views", "facts_reference"))
    connection.execute(sql("views", "facts_publication"), [schema_version])


def fingerprint(w: Warehouse) -> str:
    """A hash over all that a reader of `pub` can see and how it is indexed; equal means nothing changed."""
    row = w.connection.execute(sql("views", "fingerprint"), [w.home.settings.place.timezone]).fetchone()
    return digest(str(row[0]), FIELDS_VERSION) if row else ""


def failed_checks(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The rules that do not hold for `pub`, each with its count and up to three examples."""
    failed: dict[str, list[str]] = {}
    for name in sql_names("checks"):
        rows = connection.execute(sql("checks", name)).fetchall()
        if rows:
            examples = [f"{document_id} {reason}".strip() for document_id, reason in rows[:3]]
            more = [f"and {len(rows) - 3} more"] if len(rows) > 3 else []
            failed[name] = examples + more
    return failed


def counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """The figures of the publication."""
    answer = connection.execute(sql("views", "counts"))
    names = [column[0] for column in answer.description or ()]
    return dict(zip(names, answer.fetchone() or (), strict=True))


def _theme_row(theme: Theme) -> tuple[Any, ...]:
    return tuple(list(value) if isinstance(value, tuple) else value for value in astuple(theme))
