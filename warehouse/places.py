"""Where the lines of a file's text stand in the file: on which page or slide, in which sheet, table and row.

A text keeps its lines as they are; beside it stands a map of runs. A run begins at a line and holds until the
next one; while it has a row, each further line is one row further down. Names are not part of the map: the
name of a sheet or of a file inside an archive is itself a line of the text, so is the row with the headings
of a table; the map says which. So a masked text, whose lines keep their number and their length, is mapped by
the same map and shows no name that was masked.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from functools import lru_cache
from typing import Literal

MOST_RUNS = 20_000  # of one file; lines after the last run that is kept have no place


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one line stands; pages, slides, tables and rows count from 1, None where the file has none."""

    page: int | None = None
    sheet: int | None = None  # the line, from 0, that holds the sheet's name
    table: int | None = None
    row: int | None = None
    head: int | None = None  # the line, from 0, that holds the headings of the row's columns
    slide: int | None = None
    member: int | None = None  # the line, from 0, that holds the name of the file inside the archive


NOWHERE = Spot()


def places_of(spots: Sequence[Spot]) -> str:
    """The map of a text whose lines stand at `spots`; empty where no line has a place."""
    runs: list[tuple[int | None, ...]] = []
    expected = NOWHERE
    for line, spot in enumerate(spots):
        if spot != expected:
            runs.append(_trimmed((line, *astuple(spot))))
        expected = _below(spot)
        if len(runs) == MOST_RUNS:
            runs[-1] = (line,)
            break
    return json.dumps(runs, separators=(",", ":")) if runs else ""


def spot_of(places: str | None, line: int) -> Spot:
    """Where a line of the text stands; NOWHERE without a map, or with one that cannot be read."""
    runs = _runs(places or "")
    at = bisect_right(runs, line, key=lambda run: run[0] or 0) - 1
    if at < 0:
        return NOWHERE
    start, page, sheet, table, row, head, slide, member = runs[at]
    row = row + line - (start or 0) if row is not None else None
    return Spot(page, sheet, table, row, head, slide, member)


def spot_under(places: str | None, line: int, by: int, member: int | None) -> Spot:
    """Where a line of a file stands when its text begins `by` lines below, in a file inside an archive."""
    spot = spot_of(places, line)
    return replace(
        spot,
        sheet=spot.sheet + by if spot.sheet is not None else None,
        head=spot.head + by if spot.head is not None else None,
        member=spot.member + by if spot.member is not None else member,
    )


def heading_of(lines: Sequence[str], places: str | None, line: int, column: int) -> str:
    """What stands above a cell (`column` from 0) in the headings of its table; '' without headings.

    Where headings run over several rows, the lowest filled one counts; of a heading over several columns
    nothing is known but its first one.
    """
    head = spot_of(places, line).head
    if head is None or not 0 <= head < line:
        return ""
    own = spot_of(places, head)
    for at in range(head, max(-1, head - _HEAD_ROWS), -1):
        spot = spot_of(places, at)
        if (spot.page, spot.sheet, spot.table, spot.member) != (own.page, own.sheet, own.table, own.member):
            break
        cells = lines[at].split("\t") if at < len(lines) and spot.row is not None else []
        if column < len(cells) and cells[column]:
            return cells[column]
    return ""


def member_lines(places: str | None) -> tuple[int, ...]:
    """The lines, from 0, that hold the names of files inside an archive or message."""
    return tuple(sorted({run[-1] for run in _runs(places or "") if run[-1] is not None}))


Kind = Literal["page", "slide", "sheet", "member"]


def pages_from(places: str | None) -> list[tuple[int, Kind, int]]:
    """The first line of each page, slide, sheet and file of an archive: (line, kind, number).

    The number is that of the page or slide, and 0 for a sheet or file, whose name is the line.
    """
    found: list[tuple[int, Kind, int]] = []
    before: tuple[int | None, ...] = (None,) * 4
    for line, page, sheet, _, _, _, slide, member in _runs(places or ""):
        now = (page, slide, sheet, member)
        if member is not None and member != before[3]:
            found.append((member, "member", 0))
        if page is not None and (page, member) != (before[0], before[3]):
            found.append((line or 0, "page", page))
        elif slide is not None and (slide, member) != (before[1], before[3]):
            found.append((line or 0, "slide", slide))
        elif sheet is not None and sheet != before[2]:
            found.append((sheet, "sheet", 0))
        before = now
    return found


_HEAD_ROWS = 4  # rows of headings above each other that are looked through
_Run = tuple[int | None, int | None, int | None, int | None, int | None, int | None, int | None, int | None]


@lru_cache(maxsize=8)
def _runs(places: str) -> tuple[_Run, ...]:
    try:
        listed = json.loads(places) if places else []
        return tuple(_run(one) for one in listed)
    except (ValueError, TypeError, RecursionError):
        return ()


def _run(values: list[int | None]) -> _Run:
    if not all(one is None or isinstance(one, int) for one in values) or not values:
        raise ValueError("a run of places holds numbers only")
    line, page, sheet, table, row, head, slide, member = (*values, *(None,) * 7)[:8]
    return line, page, sheet, table, row, head, slide, member


def _below(spot: Spot) -> Spot:
    return spot if spot.row is None else replace(spot, row=spot.row + 1)


def _trimmed(values: tuple[int | None, ...]) -> tuple[int | None, ...]:
    while values[-1] is None:
        values = values[:-1]
    return values
