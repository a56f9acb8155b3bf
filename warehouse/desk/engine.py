"""Opening the desk's database: every commit on the disk before it is answered, numbered migrations."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path

from sqlalchemy import Engine

from warehouse.errors import EnvironmentProblem
from warehouse.sqlite_file import open_file, reading, schema_version, writing

BUSY_SECONDS = 10.0


def open_engine(file: Path, migrations: Path | None = None) -> Engine:
    """The engine over the desk's file, made or migrated first; EnvironmentProblem when that cannot be."""
    pragmas = ("synchronous=FULL", "foreign_keys=ON")
    engine = open_file(file, "the desk", pragmas=pragmas, wait_seconds=BUSY_SECONDS)
    _migrate(engine, file, _steps(migrations))
    return engine


def _steps(folder: Path | None) -> list[str]:
    found = folder.iterdir() if folder else files("warehouse.desk").joinpath("migrations").iterdir()
    named = {step.name: step for step in found if step.name.endswith(".sql")}
    return [named[name].read_text(encoding="utf-8") for name in sorted(named)]


def _migrate(engine: Engine, file: Path, steps: list[str]) -> None:
    with reading(engine) as connection:
        version = schema_version(connection)
    if version > len(steps):
        raise EnvironmentProblem(
            f"{file}: written by a newer govbrief (desk schema {version}, known is {len(steps)});"
            " use that version."
        )
    if version == len(steps):
        return
    if version:
        _keep_copy(file, version)
    with writing(engine) as connection:
        for number in range(schema_version(connection), len(steps)):  # another process may have been quicker
            for statement in _statements(steps[number]):
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql(f"PRAGMA user_version = {number + 1}")


def _keep_copy(file: Path, version: int) -> None:
    """A copy of the file as it was, beside it, before a migration touches it."""
    with (
        closing(sqlite3.connect(file)) as source,
        closing(sqlite3.connect(f"{file}.schema-{version}")) as copy,
    ):
        source.backup(copy)


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; a trigger's own semicolons do not end it."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
