"""Before a delta is made: what is damaged is not built upon, so that publishing is the way back."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from warehouse.errors import EnvironmentProblem
from warehouse.folders import read_current
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.search.index import open_index
from warehouse.search.index_check import damaged_files, size_of
from warehouse.search.past import PAST_INDEX
from warehouse.suspicion import first_line, is_marked, means_damage

SMALL = 64_000_000  # bytes of an index that are read in a moment, marked or not
_TABLES = "select table_name from duckdb_tables() where not internal and not temporary order by table_name"


def drop_damaged_indexes(home: Home) -> bool:
    """Remove the writer's index, or that of former versions, when it or the published one is damaged.

    Publications hold the writer's files by names of their own, so damage in one is damage in the other.
    Large ones are read only when a reader met damage. True: the next publication needs an index of its own.
    """
    current = read_current(home.published)
    if current is None:
        return False
    anew = not _opens(home.published / current / "index")
    for own, name in ((home.index, "index"), (home.root / PAST_INDEX, PAST_INDEX)):
        held = [one for one in (own, home.published / current / name) if one.is_dir()]
        if not is_marked(home.published) and sum(map(size_of, held)) > SMALL:
            continue
        read: set[tuple[int, int]] = set()  # most files are the same under two names
        if any(damaged_files(folder, read) for folder in held):
            shutil.rmtree(own, ignore_errors=True)
            anew = True
    return anew


def _opens(folder: Path) -> bool:
    """Whether an index can be opened at all; one that cannot leaves the mark."""
    try:
        open_index(folder)
    except EnvironmentProblem:
        return False
    return True


def damaged_tables(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Tables of an open file that cannot be read to the end, each with what DuckDB says.

    DuckDB compares a block with its sum when it reads it, so every column of every row is read once.
    """
    found: dict[str, str] = {}
    try:
        tables = [str(row[0]) for row in connection.execute(_TABLES).fetchall()]
    except duckdb.Error as error:
        return {"": first_line(error)}
    for table in tables:
        quoted = table.replace('"', '""')
        try:
            connection.execute(f'select sum(hash(t)::hugeint) from "{quoted}" t').fetchall()
        except duckdb.Error as error:
            found[table] = first_line(error)
    return found


def facts_are_damaged(publication: Publication) -> bool:
    """Whether a table of a publication cannot be read to the end."""
    cursor = publication.cursor()
    try:
        return bool(damaged_tables(cursor))
    finally:
        cursor.close()


def delta_failed(error: BaseException) -> bool:
    """Whether a delta failed over damage in what it was made from, so that a whole one may succeed."""
    cause: BaseException | None = error
    while cause is not None:
        if means_damage(cause):
            return True
        cause = cause.__cause__
    return False
