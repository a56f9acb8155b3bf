"""Working days: the official calendar of China, as sources and deadlines count them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from warehouse.errors import UserError

_SATURDAY = 5
_YEARLY = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))  # of years that no file knows
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off on weekdays and worked weekends of some years."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()  # of which any days are known
    arranged: frozenset[int] = frozenset()  # of which the official arrangement is known
    chinese: bool = True

    def works(self, day: date) -> bool:
        """Whether offices are open on the day."""
        if not self.chinese:
            return day.weekday() < _SATURDAY
        if day in self.worked:
            return True
        holiday = day in self.off or (day.year not in self.years and (day.month, day.day) in _YEARLY)
        return day.weekday() < _SATURDAY and not holiday

    def between(self, after: date, until: date) -> int:
        """Working days after the first day, up to and with the second."""
        return sum(1 for day in _days(after + _DAY, until) if self.works(day))

    def after(self, start: date, count: int) -> date | None:
        """The count-th working day after a day; None where a year on the way has no known arrangement."""
        day = start
        while count > 0:
            if day == date.max or (self.chinese and (day + _DAY).year not in self.arranged):
                return None
            day += _DAY
            count -= self.works(day)
        return day


WEEKENDS_ONLY = Calendar(chinese=False)


def official(own: Path | None = None) -> Calendar:
    """The Chinese calendar as packaged, with the years that a home's own file adds or replaces."""
    years = dict(_packaged())
    if own is not None and own.is_file():
        years.update(_read(own))
    off = frozenset(day for year in years.values() for first, last in year[0] for day in _days(first, last))
    worked = frozenset(day for year in years.values() for day in year[1])
    return Calendar(off, worked, frozenset(years), frozenset(year for year, one in years.items() if one[2]))


_Year = tuple[tuple[tuple[date, date], ...], tuple[date, ...], bool]  # off, worked, set by a notice


@lru_cache(maxsize=1)
def packaged() -> Calendar:
    """The calendar without any home's years, built once."""
    return official()


@lru_cache(maxsize=1)
def _packaged() -> Mapping[int, _Year]:
    text = (resources.files("warehouse") / "holidays.toml").read_text(encoding="utf-8")
    return {int(year): _year(raw) for year, raw in tomllib.loads(text).items()}


def _read(file: Path) -> dict[int, _Year]:
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
        return {int(year): _year(value) for year, value in raw.items()}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            f"{file}: not a calendar ({error}); write tables such as [2028] with `holidays` (pairs of first"
            " and last day) and `worked`."
        ) from error


def _year(raw: Mapping[str, Any]) -> _Year:
    spans = tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in raw["holidays"])
    worked = tuple(date.fromisoformat(day) for day in raw.get("worked", ()))
    return spans, worked, not raw.get("statutory", False)


def _days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += _DAY
