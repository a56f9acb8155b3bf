"""The warehouse file: opened by one process at a time under work.lock, migrated, and closed again."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import TracebackType

import duckdb

from warehouse.errors import EnvironmentProblem
from warehouse.home import Home
from warehouse.locks import work_lock
from warehouse.migrate import is_current, migrate
from warehouse.suspicion import first_line, means_damage

_CONFIG = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "1GB",
    "preserve_insertion_order": "false",
    "storage_compatibility_version": "v1.5.0",  # new files hold long texts compressed, in under half the room
}
_SMALL = 2_000  # documents; the whole sample province has 370
_FULL = ("no space left", "disk quota", "out of disk", "enospc")


class Warehouse:
    """What is known, open for writing; a context manager that holds work.lock until it is left."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self._stack = ExitStack()
        self._connection: duckdb.DuckDBPyConnection | None = None

    @classmethod
    def open(cls, home: Home) -> Warehouse:
        """The warehouse of `home`, to be entered with `with`; LockHeld when another writes it for long."""
        return cls(home)

    def __enter__(self) -> Warehouse:
        with ExitStack() as stack:
            stack.enter_context(work_lock(self.home))
            stack.enter_context(disk_errors(self.home))
            connection = _current(self.home)
            stack.callback(connection.close)
            self._connection = connection
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection = None
        self._stack.__exit__(kind, error, trace)

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The one connection; only inside `with`."""
        if self._connection is None:
            raise RuntimeError("the warehouse is used outside its with block")
        return self._connection

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """All of a block or nothing of it; a full disk becomes an EnvironmentProblem."""
        connection = self.connection
        with disk_errors(self.home):
            connection.begin()
            try:
                yield connection
                connection.commit()
            except BaseException:
                _roll_back(connection)
                raise

    def has_documents(self) -> bool:
        """Whether anything was ever ingested."""
        row = self.connection.execute("select exists (select 1 from document)").fetchone()
        return bool(row and row[0])

    def is_small(self) -> bool:
        """Whether so few documents are known that what threads and room cost outweighs what they bring."""
        row = self.connection.execute("select count(*) from document").fetchone()
        return bool(row and row[0] <= _SMALL)


def _current(home: Home) -> duckdb.DuckDBPyConnection:
    """A connection to a file of this version's schema; most files are, and are opened only once."""
    if home.warehouse_file.exists():
        connection = connect(home)
        try:
            if is_current(connection):
                return connection
        except BaseException:
            connection.close()
            raise
        connection.close()
    migrate(home)
    return connect(home)


def connect(home: Home) -> duckdb.DuckDBPyConnection:
    """A connection with our settings: no extension is ever fetched, instants are UTC, memory is bounded."""
    spill = home.root / "tmp"
    connection = duckdb.connect(str(home.warehouse_file), config={**_CONFIG, "temp_directory": str(spill)})
    connection.execute("set global timezone = 'UTC'")
    connection.execute("set global pandas_analyze_sample = 100000")
    connection.execute("set enable_progress_bar = false")  # it would print between results
    return connection


@contextmanager
def reading_warehouse(home: Home, lock: bool = True) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse file to read only, its schema left as it is; without `lock` for a copy nobody writes."""
    with ExitStack() as stack:
        if lock:
            stack.enter_context(work_lock(home))
        config: dict[str, str | bool | int | float | list[str]] = {"autoload_known_extensions": "false"}
        connection = duckdb.connect(str(home.warehouse_file), read_only=True, config=config)
        stack.callback(connection.close)
        yield connection


@contextmanager
def disk_errors(home: Home) -> Iterator[None]:
    """Turn a full disk or a forbidden file into one sentence for a person; other errors pass."""
    try:
        yield
    except duckdb.Error as error:
        text = str(error)
        if any(sign in text.lower() for sign in _FULL):
            raise EnvironmentProblem(_no_room(home)) from error
        if means_damage(error):
            raise EnvironmentProblem(
                f"{home.warehouse_file}: the file cannot be used ({first_line(error)}); type 'govbrief"
                " verify', and put it back from a backup with 'govbrief restore'."
            ) from error
        raise
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise EnvironmentProblem(_no_room(home)) from error
        if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            raise EnvironmentProblem(
                f"{error.filename or home.root}: writing is not permitted ({error.strerror}); "
                "mend the permission."
            ) from error
        raise


def _no_room(home: Home) -> str:
    return (
        f"{home.root}: the disk is full; the last batch was not stored, everything before it and the current "
        "publication stay; make room and start again."
    )


def _roll_back(connection: duckdb.DuckDBPyConnection) -> None:
    try:
        connection.rollback()
    except duckdb.TransactionException:
        return  # the failed commit has rolled back already
