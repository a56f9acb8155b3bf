"""Days that Chinese texts name from the day of issue: 今年9月底, 本月底, 下月10日, 次年4月底, “十四五”末.

次年 counts from the year last printed in the sentence; a monthly 次月 or 每月 has no one day.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from classify.components.chinese_integer import chinese_integer
from classify.components.dates import end_of
from classify.components.printed_day import read_day, year_before

FIVE_YEARS = r"[“\"]?十(?P<plan>[二三四五六七八])五[”\"]?(?:规划|时期|期)?末"
_PLAN = re.compile(r"(?:到|至)?" + FIVE_YEARS.removesuffix("末") + "(?:末|期间)")
_END_OF_YEAR = frozenset(("年底", "年末", "底", "末"))
_MONTH = re.compile(
    r"(?P<which>本|下一?个?)月\s?(?:(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})\s?日|(?P<part>底|末|中旬|上旬|下旬|初))"
)
_FEASTS = {"元旦": (1, 1), "五一": (5, 1), "劳动节": (5, 1), "国庆": (10, 1), "国庆节": (10, 1)}
_DAY = timedelta(days=1)


def relative_day(printed: str, issued: date | None, text: str, start: int) -> date | None:
    """The last day that the words cover; None where it hangs on more than the day of issue."""
    if issued is None:
        return None
    if printed.startswith(("今年", "本年")):
        return _within(issued.year, printed.removeprefix("今年").removeprefix("本年").strip("度 "), issued)
    if printed in ("年底", "年末") or printed == "当年底":
        return end_of(issued.year)
    if printed.startswith(("次年", "明年", "翌年")):
        year = year_before(text, start, issued)
        return _within(year + 1, printed[2:].strip(), issued) if year is not None else None
    plan = _PLAN.fullmatch(printed)
    if plan is not None:
        return end_of(2005 + 5 * (chinese_integer(plan["plan"]) or 0))
    return _of_month(printed, issued)


def eve_of(feast: str, issued: date | None) -> date | None:
    """国庆节前 ends on the last day before the next such feast; those of the moon calendar stay open."""
    day = _FEASTS.get(feast)
    if day is None or issued is None:
        return None
    this = date(issued.year, *day)
    return (this if this > issued else date(issued.year + 1, *day)) - _DAY


def _within(year: int, rest: str, issued: date) -> date | None:
    if not rest or rest in _END_OF_YEAR:
        return end_of(year) if rest else None
    return read_day(f"{year}年{rest}", issued)


def _of_month(printed: str, issued: date) -> date | None:
    found = _MONTH.fullmatch(printed)
    if found is None:
        return None
    year, month = issued.year, issued.month
    if found["which"] != "本":
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return end_of(year, month, chinese_integer(found["d"]) if found["d"] else None, found["part"])
