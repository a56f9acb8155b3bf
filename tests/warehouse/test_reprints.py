"""Copies are told by number and title or by text, never against a differing number."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.warehouse.make import CLASSIFIER, classification, document, label, make_home, number, read, source
from warehouse.database import Warehouse
from warehouse.ingest import ingest_reads, ingest_sources
from warehouse.labelling import store_classifications
from warehouse.publication import Publication
from warehouse.publish import publish
from warehouse.reprints import Copy, copies

FIRST = datetime(2026, 6, 1, tzinfo=UTC)
ONE = Copy("doc-1", "云民发〔2026〕1号", "关于养老的通知", "text-1", 500, False, date(2026, 5, 1), FIRST)


def groups(*documents: Copy) -> list[list[str]]:
    return [[one.document_id for one in group] for group in copies(documents)]


def test_number_and_title_make_copies_the_earliest_first() -> None:
    reprint = replace(ONE, document_id="doc-0", text_hash="text-2", published=date(2026, 5, 2))
    assert groups(reprint, ONE) == [["doc-1", "doc-0"]]


def test_the_issuing_organs_own_copy_comes_first() -> None:
    own = replace(ONE, document_id="doc-9", by_issuer=True, published=date(2026, 5, 9))
    assert groups(ONE, own) == [["doc-9", "doc-1"]]


def test_the_same_number_under_another_title_is_no_copy() -> None:
    assert groups(ONE, replace(ONE, document_id="doc-2", title_key="别的", text_hash="text-2")) == []


def test_the_same_text_makes_copies_when_a_number_is_missing() -> None:
    assert groups(ONE, replace(ONE, document_id="doc-2", number=None, title_key="转载")) == [
        ["doc-1", "doc-2"]
    ]


def test_the_same_text_under_two_numbers_is_two_works() -> None:
    assert groups(ONE, replace(ONE, document_id="doc-2", number="云民发〔2026〕2号")) == []


def test_a_short_common_text_makes_no_copies() -> None:
    short = replace(ONE, number=None, characters=20)
    assert groups(short, replace(short, document_id="doc-2")) == []


def test_copies_of_copies_are_one_group() -> None:
    second = replace(ONE, document_id="doc-2", text_hash="text-2", first_seen_at=FIRST + timedelta(days=1))
    third = replace(second, document_id="doc-3", number=None, title_key="x", published=date(2026, 5, 3))
    assert groups(ONE, second, third) == [["doc-1", "doc-2", "doc-3"]]


def test_a_publication_points_a_reprint_to_the_issuers_copy(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    own = document(1)
    copy = replace(
        own,
        document_id="doc-copy",
        source_id="portal",
        url="http://portal.example/1",
        published=date(2026, 5, 1),
    )
    with Warehouse.open(home) as w:
        ingest_sources(w, [source(), source("portal", department_code=None)])
        ingest_reads(w, [read(copy), read(own)])
    for one in (own, copy):
        done = classification(
            home, one, number=number("云民发〔2026〕1号"),
            departments=(label("xs-10-mzt", "云河省民政厅", field="department"),),
        )  # fmt: skip
        with Warehouse.open(home) as w:
            store_classifications(w, CLASSIFIER, [done])
    assert publish(home).counts["reprints"] == 1
    publication = Publication.current(home)
    assert publication is not None
    found = publication.rows(
        "select document_id, reprint_of, duplicate_group from document order by reprint_of nulls first"
    )
    assert [tuple(row.values()) for row in found] == [
        (own.document_id, None, own.document_id),
        ("doc-copy", own.document_id, own.document_id),
    ]
