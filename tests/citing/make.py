"""Records for the tests of references: the fields of a published document, and what only a hand can add."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from warehouse.exchange.reference_record import ReferenceRecord, reference_record

_ROW = (
    *(
        "url",
        "title",
        "doc_number",
        "index_number",
        "issuer",
        "published",
        "written",
        "effective",
        "doc_type",
    ),
    *("jurisdiction", "region", "reuse", "timezone", "abstract", "excerpt"),
)
_BY_HAND = ("people", "edition", "place", "publisher", "year", "identifier")


def record(fields: Mapping[str, Any]) -> ReferenceRecord:
    """The record of a document with these fields; `accessed` is the day of the copy, `site` its site."""
    seen = fields.get("accessed")
    row = {
        **{name: fields.get(name) for name in _ROW},
        "document_id": fields.get("id", "doc-0"),
        "title": "doc-0" if fields.get("untitled") else fields["title"],
        "source_id": "site" if fields.get("site") else "import-site",
        "source_name_zh": fields.get("site"),
        "source_name_en": fields.get("site"),
        "language": fields.get("language", "zh"),
        "issuers": fields.get("issuers", ()),
        "origin": "fetched" if seen else "imported",
        "captured_at": datetime(seen.year, seen.month, seen.day, tzinfo=UTC) if seen else None,
        "validity": "unknown",
        "subjects": [],
        "related": [],
        "sample": fields.get("sample", False),
    }
    hand = {name: fields[name] for name in _BY_HAND if name in fields}
    if "people" in hand:
        hand["people"] = tuple(hand["people"])
    return replace(reference_record(row), **hand)
