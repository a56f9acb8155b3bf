"""Readings drawn for being read once more from the archive, and whether they come out the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.content import fingerprint
from warehouse.database import reading_warehouse
from warehouse.findings import Finding
from warehouse.home import Home
from warehouse.listed_values import ListedValues, keep_listed, told_by_lists
from warehouse.records import Document, FieldOrigin


@dataclass(frozen=True, slots=True)
class StoredReading:
    """A reading as it is kept: what reading its capture again must give."""

    reading_id: str
    document_id: str
    capture_id: str
    content_hash: str
    listed: ListedValues


def draw_readings(
    home: Home, extractor_version: str, number: int, seed: int, *, lock: bool = True
) -> list[StoredReading]:
    """Up to `number` readings that documents show and this extractor made; one seed draws the same ones."""
    if not home.warehouse_file.is_file() or number < 1:
        return []
    with reading_warehouse(home, lock) as connection:
        rows = connection.execute(_DRAW, [extractor_version, str(seed), number]).fetchall()
    return [
        StoredReading(one, document, capture, content, ListedValues(title, told_by_lists(_origins(origins))))
        for one, document, capture, content, title, origins in rows
    ]


def differs(stored: StoredReading, documents: Sequence[Document]) -> Finding | None:
    """A finding when none of the documents read now is the stored one."""
    hashes = {fingerprint(keep_listed(stored.listed, one)).content for one in documents}
    if stored.content_hash in hashes:
        return None
    detail = (
        f"capture {stored.capture_id} read again gives another text or other fields"
        if documents
        else f"capture {stored.capture_id} read again gives no document"
    )
    return Finding("reading-differs", stored.document_id, detail, _REMEDY)


_REMEDY = "type 'govbrief extract --again'; if a source file or the program was changed, that is why"


def _origins(text: str) -> list[FieldOrigin]:
    return [FieldOrigin(**one) for one in json.loads(text)]


_DRAW = """
select r.reading_id, r.document_id, r.capture_id, r.content_hash, r.title_key, r.origins::varchar
from reading r
semi join document d on d.reading_id = r.reading_id
where r.extractor_version = ?
order by md5(r.reading_id || ?)
limit ?
"""
