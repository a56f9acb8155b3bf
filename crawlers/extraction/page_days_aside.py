"""The day of a page where no line tells it: its address and its scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawlers.extraction.dates import find_dates
from crawlers.extraction.gathered import Value
from crawlers.extraction.main_text import MainText
from crawlers.extraction.page import Page

_IN_ADDRESS = (
    re.compile(
        r"(?<!\d)(?P<y>19\d\d|20\d\d)[-_/.]?(?P<m>0[1-9]|1[0-2])[-_/.]?(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<d>0[1-9]|[12]\d|3[01])[-_.](?P<m>0[1-9]|1[0-2])[-_.](?P<y>19\d\d|20\d\d)(?!\d)"),
)
_SCRIPTED = re.compile(
    r"""\b(?:date_?published|publish(?:ed)?_?date|publication_?date|published_?(?:at|time|on)|first_?published"""
    r"""|data-published|data-publish-date)\\?["']?\s*[:=,]\s*\\?["'](\d{4}-\d\d-\d\d)""",
    re.I,
)


def in_scripts(page: Page) -> Iterator[Value]:
    """The day of publication that the page's own scripts or data attributes hold, if they hold only one."""
    lowered = page.source.lower()
    days: set[str] = set()
    at = lowered.find("publi")  # the pattern is asked only there: a source can be millions of signs
    while at >= 0 and len(days) < 2:
        found = _SCRIPTED.search(lowered, max(0, at - 8), at + 60)
        days |= {found[1]} if found else set()
        at = lowered.find("publi", at + 5)
    if len(days) == 1:
        yield Value("published", days.pop(), "script")


def told_by_address(url: str, main: MainText) -> Iterator[Value]:
    """A day of the text that the address repeats in six figures, or the only one in the month it names."""
    numbers = set(re.findall(r"(?<!\d)\d{6}(?!\d)|(?<!\d)\d{8}(?!\d)", _path(url)))
    month = re.search(r"/((?:19|20)\d\d)[/-]?(0?[1-9]|1[0-2])/", _path(url))
    if not numbers and not month:
        return
    stated = dict.fromkeys(value for line in main.near for value, _, _ in find_dates(line, "dmy"))
    for day in stated:
        if numbers & {day.strftime(form) for form in ("%y%m%d", "%d%m%y", "%d%m%Y")}:
            yield Value("published", day.isoformat(), "url:repeated")
            return
    days = [day for day in stated if month and (day.year, day.month) == (int(month[1]), int(month[2]))]
    if len(days) == 1:
        yield Value("published", days[0].isoformat(), "url:month")


def address(url: str) -> Iterator[Value]:
    for pattern in _IN_ADDRESS:
        match = pattern.search(_path(url))
        if match:
            yield Value("published", f"{match['y']}-{match['m']}-{match['d']}", "url")


def _path(url: str) -> str:
    return re.split(r"[;?#]", url.split("//", 1)[-1])[0]
