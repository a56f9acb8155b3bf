"""Paragraphs set on the sheets of an official document (GB/T 9704): 28 characters a line, 22 lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from unicodedata import east_asian_width

WIDTH, HEIGHT = 210.0, 297.0  # millimetres, as everything here
_LEFT, _TOP, _MEASURE, _LINES = 28.0, 37.0, 156.0, 22
_SIZE, _LEADING = _MEASURE / 28, 225.0 / _LINES
_LARGEST_TITLE, _SMALLEST_ROW = 7.6, 2.6
_GAP = 3.0  # sizes between the columns of a table
_NOT_FIRST = "、，。：；！？）》〉”’】〕"  # a line never begins with these; they hang in the margin
_STRETCH = 0.3  # sizes that a gap between two characters may grow by to fill the line

Measure = Callable[[str], float]  # a character's advance in parts of its size


@dataclass(frozen=True, slots=True)
class Run:
    """Characters on one baseline, each with its own distance from the left edge."""

    y: float
    size: float
    text: str
    places: tuple[float, ...]
    end: float


def usual_advance(character: str) -> float:
    """Half a size for narrow characters, a whole one for the others."""
    return 0.5 if ord(character) < 0x2000 and east_asian_width(character) not in "WF" else 1.0


def sheets(title: str, paragraphs: Sequence[str], advance: Measure = usual_advance) -> list[list[Run]]:
    """The runs of every page: title in the middle, paragraphs indented, `>` right, `|` rows in columns."""
    lines = list(_lines(title, paragraphs, advance))
    pages = [lines[start : start + _LINES] for start in range(0, len(lines), _LINES)]
    return [
        [run for number, line in enumerate(page) for run in line(_TOP + (number + 0.7) * _LEADING)]
        for page in pages
    ]


_Line = Callable[[float], list[Run]]  # from a baseline to what stands on it


def _lines(title: str, paragraphs: Sequence[str], advance: Measure) -> Iterator[_Line]:
    size = min(_LARGEST_TITLE, _MEASURE / max(1.0, _width(title, advance)))
    yield _at((_MEASURE - _width(title, advance) * size) / 2, title, size, advance)
    yield lambda y: []
    for is_row, group in groupby(paragraphs, key=lambda line: line.startswith("|")):
        found = list(group)
        yield from _table(found, advance) if is_row else _texts(found, advance)


def _texts(paragraphs: Sequence[str], advance: Measure) -> Iterator[_Line]:
    for paragraph in paragraphs:
        if paragraph.startswith(">"):
            text = paragraph[1:].strip()
            yield _at(_MEASURE - (_width(text, advance) + 2) * _SIZE, text, _SIZE, advance)
        else:
            yield from _paragraph(paragraph.removeprefix("## ").strip(), advance)


def _paragraph(text: str, advance: Measure) -> Iterator[_Line]:
    """Full lines reach the right margin; the first one begins two characters in."""
    broken = list(_broken(text, advance))
    for number, line in enumerate(broken):
        indent = 2 * _SIZE if number == 0 else 0.0
        missing = _MEASURE - indent - _width(line, advance) * _SIZE
        gap = missing / max(1, len(line) - 1) if number < len(broken) - 1 else 0.0
        yield _at(indent, line, _SIZE, advance, min(max(gap, 0.0), _STRETCH * _SIZE))


def _broken(text: str, advance: Measure) -> Iterator[str]:
    line, room = "", 26.0
    for word in words(text):
        needed = _width(word, advance)
        if line and needed > room + 0.01 and not (word in _NOT_FIRST and room > -0.5):
            yield line.rstrip()
            line, room = "", 28.0
            word = word.lstrip()
            needed = _width(word, advance)
        line, room = line + word, room - needed
    if line.strip():
        yield line.rstrip()


def words(text: str) -> Iterator[str]:
    """Pieces that a line is not broken within: Latin words and numbers, else single characters."""
    for is_latin, group in groupby(text, key=lambda c: c.isascii() and not c.isspace()):
        if is_latin:
            yield "".join(group)
        else:
            yield from group


def _table(rows: Sequence[str], advance: Measure) -> Iterator[_Line]:
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    count = max(len(row) for row in cells)
    widths = [max(_width(row[at], advance) for row in cells if at < len(row)) for at in range(count)]
    size = max(_SMALLEST_ROW, min(_SIZE, _MEASURE / (sum(widths) + _GAP * (count - 1) or 1.0)))
    starts = [(sum(widths[:at]) + _GAP * at) * size for at in range(count)]
    for row in cells:
        placed = [_at(start, cell, size, advance) for start, cell in zip(starts, row, strict=False) if cell]
        yield lambda y, placed=placed: [run for place in placed for run in place(y)]  # type: ignore[misc]


def _at(left: float, text: str, size: float, advance: Measure, gap: float = 0.0) -> _Line:
    places, x = [], _LEFT + left
    for character in text:
        places.append(x)
        x += advance(character) * size + gap
    return lambda y: [Run(y, size, text, tuple(places), x - gap)] if text else []


def _width(text: str, advance: Measure) -> float:
    return sum(advance(character) for character in text)
