"""Texts of readings by name, read where they lie: what packs them together is unpacked once."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from warehouse.rows import stage

_NEAR = 4_096  # rows: DuckDB packs 2,048 together
_ROWS = "select rowid from reading_text semi join due_text using (reading_id) order by rowid"
_RUN = "from reading_text semi join due_text using (reading_id) where reading_text.rowid between $1 and $2"


def reading_texts(connection: duckdb.DuckDBPyConnection, readings: Iterable[str]) -> dict[str, str]:
    """The texts of these readings; those that are not held are left out.

    A plain join would unpack every text there is. Ask for some hundreds or thousands at a time, best in the
    order in which they were stored.
    """
    stage(connection, "due_text", "reading_id varchar", ((one,) for one in readings))
    found: dict[str, str] = {}
    for run in _runs(number for (number,) in connection.execute(_ROWS).fetchall()):
        found.update(connection.execute(_RUN, run).fetchall())
    return found


def _runs(numbers: Iterable[int]) -> list[list[int]]:
    """First and last of rows that lie near one another."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number - runs[-1][1] <= _NEAR:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return runs
