"""The views for whoever opens warehouse.duckdb by hand answer what they say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from tests.warehouse.make import CLASSIFIER, classification, document, fill, later, make_home, read
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.ingest import ingest_reads
from warehouse.labelling import store_classifications
from warehouse.records import Problem


def rows(home: Home, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(home.warehouse_file), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_what_waits_for_classification_says_why(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    fill(home, [document(1), document(2), document(3)])
    done = [classification(home, document(number)) for number in (1, 2)]
    with Warehouse.open(home) as w:
        store_classifications(w, CLASSIFIER, done)
        ingest_reads(w, [read(document(2, paragraphs=("改后的正文。",)), at=later(1))])
    assert rows(home, "select title, why from mart_pending order by title") == [
        (document(2).title, "read anew since"),
        (document(3).title, "never classified"),
    ]
    assert rows(home, "select documents, versions, pending from mart_sources") == [(3, 4, 2)]


def test_problems_are_counted_by_source_with_the_latest_case(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    fill(home, [])
    with Warehouse.open(home) as w:
        for number in (1, 2):
            trouble = (Problem("empty-page", f"Page {number} is empty."),)
            ingest_reads(w, [read(document(number), at=later(number), problems=trouble)])
    assert rows(home, "select code, problems, last_detail from mart_problems") == [
        ("empty-page", 2, "Page 2 is empty.")
    ]
    assert rows(home, "select title, version_no from stg_document order by title") == [
        (document(1).title, 1),
        (document(2).title, 1),
    ]
