"""How a table stands on a line of 28 characters: folded when long and narrow, columns by what they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil
from typing import Any
from unicodedata import east_asian_width

LINE = 28.0  # full-width characters
BETWEEN = 1.0  # of them, kept free in every column
LEAST = 2.0
_FIRST = 4.0  # that every column of a written paper gets before the others take more
_MOST = 9.0  # that a word which cannot be broken may claim
_ENGLISH = 45.0  # the line of an English paper, whose letters are smaller
_HALF = 11  # lines of a page
_WORD = re.compile(r"[!-~]+(?:（[^）]*）)?[，。；、%]?")  # 58%（2027） has no place to break


def folded(block: dict[str, Any]) -> dict[str, Any]:
    """A table of two columns and more than six rows as two halves side by side."""
    heads, rows = block["heads"], block["rows"]
    if len(heads) != 2 or len(rows) <= 6:
        return block
    half = (len(rows) + 1) // 2
    right = [*rows[half:], *[["", ""]] * (2 * half - len(rows))]
    beside = [[*one, *other] for one, other in zip(rows[:half], right, strict=True)]
    numbers = [*block["numbers"], *(n + 2 for n in block["numbers"])]
    return {**block, "heads": [*heads, *heads], "rows": beside, "numbers": numbers}


def shares(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """Shares of the line, adding up to 1: each column as wide as its longest cell, the widest give way."""
    wide = [max(LEAST, *(_characters(row[n]) for row in (heads, *rows))) + BETWEEN for n in range(len(heads))]
    while sum(wide) > LINE + 0.001:
        widest = max(wide)
        others = [one for one in wide if one < widest]
        fair = (LINE - sum(others)) / (len(wide) - len(others))
        least = max(fair, *others) if others else fair
        wide = [least if one == widest else one for one in wide]
    return [one / sum(wide) for one in wide]


def balanced(heads: Sequence[str], rows: Sequence[Sequence[str]], chinese: bool = True) -> list[float]:
    """Shares of the line, adding up to 1, so that the rows together take the fewest lines.

    Each character of the line goes to the column whose widening saves most; what is saved by none is shared
    out by how much a column holds.
    """
    told = [[_characters(row[n]) for n in range(len(heads))] for row in (heads, *rows)]
    longest = [max(row[n] for row in told) for n in range(len(heads))]
    whole = [max(map(_unbroken, (row[n] for row in (heads, *rows)))) for n in range(len(heads))]
    wide = [max(LEAST, min(one, _FIRST), min(word, _MOST)) for one, word in zip(longest, whole, strict=True)]
    line = LINE if chinese else _ENGLISH
    while sum(wide) + BETWEEN * len(wide) < line - 0.5:
        now = _lines(told, wide)
        saved = [now - _lines(told, _wider(wide, n)) for n in range(len(wide))]
        left = [max(0.0, longest[n] - wide[n]) for n in range(len(wide))]
        if not any(saved) and not any(left):
            break
        best = max(range(len(wide)), key=lambda n: (saved[n], left[n]))
        wide = _wider(wide, best)
    full = [one + BETWEEN for one in wide]
    return [one / sum(full) for one in full]


def is_tall(rows: Sequence[Sequence[str]], spread: Sequence[float], chinese: bool = True) -> bool:
    """Whether a row of a table with these shares may take more than half a page, so that it has to break."""
    wide = [max(1.0, share * (LINE if chinese else _ENGLISH) - BETWEEN) for share in spread]
    most = max((_lines([[_characters(cell) for cell in row]], wide) for row in rows), default=0)
    return most > _HALF


def _unbroken(text: str) -> float:
    return max(map(_characters, _WORD.findall(text)), default=0.0)


def _lines(told: Sequence[Sequence[float]], wide: Sequence[float]) -> int:
    return sum(max(max(1, ceil(cell / width)) for cell, width in zip(row, wide, strict=True)) for row in told)


def _wider(wide: Sequence[float], place: int) -> list[float]:
    return [one + (1.0 if n == place else 0.0) for n, one in enumerate(wide)]


def _characters(text: str) -> float:
    return sum(1.0 if east_asian_width(sign) in "WF" else 0.5 for sign in text)
