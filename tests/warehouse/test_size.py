"""What a publication derives of all documents grows with them, in time, and in memory not even that."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.make import make_home
from tests.warehouse.test_series import hold, published
from warehouse.database import Warehouse
from warehouse.publish import publish
from warehouse.queries.wanted import wanted_list
from warehouse.rows import sql

CITED = {
    1: ("根据云财发〔2025〕7号办理。", "云财发〔2025〕7号"),
    2: ("按照云审发〔2024〕3号的要求办理。", "云审发〔2024〕3号"),
    3: ("根据云财发〔2025〕7号的规定办理。", "云财发〔2025〕7号"),
    4: ("落实云教发〔2023〕18号。", "云教发〔2023〕18号"),
}
QUADRATIC = ("BLOCKWISE_NL_JOIN", "NESTED_LOOP_JOIN", "CROSS_PRODUCT")


def test_the_queue_is_the_same_made_whole_or_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = make_home(tmp_path)
    hold(home, 1, 2, 3, 4, told=CITED)
    at_once = wanted_list(published(home))
    assert {row["target_number"]: row["cited_by"] for row in at_once} == {
        "云财发〔2025〕7号": 2,
        "云审发〔2024〕3号": 1,
        "云教发〔2023〕18号": 1,
    }
    monkeypatch.setattr("warehouse.wanted.PART", 1)
    publish(home, whole=True)
    with Warehouse.open(home) as w:
        parts = w.connection.execute("select count(distinct wanted_id) from wanted").fetchone()
    assert parts == (3,)
    assert wanted_list(published(home)) == at_once


def test_no_citation_is_compared_with_all_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plans: dict[str, str] = {}

    def explained(w: Any, *, whole: bool = False) -> int:
        connection: duckdb.DuckDBPyConnection = w.connection
        connection.execute(sql("views", "series_macros"))
        for statement in re.split(r";\s*\n", sql("views", "wanted_asks")):
            if statement.strip():
                shown = connection.execute(f"explain {statement}").fetchall()
                plans[statement] = str(shown[0][1])
                connection.execute(statement)
        return 0

    monkeypatch.setattr("warehouse.completeness.update_wanted", explained)
    monkeypatch.setattr("warehouse.completeness._CARRIED", ())
    home = make_home(tmp_path)
    hold(home, 1, 2, told={1: CITED[1]})
    publish(home)
    joins = [plan for plan in plans.values() if "HASH_JOIN" in plan]
    assert joins
    assert not [sign for plan in plans.values() for sign in QUADRATIC if sign in plan]


def test_what_search_knows_is_the_same_made_whole_or_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows of all documents at once need more memory than there is when they are a million."""
    home = make_home(tmp_path)
    hold(home, 1, 2, 3, 4, told=CITED)
    published(home)
    with Warehouse.open(home) as w:
        at_once = w.connection.execute("from indexed order by document_id").fetchall()
    assert len(at_once) == 4
    monkeypatch.setattr("warehouse.index_delta._PART", 3)
    publish(home, whole=True)
    with Warehouse.open(home) as w:
        assert w.connection.execute("from indexed order by document_id").fetchall() == at_once
