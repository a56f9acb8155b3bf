"""A passage: words of a published document, pinned so that they can be found again and checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warehouse.errors import UserError

if TYPE_CHECKING:
    from warehouse.publication import Publication

CONTEXT = 32  # code points kept before and after a passage, DESIGN.md section 3
MOST = 5_000  # code points of a passage: more is a document, not evidence for a sentence
MOST_OF_EXCERPT = 200  # of a source that allows excerpts only: as much as its documents show here anywhere


@dataclass(frozen=True, slots=True)
class Passage:
    """Where the words stand and what they are.

    Offsets count code points of the published (masked) paragraph, `end` not included. Context runs over the
    neighbouring paragraphs, which a newline divides. A reader that divides a paragraph in two leaves a
    passage that runs on: `end` then counts over the newline into the next paragraph, as `words_at` reads it.
    `text` stays as it was pinned, also where a changed reader prints other white space or signs there.
    """

    document_id: str
    version_no: int
    reading_id: str
    sha256: str | None  # of the archived bytes the reading was made of; None for what was only imported
    paragraph: int  # from 0
    start: int
    end: int
    text: str
    before: str
    after: str


def context(paragraphs: Sequence[str], paragraph: int, start: int, end: int) -> tuple[str, str]:
    """Up to `CONTEXT` code points before and after a range of a text's paragraph."""
    before = "\n".join((*paragraphs[max(0, paragraph - CONTEXT) : paragraph], paragraphs[paragraph][:start]))
    after = _from(paragraphs, paragraph, end + CONTEXT)[end : end + CONTEXT]
    return before[-CONTEXT:], after


def words_at(paragraphs: Sequence[str], passage: Passage) -> str:
    """The words that stand at a passage's place in a text; '' when the text does not reach there."""
    if not 0 <= passage.paragraph < len(paragraphs):
        return ""
    return _from(paragraphs, passage.paragraph, passage.end)[passage.start : passage.end]


def passage_of(
    publication: Publication,
    document_id: str,
    paragraph: int,
    start: int = 0,
    end: int | None = None,
    version_no: int | None = None,
) -> Passage:
    """The passage at a place of a published document (paragraph from 0); the whole paragraph without `end`.

    `version_no` names a former version. UserError when there is no such document, version or place, and when
    the terms of the source forbid the text: `link` allows none of it, `excerpt` so
    many code points as `MOST_OF_EXCERPT`.
    """
    rows = publication.rows(_DOCUMENT, [document_id])
    if not rows:
        raise UserError(f"No document '{document_id}' is published.")
    row = rows[0]
    paragraphs, source = _text(publication, row, version_no)
    line = paragraphs[paragraph] if 0 <= paragraph < len(paragraphs) else None
    if line is None:
        raise UserError(
            f"Document {document_id} has no paragraph {paragraph + 1}; its text has {len(paragraphs)}."
        )
    until = len(line) if end is None else end
    if not 0 <= start < until <= len(line) or not line[start:until].strip():
        raise UserError(
            f"Paragraph {paragraph + 1} of document {document_id} has no words from {start} to {until};"
            f" it has {len(line)} characters."
        )
    _allowed(row["reuse"], until - start)
    before, after = context(paragraphs, paragraph, start, until)
    return Passage(
        document_id, source["version_no"], source["reading_id"], source["sha256"], paragraph, start, until,
        line[start:until], before, after,
    )  # fmt: skip


def _text(
    publication: Publication, row: dict[str, Any], version_no: int | None
) -> tuple[Sequence[str], dict[str, Any]]:
    """The paragraphs of the asked version and whose they are."""
    document_id = row["document_id"]
    if version_no is None or version_no == row["version_no"]:
        return publication.body(document_id), row
    from warehouse.search.past import past_text

    former = publication.rows(_FORMER, [document_id, version_no])
    if not former:
        raise UserError(f"The text of version {version_no} of document {document_id} is not held here.")
    return past_text(publication, document_id, version_no), former[0]


def _allowed(reuse: str | None, length: int) -> None:
    if reuse == "link":
        raise UserError(
            "The source of this document allows a link to it, but none of its text to be kept or shown here."
        )
    if reuse == "excerpt" and length > MOST_OF_EXCERPT:
        raise UserError(
            f"The source of this document allows short excerpts only; choose at most {MOST_OF_EXCERPT}"
            f" characters ({length} were chosen)."
        )
    if length > MOST:
        raise UserError(f"{length} characters are too many for a passage; choose at most {MOST}.")


def _from(paragraphs: Sequence[str], paragraph: int, length: int) -> str:
    """The text from a paragraph on, at least `length` code points of it when there are so many."""
    lines, size = [], -1
    for line in paragraphs[paragraph:]:
        lines.append(line)
        size += len(line) + 1
        if size >= length:
            break
    return "\n".join(lines)


_DOCUMENT = """
select document.document_id, document.version_no, document.reading_id, source.reuse, capture.sha256
from document
left join source using (source_id)
left join capture on capture.capture_id = document.capture_id
where document.document_id = ?
"""
_FORMER = """
select past_body.version_no, past_body.reading_id, capture.sha256
from past_body
left join capture on capture.capture_id = past_body.capture_id
where past_body.document_id = ? and past_body.version_no = ?
"""
