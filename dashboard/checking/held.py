"""The texts of the documents a draft cites, read once a check: bodies of all versions, titles, files."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

from dashboard.checking.plain import plain
from warehouse.bodies import BodyPlace
from warehouse.queries.by_name import documents_by_name
from warehouse.queries.reading import Published

Where = Literal["body", "title", "file"]
_COLUMNS = """
d.document_no, d.source_id, d.title, d.doc_number, d.number_normal, d.index_number, d.issuer, d.published,
d.written, d.effective, d.language, d.unit, d.status, d.validity, d.validity_by,
d.in_force_from, d.in_force_until, d.version_no, d.reading_id, d.segment, d.start_at, d.length,
(select s.reuse from source s where s.source_id = d.source_id) as reuse,
(select b.title from document b where b.document_id = d.validity_by) as validity_by_title
"""
_PAST = """
select version_no, reading_id, title, segment, start_at, length from past_body
where document_id = ? order by version_no desc
"""
_FILES = """
select url, name, text from attachment
where document_no = ? and document_id = ? and text <> '' order by name, url
"""


@dataclass(frozen=True)
class Held:
    """One text that is held of a document; it is compared as a whole, so that a quotation may run over
    paragraphs.
    """

    where: Where
    name: str  # of a file its address
    version_no: int | None
    reading_id: str | None
    paragraphs: tuple[str, ...]
    current: bool

    @cached_property
    def text(self) -> str:
        """All paragraphs, a newline between them."""
        return "\n".join(self.paragraphs)

    @cached_property
    def plain(self) -> str:
        """The text as it is compared."""
        return plain(self.text)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        starts, at = [], 0
        for paragraph in self.paragraphs:
            starts.append(at)
            at += len(paragraph) + 1
        return tuple(starts)

    def place(self, at: int) -> tuple[int, int]:
        """Paragraph from 0 and code point within it of a place in `text`."""
        number = bisect.bisect_right(self._starts, at) - 1
        return number, at - self._starts[number]

    def offset(self, paragraph: int, at: int) -> int:
        """The place in `text` of a place in a paragraph."""
        return self._starts[paragraph] + at if paragraph < len(self._starts) else len(self.text)


class CitedDocument:
    """A published document that a draft cites; its texts are read when they are asked for."""

    def __init__(self, publication: Published, row: Mapping[str, Any]) -> None:
        self._publication = publication
        self.row = row
        self.document_id = str(row["document_id"])

    @property
    def title(self) -> str:
        """The title as published."""
        return str(self.row["title"])

    @property
    def reuse(self) -> str:
        """What the source allows: full, excerpt or link; what was imported without terms may be shown."""
        return str(self.row["reuse"] or "full")

    @cached_property
    def body(self) -> Held:
        """The version that is published."""
        place = BodyPlace(self.row["segment"], self.row["start_at"], self.row["length"])
        paragraphs = self._publication.body_at(place)
        return Held("body", "", int(self.row["version_no"]), self.row["reading_id"], paragraphs, True)

    @cached_property
    def heading(self) -> Held:
        """The title."""
        return Held("title", "", int(self.row["version_no"]), None, (self.title,), True)

    @cached_property
    def files(self) -> tuple[Held, ...]:
        """The files the document carries, as far as they were read."""
        rows = self._publication.rows(_FILES, [self.row["document_no"], self.document_id])
        return tuple(
            Held("file", str(row["url"]), None, None, tuple(row["text"].split("\n")), True) for row in rows
        )

    @cached_property
    def former(self) -> tuple[Held, ...]:
        """The versions before, the latest first."""
        found = []
        for row in self._publication.rows(_PAST, [self.document_id]):
            if row["version_no"] != self.row["version_no"]:
                place = BodyPlace(row["segment"], row["start_at"], row["length"])
                paragraphs = self._publication.body_at(place)
                found.append(Held("body", "", row["version_no"], row["reading_id"], paragraphs, False))
        return tuple(found)

    def texts(self) -> Iterator[Held]:
        """Every text held of the document: today's first, former versions last."""
        yield from (self.body, self.heading, *self.files)
        yield from self.former

    def version(self, number: int) -> Held | None:
        """The text of one version, None when it is not held."""
        return next((one for one in (self.body, *self.former) if one.version_no == number), None)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days that the record of the document names."""
        names = ("published", "written", "effective", "in_force_from", "in_force_until")
        return tuple(self.row[name] for name in names if self.row[name])


class Library:
    """The documents a draft cites, by id; what is not published is not in it."""

    def __init__(self, publication: Published, ids: Iterable[str]) -> None:
        rows = documents_by_name(publication, _COLUMNS, ids)
        self.publication = publication
        self._documents = {one: CitedDocument(publication, row) for one, row in rows.items()}

    def __contains__(self, document_id: object) -> bool:
        return document_id in self._documents

    def __iter__(self) -> Iterator[CitedDocument]:
        return iter(self._documents.values())

    def get(self, document_id: str | None) -> CitedDocument | None:
        """The document, None when it is not published."""
        return self._documents.get(document_id or "")
