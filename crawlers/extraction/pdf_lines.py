"""The lines of a page of a PDF by position: what stands at one height, from left to right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from crawlers.extraction.pdf_page import Character


@dataclass(slots=True)
class Piece:
    """Characters of one line without a wide gap: a word or several."""

    left: float
    right: float
    held: list[Character]

    @property
    def text(self) -> str:
        return spaced(self.held)


@dataclass(slots=True)
class Line:
    """What stands at one height of the page, from left to right."""

    top: float
    bottom: float
    pieces: list[Piece]


def lines_of(characters: Sequence[Character]) -> list[Line]:
    """The page as lines across it, whatever the order of the file."""
    inked = [one for one in characters if one.right > one.left and one.text.strip()]
    lines: list[list[Character]] = []
    for one in sorted(inked, key=lambda one: one.middle):
        height = one.bottom - one.top
        if lines and one.middle - _middle(lines[-1]) <= max(0.35 * height, 1.5):
            lines[-1].append(one)
        else:
            lines.append([one])
    return [_line(held) for held in lines]


def _middle(held: Sequence[Character]) -> float:
    tail = held[-8:]
    return sum(one.middle for one in tail) / len(tail)


def _line(held: list[Character]) -> Line:
    held.sort(key=lambda one: one.left)
    height = median(one.bottom - one.top for one in held)
    pieces: list[Piece] = []
    for one in held:
        if pieces and one.left - pieces[-1].right <= 0.45 * max(height, 4):
            pieces[-1].held.append(one)
            pieces[-1].right = max(pieces[-1].right, one.right)
        else:
            pieces.append(Piece(one.left, one.right, [one]))
    return Line(min(one.top for one in held), max(one.bottom for one in held), pieces)


def spaced(line: Sequence[Character]) -> str:
    """Characters of one line with a space where there is a gap between them."""
    parts: list[str] = []
    before: Character | None = None
    for one in line:
        if before is not None and (
            one.left - before.right > 0.22 * max(one.bottom - one.top, 4)
            or 1 < one.index - before.index <= 4  # white space of the file stands between them
        ):
            parts.append(" ")
        parts.append(one.text)
        before = one
    return "".join(parts)
