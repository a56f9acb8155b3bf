"""Bringing the warehouse file to this version's schema: numbered steps, each in its own transaction."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import duckdb

from warehouse.copying import copy_file
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.rows import sql, sql_names

# What makes a new file: long texts lie in it packed, in under half the room.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {"storage_compatibility_version": "v1.5.0"}


def migrate(home: Home) -> int:
    """Apply every step that is due, after a backup copy of an existing file; returns the schema version.

    The caller holds work.lock and has no connection open. UserError when a newer govbrief made the file.
    """
    file = home.warehouse_file
    known = _steps()
    newest = max(known)
    file.parent.mkdir(parents=True, exist_ok=True)
    applied = _applied(file) if file.exists() else frozenset()
    version = max(applied, default=0)
    if version > newest:
        raise UserError(
            f"{file}: a newer govbrief wrote it (schema {version}, this version knows {newest}); "
            "install that version, or restore an older backup."
        )
    due = sorted(known.keys() - applied)  # also an older step that an earlier program did not have
    if due and version:
        back_up(home, version)
    if due:
        _apply(home, {number: known[number] for number in due})
    return newest


def is_current(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether an opened warehouse file has seen exactly the steps that this version knows."""
    return _applied_in(connection) == _steps().keys()


def schema_version(file: Path) -> int:
    """The schema version that a closed warehouse file says it has; 0 when no step was applied yet."""
    return max(_applied(file), default=0)


def _applied(file: Path) -> frozenset[int]:
    """The numbers of the steps that a closed warehouse file has seen."""
    with duckdb.connect(str(file)) as connection:
        return _applied_in(connection)


def _applied_in(connection: duckdb.DuckDBPyConnection) -> frozenset[int]:
    made = connection.execute(
        "select count(*) from duckdb_tables() where table_name = 'schema_version'"
    ).fetchone()
    if not made or not made[0]:
        return frozenset()
    return frozenset(row[0] for row in connection.execute("select version from schema_version").fetchall())


def back_up(home: Home, version: int) -> Path:
    """Copy the closed warehouse file to `backups/`; copying an open one would drop its lock."""
    stamp = home.clock.now().astimezone(UTC).strftime("%Y%m%d-%H%M%S")
    target = home.root / "backups" / f"warehouse-schema{version}-{stamp}.duckdb"
    target.parent.mkdir(exist_ok=True)
    partial = target.with_suffix(".partial")
    copy_file(home.warehouse_file, partial)
    return partial.replace(target)


def _steps() -> dict[int, str]:
    return {int(name.split("_")[0]): name for name in sql_names("migrations")}


def _apply(home: Home, due: dict[int, str]) -> None:
    with duckdb.connect(str(home.warehouse_file), config=_CONFIG) as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute(
            "create table if not exists schema_version "
            "(version integer primary key, name varchar not null, applied_at timestamptz not null)"
        )
        for number, name in due.items():
            connection.begin()
            try:
                connection.execute(sql("migrations", name))
                connection.execute(
                    "insert into schema_version values (?, ?, ?)", [number, name, home.clock.now()]
                )
                connection.commit()
            except BaseException:
                connection.rollback()
                raise
