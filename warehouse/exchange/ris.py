"""RIS: one tagged line a value, for Zotero, EndNote and library catalogues."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from warehouse.exchange.notes import note_of
from warehouse.exchange.reference_record import ReferenceRecord

_NUMBERED = frozenset({"GOVDOC", "RPRT"})  # where reading programs look for the number in SN


def write_ris(records: Iterable[ReferenceRecord]) -> Iterator[str]:
    """One record a string; lines end with CR LF as the format asks."""
    for record in records:
        lines = [f"{tag}  - {value}" for tag, value in _lines(record) if value]
        yield "\r\n".join((f"TY  - {record.kind.ris}", *lines, "ER  - ", "", ""))


def _lines(record: ReferenceRecord) -> Iterator[tuple[str, str | None]]:
    yield "ID", record.document_id
    yield "TI", record.title
    for person in record.people:
        yield "AU", person
    for author in record.authors:
        yield "AU", _institution(author)
    yield "PB", record.publisher or (record.authors[0] if record.authors else None)
    yield "PY", str(year) if (year := record.issued.year if record.issued else record.year) else None
    yield "DA", _day(record.issued)
    yield "M1", record.number
    yield "SN", record.number if record.kind.ris in _NUMBERED else None
    yield "M3", record.doc_type
    yield "T2" if record.kind.ris == "ELEC" else "DP", record.site
    yield "ET", record.edition
    yield "CY", record.place or record.region
    yield "UR", record.url
    yield "Y2", _day(record.accessed)
    yield "LA", record.language
    for subject in record.subjects:
        yield "KW", subject.replace(";", "；")  # a semicolon parts keywords
    yield "AB", record.abstract
    for note in note_of(record):
        yield "N1", note


def _institution(name: str) -> str:
    """A comma parts family and given name in this format, so a body's own comma is written wide."""
    return name.replace(", ", "，").replace(",", "，")


def _day(day: date | None) -> str | None:
    return f"{day.year:04}/{day.month:02}/{day.day:02}" if day else None
