"""Days without news, in working days, against the source's own gaps and against what its file says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from crawlers.health.chances import chance_of_silence
from crawlers.health.kinds import Found
from warehouse.working_days import Calendar

LEAST_DAYS = 5  # working days that nobody calls a silence
_TIMES_LONGEST = 3  # the longest gap so far, this many times over
_IMPROBABLE = 1e-4
_LOOKED_AT = timedelta(days=3 * 365)
_ENOUGH = 20  # documents that teach a rhythm


def check_silence(news: Sequence[date], today: date, patience: int, calendar: Calendar) -> Found | None:
    """A silence longer than the source's file finds plausible, or than its own rhythm makes probable.

    `news` holds one day for each document; days after today (printed ahead) count as today.
    """
    days = sorted({min(day, today) for day in news})
    if not days:
        return None
    newest = days[-1]
    silent = (today - newest).days
    if silent > patience:
        return _found(silent, newest, patience)
    usual = usual_patience([day for day in news if day > today - _LOOKED_AT], newest, calendar)
    worked = calendar.between(newest, today)
    if usual is not None and worked > usual:
        return _found(silent, newest, usual)
    return None


def usual_patience(news: Sequence[date], newest: date, calendar: Calendar) -> int | None:
    """Working days of silence that the source's own rhythm still allows; None when it is not known."""
    if len(news) < _ENOUGH:
        return None
    days = sorted({day for day in news if day <= newest})
    gaps = [calendar.between(one, two) for one, two in pairwise(days)]
    over = calendar.between(days[0], newest)
    if not gaps or over <= 0:
        return None
    allowed = max(LEAST_DAYS, _TIMES_LONGEST * max(gaps))
    while allowed < 400 and chance_of_silence(allowed, len(days), over) >= _IMPROBABLE:
        allowed += 1
    return allowed


def _found(silent: int, newest: date, patience: int) -> Found:
    return Found("silent", {"days": silent, "since": newest.isoformat(), "patience": patience})
