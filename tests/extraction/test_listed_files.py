"""A list's line that leads to a file is a document: the list's title, the file's text, or the file itself."""

from __future__ import annotations

from datetime import date

from crawlers.extraction.read import read_capture
from tests.extraction.helpers import capture, source
from warehouse.records import Entry, Extraction

URL = "https://a.example/AgendaCenter/ViewFile/Agenda/_05192026-808"
LINE = Entry(URL, "Board of Aldermen: Agenda", date(2026, 5, 19), site_id="agenda:808")


def read(body: bytes, *, entry: Entry | None = LINE, role: str = "detail") -> Extraction:
    card = capture(URL, role=role, media_type="application/pdf", entry=entry)
    return read_capture(card, body, source("civicplus", language="en"))


def rtf(text: str) -> bytes:
    return b"{\\rtf1\\ansi " + text.encode("ascii") + b"\\par}"


def test_a_listed_file_is_a_document_with_the_title_and_day_of_its_line() -> None:
    found = read(rtf("CITY OF EUREKA\\par The board meets at seven and hears the report on dikes."))
    assert found.kind == "document"
    document = found.documents[0]
    assert (document.title, document.published) == ("Board of Aldermen: Agenda", date(2026, 5, 19))
    assert (document.site_id, document.url) == ("agenda:808", URL)
    assert document.paragraphs[-1] == "The board meets at seven and hears the report on dikes."


def test_a_listed_file_without_text_is_a_document_that_offers_itself() -> None:
    found = read(b"\x89PNG\r\n\x1a\n" + b"\0" * 200)
    assert found.kind == "document"
    assert [one.url for one in found.documents[0].attachments] == [URL]
    assert found.attachment is not None
    assert found.attachment.status != "text"
    assert "no-body" in [problem.code for problem in found.problems]


def test_a_file_that_a_page_offers_stays_an_attachment() -> None:
    assert read(rtf("Annex to the plan of the board."), role="attachment").kind == "attachment"
    assert read(rtf("Annex to the plan of the board."), entry=None).kind == "attachment"
