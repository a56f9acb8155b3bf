"""When a known page is asked again: a ladder of intervals, climbed while nothing changes. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from warehouse.identity import digest

AGE_A_DAY = 30  # a document this many times older than an interval does not begin at it
EARLY = timedelta(hours=4)  # a night's run reaches a page at another hour than the night before
SPREAD = 0.4  # of an interval of several days: what was fetched in one night falls due on many


def first_step(published: date | None, today: date, ladder: Sequence[int]) -> int:
    """The step at which a document begins: an old one does not change as a new one does."""
    age = (today - published).days if published else 0
    for step, days in enumerate(ladder):
        if days >= age / AGE_A_DAY:
            return step
    return len(ladder) - 1


def step_after(step: int, ladder: Sequence[int], *, changed: bool) -> int:
    """One up when the page said the same as before, down to the first when it changed."""
    return 0 if changed else min(max(step, 0) + 1, len(ladder) - 1)


def due_after(url: str, days: int, now: datetime) -> datetime:
    """The instant from which the page may be asked again, the same for every run that reckons it.

    One day means the next night. A longer interval is spread by the address, so that the pages of a large
    first crawl do not all fall due on one night.
    """
    if days <= 1:
        return now + timedelta(days=days) - EARLY
    share = int(digest(url, length=8), 16) / 0xFFFFFFFF - 0.5  # the same for an address in every process
    return now + timedelta(days=days * (1 + SPREAD * share)) - EARLY
