"""How a table stands on a line of 28 characters: folded when long and narrow, columns by what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from unicodedata import east_asian_width

LINE = 28.0  # full-width characters
BETWEEN = 1.0  # of them, kept free in every column
LEAST = 2.0


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


def _characters(text: str) -> float:
    return sum(1.0 if east_asian_width(sign) in "WF" else 0.5 for sign in text)
