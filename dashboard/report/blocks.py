"""What the sections of a report share: how a document is called, and a heading with its blocks."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.briefing.model import Item
from dashboard.report.model import Block, Paragraph, Section, Table, plain
from dashboard.report.words import Words


def title_of(item: Item, words: Words) -> str:
    """The title on one line, or the word for none."""
    return plain(item.title) or words.say("untitled")


def section_of(heading: str, blocks: Iterable[Block], words: Words) -> Section:
    """A heading with its blocks, or with "none"."""
    return Section(heading, tuple(blocks) or (Paragraph(words.say("none")),))


def table_of(heads: str, rows: Iterable[tuple[str, ...]], numbers: tuple[int, ...]) -> Table:
    """A table whose heads are one sentence of words divided by `|`."""
    return Table(tuple(heads.split("|")), tuple(rows), numbers)
