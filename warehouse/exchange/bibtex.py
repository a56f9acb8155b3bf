"""BibTeX: UTF-8, keys that never change, every character of a value as it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from warehouse.exchange.notes import note_of
from warehouse.exchange.reference_record import ReferenceRecord

# Braces are counted by BibTeX even behind a backslash, so they are spelt out.
_ESCAPED = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{character: "\\" + character for character in "$&#_%"},
}
_SPECIAL = re.compile("[" + re.escape("".join(_ESCAPED)) + "]")
_LANGUAGES = {"zh-CN": "chinese", "en": "english"}


def write_bibtex(records: Iterable[ReferenceRecord]) -> Iterator[str]:
    """One entry a string; its key is the document's name."""
    for record in records:
        fields = [f"  {name} = {{{value}}}" for name, value in _fields(record) if value]
        yield f"@{record.kind.bibtex}{{{record.document_id},\n" + ",\n".join(fields) + "\n}\n\n"


def escaped(text: str) -> str:
    """A text in which nothing is an instruction to TeX."""
    return _SPECIAL.sub(lambda found: _ESCAPED[found[0]], text)


def _fields(record: ReferenceRecord) -> Iterator[tuple[str, str | None]]:
    yield "title", f"{{{escaped(record.title)}}}"  # the inner braces keep capitals
    people = [escaped(person) for person in record.people]
    yield "author", " and ".join((*people, *(f"{{{escaped(author)}}}" for author in record.authors)))
    if record.kind.bibtex == "techreport" and (record.publisher or record.authors):
        yield "institution", f"{{{escaped(record.publisher or record.authors[0])}}}"
    elif record.publisher:
        yield "publisher", f"{{{escaped(record.publisher)}}}"
    yield "address", _text(record.place)
    yield "edition", _text(record.edition)
    yield "number", _text(record.number)
    yield "type", _text(record.doc_type)
    yield "year", str(year) if (year := record.issued.year if record.issued else record.year) else None
    yield "date", record.issued.isoformat() if record.issued else None
    yield "organization", _text(record.site)
    yield "url", record.url
    yield "urldate", record.accessed.isoformat() if record.accessed else None
    yield "language", _LANGUAGES.get(record.language, record.language)
    yield "keywords", ", ".join(escaped(subject.replace(",", "，")) for subject in record.subjects)
    yield "abstract", _text(record.abstract)
    yield "note", "; ".join(escaped(note) for note in note_of(record))


def _text(value: str | None) -> str | None:
    return escaped(value) if value else None
