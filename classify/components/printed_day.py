"""Days as Chinese texts print them, in digits or characters, with or without a year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from classify.components.chinese_integer import chinese_integer
from classify.components.dates import end_of

_HAN_YEAR = "[〇○零Ｏ一二三四五六七八九]{4}"
_HAN = "[一二三四五六七八九十]"
_MONTH = rf"(?:\d{{1,2}}|{_HAN}{{1,2}})\s?月(?:份)?"
_PART = rf"(?:(?:\d{{1,2}}|{_HAN}{{1,3}})\s?日|底|末|中旬|上旬|下旬|初)"
DAY = (
    rf"(?:(?:(?:19|20)\d\d|{_HAN_YEAR})\s?年(?:度)?\s?(?:{_MONTH}\s?{_PART}?|年?底|年?末|(?:第?[一二三四1-4]季度|[上下]半年)(?:末|底)?)?"
    rf"|(?<![年\d每次明翌]){_MONTH}\s?{_PART}|(?<!\d)20\d\d[./-]\d{{1,2}}[./-]\d{{1,2}}(?!\d))"
)
_READ = re.compile(
    rf"(?:(?P<y>(?:19|20)\d\d|{_HAN_YEAR})\s?年(?:度)?)?\s?"
    rf"(?:(?P<m>\d{{1,2}}|{_HAN}{{1,2}})\s?月(?:份)?\s?(?:(?P<d>\d{{1,2}}|{_HAN}{{1,3}})\s?日|(?P<part>底|末|中旬|上旬|下旬|初))?"
    r"|(?P<end>年?底|年?末)|第?(?P<quarter>[一二三四1-4])季度(?:末|底)?|(?P<half>[上下])半年(?:末|底)?)?"
)
_SHORT = re.compile(r"(20\d\d)[./-](\d{1,2})[./-](\d{1,2})")
_YEAR_OF = re.compile(rf"(?:(?:19|20)\d\d|{_HAN_YEAR})\s?年")
_YEARS = re.compile(r"(20\d\d)\s?年")


def read_day(printed: str, issued: date | None, text: str = "", at: int = 0) -> date | None:
    """The last day that the printed words cover; without a year the next such day after issue."""
    short = _SHORT.match(printed)
    if short is not None:
        return end_of(int(short[1]), int(short[2]), int(short[3]))
    found = _READ.match(printed)
    if found is None:
        return None
    month = chinese_integer(found["m"]) if found["m"] else _month_of(found)
    day = chinese_integer(found["d"]) if found["d"] else None
    part = found["part"]
    if found["y"]:
        year = chinese_integer(found["y"].replace("Ｏ", "〇"))
        return end_of(year, month, day, part) if year else None
    return next_such_day(issued, month, day, part) if month else None


def read_days(printed: Iterable[str], issued: date | None) -> Iterator[date | None]:
    """The days of a list; one without a year lies in that of the day before it."""
    year = ""
    for one in printed:
        known = _YEAR_OF.match(one)
        year = known.group() if known is not None else year
        yield read_day(one if known is not None else year + one, issued)


def _month_of(found: re.Match[str]) -> int | None:
    """The last month of a quarter or a half."""
    if found["quarter"]:
        return 3 * (chinese_integer(found["quarter"]) or 4)
    return {"上": 6, "下": 12}.get(found["half"] or "")


def next_such_day(issued: date | None, month: int, day: int | None, part: str | None) -> date | None:
    """The first such day that is not before the day of issue."""
    if issued is None:
        return None
    due = end_of(issued.year, month, day, part)
    return due if due is None or due >= issued else end_of(issued.year + 1, month, day, part)


def year_before(text: str, at: int, issued: date | None) -> int | None:
    """The year that 次年 follows: the last one printed in the sentence, else that of issue."""
    low = max(0, at - 200)
    low = max(low, *(text.rfind(sign, low, at) + 1 for sign in "。；\n"))
    years = _YEARS.findall(text[low:at])
    return int(years[-1]) if years else issued.year if issued else None
