"""The views that other programs build on: they are as promised, and open without govbrief."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.make import (
    CLASSIFIER,
    bodies,
    citation,
    classification,
    document,
    fill,
    label,
    make_home,
    number,
    topics,
)  # fmt: skip
from warehouse.database import Warehouse
from warehouse.exchange.table import COLUMNS
from warehouse.folders import FACTS, read_current
from warehouse.home import Home
from warehouse.ingest import ingest_vocabulary
from warehouse.labelling import store_classifications
from warehouse.publish import publish
from warehouse.records import Classification, Document, Duty
from warehouse.rows import sql
from warehouse.stable_views import define_stable_views, promised_views

EXCHANGE = (Path(__file__).parents[2] / "docs" / "exchange.md").read_text(encoding="utf-8")
EXAMPLES = [
    query.strip()
    for block in re.findall(r"```sql\n(.*?)```", EXCHANGE, re.DOTALL)
    for query in block.split(";")
]


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published notice that another implements, with a duty, opened by nobody of ours."""
    home = make_home(tmp_path_factory.mktemp("stable"))
    basis, later = document(1), document(2, published=date(2026, 5, 27))
    fill(home, [basis, later])
    sentence = "请认真执行。"
    duty = Duty("fac-duty", sentence, 2, 0, 6, ("云河省民政厅",), "请认真执行", date(2026, 6, 30), "6月底前")
    cites = citation(later, "根据文件", "basis", to=basis.doc_number)
    with Warehouse.open(home) as w:
        ingest_vocabulary(w, topics(), bodies())
    done = [classified(home, basis), classified(home, later, citations=(cites,), duties=(duty,))]
    with Warehouse.open(home) as w:
        store_classifications(w, CLASSIFIER, done)
    publish(home)
    return home.published / str(read_current(home.published)) / FACTS


def classified(home: Home, one: Document, **found: Any) -> Classification:
    """The document under one body and one class."""
    issuer = label("xs-10-mzt", "云河省民政厅", field="department", basis="published")
    labels = {"departments": (issuer,), "topics": (label("13-02", "民政、扶贫、救灾\\社会福利"),)}
    return classification(home, one, number=number(one.doc_number or ""), **labels, **found)


def rows(facts: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(facts), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_the_views_are_what_the_contract_promises() -> None:
    with duckdb.connect() as connection:
        connection.execute(sql("views", "publication_schema"))
        define_stable_views(connection)
        made = connection.execute(
            "select view_name from duckdb_views() where schema_name = 'stable' order by view_name"
        ).fetchall()
        assert [name for (name,) in made] == sorted(view.name for view in promised_views())
        for view in promised_views():
            described = connection.execute(f"describe stable.{view.name}").fetchall()
            assert [(name, kind) for name, kind, *_ in described] == [
                (column.name, column.type) for column in view.columns
            ], f"stable.{view.name} and views/stable_contract.toml differ"


def test_every_view_and_column_has_a_meaning() -> None:
    for view in promised_views():
        assert view.meaning
        assert all(column.meaning for column in view.columns)


def test_the_views_can_be_defined_again_over_what_is_there() -> None:
    with duckdb.connect() as connection:
        connection.execute(sql("views", "publication_schema"))
        define_stable_views(connection)
        define_stable_views(connection)
        assert connection.execute("select count(*) from stable.documents").fetchall() == [(0,)]


@pytest.mark.parametrize("query", EXAMPLES, ids=range(len(EXAMPLES)))
def test_every_documented_query_runs_on_a_publication_opened_without_us(facts: Path, query: str) -> None:
    assert isinstance(rows(facts, query), list)


def test_a_document_says_what_it_is_about_and_who_cites_it(facts: Path) -> None:
    asked = "select department_names, topic_codes, topic1_name, cited_by from stable.documents"
    assert rows(facts, f"{asked} order by published") == [
        (["云河省民政厅"], ["13-02"], "民政、扶贫、救灾", 1),
        (["云河省民政厅"], ["13-02"], "民政、扶贫、救灾", 0),
    ]


def test_a_citation_leads_to_what_is_held_and_a_duty_has_its_day(facts: Path) -> None:
    assert rows(facts, "select kind, held, held_number, held_published from stable.citations") == [
        ("basis", True, "云民发〔2026〕1号", date(2026, 5, 20))
    ]
    assert rows(facts, "select who, due, department_name from stable.duties") == [
        (["云河省民政厅"], date(2026, 6, 30), "云河省民政厅")
    ]


def test_weeks_sources_and_organs_count_the_same_documents(facts: Path) -> None:
    weeks = "select week, topic1_code, documents, works from stable.topic_weeks order by week"
    assert rows(facts, weeks) == [(date(2026, 5, 18), "13", 1, 1), (date(2026, 5, 25), "13", 1, 1)]
    assert rows(facts, "select documents, with_number, with_topic from stable.sources") == [(2, 2, 2)]
    assert rows(facts, "select code, documents from stable.organs order by code") == [
        ("xs-10-mzt", 2), ("xs-mca", 0),
    ]  # fmt: skip


def test_the_manual_lists_the_columns_of_the_tables_that_export_writes() -> None:
    said = re.findall(r"^\| `(\w+)` \| (\w+) \| (.*) \|$", EXCHANGE, re.MULTILINE)
    written = [(column.name, column.type, column.meaning) for column in COLUMNS]
    assert [row for row in said if row[1] != "bool"][-len(written) :] == written
