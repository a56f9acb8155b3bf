"""A number that only a list told outlives the list: a rebuilt site is no change of its documents."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.warehouse.make import document, later, make_home, read
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.ingest import IngestSummary, ingest_reads
from warehouse.records import Document, FieldOrigin

NUMBER = "试审公告2024年第4号"
BARE = replace(document(1), doc_number=None)
LISTED = replace(BARE, doc_number=NUMBER, origins=(FieldOrigin("doc_number", NUMBER, "list"),))
PRINTED = replace(BARE, doc_number=NUMBER, origins=(FieldOrigin("doc_number", NUMBER, "table:发文字号"),))


def ingest(home: Home, one: Document, day: int) -> IngestSummary:
    with Warehouse.open(home) as w:
        return ingest_reads(w, [read(one, at=later(day))])


def numbers(home: Home) -> list[tuple[Any, ...]]:
    with Warehouse.open(home) as w:
        return w.connection.execute(
            "select r.doc_number, d.version_no from document d join reading r using (reading_id)"
        ).fetchall()


def test_a_list_that_no_longer_tells_the_number_changes_nothing(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    ingest(home, LISTED, 0)
    assert ingest(home, BARE, 1) == IngestSummary(unchanged=1)
    assert numbers(home) == [(NUMBER, 1)]


def test_the_number_stays_through_a_change_of_the_text(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    ingest(home, LISTED, 0)
    longer = replace(BARE, paragraphs=(*BARE.paragraphs, "补充一条。"))
    assert ingest(home, longer, 1) == IngestSummary(changed=1)
    assert ingest(home, longer, 2) == IngestSummary(unchanged=1)
    assert numbers(home) == [(NUMBER, 2)]


def test_another_title_or_a_number_the_page_took_back_is_a_change(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    ingest(home, LISTED, 0)
    assert ingest(home, replace(BARE, title="关于另一事项的通知"), 1) == IngestSummary(changed=1)
    assert numbers(home) == [(None, 2)]
    ingest(home, PRINTED, 2)
    assert ingest(home, BARE, 3) == IngestSummary(changed=1)
    assert numbers(home) == [(None, 4)]
