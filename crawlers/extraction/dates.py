"""Printed dates: read as they stand, never shifted by a time zone, refused when they cannot be."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

DayOrder = Literal["mdy", "dmy", "mdy-dots"]  # mdy-dots: 5.13.2024 is meant like 5/13/2024

EARLIEST_YEAR = 1800
LATEST_YEAR = 2100

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier",
            "february feb februar feber février",
            "march mar märz maerz mrz mars",
            "april apr avril",
            "may mai",
            "june jun juni juin",
            "july jul juli juillet",
            "august aug août",
            "september sep sept septembre",
            "october oct oktober okt octobre",
            "november nov novembre",
            "december dec dezember dez décembre",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + ")"
# "March 5-7, 2026", "March 30 to April 2, 2026": a range is known by its first day
_TO = rf"(?:\s*(?:-|–|—|&|and|to|through|thru)\s*(?:{MONTH}\b\.?\s*)?\d{{1,2}}(?:st|nd|rd|th)?)"
_NUMERAL = "〇零○ＯOo０一二三四五六七八九"
_DIGIT_OF = {char: index for index, char in enumerate("〇一二三四五六七八九")} | dict.fromkeys("零○ＯOo０", 0)
_WIDE = str.maketrans("０１２３４５６７８９－／．", "0123456789-/.")

_DATE = re.compile(
    rf"""(?P<cn>(?<!\d)(?P<cy>\d{{4}})\s*年\s*(?P<cm>\d{{1,2}})\s*月\s*(?P<cd>\d{{1,2}})\s*日?)
    |(?P<zh>(?P<zy>[{_NUMERAL}]{{4}})\s*年\s*(?P<zm>[一二三四五六七八九十]{{1,2}})\s*月\s*(?P<zd>[一二三四五六七八九十]{{1,3}})\s*日?)
    |(?P<iso>(?<![\d.])(?P<iy>\d{{4}})(?P<sep>[-/.])(?P<im>\d{{1,2}})(?P=sep)(?P<id>\d{{1,2}})(?!\d))
    |(?P<dm>(?<!\d)(?P<dd>\d{{1,2}})(?:st|nd|rd|th|er)?[.]?[\s\-/]*(?:(?:day\s+)?of\s+)?(?P<dn>(?<![^\W\d_]){MONTH}(?![^\W\d_]))\.?,?[\s\-/,]*(?P<dy>\d{{4}}|\d{{2}}(?![\d:])))
    |(?P<md>\b(?P<mn>{MONTH})\b\.?\s*(?P<mdd>\d{{1,2}})(?:st|nd|rd|th)?{_TO}?(?:\s*[,.]\s*|\s+)(?P<my>\d{{4}}|['’]\d{{2}}(?!\d)))
    |(?P<num>(?<![\d/.\-])(?P<n1>\d{{1,2}})(?P<ns>[/.\-])(?P<n2>\d{{1,2}})(?P=ns)(?P<n3>\d{{4}}|\d{{2}})(?![\d/\-]))
    """,
    re.X | re.I,
)
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(?:\d{4}|\d{2})(?![\d.])")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:\d{6})?$")
_URL_DATE = (
    re.compile(r"/t?(\d{4})(\d{2})(\d{2})_\d+"),
    re.compile(r"/(\d{4})[-/](\d{1,2})[-/](\d{1,2})/"),
    re.compile(r"/(\d{4})-?(\d{2})/(\d{2})/"),
    re.compile(r"[/_-](\d{4})-(\d{2})-(\d{2})(?!\d)"),
)


def parse_date(text: str | None, order: DayOrder = "mdy") -> date | None:
    """The date a short value states, or None; `order` settles 03/04/2020 when both readings are possible."""
    if not text:
        return None
    value = text.strip().translate(_WIDE)
    compact = _COMPACT.match(value)
    if compact:
        return _build(*compact.groups())
    return find_date(value, order)


def find_date(text: str, order: DayOrder = "mdy") -> date | None:
    """The first possible date in a text."""
    return next((found for found, _, _ in find_dates(text, order)), None)


def find_dates(text: str, order: DayOrder = "mdy") -> list[tuple[date, int, int]]:
    """Every possible date in a text with its place, in order."""
    found: list[tuple[date, int, int]] = []
    for match in _DATE.finditer(text.translate(_WIDE)):
        value = _of_match(match, order)
        if value is not None:
            found.append((value, match.start(), match.end()))
    return found


def with_dots(text: str, order: DayOrder) -> DayOrder:
    """The order of a text's days: where 5.13.2024 stands and no 13.5.2024, dots are slashes."""
    if order != "mdy":
        return order
    firsts, seconds = (
        zip(*_DOTTED.findall(text.translate(_WIDE)), strict=True) if _DOTTED.search(text) else ((), ())
    )
    late = any(int(one) > 12 for one in seconds) and not any(int(one) > 12 for one in firsts)
    return "mdy-dots" if late else order


def url_date(url: str) -> date | None:
    """The date an address carries (t20240102_123.html, /2024-01/02/, /2024/1/2/), the last hint of all."""
    for pattern in _URL_DATE:
        match = pattern.search(url)
        if match:
            value = _build(*match.groups())
            if value is not None:
                return value
    return None


def epoch_date(seconds: float, timezone: str) -> date | None:
    """The day that an instant in epoch seconds (or milliseconds) falls on where the source is."""
    instant = seconds / 1000 if abs(seconds) > 1e11 else seconds
    if instant <= 0:
        return None
    try:
        return datetime.fromtimestamp(instant, UTC).astimezone(ZoneInfo(timezone)).date()
    except (OverflowError, ValueError, OSError):
        return None


def instant_date(text: str | None, timezone: str) -> date | None:
    """The day of an API instant: one with an offset counts where the source is, else as printed."""
    if not text:
        return None
    try:
        instant = datetime.fromisoformat(text.strip())
    except ValueError:
        return parse_date(text)
    if instant.tzinfo is None:
        return _bounded(instant.date())
    return _bounded(instant.astimezone(ZoneInfo(timezone)).date())


def _of_match(match: re.Match[str], order: DayOrder) -> date | None:
    if match["cn"]:
        return _build(match["cy"], match["cm"], match["cd"])
    if match["zh"]:
        year = "".join(str(_DIGIT_OF[char]) for char in match["zy"])
        return _build(year, _chinese_number(match["zm"]), _chinese_number(match["zd"]))
    if match["iso"]:
        return _build(match["iy"], match["im"], match["id"])
    if match["dm"]:
        if len(match["dy"]) == 2 and "\n" in match["dm"]:
            return None  # "June 26", and in the next row "June 24"
        return _build(_full_year(match["dy"]), MONTHS[match["dn"].lower()], match["dd"])
    if match["md"]:
        return _build(_full_year(match["my"].lstrip("'’")), MONTHS[match["mn"].lower()], match["mdd"])
    dots = match["ns"] == "." and order != "mdy-dots"
    return _numeric(match["n1"], match["n2"], match["n3"], "dmy" if dots else order)


def _numeric(first: str, second: str, year: str, order: DayOrder) -> date | None:
    day, month = (first, second) if order == "dmy" else (second, first)
    return _build(_full_year(year), month, day) or _build(_full_year(year), day, month)


def _full_year(year: str) -> int:
    number = int(year)
    if len(year) == 4:
        return number
    return 2000 + number if number < 70 else 1900 + number


def _chinese_number(text: str) -> int:
    if "十" not in text:
        return _DIGIT_OF.get(text, 0) if len(text) == 1 else 0
    tens, _, ones = text.partition("十")
    return (_DIGIT_OF.get(tens, 0) if tens else 1) * 10 + (_DIGIT_OF.get(ones, 0) if ones else 0)


def _build(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return _bounded(date(int(year), int(month), int(day)))
    except ValueError:
        return None


def _bounded(value: date) -> date | None:
    return value if EARLIEST_YEAR <= value.year <= LATEST_YEAR else None
