"""Printed dates and periods: end of a month or year, periods that run from issue, in Chinese and English."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from warehouse.working_days import packaged

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
ENGLISH_DATE = re.compile(
    rf"(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)? (?P<m1>{MONTH})"
    rf"|(?P<m2>{MONTH})(?: (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)?)"
    r",? (?P<y>20\d\d)"
)


def end_of(
    year: int, month: int | None = None, day: int | None = None, part: str | None = None
) -> date | None:
    """The last day that a printed date covers, of a year, a month or a third; None when it is no date."""
    try:
        if month is None:
            return date(year, 12, 31)
        if day is not None:
            return date(year, month, day)
        if part in ("初", "上旬"):
            return date(year, month, 10)
        if part == "中旬":
            return date(year, month, 20)
        return date(year, month, calendar.monthrange(year, month)[1])
    except (ValueError, IndexError, calendar.IllegalMonthError):
        return None


def after(start: date | None, count: int, unit: str) -> date | None:
    """start plus so many days, weeks, months or years; None where they cannot be counted.

    Working days go by the State Council's calendar and stay open in a year whose arrangement is not known.
    """
    if start is None:
        return None
    if unit.endswith("工作日"):
        return packaged().after(start, count)
    if unit in ("日", "天", "day", "days"):
        return start + timedelta(days=count)
    if unit in ("week", "weeks", "周"):
        return start + timedelta(weeks=count)
    if unit in ("个月", "月", "month", "months"):
        return _add_months(start, count)
    if unit in ("年", "year", "years"):
        return _add_months(start, 12 * count)
    return None


def english_date(found: re.Match[str]) -> date | None:
    """The day of an ENGLISH_DATE match; a bare month means its last day."""
    month = MONTHS[(found.group("m1") or found.group("m2")).lower()]
    day = found.group("d1") or found.group("d2")
    return end_of(int(found.group("y")), month, int(day) if day else None)


def _add_months(start: date, months: int) -> date | None:
    total = start.month - 1 + months
    year, month = start.year + total // 12, total % 12 + 1
    if not 1 <= year <= 9999:
        return None
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
