"""Filling `pub`, the facts.duckdb of the publication being made: touched rows, then what follows from them.

Everything after `derive` works on the temporary table `affected`; a new derived part belongs between `derive`
and `carry_counted`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb

from warehouse.board import update_board
from warehouse.carried import carry_counted, carry_reference
from warehouse.completeness import update_completeness
from warehouse.database import Warehouse
from warehouse.derived import derive
from warehouse.draft import Draft
from warehouse.fresh_rows import write_rows
from warehouse.index_delta import look_at, update_themes
from warehouse.records import Theme
from warehouse.rows import sql, sql_names, stage

Progress = Callable[[str, int, int], None]
_THEME = (
    "theme_id varchar, name_zh varchar, name_en varchar, note varchar, topics varchar[], terms varchar[], "
    "organs varchar[], exclude varchar[], analyst varchar"
)


def fill(w: Warehouse, draft: Draft, themes: tuple[Theme, ...], publication_id: str, report: Progress) -> int:
    """Fill every table of `pub` but those of networks and of the publication; returns the bodies written.

    `publishing` is there already.
    """
    connection = w.connection
    written = write_rows(w, draft, publication_id, report)
    derive(w, draft)
    update_completeness(w, whole=draft.whole)
    look_at(w)
    carry_reference(w)
    stage(connection, "theme_row", _THEME, (_theme_row(theme) for theme in themes))
    connection.execute("delete from pub.theme")
    connection.execute("insert into pub.theme by name select * from theme_row order by theme_id")
    update_themes(w, themes, lambda done, total: report("themes", done, total))
    connection.execute(sql("views", "theme_members"))
    carry_counted(w)
    update_board(w)
    connection.execute(sql("views", "summary_indexes"))
    return written.bodies


def describe(w: Warehouse) -> None:
    """Write the row on the publication itself; `networks_as_of` is there."""
    w.connection.execute(sql("views", "facts_publication"))


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
    """The columns that are published; how weak terms and names count is the affair of the rules alone."""
    values = (getattr(theme, column.split()[0]) for column in _THEME.split(","))
    return tuple(list(value) if isinstance(value, tuple) else value for value in values)
