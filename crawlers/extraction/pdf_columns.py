"""Tables of a PDF without ruling lines: three columns or more, of which one holds numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from crawlers.extraction.pdf_lines import Line, Piece, lines_of, spaced
from crawlers.extraction.pdf_page import Character
from crawlers.extraction.plain import row_line
from crawlers.extraction.sheets import is_numeric

_LEAST_ROWS = 3
_LEAST_COLUMNS = 3
_NUMBERS = 0.6  # share of a column's cells that are numbers


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells from top to bottom, and the characters that they took."""

    rows: tuple[tuple[str, ...], ...]
    taken: frozenset[int]
    first: int  # the first of these characters in the order of the file
    top: float

    @property
    def lines(self) -> list[str]:
        """Each row with a tab between its cells."""
        return [row_line("\t".join(row)) for row in self.rows]


def aligned_tables(characters: Sequence[Character]) -> list[Table]:
    lines = lines_of(characters)
    tables: list[Table] = []
    at = 0
    while at < len(lines):
        end = _block_end(lines, at)
        table = _columns(lines[at:end]) if end - at >= _LEAST_ROWS else None
        if table is not None:
            tables.append(table)
        at = max(end, at + 1)
    return tables


def _block_end(lines: Sequence[Line], start: int) -> int:
    """The line after the last one that may belong to the same table as the line at `start`."""
    if len(lines[start].pieces) < _LEAST_COLUMNS:
        return start
    end, loose = start + 1, 0
    for at in range(start + 1, len(lines)):
        line, before = lines[at], lines[at - 1]
        if line.top - before.bottom > 2.2 * max(before.bottom - before.top, 6):
            break
        loose = 0 if len(line.pieces) >= _LEAST_COLUMNS else loose + 1
        if loose > 2:
            break
        if not loose:
            end = at + 1
    return end


def _columns(lines: Sequence[Line]) -> Table | None:
    """The block as a table, when gaps run down through it and numbers stand below each other."""
    gaps = _gutters(lines)
    if len(gaps) < _LEAST_COLUMNS - 1:
        return None
    rows, taken = [], set[int]()
    for line in lines:
        cells: list[list[str]] = [[] for _ in range(len(gaps) + 1)]
        for piece in line.pieces:
            for column, held in _divided(piece, gaps):
                cells[column].append(spaced(held))
            taken.update(one.index for one in piece.held)
        rows.append(tuple(" ".join(cell) for cell in cells))
    if not _has_number_columns(rows):
        return None
    return Table(tuple(rows), frozenset(taken), min(taken), lines[0].top)


def _divided(piece: Piece, gaps: Sequence[float]) -> Iterable[tuple[int, list[Character]]]:
    """The piece in the column that it begins in; one of several words is divided where columns are."""
    if not any(piece.left < gap < piece.right for gap in gaps):
        return [(bisect_right(gaps, (piece.left + piece.right) / 2), piece.held)]
    parts: dict[int, list[Character]] = {}
    for one in piece.held:
        parts.setdefault(bisect_right(gaps, (one.left + one.right) / 2), []).append(one)
    crossed = [gap for gap in gaps if piece.left < gap < piece.right]
    whole = any(one.left < gap < one.right for gap in crossed for one in piece.held)
    return [(bisect_right(gaps, piece.left), piece.held)] if whole else parts.items()


def _gutters(lines: Sequence[Line]) -> list[float]:
    """The middles of the white strips that run down between the columns of most lines."""
    full = [line for line in lines if len(line.pieces) >= _LEAST_COLUMNS]
    left = min(piece.left for line in full for piece in line.pieces)
    right = max(piece.right for line in full for piece in line.pieces)
    width = int(right - left) + 2
    if width > 5_000:
        return []
    cover = [0] * (width + 1)
    for line in full:
        for piece in line.pieces:
            for at in range(int(piece.left - left), int(piece.right - left) + 1):
                cover[at] += 1
    height = median(line.bottom - line.top for line in full)
    least = max((0.4 if len(full) >= 8 else 0.8) * height, 2)
    allowed = len(full) // 20
    gaps, start = [], None
    for at in range(width):
        if cover[at] <= allowed:
            start = at if start is None else start
        elif start is not None:
            if start > 0 and at - start >= least:
                gaps.append(left + (start + at) / 2)
            start = None
    return gaps


def _has_number_columns(rows: Sequence[tuple[str, ...]]) -> bool:
    """Whether a column behind the first holds numbers, and the cells are values rather than prose."""
    filled = [cell for row in rows for cell in row if cell]
    if not filled or median(map(len, filled)) > 24:
        return False
    for column in range(1, len(rows[0])):
        cells = [row[column] for row in rows if row[column]]
        numbers = sum(is_numeric(cell) and any(map(str.isdigit, cell)) for cell in cells)
        if numbers >= _LEAST_ROWS and numbers >= _NUMBERS * len(cells):
            return True
    return False
