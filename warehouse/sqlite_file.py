"""The SQLite files of crawl state and desk: WAL, queued writers, free readers, disk errors named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from warehouse.errors import EnvironmentProblem

_DAMAGED = ("file is not a database", "malformed")
_REFUSED = ("database or disk is full", "disk i/o error", "readonly database", "unable to open database file")


def open_file(file: Path, called: str, *, pragmas: Sequence[str], wait_seconds: float) -> Engine:
    """An engine over the file, its folder made; `called` names the store in error sentences."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentProblem(f"{file.parent}: cannot be made ({error.strerror}).") from error
    waits = (f"busy_timeout={int(wait_seconds * 1000)}", "journal_mode=WAL", *pragmas)
    return open_address(f"sqlite:///{file}", called, pragmas=waits, wait_seconds=wait_seconds)


def open_address(address: str, called: str, *, pragmas: Sequence[str], wait_seconds: float) -> Engine:
    """An engine over an SQLite address whose transactions are begun by us, not by the driver."""

    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun by _begin
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    engine = create_engine(
        address, connect_args={"timeout": wait_seconds}, execution_options={"govbrief_store": called}
    )
    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A write transaction, begun IMMEDIATE: a second writer waits, and two never think the same row free."""
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        raise _named(error, engine) from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A read transaction that blocks nobody."""
    try:
        with engine.connect().execution_options(govbrief_read=True) as connection:
            yield connection
    except DBAPIError as error:
        raise _named(error, engine) from error


def schema_version(connection: Connection) -> int:
    """The number of the last migration the file went through."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def _begin(connection: Connection) -> None:
    reads = connection.get_execution_options().get("govbrief_read")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


class DamagedStore(EnvironmentProblem):
    """The file is no whole SQLite database any more."""


def _named(error: DBAPIError, engine: Engine) -> Exception:
    """A damaged, locked, full or refused file as the sentence a person needs; anything else unchanged."""
    said, file = str(error.orig).lower(), engine.url.database
    called = engine.get_execution_options().get("govbrief_store", "the file")
    if any(words in said for words in _DAMAGED):
        return DamagedStore(
            f"{file}: {called} is damaged; put it back from a backup with 'govbrief restore'."
        )
    if "locked" in said:
        return EnvironmentProblem(f"{file}: another process has been writing for long; try again.")
    if any(words in said for words in _REFUSED):
        return EnvironmentProblem(
            f"{file}: {called} cannot be written ({error.orig});"
            " free space on that disk or mend its permissions."
        )
    return error
