"""Attached files find their document, whichever arrives first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.make import document, later, make_home, read, read_attachment
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.ingest import IngestSummary, ingest_reads
from warehouse.records import AttachmentLink, ReadCapture

FILE = "http://mzt.yunhe.example/files/%E9%99%84%E4%BB%B6.pdf"
ONE = document(1, attachments=(AttachmentLink(FILE, "附件：实施细则"),))
URL = str(ONE.url)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return make_home(tmp_path)


def ingest(home: Home, *reads: ReadCapture) -> IngestSummary:
    with Warehouse.open(home) as w:
        return ingest_reads(w, reads)


def attachments(home: Home) -> list[tuple[Any, ...]]:
    with Warehouse.open(home) as w:
        return w.connection.execute(
            "select document_id, name, status, text from attachment order by url"
        ).fetchall()


def test_a_link_waits_and_the_fetched_file_fills_it(home: Home) -> None:
    ingest(home, read(ONE))
    assert attachments(home) == [(ONE.document_id, "附件：实施细则", "linked", None)]
    assert ingest(home, read_attachment(FILE, URL, "细则正文")) == IngestSummary(attachments=1)
    assert ingest(home, read_attachment(FILE, URL, "细则正文")) == IngestSummary()
    assert attachments(home) == [(ONE.document_id, "附件：实施细则", "text", "细则正文")]


def test_a_file_read_before_its_document_comes_home(home: Home) -> None:
    ingest(home, read_attachment(FILE, URL, "细则正文"))
    ingest(home, read(ONE))
    assert attachments(home) == [(ONE.document_id, "附件：实施细则", "text", "细则正文")]


def test_both_in_one_batch_in_either_order(home: Home) -> None:
    ingest(home, read_attachment(FILE, URL, "细则正文"), read(ONE))
    assert attachments(home) == [(ONE.document_id, "附件：实施细则", "text", "细则正文")]


def test_a_file_the_page_did_not_list_is_named_by_its_address(home: Home) -> None:
    ingest(home, read(document(1)), read_attachment(FILE, URL, "细则正文"))
    assert attachments(home) == [(ONE.document_id, "附件.pdf", "text", "细则正文")]


def test_an_older_file_does_not_replace_a_newer_one(home: Home) -> None:
    ingest(home, read(ONE), read_attachment(FILE, URL, "新", at=later(1)))
    assert ingest(home, read_attachment(FILE, URL, "旧")) == IngestSummary()
    assert attachments(home)[0][3] == "新"


def test_a_link_that_is_gone_goes_but_a_fetched_file_stays(home: Home) -> None:
    other = AttachmentLink("http://mzt.yunhe.example/files/2.doc", "附件2")
    ingest(
        home, read(document(1, attachments=(*ONE.attachments, other))), read_attachment(FILE, URL, "细则正文")
    )
    ingest(home, read(document(1, paragraphs=("新的正文",)), at=later(1)))
    assert [row[1] for row in attachments(home)] == ["附件：实施细则"]


def test_a_file_with_a_secrecy_mark_keeps_no_text(home: Home) -> None:
    summary = ingest(home, read(ONE), read_attachment(FILE, URL, "绝密★长期\n内容"))
    assert summary.problems == 1
    assert attachments(home) == [(ONE.document_id, "附件：实施细则", "classified_marking", None)]


MOVED_FILE = "http://mzt.yunhe.example/zcwj/%E9%99%84%E4%BB%B6.pdf"
MOVED = document(
    1, url="http://mzt.yunhe.example/zcwj/1.html", attachments=(AttachmentLink(MOVED_FILE, "附件：实施细则"),)
)


def addresses(home: Home) -> list[tuple[Any, ...]]:
    with Warehouse.open(home) as w:
        return w.connection.execute("select url, text from attachment order by url").fetchall()


def test_a_file_that_moves_with_its_page_is_held_once(home: Home) -> None:
    old = [read(ONE), read_attachment(FILE, URL, "细则正文")]
    ingest(home, *old)
    assert ingest(home, read(MOVED, at=later(1))) == IngestSummary(unchanged=1)
    assert addresses(home) == [(MOVED_FILE, "细则正文")]
    new = read_attachment(MOVED_FILE, str(MOVED.url), "细则正文", at=later(1))
    ingest(home, new)
    assert addresses(home) == [(MOVED_FILE, "细则正文")]
    ingest(home, *old, read(MOVED, at=later(1)), new)  # all of the archive read again
    assert addresses(home) == [(MOVED_FILE, "细则正文")]


def test_a_file_added_to_an_unchanged_page_is_known_at_once(home: Home) -> None:
    ingest(home, read(document(1)))
    assert ingest(home, read(ONE, at=later(1))) == IngestSummary(unchanged=1)
    assert attachments(home) == [(ONE.document_id, "附件：实施细则", "linked", None)]
