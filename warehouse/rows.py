"""Bulk passage of rows into DuckDB and SQL files out of the package."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from typing import Any

import duckdb
import numpy as np

Row = Sequence[Any]
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def stage(connection: duckdb.DuckDBPyConnection, name: str, columns: str, rows: Iterable[Row]) -> int:
    """Make the temporary table `name` out of `rows` and return how many there are.

    `columns` lists names and SQL types as `create table` does: "document_id varchar, pages integer".
    Columns travel as numpy arrays, ten times faster than parameters one row at a time.
    """
    table = list(rows)
    typed = [column.split(maxsplit=1) for column in columns.split(",")]
    types = ", ".join(f'"{column}" {kind}' for column, kind in typed)
    connection.execute(f"create or replace temp table {name} ({types})")
    if not table:
        return 0
    arrays = {column: _array([row[at] for row in table]) for at, (column, _) in enumerate(typed)}
    connection.register("staged_columns", arrays)
    try:
        casts = ", ".join(f'"{column}"::{kind}' for column, kind in typed)
        connection.execute(f"insert into {name} select {casts} from staged_columns")
    finally:
        connection.unregister("staged_columns")
    return len(table)


def stage_like(connection: duckdb.DuckDBPyConnection, name: str, table: str, rows: Iterable[Row]) -> int:
    """Make the temporary table `name` with the columns of `table` out of `rows` and return how many there
    are.
    """
    described = connection.execute(f"describe {table}").fetchall()
    return stage(connection, name, ", ".join(f"{row[0]} {row[1]}" for row in described), rows)


@cache
def sql(folder: str, name: str) -> str:
    """The text of `warehouse/<folder>/<name>.sql`."""
    return (resources.files(f"warehouse.{folder}") / f"{name}.sql").read_text(encoding="utf-8")


@cache
def sql_names(folder: str) -> tuple[str, ...]:
    """The names, sorted, of the SQL files in `warehouse/<folder>`."""
    files = resources.files(f"warehouse.{folder}").iterdir()
    return tuple(sorted(file.name[:-4] for file in files if file.name.endswith(".sql")))


def _array(values: list[Any]) -> np.ndarray[Any, Any]:
    array = np.empty(len(values), dtype=object)
    for at, value in enumerate(values):
        array[at] = _clean(value)
    return array


def _clean(value: Any) -> Any:
    """Text without lone surrogates, which are no characters and cannot be stored as UTF-8; other values as
    they are.
    """
    if isinstance(value, str):
        return value if value.isascii() or not _SURROGATE.search(value) else _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return value
