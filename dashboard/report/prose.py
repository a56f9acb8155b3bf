"""The parts that only written papers have: running text with references, quotations, lists, figures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is set alike; one with `cited` is a mark that names sources by their numbers."""

    text: str
    strong: bool = False
    emphasis: bool = False
    cited: bool = False
    raised: bool = False  # set as a raised number rather than in the line
    references: tuple[int, ...] = ()


Rich = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph of running text with its references where they stand."""

    pieces: Rich


@dataclass(frozen=True, slots=True)
class Quote:
    """A paragraph that is quoted from beginning to end."""

    pieces: Rich


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below that of the section, of level 2 or 3; its number is worked out when it is printed."""

    level: int
    pieces: Rich


@dataclass(frozen=True, slots=True)
class Listed:
    """A point of a list with what stands before it (1．, （1）, •); `depth` counts from 0."""

    label: str
    depth: int
    pieces: Rich


@dataclass(frozen=True, slots=True)
class Grid:
    """A table written by hand; `numbers` are the columns that hold figures."""

    heads: tuple[Rich, ...]
    rows: tuple[tuple[Rich, ...], ...]
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart or table made from the publication; a chart's figures stand in its table too."""

    label: str  # 图1, Table 2
    title: str
    unit: str  # what is counted, "" where the columns say it
    caption: str  # what the author says of it
    note: str  # how it is to be read
    source: str  # what it rests on
    alternative: str  # the figure in words, for whom cannot see it
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    chart: str = ""  # a Vega-Lite specification as JSON; "" for a table


@dataclass(frozen=True, slots=True)
class Paper:
    """What a draft or signed report has beside what a briefing has."""

    draft: str  # the mark on every page of what is not signed, "" for a signed paper
    signers: tuple[str, ...]  # a line each, as printed
    style: str  # of the references
    numbered: bool  # references are numbered; else sorted by name and year


def bare(pieces: Iterable[Piece]) -> str:
    """The text alone, without marks."""
    return "".join(piece.text for piece in pieces if not piece.cited)


def numbers_of(pieces: Iterable[Piece]) -> tuple[int, ...]:
    """The numbers of the sources that the pieces name."""
    return tuple(number for piece in pieces for number in piece.references)


def on_one_line(text: str) -> str:
    """Line ends and runs of blanks as one blank."""
    return _BLANKS.sub(" ", text)
