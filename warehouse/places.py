"""Where the lines of a file's text stand in the file: on which page, in which sheet or table, in which row.

A text keeps its lines as they are; beside it stands a map of runs. A run begins at a line and holds until the
next one; while it has a row, each further line is one row further down. Names are not part of the map: a
sheet's name is itself a line of the text, and the map says which. So a masked text, whose lines keep their
number and their length, is mapped by the same map and shows no name that was masked.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache

MOST_RUNS = 20_000  # of one file; lines after the last run that is kept have no place


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one line stands; pages, tables and rows count from 1, None where the file has no such thing."""

    page: int | None = None
    sheet: int | None = None  # the line, from 0, that holds the sheet's name
    table: int | None = None
    row: int | None = None


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
    start, page, sheet, table, row = runs[at]
    return Spot(page, sheet, table, row + line - (start or 0) if row is not None else None)


def pages_from(places: str | None) -> list[tuple[int, int]]:
    """The first line of each page or sheet that the map names: (line, page), page 0 for a sheet's name."""
    found: list[tuple[int, int]] = []
    page: int | None = None
    sheet: int | None = None
    for line, on, name, _, _ in _runs(places or ""):
        if on is not None and on != page:
            found.append((line or 0, on))
        elif name is not None and name != sheet:
            found.append((name, 0))
        page, sheet = on, name
    return found


_Run = tuple[int | None, int | None, int | None, int | None, int | None]


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
    line, page, sheet, table, row = (*values, None, None, None, None)[:5]
    return line, page, sheet, table, row


def _below(spot: Spot) -> Spot:
    return spot if spot.row is None else Spot(spot.page, spot.sheet, spot.table, spot.row + 1)


def _trimmed(values: tuple[int | None, ...]) -> tuple[int | None, ...]:
    while values[-1] is None:
        values = values[:-1]
    return values
