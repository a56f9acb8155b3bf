"""Opening the crawl state's database: SQLite in WAL mode, writers queue, a full disk is named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from warehouse.crawl_state.tables import metadata
from warehouse.errors import EnvironmentProblem

SCHEMA_VERSION = 1
_DAMAGED = ("file is not a database", "malformed")
_NO_ROOM = ("database or disk is full", "disk i/o error", "readonly database", "unable to open database file")


def open_engine(file: Path) -> Engine:
    """The engine over one SQLite file, its tables made when absent; EnvironmentProblem when it cannot be."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentProblem(f"{file.parent}: cannot be made ({error.strerror}).") from error
    engine = create_engine(f"sqlite:///{file}", connect_args={"timeout": 30})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    with reading(engine) as connection:
        version = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    if version > SCHEMA_VERSION:
        raise EnvironmentProblem(f"{file}: written by a newer govbrief (schema {version}); use that version.")
    if version < SCHEMA_VERSION:
        with writing(engine) as connection:
            metadata.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
    return engine


def open_reader(file: Path) -> Engine:
    """An engine that only reads, so that a full disk or a read-only one keeps nobody from looking.

    Where SQLite cannot even make its shared-memory file, the last checkpointed state is read.
    """
    for mode in ("mode=ro", "immutable=1"):
        engine = create_engine(
            f"sqlite:///file:{quote(str(file))}?{mode}&uri=true", connect_args={"timeout": 30}
        )
        event.listen(engine, "connect", _prepare_reader)
        event.listen(engine, "begin", _begin)
        try:
            with reading(engine) as connection:
                connection.exec_driver_sql("select count(*) from run").scalar_one()
        except (EnvironmentProblem, DBAPIError) as error:
            engine.dispose()
            if mode == "immutable=1" or _is_damaged(error):
                raise
            continue
        return engine
    raise EnvironmentProblem(f"{file}: the crawl state cannot be read.")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A write transaction, begun IMMEDIATE so that two processes never both think a row is free."""
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


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun by _begin, not by the driver
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=30000", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_reader(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("query_only=1", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    reads = connection.get_execution_options().get("govbrief_read")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _is_damaged(error: Exception) -> bool:
    return "is damaged" in str(error)


def _named(error: DBAPIError, engine: Engine) -> Exception:
    """A full or refused disk as the sentence a person needs; anything else unchanged."""
    said = str(error.orig).lower()
    if any(words in said for words in _DAMAGED):
        return EnvironmentProblem(
            f"{engine.url.database}: the crawl state is damaged; put it back from a backup with"
            " 'govbrief restore', the archive beside it is whole."
        )
    if any(words in said for words in _NO_ROOM):
        return EnvironmentProblem(
            f"{engine.url.database}: cannot be written ({error.orig}); free space on that disk."
        )
    return error
