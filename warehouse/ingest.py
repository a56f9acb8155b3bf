"""Taking in what was read: one batch is one transaction, and the same batch a second time changes nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass
from datetime import datetime

import duckdb

from warehouse.attachments import take_attachments
from warehouse.content import marking_problem, paragraphs_text, secrecy_mark, title_key
from warehouse.crawl_state.purged import purged_documents
from warehouse.database import Warehouse
from warehouse.identity import address_name
from warehouse.known import KnownDocument, KnownDocuments, KnownReading, load_known, names_of
from warehouse.outbox import touch
from warehouse.records import Capture, ReadCapture
from warehouse.reference import ingest_quality, ingest_runs, ingest_sources, ingest_vocabulary
from warehouse.rows import stage, stage_like
from warehouse.version_numbers import renumber_versions
from warehouse.versions import Changes, Event, Observation, make_event, take

__all__ = [
    "IngestSummary",
    "Notice",
    "current_reading",
    "ingest_notices",
    "ingest_quality",
    "ingest_reads",
    "ingest_runs",
    "ingest_sources",
    "ingest_vocabulary",
]

Notice = tuple[str, str, str, datetime, str]  # source_id, url, withdrawn | restored | seen, instant, run_id

_Rows = dict[str, tuple[object, ...]]
_SEEN = 7  # the place of last_seen_at in a document's row
_STATUS_AFTER: dict[str, str] = {"withdrawn": "withdrawn", "restored": "active"}


@dataclass(frozen=True, slots=True)
class IngestSummary:
    """How many documents of a batch were what, the attachment texts stored and the difficulties noted."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    reread: int = 0
    attachments: int = 0
    problems: int = 0
    earlier: int = 0  # older captures that became versions before the one that is shown

    def __add__(self, other: IngestSummary) -> IngestSummary:
        mine, theirs = asdict(self), asdict(other)
        return IngestSummary(**{name: mine[name] + theirs[name] for name in mine})


def ingest_reads(w: Warehouse, batch: Sequence[ReadCapture]) -> IngestSummary:
    """Store a batch of read captures: documents, versions, readings, attachments, events and problems."""
    counts = {"new": 0, "changed": 0, "unchanged": 0, "reread": 0, "earlier": 0}
    changes, purged = Changes(), purged_documents(w.home)
    with w.transaction() as connection:
        known = _known(connection, batch)
        before = _rows_of(known)
        for read in batch:
            changes.problems.extend((read.capture, problem) for problem in read.extraction.problems)
            for document in read.extraction.documents:
                mark = secrecy_mark(document)
                if document.document_id in purged:
                    continue
                if mark:
                    changes.problems.append((read.capture, marking_problem(mark)))
                else:
                    counts[take(changes, known, read, document)] += 1
        attachments = take_attachments(connection, changes, known, batch)
        _write(connection, changes, before)
        _write_problems(connection, batch, changes)
    return IngestSummary(**counts, attachments=attachments, problems=len(changes.problems))


def ingest_notices(w: Warehouse, notices: Sequence[Notice]) -> int:
    """Take withdrawals, returns and mere sightings; returns how many documents changed their standing.

    An address that is gone withdraws no document which was fetched from another one since.
    """
    changes, changed = Changes(), 0
    with w.transaction() as connection:
        known = load_known(connection, (), [address_name(source, url) for source, url, *_ in notices])
        before = _rows_of(known)
        _load_events(connection, changes)
        stored = set(changes.events)
        homes = _fetched_homes(connection)
        for source_id, url, kind, at, run_id in sorted(notices, key=lambda notice: notice[3]):
            standing = known.by_address(source_id, url)
            if standing is None:
                continue
            if at < standing.last_seen_at:
                continue  # the document was observed after this notice
            home = homes.get(standing.document_id)
            if kind == "withdrawn" and home and address_name(source_id, url) != home:
                continue  # a former address of a document that moved
            changes.touched[standing.document_id] = standing
            if kind != "withdrawn":
                standing.last_seen_at = at
            status = _STATUS_AFTER.get(kind, standing.status)
            event = make_event(standing, kind, at, run_id)
            if status != standing.status and event.event_id not in stored:
                standing.status = status
                changes.events[event.event_id] = event
                changed += 1
        _write(connection, changes, before)
    return changed


def current_reading(w: Warehouse, document_id: str) -> tuple[str, str] | None:
    """The extractor version and capture of the reading that is shown, or None for an unknown document."""
    row = w.connection.execute(
        """
        select r.extractor_version, r.capture_id
        from document d join reading r on r.reading_id = d.reading_id
        where d.document_id = coalesce((select document_id from document_alias where alias = $1), $1)
        """,
        [document_id],
    ).fetchone()
    return (row[0], row[1]) if row else None


def _known(connection: duckdb.DuckDBPyConnection, batch: Sequence[ReadCapture]) -> KnownDocuments:
    names: set[str] = set()
    ids: set[str] = set()
    for read in batch:
        for document in read.extraction.documents:
            ids.add(document.document_id)
            names.update(names_of(read, document))
        if read.extraction.attachment is not None:
            names.add(address_name(read.capture.source_id, read.capture.parent_url or read.capture.url))
    return load_known(connection, ids, names)


def _rows_of(known: KnownDocuments) -> _Rows:
    return {one.document_id: _document_row(one) for one in known.documents.values()}


def _fetched_homes(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The present address of each wanted document that was itself fetched, by document."""
    rows = connection.execute(
        """
        select d.document_id, d.source_id, d.url
        from document d
        semi join wanted_document w on w.document_id = d.document_id
        semi join capture c on c.source_id = d.source_id and c.url = d.url
        """
    ).fetchall()
    return {row[0]: address_name(row[1], row[2]) for row in rows}


def _load_events(connection: duckdb.DuckDBPyConnection, changes: Changes) -> None:
    rows = connection.execute(
        """
        select event_id, document_id, kind, version_no, "at", run_id
        from event semi join wanted_document using (document_id)
        """
    ).fetchall()
    changes.events.update((row[0], Event(*row)) for row in rows)


def _write(connection: duckdb.DuckDBPyConnection, changes: Changes, before: _Rows) -> None:
    """Write everything collected; rows that are there already stay as they are, documents take their new
    standing.
    """
    stage_like(connection, "new_capture", "capture", (_capture_row(one) for one in changes.captures.values()))
    connection.execute("insert into capture select * from new_capture on conflict do nothing")
    if changes.renumbered:
        renumber_versions(connection, changes.renumbered.values())
    _write_readings(connection, changes)
    versions = (
        (
            one.document_id,
            one.version_no,
            one.content_hash,
            one.extractor_version,
            one.capture_id,
            one.fetched_at,
        )
        for one in changes.versions
    )
    stage_like(connection, "new_version", "version", versions)
    connection.execute("insert or replace into version select * from new_version")
    _write_documents(connection, changes, before)
    stage_like(connection, "new_event", "event", map(astuple, changes.events.values()))
    connection.execute("insert into event select * from new_event on conflict do nothing")


def _write_readings(connection: duckdb.DuckDBPyConnection, changes: Changes) -> None:
    if not changes.readings:
        return
    stage_like(
        connection, "new_reading", "reading", (_reading_row(*pair) for pair in changes.readings.values())
    )
    connection.execute("insert or replace into reading select * from new_reading")
    texts = ((one.reading_id, paragraphs_text(seen.document)) for one, seen in changes.readings.values())
    stage_like(connection, "new_text", "reading_text", texts)
    connection.execute("insert or replace into reading_text select * from new_text")
    if changes.replaced:
        stage(connection, "replaced", "document_id varchar", ((one,) for one in changes.replaced))
        connection.execute("delete from classified where document_id in (select document_id from replaced)")


def _write_documents(connection: duckdb.DuckDBPyConnection, changes: Changes, before: _Rows) -> None:
    stage_like(connection, "touched", "document", map(_document_row, changes.touched.values()))
    _note_touched(connection, changes, before)
    connection.execute("insert or replace into document select * from touched")
    stage_like(connection, "new_alias", "document_alias", changes.aliases.items())
    connection.execute("insert into document_alias select * from new_alias on conflict do nothing")


def _note_touched(connection: duckdb.DuckDBPyConnection, changes: Changes, before: _Rows) -> None:
    """Tell publication which documents changed, and which were only seen again."""
    written = {one.document_id for one, _ in changes.readings.values()}
    written |= {one.document_id for one in changes.versions} | {*changes.replaced, *changes.renumbered}
    seen = set()
    for document_id, one in changes.touched.items():
        now, was = _document_row(one), before.get(document_id)
        if was is None or now[:_SEEN] + now[_SEEN + 1 :] != was[:_SEEN] + was[_SEEN + 1 :]:
            written.add(document_id)
        elif now != was:
            seen.add(document_id)
    touch(connection, written)
    touch(connection, seen - written, "seen")


def _document_row(one: KnownDocument) -> tuple[object, ...]:
    return (
        one.document_id, one.source_id, one.site_id, one.url, one.status, one.origin, one.first_seen_at,
        one.last_seen_at, one.changed_at, one.version_no, one.reading_id,
    )  # fmt: skip


def _write_problems(
    connection: duckdb.DuckDBPyConnection, batch: Sequence[ReadCapture], changes: Changes
) -> None:
    """The batch's difficulties replace what an earlier reading noted of the same captures."""
    stage(connection, "read_capture", "capture_id varchar", ((read.capture.capture_id,) for read in batch))
    connection.execute("delete from problem where capture_id in (select capture_id from read_capture)")
    rows = {
        (capture.capture_id, problem.code): (
            capture.capture_id, capture.source_id, capture.url, problem.code, problem.detail,
            capture.fetched_at,
        )
        for capture, problem in reversed(changes.problems)
    }  # fmt: skip
    if stage_like(connection, "new_problem", "problem", rows.values()):
        connection.execute("insert into problem select * from new_problem")


def _capture_row(one: Capture) -> tuple[object, ...]:
    return (
        one.capture_id, one.source_id, one.run_id, one.url, one.final_url, one.fetched_at, one.status,
        one.media_type, one.sha256, one.length, one.place.file, one.place.offset, one.place.length, one.kind,
        one.role,
    )  # fmt: skip


def _reading_row(one: KnownReading, seen: Observation) -> tuple[object, ...]:
    document = seen.document
    origins = json.dumps([asdict(origin) for origin in document.origins], ensure_ascii=False)
    return (
        one.reading_id, one.document_id, one.version_no, one.capture_id, one.extractor_version, document.path,
        document.title, document.doc_number, document.index_number, document.issuer,
        list(document.departments), list(document.topics), document.topic_scheme, document.published,
        document.written, document.effective, document.doc_type, document.validity, document.jurisdiction,
        document.language,
        document.unit, origins, one.content_hash, seen.fingerprint.text, title_key(document.title),
        document.quality, document.method, document.places or None,
    )  # fmt: skip
