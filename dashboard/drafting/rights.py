"""What the terms of a source let a paper quote: nothing where they allow a link, a little of an excerpt."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dashboard.drafting.grammar import mark_text
from dashboard.drafting.model import Block, Draft, Mark, Quotation, Text
from dashboard.drafting.paper_sources import PaperSources
from warehouse.errors import UserError
from warehouse.passages import MOST_OF_EXCERPT

TERM = 12  # characters up to which words in quotation marks are a name rather than a quotation
_QUOTED = re.compile(r"“([^“”]*)”|「([^「」]*)」|『([^『』]*)』|\"([^\"]*)\"")


def refuse_closed_quotations(draft: Draft, sources: PaperSources) -> None:
    """UserError for words quoted from a document whose source allows a link only, or more than an excerpt."""
    quoted: dict[str, int] = {}
    for length, mark in _quotations(draft):
        document_id = sources.document_of(mark)
        terms = sources.terms_of(document_id) if document_id else None
        if document_id is None or terms in (None, "full"):
            continue
        if terms == "link":
            raise UserError(
                f"{mark_text(mark)} is quoted, but its source allows a link only (document {document_id});"
                " tell it in your own words and keep the reference."
            )
        quoted[document_id] = quoted.get(document_id, 0) + length
        if quoted[document_id] > MOST_OF_EXCERPT:
            raise UserError(
                f"{mark_text(mark)}: the source allows excerpts, and {quoted[document_id]} characters of"
                f" document {document_id} are quoted; shorten them to {MOST_OF_EXCERPT} together."
            )


def _quotations(draft: Draft) -> Iterator[tuple[int, Mark]]:
    """Length and mark of every quotation that is longer than a name and has a mark in its paragraph."""
    for block, text in draft.texts():
        for start, end in _ranges(block, text):
            mark = _mark_of(text, end)
            if mark is not None:
                yield end - start, mark


def _ranges(block: Block, text: Text) -> Iterator[tuple[int, int]]:
    if isinstance(block, Quotation):
        yield 0, len(text.text)
        return
    for found in _QUOTED.finditer(text.text):
        if found.end() - found.start() - 2 > TERM:
            yield found.start() + 1, found.end() - 1


def _mark_of(text: Text, end: int) -> Mark | None:
    """The first mark behind the quotation, else the last of the paragraph."""
    behind = (mark for mark in text.marks if mark.at >= end)
    return next(behind, text.marks[-1] if text.marks else None)
