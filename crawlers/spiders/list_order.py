"""What the order of a list's lines tells: pinned ones, newest first or not, how many known ones end it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from warehouse.records import Entry

PINNED = "置顶"  # as some sites mark such lines themselves
_UNPINNED_PAIRS, _PAIRS = 3, 5  # neighbours of different dates that are needed to judge an order


def pinned_lines(entries: Sequence[Entry]) -> int:
    """How many lines at the top stand there for their weight: marked so, or older than a line below."""
    count = 0
    while count < len(entries) - 1 and _is_pinned(entries[count], entries[count + 1 :]):
        count += 1
    return count


def newest_first(entries: Sequence[Entry]) -> bool:
    """Whether the dates fall from top to bottom, but for a few; lists that print none are taken to.

    Pinned lines may stand in any order; all lines are judged, more leniently, where few others are left.
    """
    unpinned, every = _steps(entries[pinned_lines(entries) :]), _steps(entries)
    if len(unpinned) >= _UNPINNED_PAIRS:
        return _rises(unpinned) <= len(unpinned) / 3
    return len(every) < _PAIRS or _rises(every) <= len(every) / 2


def known_at_the_end(known: Sequence[bool], before: int) -> int:
    """How many known lines in a row a page ends with; with those `before` it when it holds no other."""
    if all(known):
        return before + len(known)
    return next(count for count, one in enumerate(reversed(known)) if not one)


def _steps(entries: Sequence[Entry]) -> list[tuple[date, date]]:
    """Neighbours with different dates."""
    dates = [entry.published for entry in entries if entry.published is not None]
    return [(above, below) for above, below in pairwise(dates) if above != below]


def _rises(steps: Sequence[tuple[date, date]]) -> int:
    return sum(below > above for above, below in steps)


def _is_pinned(entry: Entry, below: Sequence[Entry]) -> bool:
    if PINNED in (entry.title or ""):
        return True
    latest: date | None = max((one.published for one in below if one.published), default=None)
    return entry.published is not None and latest is not None and entry.published < latest
