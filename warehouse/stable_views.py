"""The views of a publication that stay as they are: what another program may build on (docs/exchange.md).

`views/stable_*.sql` define them, `views/stable_contract.toml` promises their columns, a test holds one to the
other. They live in the schema `stable` of facts.duckdb and name tables as `main.<table>`, so they hold under
whatever name the file is attached.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources

import duckdb

from warehouse.rows import sql, sql_names

SCHEMA = "stable"


@dataclass(frozen=True, slots=True)
class PromisedColumn:
    """One column of a view as promised: name, type as DuckDB writes it, meaning."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True, slots=True)
class PromisedView:
    """One view as promised: what a row is, and its columns in order."""

    name: str
    meaning: str
    columns: tuple[PromisedColumn, ...]


def define_stable_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the views anew in the database in use, which holds the publication's tables."""
    connection.execute(f"create schema if not exists {SCHEMA}")
    for name in sql_names("views"):
        if name.startswith("stable_"):
            connection.execute(sql("views", name))


def promised_views() -> tuple[PromisedView, ...]:
    """The written contract, view by view."""
    text = (resources.files("warehouse.views") / "stable_contract.toml").read_text(encoding="utf-8")
    return tuple(
        PromisedView(
            name,
            view["meaning"],
            tuple(PromisedColumn(column, *said) for column, said in view["columns"].items()),
        )
        for name, view in tomllib.loads(text).items()
    )
