"""A page of a PDF as positions: its characters, the words they make, and its ruling lines."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from crawlers.extraction.limits import MAX_TABLE_CHARACTERS

_PATH = 2  # kind of a page's object
_MOST_OBJECTS = 20_000
_MOST_SEGMENTS = 40  # of one path; a path with more is a drawing
_THIN = 2.5  # points: a filled box no wider is a line
_SHORT = 4.0  # points: a shorter line rules nothing
_MOST_RULES = 4_000
_SAMPLE = 200  # characters by which the direction of a page's writing is found


@dataclass(frozen=True, slots=True)
class Character:
    """A character and its box as the page is seen, in points from its left and upper edge."""

    index: int  # among the page's characters
    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Half way between the upper and the lower edge."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line: `at` is its height (horizontal) or its distance from the left (vertical)."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Rules:
    """The horizontal and vertical lines of a page."""

    across: tuple[Rule, ...]
    down: tuple[Rule, ...]
    objects: int = 0  # drawn objects that were looked at


class Turned:
    """Turns the page's own coordinates so that its writing runs from left to right, however it is drawn."""

    def __init__(self, page: Any, text_page: Any) -> None:
        self._box = page.get_mediabox()
        self._turn = _direction(text_page)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Distance from the left and from the upper edge of the page as its writing is read."""
        left, bottom, right, top = self._box
        if self._turn == 0:
            return x - left, top - y
        if self._turn == 1:
            return y - bottom, x - left
        if self._turn == 2:
            return right - x, y - bottom
        return top - y, right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Left, top, right and bottom edge."""
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _direction(text_page: Any) -> int:
    """Quarter turns of the writing, by where the first characters stand after each other: 1 up, 3 down."""
    from pypdfium2 import raw

    edges = raw.FS_RECTF()
    votes = [0, 0, 0, 0]
    before: tuple[float, float] | None = None
    for index in range(min(text_page.count_chars(), _SAMPLE)):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if code <= 32 or not raw.FPDFText_GetLooseCharBox(text_page, index, edges):
            before = None
            continue
        here = (edges.left + edges.right) / 2, (edges.bottom + edges.top) / 2
        if before is not None:
            x, y = here[0] - before[0], here[1] - before[1]
            votes[(0 if x > 0 else 2) if abs(x) >= abs(y) else (1 if y > 0 else 3)] += 1
        before = here
    return votes.index(max(votes))


def characters_of(text_page: Any, turned: Turned) -> list[Character] | None:
    """Every character in the order of the file; line ends have no width. None: too many."""
    from pypdfium2 import raw

    count = text_page.count_chars()
    if count > MAX_TABLE_CHARACTERS:
        return None
    edges = raw.FS_RECTF()
    found = []
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text_page, index)
        text = "" if 0xD800 <= code < 0xE000 or code in (0, 2, 0xFFFE, 0xFFFF) else chr(code)
        if raw.FPDFText_GetLooseCharBox(text_page, index, edges):  # by the font: a 1 is as wide as an 8
            box = turned.box(edges.left, edges.bottom, edges.right, edges.top)
        else:
            box = (0.0, 0.0, 0.0, 0.0)
        found.append(Character(index, text, *box))
    return found


def rules_of(page: Any, turned: Turned) -> Rules:
    """The straight lines along the edges of the page: strokes, thin boxes and the sides of boxes."""
    from pypdfium2 import raw

    across: list[Rule] = []
    down: list[Rule] = []
    objects = min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)
    for at in range(objects):
        drawn = raw.FPDFPage_GetObject(page, at)
        if raw.FPDFPageObj_GetType(drawn) != _PATH:
            continue
        for box in _lines(drawn):
            left, top, right, bottom = turned.box(*box)
            if bottom - top <= _THIN and right - left >= _SHORT:
                across.append(Rule((top + bottom) / 2, left, right))
            elif right - left <= _THIN and bottom - top >= _SHORT:
                down.append(Rule((left + right) / 2, top, bottom))
        if len(across) + len(down) > _MOST_RULES:
            return Rules((), (), at)
    return Rules(tuple(across), tuple(down), objects)


_Box = tuple[float, float, float, float]


def _lines(drawn: Any) -> list[_Box]:
    """A path as thin boxes (left, bottom, right, top); of a filled area its sides."""
    from pypdfium2 import raw

    edges = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(drawn, *edges):
        return []
    left, bottom, right, top = (edge.value for edge in edges)
    if right - left <= _THIN or top - bottom <= _THIN:
        return [(left, bottom, right, top)]
    count = raw.FPDFPath_CountSegments(drawn)
    if not 2 <= count <= _MOST_SEGMENTS:
        return []
    return _sides(_points(drawn, count))


def _points(drawn: Any, count: int) -> list[tuple[float, float, int]]:
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(drawn, matrix):
        return []
    x, y = ctypes.c_float(), ctypes.c_float()
    points = []
    first: tuple[float, float] | None = None
    for at in range(count):
        segment = raw.FPDFPath_GetPathSegment(drawn, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        here = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        first = here if kind == raw.FPDF_SEGMENT_MOVETO or first is None else first
        points.append((*here, kind))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append((*first, raw.FPDF_SEGMENT_LINETO))
    return points


def _sides(points: list[tuple[float, float, int]]) -> list[_Box]:
    from pypdfium2 import raw

    found = []
    for (x0, y0, _), (x1, y1, kind) in pairwise(points):
        if kind == raw.FPDF_SEGMENT_LINETO and (abs(x0 - x1) <= 1 or abs(y0 - y1) <= 1):
            found.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    return found
