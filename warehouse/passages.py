"""A passage: words of a published document, pinned so that they can be found again and checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

CONTEXT = 32  # code points kept before and after a passage, DESIGN.md section 3


@dataclass(frozen=True, slots=True)
class Passage:
    """Where the words stand and what they are.

    Offsets count code points of the published (masked) paragraph, `end` not included. Context runs over the
    neighbouring paragraphs, which a newline divides.
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
    after = "\n".join((paragraphs[paragraph][end:], *paragraphs[paragraph + 1 : paragraph + 1 + CONTEXT]))
    return before[-CONTEXT:], after[:CONTEXT]
