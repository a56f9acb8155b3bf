"""Parquet with typed columns, written and read through DuckDB without holding the table in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

from warehouse.errors import EnvironmentProblem, UserError
from warehouse.exchange.table import COLUMNS, SQL_TYPES, flat
from warehouse.rows import stage

BATCH = 1000
MAGIC = b"PAR1"
_CONFIG = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "400MB",
    "threads": "2",
}
_TYPED = ", ".join(f"{column.name} {SQL_TYPES[column.type]}" for column in COLUMNS)


def write_parquet(lines: Iterable[Mapping[str, Any]], file: Path) -> None:
    """The lines of the JSONL schema as one file, lists as lists, in row groups of 20,000 documents.

    The rows wait in a DuckDB file beside `file`, which is removed at the end. EnvironmentProblem when one
    of the two cannot be written.
    """
    with tempfile.TemporaryDirectory(prefix=".parquet-", dir=file.parent) as folder:
        try:
            _write(lines, file, folder)
        except (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException) as error:
            raise EnvironmentProblem(
                f"{file.parent}: the export cannot be written there ({_first(error)}); make room or choose"
                " another place."
            ) from error


def _write(lines: Iterable[Mapping[str, Any]], file: Path, folder: str) -> None:
    config: dict[str, Any] = {**_CONFIG, "temp_directory": folder}
    with duckdb.connect(str(Path(folder) / "rows.duckdb"), config=config) as connection:
        connection.execute("set global pandas_analyze_sample = 100000")
        connection.execute("set enable_progress_bar = false")
        connection.execute(f"create table line ({_TYPED})")
        rows = (tuple(flat(line).values()) for line in lines)
        while batch := list(islice(rows, BATCH)):
            stage(connection, "staged", _TYPED, batch)
            connection.execute("insert into line select * from staged")
        target = str(file).replace("'", "''")
        connection.execute(
            f"copy line to '{target}' (format parquet, compression zstd, row_group_size 20000)"
        )


def read_parquet(file: Path) -> Iterator[dict[str, Any]]:
    """The rows of a Parquet file, one dictionary a row; UserError when it is none."""
    with _opened(file) as (connection, name):
        try:
            answer = connection.execute(f"select * from read_parquet('{name}')")
            columns = [column[0] for column in answer.description or ()]
            while rows := answer.fetchmany(BATCH):
                for row in rows:
                    yield dict(zip(columns, row, strict=True))
        except duckdb.Error as error:
            raise UserError(f"{file}: not a Parquet file that can be read ({_first(error)}).") from error


def count_parquet(file: Path) -> int:
    """How many rows a Parquet file says it has; 0 when it cannot be read."""
    with _opened(file) as (connection, name):
        try:
            row = connection.execute(f"select count(*) from read_parquet('{name}')").fetchone()
        except duckdb.Error:
            return 0
    return int(row[0]) if row else 0


@contextmanager
def _opened(file: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, str]]:
    """A connection that reads one file, under a name in which nothing is a pattern."""
    with tempfile.TemporaryDirectory(prefix="govbrief-parquet-") as folder:
        link = Path(folder) / "in.parquet"
        link.symlink_to(file.resolve())
        config: dict[str, Any] = {**_CONFIG, "temp_directory": folder}
        with duckdb.connect(config=config) as connection:
            connection.execute("set timezone = 'UTC'")
            yield connection, str(link).replace("'", "''")


def _first(error: duckdb.Error) -> str:
    return str(error).splitlines()[0].split("'")[0].strip(' .:"')
