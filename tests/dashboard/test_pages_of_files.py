"""A document that is a file itself: its pages stand with hits, text, basket and citations."""

from __future__ import annotations

import io

import pytest

from crawlers.extraction.read import read_capture
from crawlers.sample_sites.files import pdf_bytes
from dashboard.drafting.paper_sources import _Cited, _pinpoint
from dashboard.words import catalogue
from tests.dashboard.conftest import Open, html_of
from warehouse.archive.writer import ArchiveWriter
from warehouse.database import Warehouse
from warehouse.desk import Desk
from warehouse.home import Home
from warehouse.identity import capture_id, sha256
from warehouse.ingest import ingest_reads
from warehouse.passages import Passage, passage_of
from warehouse.publication import Publication
from warehouse.publish import publish
from warehouse.queries import pages_citing
from warehouse.records import Capture, ReadCapture
from warehouse.search.query import search

SAY = catalogue("zh")
FIRST = "本办法所称养老机构，是指依法登记并提供全日集中住宿和照料护理服务的机构。" * 3
SECOND = "康复辅具租赁点由县级民政部门按季度检查，检查结果在七个工作日内公布。" * 3


def two_pages() -> bytes:
    """A PDF of two pages."""
    import pypdfium2

    whole = pypdfium2.PdfDocument.new()
    for number, words in enumerate((FIRST, SECOND), 1):
        whole.import_pages(pypdfium2.PdfDocument(pdf_bytes(f"第{number}页", (words,))))
    buffer = io.BytesIO()
    whole.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def handed(fresh: Home) -> tuple[Home, str, int]:
    """A home into which the PDF was handed: the document's name, and a paragraph of its second page."""
    body, at = two_pages(), fresh.clock.now()
    url = f"handed-in:{sha256(body)}/rules.pdf"
    with ArchiveWriter(fresh.archive, "run-handed", fresh.clock) as writer:
        place = writer.write_resource(url, "application/pdf", body, at)
    source = Publication.current(fresh).rows("select source_id from document limit 1")[0]["source_id"]  # type: ignore[union-attr]
    name = capture_id(source, url, at, sha256(body))
    card = Capture(
        name, source, "run-handed", url, url, at, 200, "application/pdf", sha256(body), len(body), place,
        "handed-in", "unknown", None, None,
    )  # fmt: skip
    read = read_capture(card, body, None)
    (document,) = read.documents
    number = next(at for at, line in enumerate(document.paragraphs) if "康复辅具" in line)
    with Warehouse.open(fresh) as warehouse:
        ingest_reads(warehouse, [ReadCapture(card, read, "test-1")])
    publish(fresh, force=True)
    held = Publication.current(fresh)
    assert held is not None
    return fresh, held.rows("select document_id from document where url = ?", [url])[0]["document_id"], number


def test_a_hit_in_a_file_names_its_page(handed: tuple[Home, str, int]) -> None:
    home, document_id, number = handed
    held = Publication.current(home)
    assert held is not None
    (hit,) = search(held, "康复辅具租赁点").hits
    assert (hit.document_id, hit.paragraph) == (document_id, number)
    assert hit.place is not None
    assert (hit.place.url, hit.place.page) == ("", 2)


def test_the_page_shows_where_pages_begin(handed: tuple[Home, str, int], open_page: Open) -> None:
    home, document_id, _ = handed
    shown = html_of(open_page(home, "doc", id=document_id))
    for page in (1, 2):
        assert shown.count(f">{SAY['search.place-page'].format(page=page)}<") == 1
    found = html_of(open_page(home, "docs", s="康复辅具租赁点"))
    assert SAY["search.place-page"].format(page=2) in found
    assert SAY["basket.keep"] in found


def test_a_kept_passage_and_its_citation_name_the_page(
    handed: tuple[Home, str, int], open_page: Open
) -> None:
    home, document_id, number = handed
    held = Publication.current(home)
    assert held is not None
    passage = passage_of(held, document_id, number, 0, 7)
    Desk.open(home).basket.add("", passage, "办法", "", (), "local")
    assert SAY["search.place-page"].format(page=2) in html_of(open_page(home, "basket"))
    row = pages_citing.cited(held, document_id)
    assert row is not None
    cited = _Cited(None, None, reading_id=row["reading_id"], places=row["places"])  # type: ignore[arg-type]
    assert (_pinpoint(passage, cited).kind, _pinpoint(passage, cited).value) == ("page", "2")


def test_a_citation_of_an_older_reading_keeps_to_the_paragraph() -> None:
    passage = Passage("doc-1", 1, "old", None, 4, 0, 2, "甲乙", "", "")
    cited = _Cited(None, None, reading_id="new", places="[[0,3]]")  # type: ignore[arg-type]
    assert (_pinpoint(passage, cited).kind, _pinpoint(passage, cited).value) == ("paragraph", "5")
