"""Tables on a page of a PDF: cells between ruling lines, and columns of numbers below each other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from crawlers.extraction.pdf_page import Character, Rule, Rules
from crawlers.extraction.plain import is_chinese, one_line, row_line
from crawlers.extraction.sheets import is_numeric

_NEAR = 2.5  # points between lines that are one
_NARROW = 5.0  # points: nearer lines are a double line, not a row
_FRAME = 1_500  # characters: a "cell" with more is a frame around running text
_MOST_CELLS = 20_000
_LEAST_ROWS = 3
_LEAST_COLUMNS = 3
_NUMBERS = 0.6  # share of a column's cells that are numbers, in a table without lines


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


def tables_of(characters: Sequence[Character], rules: Rules) -> list[Table]:
    """The tables of a page: those with ruling lines first, then columns of numbers in what is left."""
    found = _ruled(characters, rules)
    taken = frozenset[int]().union(*(table.taken for table in found))
    rest = [one for one in characters if one.index not in taken]
    found += _aligned(rest)
    return sorted(found, key=lambda table: table.first)


# --- between lines --------------------------------------------------------------------------------


@dataclass(slots=True)
class _Grid:
    """Lines that touch each other."""

    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)


def _ruled(characters: Sequence[Character], rules: Rules) -> list[Table]:
    tables = []
    for grid in _grids(_joined(rules.across), _joined(rules.down)):
        columns = _distinct([*(rule.at for rule in grid.down), *_ends(grid.across)])
        rows = _distinct([*(rule.at for rule in grid.across), *_ends(grid.down)])
        if 3 <= len(columns) <= 100 and len(rows) >= 3 and len(columns) * len(rows) <= _MOST_CELLS:
            table = _filled(characters, grid, columns, rows)
            if table is not None:
                tables.append(table)
    return tables


def _ends(rules: Sequence[Rule]) -> list[float]:
    """Where the outermost lines of the other direction begin and end: a table may be open at its sides."""
    return [min(rule.start for rule in rules), max(rule.end for rule in rules)] if rules else []


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Pieces of one line put together."""
    joined: list[Rule] = []
    for rule in sorted(rules, key=lambda one: (round(one.at / _NEAR), one.start)):
        last = joined[-1] if joined else None
        if last and abs(last.at - rule.at) <= _NEAR and rule.start <= last.end + _NEAR:
            joined[-1] = Rule(last.at, last.start, max(last.end, rule.end))
        else:
            joined.append(rule)
    return joined


def _grids(across: list[Rule], down: list[Rule]) -> list[_Grid]:
    """Lines grouped by what they cross."""
    owner = list(range(len(across) + len(down)))

    def root(one: int) -> int:
        while owner[one] != one:
            owner[one] = owner[owner[one]]
            one = owner[one]
        return one

    by_height = sorted(range(len(across)), key=lambda one: across[one].at)
    heights = [across[one].at for one in by_height]
    for number, post in enumerate(down):
        start = bisect_right(heights, post.start - _NEAR)
        for one in by_height[start : bisect_right(heights, post.end + _NEAR)]:
            if across[one].start - _NEAR <= post.at <= across[one].end + _NEAR:
                owner[root(len(across) + number)] = root(one)
    grids: dict[int, _Grid] = {}
    for one, rule in enumerate((*across, *down)):
        grid = grids.setdefault(root(one), _Grid())
        (grid.across if one < len(across) else grid.down).append(rule)
    return [grid for grid in grids.values() if len(grid.across) >= 2 and grid.down]


def _distinct(values: Iterable[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] >= _NARROW:
            kept.append(value)
    return kept


def _filled(
    characters: Sequence[Character], grid: _Grid, columns: list[float], rows: list[float]
) -> Table | None:
    """The characters in their cells; None for a frame around text, and for a drawing without words."""
    cells: dict[tuple[int, int], list[Character]] = {}
    roots: dict[tuple[int, int], tuple[int, int]] = {}
    down, across = _by_place(grid.down, columns), _by_place(grid.across, rows)
    taken = set[int]()
    inked = [one for one in characters if one.right > one.left and one.text.strip()]
    for one in inked:
        column = bisect_right(columns, (one.left + one.right) / 2) - 1
        row = bisect_right(rows, one.middle) - 1
        if 0 <= column < len(columns) - 1 and 0 <= row < len(rows) - 1:
            if (row, column) not in roots:
                roots[row, column] = _root(row, column, rows, columns, down, across)
            cells.setdefault(roots[row, column], []).append(one)
            taken.add(one.index)
    if not _is_table(cells):
        return None
    width = len(columns) - 1
    made = [
        made
        for row in range(len(rows) - 1)
        for made in _band([cells.get((row, column), []) for column in range(width)])
    ]
    kept = tuple(row for row in _without_blank_columns(made) if any(row))
    return Table(kept, frozenset(taken), min(taken), rows[0])


def _band(cells: list[list[Character]]) -> list[tuple[str, ...]]:
    """What stands between two lines: one row, or several where the columns have numbers on the same lines."""
    heights = [lines_of(held) for held in cells]
    tall = [len(lines) for lines in heights if lines]
    count = max(tall, default=0)
    alike = [lines for lines in heights if len(lines) == count]
    values = [line for lines in alike for line in lines]
    numbers = sum(is_numeric(" ".join(piece.text for piece in line.pieces)) for line in values)
    if count < 2 or len(alike) < max(3, 0.6 * len(tall)) or numbers * 2 < len(values):
        return [tuple(_words(held) for held in cells)]
    tops = [sum(lines[at].top for lines in alike) / len(alike) for at in range(count)]
    rows = [[""] * len(cells) for _ in range(count)]
    for column, lines in enumerate(heights):
        for line in lines:
            at = min(range(count), key=lambda one: abs(tops[one] - line.top))
            said = " ".join(piece.text for piece in line.pieces)
            rows[at][column] = f"{rows[at][column]} {said}".strip()
    return [tuple(row) for row in rows]


def _by_place(rules: Sequence[Rule], places: Sequence[float]) -> list[list[Rule]]:
    """For each line of the grid the pieces that it is drawn of."""
    found: list[list[Rule]] = [[] for _ in places]
    for rule in rules:
        for at in range(bisect_right(places, rule.at - _NARROW), bisect_right(places, rule.at + _NARROW)):
            found[at].append(rule)
    return found


def _root(
    row: int, column: int, rows: Sequence[float], columns: Sequence[float],
    down: Sequence[Sequence[Rule]], across: Sequence[Sequence[Rule]],
) -> tuple[int, int]:  # fmt: skip
    """The first cell of the merged one that a cell belongs to; mostly itself."""
    while column and not _parted(down[column], rows[row], rows[row + 1]):
        column -= 1
    while row and not _parted(across[row], columns[column], columns[column + 1]):
        row -= 1
    return row, column


def _parted(rules: Sequence[Rule], start: float, end: float) -> bool:
    """Whether a line runs here between two cells; where none does they are merged."""
    middle = (start + end) / 2
    return any(rule.start <= middle <= rule.end for rule in rules)


def _is_table(cells: dict[tuple[int, int], list[Character]]) -> bool:
    filled_rows: dict[int, int] = {}
    for row, _ in cells:
        filled_rows[row] = filled_rows.get(row, 0) + 1
    if sum(count >= 2 for count in filled_rows.values()) < 2:
        return False
    return max(map(len, cells.values())) <= _FRAME


def _without_blank_columns(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Without columns that hold nothing at all: gaps between double lines."""
    used = [at for at in range(len(rows[0])) if any(row[at] for row in rows)] if rows else []
    return [tuple(row[at] for at in used) for row in rows]


def _words(held: Sequence[Character]) -> str:
    """The words of a cell, line by line; a Chinese cell's lines join without a space."""
    lines: list[list[Character]] = []
    for one in sorted(held, key=lambda one: one.index):
        before = lines[-1][-1] if lines else None
        if (
            before
            and abs(one.middle - before.middle) <= max(one.bottom - one.top, before.bottom - before.top) * 0.6
        ):
            lines[-1].append(one)
        else:
            lines.append([one])
    lines.sort(key=lambda line: min(one.top for one in line))
    texts = [_spaced(line) for line in lines]
    return one_line(("" if is_chinese("".join(texts)) else " ").join(texts), 2_000) or ""


def _spaced(line: Sequence[Character]) -> str:
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


# --- below each other -----------------------------------------------------------------------------


@dataclass(slots=True)
class _Piece:
    """Characters of one line without a wide gap: a word or several."""

    left: float
    right: float
    held: list[Character]

    @property
    def text(self) -> str:
        return _spaced(self.held)


@dataclass(slots=True)
class _Line:
    """What stands at one height of the page, from left to right."""

    top: float
    bottom: float
    pieces: list[_Piece]


def lines_of(characters: Sequence[Character]) -> list[_Line]:
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


def _line(held: list[Character]) -> _Line:
    held.sort(key=lambda one: one.left)
    height = median(one.bottom - one.top for one in held)
    pieces: list[_Piece] = []
    for one in held:
        if pieces and one.left - pieces[-1].right <= 0.45 * max(height, 4):
            pieces[-1].held.append(one)
            pieces[-1].right = max(pieces[-1].right, one.right)
        else:
            pieces.append(_Piece(one.left, one.right, [one]))
    return _Line(min(one.top for one in held), max(one.bottom for one in held), pieces)


def _aligned(characters: Sequence[Character]) -> list[Table]:
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


def _block_end(lines: Sequence[_Line], start: int) -> int:
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


def _columns(lines: Sequence[_Line]) -> Table | None:
    """The block as a table, when gaps run down through it and numbers stand below each other."""
    gaps = _gutters(lines)
    if len(gaps) < _LEAST_COLUMNS - 1:
        return None
    rows, taken = [], set[int]()
    for line in lines:
        cells: list[list[str]] = [[] for _ in range(len(gaps) + 1)]
        for piece in line.pieces:
            for column, held in _divided(piece, gaps):
                cells[column].append(_spaced(held))
            taken.update(one.index for one in piece.held)
        rows.append(tuple(" ".join(cell) for cell in cells))
    if not _has_number_columns(rows):
        return None
    return Table(tuple(rows), frozenset(taken), min(taken), lines[0].top)


def _divided(piece: _Piece, gaps: Sequence[float]) -> Iterable[tuple[int, list[Character]]]:
    """The piece in the column that it begins in; one of several words is divided where columns are."""
    if not any(piece.left < gap < piece.right for gap in gaps):
        return [(bisect_right(gaps, (piece.left + piece.right) / 2), piece.held)]
    parts: dict[int, list[Character]] = {}
    for one in piece.held:
        parts.setdefault(bisect_right(gaps, (one.left + one.right) / 2), []).append(one)
    crossed = [gap for gap in gaps if piece.left < gap < piece.right]
    whole = any(one.left < gap < one.right for gap in crossed for one in piece.held)
    return [(bisect_right(gaps, piece.left), piece.held)] if whole else parts.items()


def _gutters(lines: Sequence[_Line]) -> list[float]:
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
