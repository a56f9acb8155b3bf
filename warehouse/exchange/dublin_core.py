"""Dublin Core: oai_dc records as OAI-PMH harvesters read them, in one wrapping element."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from warehouse.exchange.notes import note_of
from warehouse.exchange.reference_record import ReferenceRecord

_OAI = "http://www.openarchives.org/OAI/2.0/oai_dc/"
HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<records xmlns:oai_dc="{_OAI}" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
"""
_RECORD = f'<oai_dc:dc xsi:schemaLocation="{_OAI} http://www.openarchives.org/OAI/2.0/oai_dc.xsd">\n'
_SPOKEN = frozenset({"title", "description"})  # elements whose language is the document's


def write_dublin_core(records: Iterable[ReferenceRecord]) -> Iterator[str]:
    """A head, one record a string, a tail."""
    yield HEAD
    for record in records:
        yield oai_dc(record)
    yield "</records>\n"


def oai_dc(record: ReferenceRecord) -> str:
    """One `oai_dc:dc` element; its prefixes are declared by what it stands in."""
    lines = [_element(name, value, record.language) for name, value in _elements(record) if value]
    return _RECORD + "".join(lines) + "</oai_dc:dc>\n"


def _elements(record: ReferenceRecord) -> Iterator[tuple[str, str | None]]:
    yield "title", record.title
    for author in record.authors:
        yield "creator", author
    for subject in record.subjects:
        yield "subject", subject
    yield "description", record.abstract
    yield "publisher", record.site or (record.authors[0] if record.authors else None)
    for day in dict.fromkeys((record.issued, record.signed)):
        yield "date", day.isoformat() if day else None
    yield "type", record.kind.dc
    yield "type", record.doc_type
    for identifier in (record.url, record.number, record.index_number, record.document_id):
        yield "identifier", identifier
    yield "source", record.url
    yield "language", record.language
    for address in record.related:
        yield "relation", address
    yield "coverage", record.region
    yield "coverage", record.jurisdiction
    for note in note_of(record):
        yield ("rights" if note == record.rights else "description"), note


def _element(name: str, value: str, language: str) -> str:
    spoken = f" xml:lang={quoteattr(language)}" if name in _SPOKEN else ""
    return f"  <dc:{name}{spoken}>{escape(value)}</dc:{name}>\n"
