"""What a page of a PDF consists of, in reading order: text, tables, and lines with printed numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from crawlers.extraction.limits import MAX_TABLE_EFFORT
from crawlers.extraction.pdf_columns import Table
from crawlers.extraction.pdf_lines import lines_of
from crawlers.extraction.pdf_page import Character, Rules, Turned, characters_of, rules_of
from crawlers.extraction.pdf_tables import tables_of
from crawlers.extraction.placed import PlacedLines
from crawlers.extraction.plain import paragraphs_of
from crawlers.extraction.sheets import head_row, is_numeric
from warehouse.places import Spot

_NUMBER_LINE = re.compile(r"\d{1,2}")
_LEAST_NUMBERED = 8  # lines with printed numbers that make a page of them, as in court transcripts
_NUMBERS = re.compile(r"(?<!\w)[$¥€£(]?\d[\d,.]*%?\)?(?!\w)")


@dataclass(frozen=True, slots=True)
class NumberedLines:
    """The lines of a page whose lines are numbered in print; None for a line without a number."""

    lines: tuple[tuple[int | None, str], ...]


@dataclass(slots=True)
class Effort:
    """How much of a file may still be looked at for tables, so that none takes minutes."""

    left: int = MAX_TABLE_EFFORT


Piece = str | Table | NumberedLines


def pieces_of(page: Any, text_page: Any, text: str, effort: Effort) -> Sequence[Piece]:
    """The pieces of a page; `text` is what PDFium reads, and stands where nothing better is found.

    Positions are asked only of pages that have ruling lines or many numbers: they cost ten times the text.
    """
    if effort.left <= 0:
        return (text,)
    turned = Turned(page, text_page)
    rules = rules_of(page, turned)
    effort.left -= rules.objects
    numbered = _has_numbered_lines(text)
    ruled = len(rules.across) >= 2 and len(rules.down) >= 1
    if not (numbered or ruled or _has_numbers(text)):
        return (text,)
    characters = characters_of(text_page, turned)
    if characters is None:
        return (text,)
    effort.left -= len(characters)
    if numbered:
        lines = _numbered_lines(characters)
        if lines is not None:
            return (lines,)
    tables = tables_of(characters, rules if ruled else Rules((), ()))
    return _around(characters, tables) if tables else (text,)


def _has_numbers(text: str) -> bool:
    """Whether enough lines hold several numbers, or are one, that columns of numbers are likely."""
    lines = text.splitlines()
    several = sum(_is_full_of_numbers(line) for line in lines)
    single = sum(is_numeric(line.strip()) for line in lines)
    return several >= 3 or single >= 6


def _is_full_of_numbers(line: str) -> bool:
    numbers = len(_NUMBERS.findall(line))
    return numbers >= 2 and numbers * 3 >= len(line.split())


def _has_numbered_lines(text: str) -> bool:
    run, last = 0, 0
    for line in text.splitlines():
        found = _NUMBER_LINE.fullmatch(line.strip())
        if found and int(line) == last + 1:
            run, last = run + 1, last + 1
            if run >= _LEAST_NUMBERED:
                return True
        elif found:
            last = int(line)
            run = int(last == 1)
        elif line.strip():
            run, last = 0, 0
    return False


def _numbered_lines(characters: Sequence[Character]) -> NumberedLines | None:
    """Lines across the page, those with the printed numbers 1, 2, 3 ... by them; None when they are none."""
    found: list[tuple[int | None, str]] = []
    expected = 1
    edges: list[float] = []
    for line in lines_of(characters):
        words = "".join(paragraphs_of(" ".join(piece.text for piece in line.pieces)))
        first = line.pieces[0]
        if first.text == str(expected) and (not edges or abs(first.right - edges[-1]) <= 12):
            found.append((expected, words))
            edges.append(first.right)
            expected += 1
        else:
            found.append((None, words))
    return NumberedLines(tuple(found)) if expected > _LEAST_NUMBERED else None


def _around(characters: Sequence[Character], tables: Sequence[Table]) -> list[Piece]:
    """The tables where the file draws them, and the text between them."""
    taken = frozenset[int]().union(*(table.taken for table in tables))
    pieces: list[Piece] = []
    waiting = list(tables)
    text: list[str] = []
    for one in characters:
        while waiting and one.index >= waiting[0].first:
            pieces += ["".join(text), waiting.pop(0)]
            text = []
        text.append(one.text if one.index not in taken else "\n" if text and text[-1] != "\n" else "")
    return [piece for piece in (*pieces, "".join(text)) if not isinstance(piece, str) or piece.strip()]


@dataclass(slots=True)
class TableRun:
    """Numbers the tables of a file; one that goes on on the next page keeps its number and its headings."""

    count: int = 0
    _head: int | None = None
    _width: int = 0
    _rows: int = 0
    _page: int = 0
    _own: tuple[int, ...] = field(default=())

    def add(self, placed: PlacedLines, table: Table, page: int) -> None:
        """The table's rows at the end of the lines read so far."""
        lines = table.lines
        width = len(table.rows[0]) if table.rows else 0
        own = head_row(lines)
        follows = page == self._page + 1 and width == self._width and own is None and self._ends_page(placed)
        if not follows:
            self.count += 1
            self._head, self._rows = None, 0
        for at, line in enumerate(lines):
            self._rows += 1
            if not line:
                continue
            placed.keep([line], Spot(page=page, table=self.count, row=self._rows, head=self._head))
            if at == own:
                self._head = len(placed.lines) - 1
        self._page, self._width = page, width

    def _ends_page(self, placed: PlacedLines) -> bool:
        """Whether the former table was about the last thing on its page."""
        return any(spot.table == self.count for spot in placed.spots[-4:])
