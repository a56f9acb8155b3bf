"""docs/data-dictionary.md, made from the schemas: tables and views of all stores, rules, index fields."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

HEAD = """\
# Data dictionary

Written from the schemas by `make docs`; do not edit by hand. The **publication** is what readers, the
dashboard and the command line see: a read-only DuckDB file in `published/<id>/`; other programs build on its
**stable views** alone. The **warehouse** is the writer's own DuckDB file. **Crawl state** and **desk** are
SQLite files (or any database that SQLAlchemy speaks to). Instants are UTC, in crawl state and desk as seconds
since 1970; dates printed in documents are plain dates.
"""
STABLE = """\
What another program may build on ([exchange.md](exchange.md)). Columns are only added, at the end of a view;
anything else raises `publication.schema_version` and stands in the changelog.
"""
INTERNAL = """\
They serve our own pages and change with them; build on the stable views.
"""
OPERATOR = """\
For whoever opens `warehouse.duckdb` by hand while nobody writes; `stg_` views join and rename, `mart_` views
answer one question.
"""
CHECKS = """\
Each is a query in `warehouse/checks/` that must return no rows; it runs before every publication, and a row
refuses it.
"""
INDEX = """\
The tantivy index beside `facts.duckdb`; search reads it, nothing else does. Fields and tokens may change with
any version.
"""
TABLE = re.compile(
    r"((?:^--[^\n]*\n)*)^create table (?:if not exists )?(\w+) \((.*?)\)(?: strict)?,?(?: without rowid)?;$",
    re.MULTILINE | re.DOTALL,
)
VIEW = re.compile(r"((?:^--[^\n]*\n)*)^create (?:or replace )?view ([\w.]+) as$", re.MULTILINE)
ADDED = re.compile(r"^alter table (\w+) add column (\w+) ([^;]+);[ \t]*(?:--(.*))?$", re.MULTILINE)
DROPPED = re.compile(r"^alter table (\w+) drop column (\w+);", re.MULTILINE)
RENAMED = re.compile(r"^alter table (\w+) rename column (\w+) to (\w+);", re.MULTILINE)
COLUMN = re.compile(r'^"?(\w+)"? (.+)$', re.DOTALL)
# Comments of a SQLAlchemy table: the lines above it, and what stands behind a column.
DECLARED = re.compile(r'((?:^#[^\n]*\n)*)^\w+ = Table\(\n    "(\w+)",\n(.*?)^\)$', re.MULTILINE | re.DOTALL)
DECLARED_COLUMN = re.compile(
    r'((?:^ *#[^\n]*\n)*)^ {4}Column\(\s*"(\w+)".*?(?:\),[ \t]*(?:#([^\n]*))?$)', re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column as the schema describes it."""

    name: str
    type: str
    comment: str


@dataclass(frozen=True, slots=True)
class TableCard:
    """One table or view with the sentence above it."""

    name: str
    comment: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One chapter: its heading, what stands below it, and its tables."""

    title: str
    note: str
    tables: tuple[TableCard, ...]
    store: str = ""  # as kept.toml names it; '' where rows are made anew with each publication


def data_text() -> str:
    """docs/data-dictionary.md as it should stand."""
    meanings = column_meanings()
    kept = kept_rules()
    parts = [HEAD]
    for part in (*parts_of_the_stores(), *index_part()):
        parts += [f"## {part.title}", part.note]
        parts += [_table_text(table, meanings, kept.get((part.store, table.name))) for table in part.tables]
    parts += ["## Rules", CHECKS, *_checks()]
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def parts_of_the_stores() -> Iterator[Part]:
    """Every table and view of the four stores."""
    yield Part("Publication: stable views", STABLE, tuple(_promised()))
    yield Part("Publication: tables", INTERNAL, tuple(tables(_sql("views", "publication_schema"))))
    steps = list(_migrations("warehouse"))
    added = added_columns("\n".join(steps))
    made = [table for step in steps for table in tables(step)]
    yield Part("Warehouse: tables", "", tuple(_whole(table, added) for table in made), "warehouse")
    yield Part("Warehouse: views", OPERATOR, tuple(_operator_views("\n".join(steps))))
    yield Part("Crawl state", "", tuple(_declared("crawl_state")), "crawl_state")
    desk = "\n".join(_migrations("warehouse.desk"))
    added = added_columns(desk)
    yield Part("Desk", "", tuple(_whole(_without(table, desk), added) for table in tables(desk)), "desk")


def index_part() -> Iterator[Part]:
    """The fields of the search index with their meanings from index_fields.toml."""
    from warehouse.schemas import index_fields

    said = _toml("index_fields.toml")
    columns = tuple(Column(name, kind, said.get(name, "")) for name, kind in index_fields())
    yield Part("Search index", INDEX, (TableCard("index", "One entry a document.", columns),))


def tables(sql: str) -> list[TableCard]:
    """Every `create table` of an SQL text, with the comments above it and behind its columns."""
    return [
        TableCard(name, _comment(above, "--"), tuple(_columns(body)))
        for above, name, body in TABLE.findall(sql)
    ]


def added_columns(sql: str) -> dict[str, list[Column]]:
    """The columns that later migrations added, by table."""
    found: dict[str, list[Column]] = {}
    now = {(table, before): name for table, before, name in RENAMED.findall(sql)}
    for table, name, kind, comment in ADDED.findall(sql):
        column = Column(now.get((table, name), name), " ".join(kind.split()), comment.strip())
        found.setdefault(table, []).append(column)
    return found


def column_meanings() -> dict[str, Any]:
    """What columns mean that carry the same name and sense in every table; below the name of a table or view
    what differs there. A comment in the schema wins.
    """
    return _toml("columns.toml")


def kept_rules() -> dict[tuple[str, str], str]:
    """For how long rows are kept, by store and table: the key of [retention], or why there is none."""
    groups = _toml("kept.toml").items()
    return {(store, name): one["rule"] for store, told in groups for one in told for name in one["tables"]}


def meaning_of(table: str, column: Column, meanings: Mapping[str, Any]) -> str:
    """The meaning of a column: its comment, else what is said for this table or for its name; '' for none."""
    own = meanings.get("in", {}).get(table, {})
    said: str = column.comment or own.get(column.name) or meanings.get(column.name, "")
    return said


def sentence_of(table: TableCard, meanings: Mapping[str, Any]) -> str:
    """What the table holds: the comment above it, else what is said for it; '' for nothing."""
    said: str = table.comment or meanings.get("in", {}).get(table.name, {}).get("_", "")
    return said


def _promised() -> Iterator[TableCard]:
    from warehouse.stable_views import SCHEMA, promised_views

    for view in promised_views():
        columns = tuple(Column(one.name, one.type.lower(), one.meaning) for one in view.columns)
        yield TableCard(f"{SCHEMA}.{view.name}", view.meaning, columns)


def _operator_views(steps: str) -> Iterator[TableCard]:
    from warehouse.schemas import warehouse_views

    above = {name: _comment(comment, "--") for comment, name in VIEW.findall(steps)}
    for name, columns in warehouse_views().items():
        listed = tuple(Column(column, kind.lower(), "") for column, kind in columns.items())
        yield TableCard(name, above.get(name, ""), listed)


def _declared(package: str) -> Iterator[TableCard]:
    """The tables that SQLAlchemy declares, with the comments of the source file."""
    from warehouse.crawl_state.tables import metadata

    source = (resources.files(f"warehouse.{package}") / "tables.py").read_text(encoding="utf-8")
    said = {name: (above, body) for above, name, body in DECLARED.findall(source)}
    for table in metadata.tables.values():
        above, body = said.get(table.name, ("", ""))
        comments = {
            name: behind.strip() or _comment(before, "#")
            for before, name, behind in DECLARED_COLUMN.findall(body)
        }
        columns = tuple(
            Column(column.name, str(column.type).lower(), comments.get(column.name, ""))
            for column in table.columns
        )
        yield TableCard(table.name, _comment(above, "#"), columns)


def _without(table: TableCard, sql: str) -> TableCard:
    """The table without the columns that a later migration dropped."""
    gone = {column for name, column in DROPPED.findall(sql) if name == table.name}
    return replace(table, columns=tuple(one for one in table.columns if one.name not in gone))


def _whole(table: TableCard, added: Mapping[str, Iterable[Column]]) -> TableCard:
    return replace(table, columns=(*table.columns, *added.get(table.name, ())))


def _columns(body: str) -> Iterator[Column]:
    for line in body.splitlines():
        code, _, comment = line.partition("--")
        parts = [part.strip() for part in re.split(r",(?![^(]*\))", code) if part.strip()]
        for position, part in enumerate(parts):
            match = COLUMN.match(part)
            if match and match[1] not in ("primary", "unique", "check", "foreign"):
                last = position == len(parts) - 1
                yield Column(match[1], " ".join(match[2].split()), comment.strip() if last else "")


def _checks() -> Iterator[str]:
    lines = ["| rule | what must hold |", "| --- | --- |"]
    for file in _sql_files("warehouse.checks"):
        text = file.read_text(encoding="utf-8")
        head = re.match(r"(?:--[^\n]*\n)+", text)
        lines.append(f"| `{file.name.removesuffix('.sql')}` | {_comment(head[0] if head else '', '--')} |")
    yield "\n".join(lines)


def _migrations(package: str) -> Iterator[str]:
    for file in _sql_files(f"{package}.migrations"):
        yield file.read_text(encoding="utf-8")


def _sql_files(package: str) -> list[Traversable]:
    folder = resources.files(package.rsplit(".", 1)[0]) / package.rsplit(".", 1)[1]
    return sorted((one for one in folder.iterdir() if one.name.endswith(".sql")), key=lambda one: one.name)


def _sql(folder: str, name: str) -> str:
    return (resources.files("warehouse") / folder / f"{name}.sql").read_text(encoding="utf-8")


def _toml(name: str) -> dict[str, Any]:
    text = (resources.files("dashboard") / "commands" / name).read_text(encoding="utf-8")
    return dict(tomllib.loads(text))


def _comment(lines: str, mark: str) -> str:
    return " ".join(line.strip().removeprefix(mark).strip() for line in lines.splitlines())


def _table_text(table: TableCard, meanings: Mapping[str, Any], kept: str | None) -> str:
    lines = [f"### {table.name}", ""]
    if sentence := sentence_of(table, meanings):
        lines += [sentence, ""]
    if kept:
        lines += [f"Kept: {kept}.", ""]
    lines += ["| column | type | meaning |", "| --- | --- | --- |"]
    for column in table.columns:
        meaning = meaning_of(table.name, column, meanings).replace("|", "\\|")
        lines.append(f"| `{column.name}` | {column.type} | {meaning} |")
    return "\n".join(lines)
