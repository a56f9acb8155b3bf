"""The texts of the cited documents as far as their terms allow, and the pins that point into them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from dashboard.evidence.model import CitedSource, PackPin
from warehouse.passages import MOST_OF_EXCERPT, Passage
from warehouse.publication import Publication
from warehouse.queries.pages_document import former_text

Piece = dict[str, Any]  # paragraph (from 0), start (code point of the paragraph), text


@dataclass(frozen=True, slots=True)
class PackedText:
    """What one version of a document says, in pieces: whole paragraphs, or parts of them."""

    source: CitedSource
    version_no: int
    pieces: tuple[Piece, ...]
    extent: str  # whole | passages | nothing
    found: bool  # False: no publication at hand has this version's text; the words are those of the pins

    @property
    def file(self) -> str:
        """Its member of the pack."""
        return f"texts/{self.source.name}-v{self.version_no}.json"

    def content(self) -> dict[str, Any]:
        """The member as data."""
        return {
            "document_id": self.source.document_id,
            "version_no": self.version_no,
            "extent": self.extent,
            "found": self.found,
            "pieces": list(self.pieces),
        }


def packed_texts(
    publications: Sequence[Publication], sources: Iterable[CitedSource], pins: Sequence[PackPin]
) -> list[PackedText]:
    """A text for each cited version, taken of the first publication that has the pinned words there."""
    made = []
    for source in sources:
        own = [pin.passage for pin in pins if pin.passage.document_id == source.document_id]
        for version_no in sorted({one.version_no for one in own}):
            passages = [one for one in own if one.version_no == version_no]
            made.append(_packed(publications, source, version_no, passages))
        if not own and source.row is not None and source.reuse == "full":
            whole = _pieces(publications[0].body(source.document_id))
            made.append(PackedText(source, int(source.row["version_no"]), whole, "whole", True))
    return made


def pin_content(pin: PackPin, texts: Iterable[PackedText]) -> dict[str, Any]:
    """A pin as data, with the member that its words stand in.

    Words that the terms of their source keep out of the pack are withheld: their hash alone is told, so that
    whoever has the source's text can still compare.
    """
    one = pin.passage
    text = next(
        text
        for text in texts
        if (text.source.document_id, text.version_no) == (one.document_id, one.version_no)
    )
    withheld = words_at(text.pieces, one.paragraph, one.start, one.end) != one.text
    whole = text.extent == "whole"
    return {
        "key": pin.key,
        "title": pin.title,
        "quoted": pin.quoted,
        "place": list(pin.place) if pin.place else None,
        "file": text.file,
        "withheld": withheld,
        "text_sha256": sha256(one.text.encode("utf-8")).hexdigest(),
        "document_id": one.document_id,
        "version_no": one.version_no,
        "reading_id": one.reading_id,
        "sha256": one.sha256,
        "paragraph": one.paragraph,
        "start": one.start,
        "end": one.end,
        "text": "" if withheld else one.text,
        "before": one.before if whole else "",
        "after": one.after if whole else "",
    }


def words_at(pieces: Iterable[Mapping[str, Any]], paragraph: int, start: int, end: int) -> str | None:
    """The words between two code points of a paragraph; None when no piece has them all."""
    for piece in pieces:
        first, text = int(piece["start"]), str(piece["text"])
        if piece["paragraph"] == paragraph and first <= start <= end <= first + len(text):
            return text[start - first : end - first]
    return None


def _packed(
    publications: Sequence[Publication], source: CitedSource, version_no: int, passages: Sequence[Passage]
) -> PackedText:
    text = next(
        (
            paragraphs
            for publication in publications
            if (paragraphs := _text_of(publication, source.document_id, version_no))
            and all(_stands(paragraphs, one) for one in passages)
        ),
        None,
    )
    if source.reuse == "full" and text is not None:
        return PackedText(source, version_no, _pieces(text), "whole", True)
    if source.reuse == "link":
        return PackedText(source, version_no, (), "nothing", text is not None)
    most = None if source.reuse == "full" else MOST_OF_EXCERPT
    return PackedText(source, version_no, _passages(passages, most), "passages", text is not None)


def _text_of(publication: Publication, document_id: str, version_no: int) -> tuple[str, ...]:
    rows = publication.rows("select version_no from document where document_id = ?", [document_id])
    if rows and rows[0]["version_no"] == version_no:
        return publication.body(document_id)
    return former_text(publication, document_id, version_no)


def _stands(paragraphs: Sequence[str], one: Passage) -> bool:
    return one.paragraph < len(paragraphs) and paragraphs[one.paragraph][one.start : one.end] == one.text


def _pieces(paragraphs: Sequence[str]) -> tuple[Piece, ...]:
    return tuple({"paragraph": at, "start": 0, "text": text} for at, text in enumerate(paragraphs))


def _passages(passages: Iterable[Passage], most: int | None) -> tuple[Piece, ...]:
    """The pinned words alone, the longest first, as far as `most` characters of the document go."""
    kept: list[Piece] = []
    left = most
    for one in sorted(passages, key=lambda one: (one.start - one.end, one.paragraph, one.start)):
        if words_at(kept, one.paragraph, one.start, one.end) is not None:
            continue
        if left is not None:
            if len(one.text) > left:
                continue
            left -= len(one.text)
        kept.append({"paragraph": one.paragraph, "start": one.start, "text": one.text})
    return tuple(sorted(kept, key=lambda piece: (piece["paragraph"], piece["start"])))
