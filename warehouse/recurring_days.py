"""The next day of a limit that returns: 每年3月底前, 每季度末, quarterly, by March 31 of each year.

A limit that names a day has that day. One that only says how often (每年, quarterly) has the last day of the
period that runs, by docs/marking-guideline.md, where a period within which something must be done is a limit.
What hangs on an unknown beginning (每三年, every two years) or names no day (每年年初) has none.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_HAN = {sign: at for at, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "十": 10}
_N = r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
_EVERY_YEAR = r"每(?:一)?年度?的?"
_END = r"(?:[之以]?前|内|期间|份|间)*"
_MONTH_DAY = re.compile(
    rf"{_EVERY_YEAR}(?:{_N}月(?:份)?(?:{_N}[日号])?[至到—-])?{_N}月(?:份)?{_N}[日号]{_END}"
)
_MONTHS = re.compile(rf"{_EVERY_YEAR}((?:{_N}月[、和及或]*)+)(?:份|的)?(底|末|[上中下]旬|初)?{_END}")
_SPAN_OF_MONTHS = re.compile(rf"{_EVERY_YEAR}{_N}月?(?:份)?[至到—-]{_N}月(?:份)?(?:底|末)?{_END}")
_YEAR_QUARTER = re.compile(rf"{_EVERY_YEAR}第?([一二三四1-4])季度(?:末|底)?{_END}")
_YEAR_HALF = re.compile(rf"{_EVERY_YEAR}(上|下)半年(?:末|底)?{_END}")
_YEAR_END = re.compile(r"每(?:一)?年度?的?年?(?:底|末|度末|终){e}".replace("{e}", _END))
_MONTH_DAYS = re.compile(rf"每(?:一)?个?月的?(?:{_N}[日号]?[至到—-])?{_N}[日号]{_END}")
_MONTH_TENTHS = re.compile(rf"每(?:一)?个?月的?([上中下])旬{_END}")
_PERIODS: tuple[tuple[re.Pattern[str], str, bool], ...] = (
    (re.compile(rf"每(?:一)?个?月的?月?(?:底|末){_END}"), "month", True),
    (re.compile(rf"每(?:一)?个?季度?的?(?:末|底){_END}"), "quarter", True),
    (re.compile(rf"每(?:一)?半年的?(?:末|底){_END}"), "half", True),
    (re.compile(r"(?:至少)?每(?:一)?年度?"), "year", False),
    (re.compile(r"(?:至少)?每(?:一)?半年"), "half", False),
    (re.compile(r"(?:至少)?每(?:一)?个?季度?"), "quarter", False),
    (re.compile(r"(?:至少)?每(?:一)?个?月"), "month", False),
    (re.compile(r"(?:至少)?每(?:一)?周"), "week", False),
)
_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_ENGLISH_MONTH = "|".join(f"{name}|{name[:3]}\\.?" for name in _NAMES)
_ENGLISH_DAY = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m1>{_ENGLISH_MONTH})"
    rf"|(?P<m2>{_ENGLISH_MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)\b"
    r",? ?(?:of |in )?(?:each|every) (?:calendar )?year"
)
_ENGLISH = (
    (r"(?:semi-?annually|every half[ -]year|every six months|once every six months)", "half"),
    (r"(?:annually|(?:once )?(?:each|every|per|a) (?:calendar )?year|on an annual basis|yearly)", "year"),
    (r"(?:quarterly|(?:once )?(?:each|every|per|a) (?:calendar )?quarter|on a quarterly basis)", "quarter"),
    (r"(?:monthly|(?:once )?(?:each|every|per|a) (?:calendar )?month|on a monthly basis)", "month"),
    (r"(?:weekly|(?:once )?(?:each|every|per|a) week|on a weekly basis)", "week"),
)
_ENGLISH_PERIODS = [
    (re.compile(rf"(?:(?:at least|not less than|no less than) )?(?:once )?{words}"), unit)
    for words, unit in _ENGLISH
]


@dataclass(frozen=True, slots=True)
class NextDay:
    """The next day of a returning limit, and whether the text names it or only the period that ends on it."""

    day: date
    named: bool


def next_day(printed: str, today: date) -> NextDay | None:
    """The first day on or after `today`, by the limit as printed; None where it names none."""
    words = re.sub(r"\s+", "", printed) if not printed.isascii() else ""
    found = _named(words) if words else _named_english(printed.lower())
    if found is not None:
        day = _first(found, today)
        return NextDay(day, True) if day else None
    for pattern, unit, named in _PERIODS if words else ():
        if pattern.fullmatch(words):
            return NextDay(_period_end(unit, today), named)
    for english, unit in _ENGLISH_PERIODS if not words else ():
        if english.fullmatch(printed.lower().strip()):
            return NextDay(_period_end(unit, today), False)
    return None


def next_days(printed: Iterable[str], today: date) -> dict[str, NextDay]:
    """`next_day` of each of the printed limits that has one."""
    found = {words: next_day(words, today) for words in printed}
    return {words: day for words, day in found.items() if day is not None}


_Days = Callable[[int, int], Iterable[date | None]]  # of a year and a month: the days that the limit names


def _named(words: str) -> _Days | None:
    if m := _MONTH_DAY.fullmatch(words):
        month, day = _number(m[3]), _number(m[4])
        return lambda y, at: [_day(y, month, day)] if at == month else []
    if m := _SPAN_OF_MONTHS.fullmatch(words):
        last = _number(m[2])
        return lambda y, at: [_last(y, at)] if at == last else []
    if m := _MONTHS.fullmatch(words):
        if m[3] == "初":
            return None
        months = {_number(one) for one in re.findall(f"{_N}月", m[1])}
        tenth = m[3] or "底"
        return lambda y, at: [_tenth(y, at, tenth)] if at in months else []
    if m := _YEAR_QUARTER.fullmatch(words):
        end = 3 * _number(m[1])
        return lambda y, at: [_last(y, at)] if at == end else []
    if m := _YEAR_HALF.fullmatch(words):
        end = 6 if m[1] == "上" else 12
        return lambda y, at: [_last(y, at)] if at == end else []
    if _YEAR_END.fullmatch(words):
        return lambda y, at: [_last(y, at)] if at == 12 else []
    if m := _MONTH_DAYS.fullmatch(words):
        day = _number(m[2])
        return lambda y, at: [_day(y, at, min(day, _last(y, at).day))]
    if m := _MONTH_TENTHS.fullmatch(words):
        tenth = f"{m[1]}旬"
        return lambda y, at: [_tenth(y, at, tenth)]
    return None


def _named_english(words: str) -> _Days | None:
    m = _ENGLISH_DAY.search(words)
    if m is None:
        return None
    month = 1 + next(at for at, name in enumerate(_NAMES) if name.startswith((m["m1"] or m["m2"])[:3]))
    day = int(m["d1"] or m["d2"])
    return lambda y, at: [_day(y, month, day)] if at == month else []


def _first(days: _Days, today: date) -> date | None:
    """The first of the days on or after today; within five years, for 29 February."""
    for step in range(61):
        year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
        fitting = [day for day in days(year, month + 1) if day is not None and day >= today]
        if fitting:
            return min(fitting)
    return None


def _period_end(unit: str, today: date) -> date:
    """The last day of the week, month, quarter, half year or year that today lies in."""
    if unit == "week":
        return today + timedelta(days=7 - today.isoweekday())
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[unit]
    return _last(today.year, ((today.month - 1) // months + 1) * months)


def _tenth(year: int, month: int, word: str) -> date:
    return date(year, month, {"上旬": 10, "中旬": 20}.get(word, _last(year, month).day))


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(words: str) -> int:
    """Up to 31: 十二, 二十, 三十一, 31."""
    if words.isdecimal():
        return int(words)
    tens, sign, ones = words.partition("十")
    if not sign:
        return _HAN[words] if len(words) == 1 else 0
    return (_HAN[tens] if tens else 1) * 10 + (_HAN[ones] if ones else 0)
