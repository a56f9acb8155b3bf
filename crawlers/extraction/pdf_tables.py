"""Tables on a page of a PDF: cells between ruling lines; in what is left, columns of numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from crawlers.extraction.pdf_columns import Table, aligned_tables
from crawlers.extraction.pdf_lines import lines_of, spaced
from crawlers.extraction.pdf_page import Character, Rule, Rules
from crawlers.extraction.plain import is_chinese, one_line
from crawlers.extraction.sheets import is_numeric

_NEAR = 2.5  # points between lines that are one
_NARROW = 5.0  # points: nearer lines are a double line, not a row
_FRAME = 1_500  # characters: a "cell" with more is a frame around running text
_MOST_CELLS = 20_000


def tables_of(characters: Sequence[Character], rules: Rules) -> list[Table]:
    """The tables of a page: those with ruling lines first, then columns of numbers in what is left."""
    found = _ruled(characters, rules)
    taken = frozenset[int]().union(*(table.taken for table in found))
    rest = [one for one in characters if one.index not in taken]
    found += aligned_tables(rest)
    return sorted(found, key=lambda table: table.first)


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
    texts = [spaced(line) for line in lines]
    return one_line(("" if is_chinese("".join(texts)) else " ").join(texts), 2_000) or ""
