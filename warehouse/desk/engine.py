"""Opening the desk's database: WAL, every commit on the disk before it is answered, numbered migrations."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from warehouse.errors import EnvironmentProblem

BUSY_MILLISECONDS = 10_000


def open_engine(file: Path, migrations: Path | None = None) -> Engine:
    """The engine over the desk's file, made or migrated first; EnvironmentProblem when that cannot be."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentProblem(f"{file.parent}: cannot be made ({error.strerror}).") from error
    engine = create_engine(f"sqlite:///{file}", connect_args={"timeout": BUSY_MILLISECONDS / 1000})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    _migrate(engine, file, _steps(migrations))
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A write transaction; a second writer waits for it instead of failing."""
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        raise _named(error, engine) from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A read transaction that blocks nobody."""
    try:
        with engine.connect().execution_options(desk_reads=True) as connection:
            yield connection
    except DBAPIError as error:
        raise _named(error, engine) from error


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun by _begin, not by the driver
    for pragma in (
        f"busy_timeout={BUSY_MILLISECONDS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    reads = connection.get_execution_options().get("desk_reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _steps(folder: Path | None) -> list[str]:
    found = folder.iterdir() if folder else files("warehouse.desk").joinpath("migrations").iterdir()
    named = {step.name: step for step in found if step.name.endswith(".sql")}
    return [named[name].read_text(encoding="utf-8") for name in sorted(named)]


def _migrate(engine: Engine, file: Path, steps: list[str]) -> None:
    with reading(engine) as connection:
        version = _version(connection)
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
        for number in range(_version(connection), len(steps)):  # another process may have been quicker
            for statement in _statements(steps[number]):
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql(f"PRAGMA user_version = {number + 1}")


def _version(connection: Connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


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


def _named(error: DBAPIError, engine: Engine) -> Exception:
    """A full, locked or refused file as the sentence a person needs; anything else unchanged."""
    said = str(error.orig).lower()
    if "locked" in said:
        return EnvironmentProblem(
            f"{engine.url.database}: another process has been writing for long; try again."
        )
    if any(
        words in said
        for words in ("disk is full", "disk i/o", "readonly", "unable to open", "not a database")
    ):
        return EnvironmentProblem(
            f"{engine.url.database}: the desk cannot be read or written ({error.orig});"
            " free space, check its permissions or restore a backup."
        )
    return error
