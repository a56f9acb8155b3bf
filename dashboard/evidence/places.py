"""Places in the text of a report: the words that stand there."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.drafting.model import Block, Figure, Table


def words_of(blocks: Sequence[Block], place: Sequence[int]) -> str | None:
    """The words at block, start and end; None where the place is none, or lies in a table or figure."""
    number, start, end = place
    if not 0 <= number < len(blocks) or isinstance(blocks[number], Table | Figure):
        return None
    text = blocks[number].text.text  # type: ignore[union-attr]
    return text[start:end] if 0 <= start < end <= len(text) else None
