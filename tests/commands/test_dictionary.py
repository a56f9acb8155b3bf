"""The data dictionary leaves out no table, view, column, rule or field, and says what each is."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
from sqlalchemy import create_engine, inspect

from dashboard.commands import dictionary
from warehouse import schemas
from warehouse.crawl_state.tables import metadata as crawl_state
from warehouse.desk.tables import metadata as desk
from warehouse.home import Retention
from warehouse.named_sql import sql_named
from warehouse.rows import sql_names

PARTS = {part.title: part for part in (*dictionary.parts_of_the_stores(), *dictionary.index_part())}


def told(title: str) -> dict[str, list[str]]:
    return {table.name: [column.name for column in table.columns] for table in PARTS[title].tables}


@pytest.mark.parametrize("title", PARTS)
def test_every_table_and_column_has_a_meaning(title: str) -> None:
    meanings = dictionary.column_meanings()
    silent = [
        f"{table.name}.{column.name}"
        for table in PARTS[title].tables
        for column in table.columns
        if not dictionary.meaning_of(table.name, column, meanings)
    ]
    silent += [table.name for table in PARTS[title].tables if not dictionary.sentence_of(table, meanings)]
    assert not silent, "give them a comment in the schema or a line in dashboard/commands/columns.toml"


@pytest.mark.parametrize(
    ("title", "listed"),
    [
        ("Publication: tables", schemas.publication_tables),
        ("Publication: stable views", schemas.publication_views),
        ("Warehouse: tables", schemas.warehouse_tables),
        ("Warehouse: views", schemas.warehouse_views),
    ],
)
def test_the_dictionary_is_what_duckdb_lists(title: str, listed: object) -> None:
    assert callable(listed)
    assert told(title) == {name: list(columns) for name, columns in listed().items()}


def test_the_dictionary_is_what_sqlite_is_given() -> None:
    engine = create_engine("sqlite://")
    crawl_state.create_all(engine)
    made = inspect(engine)
    assert told("Crawl state") == {
        name: [column["name"] for column in made.get_columns(name)] for name in told("Crawl state")
    }
    assert set(told("Crawl state")) == set(made.get_table_names())
    assert told("Desk") == {
        name: [column.name for column in table.columns] for name, table in desk.tables.items()
    }


def test_every_rule_and_every_field_of_the_index_is_told() -> None:
    text = dictionary.data_text()
    rules = dict(re.findall(r"^\| `([a-z-]+)` \| (.*) \|$", text.split("## Rules")[1], re.MULTILINE))
    assert set(rules) == set(sql_names("checks"))
    assert all(rules.values())
    assert told("Search index")["index"] == [name for name, _ in schemas.index_fields()]


@pytest.mark.parametrize("part", [part for part in PARTS.values() if part.store], ids=lambda part: part.store)
def test_every_table_says_how_long_its_rows_are_kept(part: dictionary.Part) -> None:
    kept = dictionary.kept_rules()
    names = {table.name for table in part.tables}
    assert {name for store, name in kept if store == part.store} == names
    said = {name: kept[part.store, name] for name in names}
    files = {"desk": "retention_desk", "crawl_state": "retention_crawl", "warehouse": "retention_warehouse"}
    for name, statement in sql_named("views", files[part.store]):
        table = statement.split()[2]
        assert f"retention.{name.partition('-')[0]}" in said[table], "kept.toml says another key"
    keys = {one for rule in said.values() for one in re.findall(r"`retention\.(\w+)", rule)}
    assert keys <= {one.name for one in fields(Retention)}
