"""Putting bytes that no crawl fetched on the shelf: archive record, capture row, reading, in that order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal

from crawlers.corrected import with_corrections
from crawlers.extraction.version import EXTRACTOR_VERSION
from crawlers.source import SourceFile
from warehouse.archive.writer import ArchiveWriter
from warehouse.crawl_state.store import CrawlState
from warehouse.database import Warehouse
from warehouse.desk.texts import texts_of
from warehouse.home import Home
from warehouse.identity import capture_id, sha256
from warehouse.ingest import IngestSummary, ingest_reads, ingest_sources
from warehouse.records import ArchivePlace, Capture, Extraction, ReadCapture, Source
from warehouse.standings import version_numbers

Outcome = Literal["new", "changed", "unchanged"]


def archive_bodies(
    home: Home,
    state: CrawlState,
    run_id: str,
    writer: ArchiveWriter,
    bodies: Iterable[tuple[str, str, str, bytes]],
    kind: str,
) -> list[Capture]:
    """Write (source, address, media type, bytes) to the archive, sync, and commit their capture rows."""
    captures: list[Capture] = []
    ends: dict[str, int] = {}
    for source_id, url, media_type, body in bodies:
        at = home.clock.now()
        place = writer.write_resource(url, media_type, body, at)
        ends[place.file] = max(ends.get(place.file, 0), place.offset + place.length)
        captures.append(card_of(source_id, run_id, url, media_type, body, at, place, kind))
    writer.sync()
    state.add_captures(captures, ends)
    return captures


def card_of(
    source_id: str,
    run_id: str,
    url: str,
    media_type: str,
    body: bytes,
    at: datetime,
    place: ArchivePlace,
    kind: str,
) -> Capture:
    """The capture of bytes that no crawl fetched."""
    fingerprint = sha256(body)
    return Capture(
        capture_id=capture_id(source_id, url, at, fingerprint),
        source_id=source_id,
        run_id=run_id,
        url=url,
        final_url=url,
        fetched_at=at,
        status=200,
        media_type=media_type,
        sha256=fingerprint,
        length=len(body),
        place=place,
        kind="imported" if kind == "imported" else "handed-in",
        role="detail" if kind == "imported" else "unknown",
    )


def store_reads(
    home: Home,
    state: CrawlState,
    reads: Sequence[ReadCapture],
    sources: Iterable[Source],
    catalogue: Mapping[str, SourceFile] | None = None,
) -> IngestSummary:
    """Take read captures into the warehouse and mark them as read; corrected texts stay corrected."""
    return store_told(home, state, reads, sources, catalogue)[0]


def store_told(
    home: Home,
    state: CrawlState,
    reads: Sequence[ReadCapture],
    sources: Iterable[Source],
    catalogue: Mapping[str, SourceFile] | None = None,
) -> tuple[IngestSummary, list[Outcome]]:
    """As `store_reads`, and what became of the first document of each read capture, in their order."""
    held = texts_of(home) if any(read.capture.kind == "handed-in" for read in reads) else {}
    ids = [read.extraction.documents[0].document_id for read in reads if read.extraction.documents]
    with Warehouse.open(home) as warehouse:
        ingest_sources(warehouse, sources)
        before = version_numbers(warehouse, ids)
        summary = ingest_reads(warehouse, with_corrections(reads, held, catalogue or {}))
        after = version_numbers(warehouse, ids)
    state.mark_extracted([_mark(read.capture, read.extraction) for read in reads])
    return summary, [_outcome(one, before, after) for one in ids]


def _outcome(document_id: str, before: dict[str, int], after: Mapping[str, int]) -> Outcome:
    """What became of a document; `before` moves on with each of its lines, so that the second is no news."""
    number = before.get(document_id, 0)
    if after.get(document_id, 0) <= number:
        return "unchanged"
    before[document_id] = number + 1
    return "changed" if number else "new"


def _mark(capture: Capture, extraction: Extraction) -> tuple[str, str, str, str]:
    problems = [{"code": problem.code, "detail": problem.detail} for problem in extraction.problems]
    return capture.capture_id, EXTRACTOR_VERSION, extraction.kind, json.dumps(problems, ensure_ascii=False)
