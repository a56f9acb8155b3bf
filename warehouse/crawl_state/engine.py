"""Opening the crawl state's database: made when absent, refused when newer, readable on a full disk."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from warehouse.crawl_state.tables import metadata
from warehouse.errors import EnvironmentProblem
from warehouse.sqlite_file import DamagedStore, open_address, open_file, reading, schema_version, writing

SCHEMA_VERSION = 2
# What a file of an earlier version lacks beside whole tables, by the version that brought it.
_ADDED = {
    2: (
        "alter table frontier add column step integer not null default 0",
        "alter table frontier add column unconfirmed varchar",
        "alter table frontier add column relisted boolean not null default 0",
        "alter table capture add column standing varchar not null default 'good'",
        "alter table listing add column open_walk boolean not null default 0",
        "alter table notice add column held boolean not null default 0",
        "create index if not exists frontier_role on frontier (source_id, role)",
    )
}
CALLED = "the crawl state"
_WAIT_SECONDS = 30.0


def open_engine(file: Path) -> Engine:
    """The engine over one SQLite file, its tables made when absent; EnvironmentProblem when it cannot be."""
    pragmas = ("synchronous=NORMAL", "temp_store=MEMORY")
    engine = open_file(file, CALLED, pragmas=pragmas, wait_seconds=_WAIT_SECONDS)
    with reading(engine) as connection:
        version = schema_version(connection)
    if version > SCHEMA_VERSION:
        raise EnvironmentProblem(f"{file}: written by a newer govbrief (schema {version}); use that version.")
    if version < SCHEMA_VERSION:
        with writing(engine) as connection:
            _bring_up(connection)
    return engine


def _bring_up(connection: Connection) -> None:
    """Make what is missing; another process may have been quicker."""
    version = schema_version(connection)
    for number in range(version + 1, SCHEMA_VERSION + 1):
        for statement in _ADDED.get(number, ()) if version else ():
            connection.exec_driver_sql(statement)
    metadata.create_all(connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def open_reader(file: Path) -> Engine:
    """An engine that only reads, so that a full disk or a read-only one keeps nobody from looking.

    Where SQLite cannot even make its shared-memory file, the last checkpointed state is read.
    """
    for mode in ("mode=ro", "immutable=1"):
        address = f"sqlite:///file:{quote(str(file))}?{mode}&uri=true"
        pragmas = ("query_only=1", "temp_store=MEMORY")
        engine = open_address(address, CALLED, pragmas=pragmas, wait_seconds=_WAIT_SECONDS)
        try:
            with reading(engine) as connection:
                connection.exec_driver_sql("select count(*) from run").scalar_one()
                version = schema_version(connection)
        except DamagedStore:
            engine.dispose()
            raise
        except (EnvironmentProblem, DBAPIError):
            engine.dispose()
            if mode == "immutable=1":
                raise
            continue
        if version < SCHEMA_VERSION:
            engine.dispose()
            raise EnvironmentProblem(
                f"{file}: written by an older govbrief (schema {version}); the next 'govbrief run' brings it"
                " up to date."
            )
        return engine
    raise EnvironmentProblem(f"{file}: the crawl state cannot be read.")
