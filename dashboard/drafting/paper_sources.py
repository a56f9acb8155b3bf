"""The references of a paper: which document each mark means, its number or name, and the list of sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from dashboard.drafting.grammar import mark_text
from dashboard.drafting.model import Draft, Heading, Mark, Text
from dashboard.report.model import Reference, plain
from dashboard.report.prose import Piece
from dashboard.report.references import SHOWN_HASH
from dashboard.report.words import Words
from dashboard.words import say
from warehouse.citing.addresses import stable_address
from warehouse.citing.numbering import Cite, Listed, Numbering, work_key
from warehouse.citing.parts import Pinpoint
from warehouse.citing.runs import Runs
from warehouse.citing.runs import plain as text_of
from warehouse.citing.style import style_named
from warehouse.desk.basket.model import BasketItem
from warehouse.errors import UserError
from warehouse.exchange.reference_record import ReferenceRecord, kind_of, one_line, reference_record
from warehouse.passages import Passage
from warehouse.places import spot_of
from warehouse.publication import Publication
from warehouse.queries import pages_citing
from warehouse.queries.report import archived_copies


@dataclass(slots=True)
class _Cited:
    """One document with what was cited of it."""

    record: ReferenceRecord
    reuse: str | None  # None: nobody stated terms
    published: bool = True  # in the publication that the paper is made from
    reading_id: str = ""
    places: str | None = None  # of a document that is a file: where its paragraphs stand
    passages: list[Passage] = field(default_factory=list)


class PaperSources:
    """The documents that a draft's marks name, numbered by first mention or sorted by name and year."""

    def __init__(
        self,
        publication: Publication,
        draft: Draft,
        items: Mapping[int, BasketItem],
        style: str,
        words: Words,
        *,
        strict: bool,
    ) -> None:
        self.style = style_named(style)
        self._publication, self._items, self._words, self._strict = publication, items, words, strict
        self._documents: dict[str, _Cited] = {}
        self._numbering = Numbering(self.style)
        self._places: dict[str, tuple[str, ...]] = {}
        for text in cited_texts(draft):
            for at, marks in groupby(text.marks, key=lambda mark: mark.at):
                self._mention(text, at, list(marks))
        self._listed = self._numbering.listed()
        self._numbers = {work_key(one.record): at for at, one in enumerate(self._listed, 1)}

    def piece(self, text: Text, at: int) -> Piece:
        """The mark at an offset of a text of the draft: [1], [1]第3段[2], (Care Act 2014)."""
        documents = self._places.get(_mention_name(text, at), ())
        if not documents:
            return Piece("[?]", cited=True, raised=True)
        numbers = (self._numbers[work_key(self._documents[one].record)] for one in documents)
        told = text_of(self._numbering.mark(_mention_name(text, at)))
        raised = self.style.numeric
        if not raised and self._words.language == "en":
            told = f" {told}"
        return Piece(told, cited=True, raised=raised, references=tuple(dict.fromkeys(numbers)))

    def document_of(self, mark: Mark) -> str | None:
        """The document a mark means; None for an item or document that is not there."""
        if mark.kind == "document":
            return mark.key if self._read(mark.key, None) else None
        item = self._items.get(int(mark.key))
        return item.passage.document_id if item else None

    def terms_of(self, document_id: str) -> str | None:
        """full, excerpt or link; None where the source stated none."""
        found = self._documents.get(document_id)
        return found.reuse if found else None

    def references(self) -> tuple[Reference, ...]:
        """The list of sources in its order."""
        by_work: dict[tuple[str, ...], list[_Cited]] = {}
        for one in self._documents.values():
            by_work.setdefault(work_key(one.record), []).append(one)
        held = archived_copies(self._publication, self._documents)
        return tuple(
            self._reference(number, listed, by_work[work_key(listed.record)], held)
            for number, listed in enumerate(self._listed, 1)
        )

    def _mention(self, text: Text, at: int, marks: Sequence[Mark]) -> None:
        cites, documents = [], []
        for mark in marks:
            item = self._items.get(int(mark.key)) if mark.kind == "evidence" else None
            document_id = mark.key if mark.kind == "document" else item.passage.document_id if item else ""
            found = self._read(document_id, item) if document_id else None
            if found is None:
                self._refuse(mark)
                continue
            if item is not None and item.passage not in found.passages:
                found.passages.append(item.passage)
            pin = _pinpoint(item.passage, found) if item else None
            cites.append(Cite(found.record, pin))
            documents.append(document_id)
        if cites:
            self._numbering.add(_mention_name(text, at), cites)
            self._places[_mention_name(text, at)] = tuple(documents)

    def _refuse(self, mark: Mark) -> None:
        """A signed paper cannot name what is not there; a draft shows [?]."""
        if self._strict:
            raise UserError(
                f"The reference {mark_text(mark)} names nothing that the basket or the publication holds;"
                " take it out or collect the passage again."
            )

    def _read(self, document_id: str, item: BasketItem | None) -> _Cited | None:
        if document_id not in self._documents:
            row = pages_citing.cited(self._publication, document_id)
            if row is not None:
                self._documents[document_id] = _Cited(
                    reference_record(row), row["reuse"], reading_id=row["reading_id"], places=row["places"]
                )
            elif item is not None:  # published no longer: what the basket remembers of it
                self._documents[document_id] = _Cited(_remembered(item), None, published=False)
        return self._documents.get(document_id)

    def _reference(
        self, number: int, listed: Listed, cited: Sequence[_Cited], held: Mapping[str, Mapping[str, Any]]
    ) -> Reference:
        record = listed.record
        first = next(one for one in cited if one.record.document_id == record.document_id)
        copy = held.get(record.document_id, {})
        digest = next((one.sha256 for one in first.passages if one.sha256), copy.get("sha256"))
        text, link, rest, italics = _cut(listed.runs, record.url)
        if self._words.language == "en":
            text = text.rstrip()  # English papers put a blank before the address themselves
        return Reference(
            number=number,
            document_id=record.document_id,
            title=record.title,
            doc_number=record.number,
            issuer="、".join(record.authors) or None,
            published=record.issued,
            url=link,
            archive_hash=digest,
            retrieved=copy.get("fetched_at"),
            text=text,
            note=rest + self._note(cited, digest, copy.get("fetched_at")),
            italics=italics,
        )

    def _note(self, cited: Sequence[_Cited], digest: str | None, fetched: datetime | None) -> str:
        """Paragraphs cited, the document's name, when it was fetched, its hash, terms that restrict."""
        language, words = self._words.language, self._words
        paragraphs = sorted({passage.paragraph + 1 for one in cited for passage in one.passages})
        places = words.beside(map(str, paragraphs))
        terms = next((one.reuse for one in cited if one.reuse not in (None, "full") and one.published), None)
        facts = (
            say(language, "printed.places", n=len(paragraphs), places=places) if paragraphs else None,
            *(words.say("document", id=one.record.document_id) for one in cited),
            words.say("retrieved", moment=words.moment(fetched)) if fetched else None,
            words.say("archived", hash=digest[:SHOWN_HASH]) if digest else None,
            say(language, f"printed.terms-{terms}") if terms else None,
            None if all(one.published for one in cited) else say(language, "printed.gone"),
        )
        return say(language, "printed.note", told=words.listed(facts))


def _pinpoint(passage: Passage, found: _Cited) -> Pinpoint:
    """The page of a passage in a file whose pages are known, else its paragraph."""
    page = spot_of(found.places, passage.paragraph).page if passage.reading_id == found.reading_id else None
    if page is not None:
        return Pinpoint("page", str(page))
    return Pinpoint("paragraph", str(passage.paragraph + 1))


def cited_texts(draft: Draft) -> list[Text]:
    """The texts of a draft whose marks are printed, in order: all but the title's."""
    return [text for block, text in draft.texts() if not (isinstance(block, Heading) and block.level == 0)]


def _mention_name(text: Text, at: int) -> str:
    """Two paragraphs may say the same: a mention is known by which text it stands in, and where."""
    return f"{id(text)}:{at}"


def _cut(runs: Runs, url: str | None) -> tuple[str, str | None, str, tuple[tuple[int, int], ...]]:
    """The entry up to its address, the address, what stands behind it, and which characters are italic."""
    whole = text_of(runs)
    address = stable_address(url)
    start = whole.rfind(address) if address else -1
    text = whole[:start] if start >= 0 else whole
    rest = whole[start + len(address) :] if address and start >= 0 else ""
    italics, at = [], 0
    for run in runs:
        if run.italic and at < len(text):
            italics.append((at, min(at + len(run.text), len(text))))
        at += len(run.text)
    return text, address if start >= 0 else None, rest, tuple(italics)


def _remembered(item: BasketItem) -> ReferenceRecord:
    """A record of what the basket knows of a document that is not published."""
    title = one_line(item.title) or item.passage.document_id
    issued = date.fromisoformat(item.issued_on) if item.issued_on else None
    return ReferenceRecord(
        document_id=item.passage.document_id,
        kind=kind_of(None, title, item.number),
        title=title,
        language="zh-CN" if any("\u4e00" <= sign <= "\u9fff" for sign in title) else "en",
        authors=(plain(item.issuer),) if item.issuer else (),
        number=one_line(item.number),
        index_number=None,
        issued=issued,
        signed=None,
        in_force_from=None,
        accessed=None,
        url=None,
        site=None,
        doc_type=None,
        jurisdiction=None,
        region=None,
        validity=None,
        subjects=(),
        abstract=None,
        rights=None,
        related=(),
        sample=False,
    )
