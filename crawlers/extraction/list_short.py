"""Days without a year, or without a month: they stand under a heading that says the rest."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from crawlers.extraction.dates import MONTH, MONTHS, DayOrder, find_date
from crawlers.extraction.list_index import YEAR
from crawlers.extraction.list_links import Running
from crawlers.extraction.list_rows import Row

_NAMED = re.compile(rf"\b({MONTH})\b\.?\s*(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])", re.I)
_TURNED = re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?[.]?\s+({MONTH})\b", re.I)
_SLASHED = re.compile(r"(?:^|(?<=[\s(]))(\d{1,2})/(\d{1,2})(?![\d/])")
_ALONE = re.compile(
    r"^\W*(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s*)?(\d{1,2})(?:st|nd|rd|th)?(?:\W*$|\s*[-–:])", re.I
)
_MONTH_LINE = re.compile(rf"^\W*(?:\w+\s+){{0,3}}({MONTH})\b\.?", re.I)
_DAYS_OF = re.compile(rf"^\W*{MONTH}\W+(?:\d{{1,2}}\W*)+$", re.I)  # "March: 3, 10, 17", each day a link
_WORDS = 7  # a heading has few words
_LETTERS = 70


def short_days(rows: Sequence[Row], running: Running, order: DayOrder) -> dict[str, date | None]:
    """Days by address, month and day from the row, the rest from the headings above it; None where unsure."""
    lines = _headings(running.text)
    return {row.link.url: _day(row, lines, order) for row in rows}


def says_day(row: Row) -> bool:
    """Whether a row prints month and day in words."""
    text = "\n".join(row.lines)[:600]
    return bool(_NAMED.search(text) or _TURNED.search(text))


class _Headings:
    """Short lines that hold a year or a month, by their place in the running text."""

    def __init__(self, text: str) -> None:
        self.years: list[tuple[int, int]] = []
        self.months: list[tuple[int, int]] = []
        for match in re.finditer(r"[^\n]+", text):
            line = match[0].strip()
            many = len(line) > _LETTERS or len(line.split()) > _WORDS
            if not line or (many and not _DAYS_OF.match(line)) or find_date(line):
                continue
            years = set(YEAR.findall(line))
            if len(years) == 1:
                self.years.append((match.start(), int(years.pop())))
            month = _MONTH_LINE.match(line)
            if month and not _NAMED.search(re.sub(r"(?:19|20)\d\d", "", line)):
                self.months.append((match.start(), MONTHS[month[1].lower()]))

    def year(self, place: int) -> int | None:
        """The year of the nearest heading above a place."""
        return _above(self.years, place)

    def month(self, place: int) -> int | None:
        """The month of the nearest heading above a place."""
        return _above(self.months, place)


@lru_cache(maxsize=2)
def _headings(text: str) -> _Headings:
    """Those of a page; each of its groups of links asks for them."""
    return _Headings(text)


def _above(found: list[tuple[int, int]], place: int) -> int | None:
    before = bisect_right(found, (place, 0))
    return found[before - 1][1] if before else None


def _day(row: Row, headings: _Headings, order: DayOrder) -> date | None:
    text = "\n".join(row.lines)[:600]
    own = set(YEAR.findall(text))
    year = int(own.pop()) if len(own) == 1 else headings.year(row.link.place)
    if year is None:
        return None
    named = _NAMED.search(text)
    if named:
        return _made(year, MONTHS[named[1].lower()], int(named[2]))
    turned = _TURNED.search(text)
    if turned:
        return _made(year, MONTHS[turned[2].lower()], int(turned[1]))
    slashed = _SLASHED.search(text)
    if slashed:
        first, second = int(slashed[1]), int(slashed[2])
        return _made(year, *((first, second) if order == "mdy" else (second, first)))
    month = headings.month(row.link.place)
    alone = next((found for line in _before(row) if (found := _ALONE.match(line))), None) if month else None
    return _made(year, month, int(alone[1])) if month and alone else None


def _before(row: Row) -> list[str]:
    """The lines of a row from its title upward: the day of a calendar's cell stands above it."""
    text = row.block.text(deep=True, separator="\n") or ""
    lines = [line for part in text.split("\n")[:80] if (line := " ".join(part.split()))]
    at = next((place for place, line in enumerate(lines) if line == row.link.text), len(lines) - 1)
    return [*reversed(lines[max(at - 4, 0) : at + 1]), *lines[at + 1 : at + 3]]


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
