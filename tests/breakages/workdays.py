"""Working days of 2026 in China, and the rhythm of offices: bursts before holidays, rest in them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

# The State Council's arrangement for 2026: first and last day of each holiday, and weekend days worked.
HOLIDAYS = (
    (date(2026, 1, 1), date(2026, 1, 3)),
    (date(2026, 2, 15), date(2026, 2, 23)),
    (date(2026, 4, 4), date(2026, 4, 6)),
    (date(2026, 5, 1), date(2026, 5, 5)),
    (date(2026, 6, 19), date(2026, 6, 21)),
    (date(2026, 9, 25), date(2026, 9, 27)),
    (date(2026, 10, 1), date(2026, 10, 7)),
)
WORKED = frozenset(
    date(2026, month, day) for month, day in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))
)
_DUTY = 0.02  # of a working day's news that appear on a day off: somebody is always on duty
_LAST_DAYS = 2.2  # times the usual news on the last two working days before a holiday


def is_workday(day: date) -> bool:
    """Whether offices are open."""
    if day in WORKED:
        return True
    return day.weekday() < 5 and not any(first <= day <= last for first, last in HOLIDAYS)


def haste(day: date) -> float:
    """How many times the usual news a day brings."""
    if not is_workday(day):
        return _DUTY
    before = any(0 < (first - day).days <= 2 for first, last in HOLIDAYS if (last - first).days >= 2)
    return _LAST_DAYS if before else 1.0


def publishing_days(first: date, last: date, a_day: float, dice: random.Random) -> Iterator[date]:
    """The day of each document, oldest first; `a_day` is the usual number on a working day."""
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        wanted = a_day * haste(day)
        for _ in range(_poisson(wanted, dice)):
            yield day


def _poisson(mean: float, dice: random.Random) -> int:
    """How many of rare events happen; counted by the gaps between them."""
    count, passed = 0, dice.expovariate(1.0)
    while passed < mean:
        count += 1
        passed += dice.expovariate(1.0)
    return count
