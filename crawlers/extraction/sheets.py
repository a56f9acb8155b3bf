"""What the sheets of all spreadsheet formats have in common: the row of headings, merged cells, bounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice

HIDDEN = " [隐藏 hidden]"  # behind the name of a sheet that the file does not show
_NUMERIC = re.compile(r"[^\w]*\d[\d\s,.:/%年月日时分季度-]*[^\w]*|[-–—…]+", re.A)
_LOOKED_AT = 12  # rows in which the headings are sought
MOST_REPEATED = 1_000  # rows in which the value of one merged cell is repeated
MOST_MERGED = 20_000  # merged cells of one sheet that are known

Merged = Mapping[tuple[int, int], tuple[int, int]]  # a covered cell -> the one that holds the value


def is_numeric(cell: str) -> bool:
    """Whether a cell holds a number, a date, a share or a sign for none, not words."""
    return bool(cell) and _NUMERIC.fullmatch(cell) is not None


def head_row(lines: Iterable[str]) -> int | None:
    """Which of a table's rows (from 0) holds the headings of its columns; None when none looks like it.

    It is the first row of words about as wide as the table, before the first row with a number. Where the
    headings run over several rows, which shows by cells that are empty or the same in two of them, it is the
    last one.
    A title in a single cell is passed over.
    """
    rows = [line.split("\t") for line in islice(lines, _LOOKED_AT)]
    width = max((_filled(row) for row in rows), default=0)
    if width < 2 or len(rows) < 2:
        return None
    numbers = next((at for at, row in enumerate(rows) if _has_numbers(row)), None)
    wide = [
        at
        for at, row in enumerate(rows[: numbers if numbers is not None else -1])
        if _filled(row) >= 2 and _filled(row) * 2 >= width
    ]
    if not wide:
        return None
    head = wide[0]
    while (
        numbers is not None
        and head - wide[0] < 3
        and head + 1 in wide
        and _goes_on(rows[head], rows[head + 1], width)
    ):
        head += 1
    return head


def _goes_on(upper: list[str], lower: list[str], width: int) -> bool:
    """Whether the headings in a row are continued in the next one."""
    same = any(one and one == other for one, other in zip(upper, lower, strict=False))
    return same or _filled(upper) < width or not lower[0]


def _filled(row: list[str]) -> int:
    return sum(bool(cell) for cell in row)


def _has_numbers(row: list[str]) -> bool:
    """Whether a row holds data: numbers beside its first cell; years as headings are none."""
    cells = [cell for cell in row[1:] if cell]
    numbers = [cell for cell in cells if is_numeric(cell) and any(map(str.isdigit, cell))]
    years = [cell for cell in numbers if re.fullmatch(r"(?:19|20)\d\d年?", cell)]
    return bool(numbers) and len(years) < max(len(numbers), 2)


def covered(areas: Iterable[tuple[int, int, int, int]]) -> dict[tuple[int, int], tuple[int, int]]:
    """The cells below the first one of each merged area (first and last row, then columns, from 1)."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for top, bottom, left, _ in islice(areas, MOST_MERGED):
        for row in range(top + 1, min(bottom, top + MOST_REPEATED) + 1):
            found[row, left] = (top, left)
            if len(found) > MOST_MERGED * 10:
                return found
    return found


class Fill:
    """Gives a cell that is merged over several rows to each of them, so that every row tells whole."""

    def __init__(self, merged: Merged) -> None:
        self._merged = merged
        self._columns: dict[int, list[int]] = {}
        for row, column in merged:
            self._columns.setdefault(row, []).append(column)
        self._owners = set(merged.values())
        self._values: dict[tuple[int, int], str] = {}

    def row(self, number: int, cells: list[str]) -> list[str]:
        """The row with what stands in merged cells above it."""
        if not self._owners:
            return cells
        for at, cell in enumerate(cells, start=1):
            if (number, at) in self._owners:
                self._values[number, at] = cell
        for column in self._columns.get(number, ()):
            value = self._values.get(self._merged[number, column], "")
            if value and column <= 200:
                cells += [""] * (column - len(cells))
                cells[column - 1] = cells[column - 1] or value
        return cells
