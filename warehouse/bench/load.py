"""Made documents written straight into the warehouse, thousands at a time, without extraction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import duckdb
import numpy as np

from warehouse.bench.made import EXTRACTOR, Made
from warehouse.content import paragraphs_text, title_key
from warehouse.database import Warehouse
from warehouse.identity import address_name, digest
from warehouse.records import Capture, Evidence, FieldOrigin
from warehouse.rows import sql

_MADE = (
    "document_id source_id site_id url seen capture_id reading_id event_id run_id alias extractor_version "
    "content_hash text_hash title title_key doc_number number_organ number_year number_serial issuer topic "
    "topic_scheme published doc_type language origins text"
)
_CAPTURE = "capture_id source_id run_id url seen media_type sha256 size warc_file warc_offset role"
_ATTACHMENT = "document_id url name capture_id text"
_LABEL = "document_id field rank scheme code name score basis evidence classifier_id given"
_SPAN = "fact_id document_id sentence paragraph start_at end_at"
_CITATION = f"{_SPAN} kind target_title target_number target_key"
_DUTY = f"{_SPAN} who what due due_printed strength"
_FACT = f"{_SPAN} kind value rule"
_ROUTE = "fact_id document_id code name reason paragraph start_at end_at rule"
Row = tuple[Any, ...]


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Settings for loading: more memory, fewer checkpoints, and columns taken for the text they are."""
    connection.execute("set memory_limit = '2GB'")
    connection.execute("set checkpoint_threshold = '256MB'")
    connection.execute("set global pandas_analyze_sample = 0")


def load_made(w: Warehouse, documents: Sequence[Made]) -> None:
    """Store new documents with all that is said of them, in one transaction; `prepare` was called."""
    staged: tuple[tuple[str, str, Iterable[Row]], ...] = (
        ("made", _MADE, map(_made, documents)),
        ("made_capture", _CAPTURE, (row for one in documents for row in _captures(one))),
        ("made_attachment", _ATTACHMENT, (_attachment(one) for one in documents if one.attached)),
        ("made_label", _LABEL, (row for one in documents for row in _labels(one))),
        ("made_citation", _CITATION, (row for one in documents for row in _citations(one))),
        ("made_duty", _DUTY, (row for one in documents for row in _duties(one))),
        ("made_fact", _FACT, (row for one in documents for row in _facts(one))),
        ("made_route", _ROUTE, (row for one in documents for row in _routes(one))),
    )
    with w.transaction() as connection:
        for name, columns, rows in staged:
            connection.register(name, _columns(columns.split(), rows))
        for statement in sql("bench", "load").split(";\n"):
            if statement.strip():
                connection.execute(statement)
        for name, _, _ in staged:
            connection.unregister(name)


def _columns(names: Sequence[str], rows: Iterable[Row]) -> dict[str, np.ndarray[Any, Any]]:
    """The rows as arrays by column: numbers as such, all else as text or None."""
    listed = list(zip(*rows, strict=True)) or [() for _ in names]
    found = {}
    for name, values in zip(names, listed, strict=True):
        if values and isinstance(values[0], (int, float)):
            found[name] = np.array(values)
        else:
            found[name] = np.empty(len(values), dtype=object)
            found[name][:] = values
    return found


def _made(one: Made) -> Row:
    document, capture, number = one.document, one.read.capture, one.said.number
    text = paragraphs_text(document)
    parts = (number.organ, str(number.year), str(number.serial)) if number else (None, None, None)
    return (
        document.document_id, document.source_id, document.site_id, document.url,
        _instant(capture.fetched_at),
        capture.capture_id, one.said.reading_id, "evt-" + digest(document.document_id, "new", "1", ""),
        capture.run_id, address_name(document.source_id, capture.url), EXTRACTOR,
        digest(text, document.title, str(document.published)), digest(text), document.title,
        title_key(document.title), document.doc_number, *parts, document.issuer, document.topics[0],
        document.topic_scheme, str(document.published), document.doc_type, document.language,
        _json(document.origins), text,
    )  # fmt: skip


def _captures(one: Made) -> Iterator[Row]:
    for read in (one.read, one.attached) if one.attached else (one.read,):
        yield _capture(read.capture)


def _capture(one: Capture) -> Row:
    return (
        one.capture_id, one.source_id, one.run_id, one.url, _instant(one.fetched_at),
        one.media_type, one.sha256,
        one.length, one.place.file, one.place.offset, one.role,
    )  # fmt: skip


def _attachment(one: Made) -> Row:
    assert one.attached is not None
    assert one.attached.extraction.attachment is not None
    link = one.document.attachments[0]
    text = one.attached.extraction.attachment.text
    return one.document.document_id, link.url, link.name, one.attached.capture.capture_id, text


def _labels(one: Made) -> Iterator[Row]:
    for labels in (one.said.departments, one.said.topics):
        for rank, label in enumerate(labels, start=1):
            yield (
                one.said.document_id, label.field, rank, label.scheme, label.code, label.name, label.score,
                label.basis, _json(label.evidence), label.classifier_id, label.given,
            )  # fmt: skip


def _json(records: Sequence[Evidence | FieldOrigin]) -> str:
    shown = [{key: getattr(one, key) for key in one.__slots__} for one in records]
    return json.dumps(shown, ensure_ascii=False)


def _citations(one: Made) -> Iterator[Row]:
    for c in one.said.citations:
        yield (
            c.fact_id, one.said.document_id, c.sentence, c.paragraph, c.start, c.end, c.kind, c.target_title,
            c.target_number, title_key(c.target_title) or None,
        )  # fmt: skip


def _duties(one: Made) -> Iterator[Row]:
    for d in one.said.duties:
        yield (
            d.fact_id, one.said.document_id, d.sentence, d.paragraph, d.start, d.end,
            "、".join(d.who) or None,
            d.what, d.due and str(d.due), d.due_printed, d.strength,
        )  # fmt: skip


def _facts(one: Made) -> Iterator[Row]:
    for f in one.said.facts:
        yield (
            f.fact_id, one.said.document_id, f.sentence, f.paragraph, f.start, f.end, f.kind, f.value, f.rule
        )  # fmt: skip


def _routes(one: Made) -> Iterator[Row]:
    for r in one.said.routes:
        yield (
            r.fact_id, one.said.document_id, r.code, r.name, r.reason, r.paragraph, r.start, r.end, r.rule
        )  # fmt: skip


def _instant(at: datetime) -> int:
    """Microseconds since 1970."""
    return round(at.timestamp() * 1_000_000)
