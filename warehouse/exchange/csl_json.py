"""CSL-JSON: what citation processors (Zotero, pandoc, citeproc) read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from warehouse.exchange.notes import note_of
from warehouse.exchange.reference_record import ReferenceRecord

_LEGAL = frozenset({"legislation", "regulation", "bill"})


def write_csl_json(records: Iterable[ReferenceRecord]) -> Iterator[str]:
    """One array, an item a line, so that a million items need no memory."""
    head = "[\n"
    for record in records:
        yield head + json.dumps(csl_item(record), ensure_ascii=False)
        head = ",\n"
    yield "[]\n" if head == "[\n" else "\n]\n"


def csl_item(record: ReferenceRecord) -> dict[str, Any]:
    """The item of a record: names and types as CSL 1.0.2 has them; unknown values are left out."""
    lead = record.authors[0] if record.authors else None
    item: dict[str, Any] = {
        "id": record.document_id,
        "type": record.kind.csl,
        "title": record.title,
        "author": [*map(_person, record.people), *({"literal": author} for author in record.authors)],
        "authority": lead if record.kind.csl in _LEGAL else None,
        "publisher": record.publisher or lead,
        "edition": record.edition,
        "number": record.number,
        "genre": record.doc_type,
        "jurisdiction": record.jurisdiction,
        "publisher-place": record.place or record.region,
        "container-title" if record.kind.csl == "webpage" else "source": record.site,
        "issued": _day(record.issued) or ({"date-parts": [[record.year]]} if record.year else None),
        "accessed": _day(record.accessed),
        "URL": record.url,
        "language": record.language,
        "keyword": ", ".join(record.subjects),
        "abstract": record.abstract,
        "note": "\n".join(note_of(record)),
    }
    return {name: value for name, value in item.items() if value}


def _person(name: str) -> dict[str, str]:
    family, comma, given = name.partition(", ")
    return {"family": family, "given": given} if comma else {"literal": name}


def _day(day: date | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None
