"""`extract --again`: every capture of every version is read anew, no version moves, and nothing is news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from crawlers import extract, reading_pool
from crawlers.catalogue import build_catalogue
from crawlers.extract import ExtractSummary, extract_pending
from crawlers.shelving import archive_bodies
from tests.extraction.helpers import source
from warehouse.archive.writer import ArchiveWriter
from warehouse.crawl_state.store import CrawlState
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.records import Capture, Extraction

CATALOGUE = build_catalogue([source("trs")], sample=True)
DRAFTS = ("按年报送进展情况。", "按季度报送进展情况。", "按月报送进展情况。")
PAGES = 4


class Killed(BaseException):
    """What a test ends a run with, as a kill would."""


def page(number: int, draft: str) -> tuple[str, bytes]:
    url = f"http://a.example/zc/202605/t20260506_{number}.html"
    body = f"<h1>关于第{number}号事项的通知</h1><div class='TRS_Editor'><p>各有关单位{draft}</p></div>"
    return url, f"<html><body>{body}</body></html>".encode()


def history(home: Home) -> None:
    """Four documents of three versions each, read as they came."""
    for draft in DRAFTS:
        with CrawlState.open(home) as state:
            run_id = state.new_run("crawl", ["s"])
            with ArchiveWriter(home.archive, run_id, home.clock) as writer:
                rows = [("s", url, "text/html", body) for url, body in (page(n, draft) for n in range(PAGES))]
                archive_bodies(home, state, run_id, writer, rows, "handed-in")
            state.end_run(run_id, "done")
        extract_pending(home, CATALOGUE)


def better(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new version of the reader, which reads every title otherwise."""
    read = reading_pool.read_capture

    def read_better(capture: Capture, body: bytes, one: Any) -> Extraction:
        found = read(capture, body, one)
        return replace(found, documents=tuple(replace(d, title=f"新读：{d.title}") for d in found.documents))

    monkeypatch.setattr(reading_pool, "read_capture", read_better)
    for module in (extract, reading_pool):
        monkeypatch.setattr(module, "EXTRACTOR_VERSION", "next")


def stored(home: Home, sql: str) -> list[tuple[Any, ...]]:
    with Warehouse.open(home) as warehouse:
        return warehouse.connection.execute(sql).fetchall()


VERSIONS = "select document_id, version_no, capture_id, observed_at from version order by all"
EVENTS = "select event_id, document_id, kind, version_no from event order by all"
STANDING = "select document_id, version_no, changed_at, status from document order by all"
KEPT = (VERSIONS, EVENTS, STANDING)
NEW_READINGS = """
    select version_no, count(*), count(distinct capture_id) from reading
    where extractor_version = 'next' and title like '新读：%' group by 1 order by 1
"""


def kept(home: Home) -> Sequence[Any]:
    return [stored(home, sql) for sql in KEPT]


def re_read_everywhere(home: Home) -> None:
    """Every version of every document has its new reading, and the current one is shown."""
    assert stored(home, NEW_READINGS) == [(n, PAGES, PAGES) for n in (1, 2, 3)]
    shown = "select r.extractor_version, r.version_no from document join reading r using (reading_id)"
    assert stored(home, shown) == [("next", 3)] * PAGES


def test_old_versions_are_read_again_too_and_nothing_becomes_news(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    history(home)
    before = kept(home)
    assert len(before[0]) == PAGES * 3
    better(monkeypatch)
    summary = extract_pending(home, CATALOGUE, again=True)
    assert (summary.captures, summary.ingested.reread) == (PAGES * 3, PAGES * 3)
    assert (summary.ingested.new, summary.ingested.changed, summary.ingested.earlier) == (0, 0, 0)
    assert kept(home) == before
    re_read_everywhere(home)
    assert extract_pending(home, CATALOGUE, again=True).ingested.unchanged == PAGES * 3


@pytest.mark.parametrize(("batches", "before_marking"), [(0, True), (1, False), (3, True)])
def test_a_run_killed_in_the_middle_goes_on_where_it_stood(
    home: Home, monkeypatch: pytest.MonkeyPatch, batches: int, before_marking: bool
) -> None:
    history(home)
    before = kept(home)
    better(monkeypatch)
    monkeypatch.setattr(extract, "_BATCH", 3)
    with monkeypatch.context() as during:
        _kill_after(during, batches, before_marking)
        with pytest.raises(Killed):
            extract_pending(home, CATALOGUE, again=True)
    rest: ExtractSummary = extract_pending(home, CATALOGUE)
    assert 0 < rest.captures <= PAGES * 3
    assert rest.captures == PAGES * 3 - batches * 3
    assert kept(home) == before
    re_read_everywhere(home)


def _kill_after(during: pytest.MonkeyPatch, batches: int, before_marking: bool) -> None:
    """End the run after so many batches: before the next one is read, or between its storing and marking."""
    done = 0
    mark = CrawlState.mark_extracted
    ingest = extract.ingest_reads

    def counted_mark(state: CrawlState, marks: Any) -> None:
        nonlocal done
        if before_marking and done == batches:
            raise Killed
        mark(state, marks)
        done += 1

    def counted_ingest(warehouse: Warehouse, reads: Any) -> Any:
        if not before_marking and done == batches:
            raise Killed
        return ingest(warehouse, reads)

    during.setattr(CrawlState, "mark_extracted", counted_mark)
    during.setattr(extract, "ingest_reads", counted_ingest)
