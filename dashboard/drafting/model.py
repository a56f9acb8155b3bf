"""The parts of a draft's text: what checks look at, what the preview shows and what a report is made of.

A draft is Markdown with two additions. `[^e12]` is a reference to item 12 of the evidence basket and `[^d…]`
to a document of the publication by its document id; a fenced block `figure` asks for a chart or table that
is made from the publication when it is shown. Links, images and HTML mean nothing: they stay letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

MarkKind = Literal["evidence", "document"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A reference in the text: it stands after the `at`-th code point of the text that it supports."""

    at: int
    kind: MarkKind
    key: str  # number of the basket item, or the document id


@dataclass(frozen=True, slots=True)
class Span:
    """Code points from `start` to before `end` that are set strong or with emphasis."""

    start: int
    end: int
    kind: Literal["strong", "emphasis"]


@dataclass(frozen=True, slots=True)
class Text:
    """Text without its Markdown signs and references; offsets of marks and spans count its code points."""

    text: str
    marks: tuple[Mark, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands in the draft: its number from 0, and its lines from 0, `until` not included."""

    block: int
    line: int
    until: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a section of the report (`##`), 2 and 3 stand below it, 0 is the title (`#`)."""

    level: int
    text: Text
    place: Place


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    text: Text
    place: Place


@dataclass(frozen=True, slots=True)
class Quotation:
    """A paragraph that stands in a block quotation (`>`): all of it is quoted."""

    text: Text
    place: Place


@dataclass(frozen=True, slots=True)
class Item:
    """A point of a list; `number` is its number in an ordered list, None in others; depth counts from 0."""

    text: Text
    depth: int
    number: int | None
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was written by hand; `numbers` are its columns set to the right."""

    heads: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    numbers: tuple[int, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart or table asked for from the publication, as the TOML of its fenced block says."""

    settings: Mapping[str, Any]
    problem: str  # why the settings cannot be read; "" when they can
    place: Place


Block = Heading | Paragraph | Quotation | Item | Table | Figure


@dataclass(frozen=True, slots=True)
class Draft:
    """The blocks of a draft's text in order."""

    blocks: tuple[Block, ...]

    def texts(self) -> Iterator[tuple[Block, Text]]:
        """Every run of text with the block it stands in, cells of tables row by row."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield from ((block, cell) for row in (block.heads, *block.rows) for cell in row)
            elif not isinstance(block, Figure):
                yield block, block.text

    def marks(self) -> tuple[Mark, ...]:
        """Every reference in the order of the text."""
        return tuple(mark for _, text in self.texts() for mark in text.marks)

    @property
    def outline(self) -> tuple[Heading, ...]:
        """The headings in order."""
        return tuple(block for block in self.blocks if isinstance(block, Heading))
