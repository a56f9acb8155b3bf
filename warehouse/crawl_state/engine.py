"""Opening the crawl state's database: made when absent, refused when newer, readable on a full disk."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from warehouse.crawl_state.tables import metadata
from warehouse.errors import EnvironmentProblem
from warehouse.sqlite_file import DamagedStore, open_address, open_file, reading, schema_version, writing

SCHEMA_VERSION = 1
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
            metadata.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
    return engine


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
        except DamagedStore:
            engine.dispose()
            raise
        except (EnvironmentProblem, DBAPIError):
            engine.dispose()
            if mode == "immutable=1":
                raise
            continue
        return engine
    raise EnvironmentProblem(f"{file}: the crawl state cannot be read.")
