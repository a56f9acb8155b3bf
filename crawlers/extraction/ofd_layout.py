"""From pieces of text with places to lines in reading order and paragraphs, by their geometry alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from crawlers.extraction.limits import MAX_PARAGRAPH
from crawlers.extraction.ofd_content import Fragment
from crawlers.extraction.plain import is_chinese

_SAME_LINE = 0.4  # of the text size: baselines this near to each other are one line
_SPACE = 0.8  # of the text size: a gap this wide shows as a space ...
_LATIN_SPACE = 0.18  # ... and between two Latin letters or digits already this one
_CELL = 2.5  # a gap this wide separates the cells of a row
_MARGIN = 1.2  # sizes that a line may end before the right margin and still be full


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, its left and right end and its baseline."""

    x: float
    end: float
    y: float
    size: float
    text: str


def page_paragraphs(fragments: Iterable[Fragment]) -> list[str]:
    """A page's paragraphs from top to bottom; turned text stands at the end, each piece for itself."""
    unique = _without_shadows(fragments)
    turned = [one.text for one in unique if one.turned]
    return [*_paragraphs(page_lines([one for one in unique if not one.turned])), *turned]


def page_lines(fragments: list[Fragment]) -> list[Line]:
    """Pieces on one baseline, from left to right, as one line."""
    rows: list[list[Fragment]] = []
    for one in sorted(fragments, key=lambda piece: (piece.y, piece.x)):
        if rows and one.y - rows[-1][0].y <= _SAME_LINE * max(one.size, rows[-1][0].size):
            rows[-1].append(one)
        else:
            rows.append([one])
    return [_line(sorted(row, key=lambda piece: piece.x)) for row in rows]


def _line(row: list[Fragment]) -> Line:
    text = row[0].text
    for before, after in pairwise(row):
        text += _between(before, after) + after.text
    largest = max(piece.size for piece in row)
    return Line(row[0].x, max(piece.end for piece in row), row[0].y, largest, text)


def _between(before: Fragment, after: Fragment) -> str:
    size = max(before.size, after.size, 0.01)
    gap = (after.x - before.end) / size
    if gap > _CELL:
        return "\t"
    latin = _is_latin(before.text[-1]) and _is_latin(after.text[0])
    return " " if gap > (_LATIN_SPACE if latin else _SPACE) else ""


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _without_shadows(fragments: Iterable[Fragment]) -> list[Fragment]:
    """Bold type is often drawn twice, a hair apart: one of them is enough."""
    seen: dict[tuple[str, int, int], Fragment] = {}
    for one in fragments:
        step = max(one.size, 0.5) * 0.25
        x, y = round(one.x / step), round(one.y / step)
        near = ((one.text, x + right, y + down) for right in (-1, 0, 1) for down in (-1, 0, 1))
        if not any(place in seen for place in near):
            seen[one.text, x, y] = one
    return list(seen.values())


def _paragraphs(lines: list[Line]) -> list[str]:
    if not lines:
        return []
    left, right = min(line.x for line in lines), max(line.end for line in lines)
    joined = [lines[0].text]
    for before, line in pairwise(lines):
        if _goes_on(before, line, left, right) and len(joined[-1]) < MAX_PARAGRAPH:
            joined[-1] += _glue(joined[-1], line.text) + line.text
        else:
            joined.append(line.text)
    return joined


def _goes_on(before: Line, line: Line, left: float, right: float) -> bool:
    """A full line that is followed, at the usual distance, by one that begins at the left margin."""
    size = max(line.size, before.size, 0.01)
    return (
        "\t" not in before.text + line.text
        and abs(line.size - before.size) <= 0.15 * size
        and line.y - before.y <= 2.6 * size
        and line.x - left <= 0.8 * size
        and right - before.end <= _MARGIN * size
        and right - left >= 12 * size
    )


def _glue(before: str, after: str) -> str:
    """Chinese lines follow each other without a space."""
    if (
        is_chinese(before[-1:])
        or is_chinese(after[:1])
        or not (before[-1:].isascii() and after[:1].isascii())
    ):
        return ""
    return " "
