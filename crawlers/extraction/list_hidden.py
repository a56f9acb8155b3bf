"""Days that a row does not print: in its attributes, in the name of its file."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from urllib.parse import unquote, urlsplit

from crawlers.extraction.dates import MONTH, DayOrder, find_date, parse_date
from crawlers.extraction.list_rows import Row
from crawlers.extraction.page import is_file_link

_ATTRIBUTE = re.compile(
    r"""\b(datetime|data-[\w\-]*(?:date|time|order|sort|value)[\w\-]*|content|aria-label|title|alt)\s*=\s*"([^"]{6,200})\"""",
    re.I,
)
_RANK = ("datetime", "data-", "content", "aria-label", "title", "alt")
_NAMES = (
    re.compile(
        r"(?<!\d)(?P<y>(?:19|20)\d\d)[-_./]?(?P<m>0[1-9]|1[0-2])[-_./]?(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
    ),
    re.compile(
        r"(?<!\d)(?P<m>0?[1-9]|1[0-2])([-_.])(?P<d>0?[1-9]|[12]\d|3[01])\2(?P<y>(?:19|20)\d\d|\d\d)(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?P<y>20\d\d|19[5-9]\d)(?!\d)"),
    re.compile(
        rf"(?<![a-z])(?P<w>{MONTH})[-_. ]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[-_,. ]*(?P<y>(?:19|20)\d\d)(?!\d)",
        re.I,
    ),
    re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})[-_. ]*(?P<w>{MONTH})[-_. ]*(?P<y>(?:19|20)\d\d)(?!\d)", re.I),
    re.compile(r"(?<!\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?P<y>[012]\d)(?!\d)"),
)


_RUN_TOGETHER = (_NAMES[2], _NAMES[-1])


def attribute_days(rows: Sequence[Row], order: DayOrder) -> dict[str, date | None]:
    """Days by address that a machine reads: of `time`, of sorting values, of labels read aloud."""
    return {row.link.url: _of_attributes(row, order) for row in rows}


def name_days(rows: Sequence[Row]) -> dict[str, date | None]:
    """Days by address that the files' names or folders hold; empty when they never differ."""
    best: dict[str, date | None] = {}
    for pattern in _NAMES:
        found = {row.link.url: _of_name(row.link.url, pattern) for row in rows}
        if sum(map(bool, found.values())) > sum(map(bool, best.values())):
            best = found
    merged = {row.link.url: best.get(row.link.url) or _of_any(row.link.url) for row in rows}
    return merged if len(set(merged.values()) - {None}) > 1 else {}


def _of_attributes(row: Row, order: DayOrder) -> date | None:
    markup = row.block.html or ""
    if len(markup) > 20_000:
        return None
    found = sorted(_ATTRIBUTE.findall(markup), key=lambda pair: _rank(pair[0]))
    return next((day for _, value in found if (day := _value(html.unescape(value), order))), None)


def _rank(name: str) -> int:
    return next((place for place, start in enumerate(_RANK) if name.lower().startswith(start)), len(_RANK))


def _value(value: str, order: DayOrder) -> date | None:
    if re.fullmatch(r"1\d{9}(?:\d{3})?", value):
        seconds = int(value) if len(value) == 10 else int(value) / 1000
        return datetime.fromtimestamp(seconds, UTC).date()
    return parse_date(value, order) or find_date(value, order)


def _of_any(url: str) -> date | None:
    return next((day for pattern in _NAMES[:-1] if (day := _of_name(url, pattern))), None)


def _of_name(url: str, pattern: re.Pattern[str]) -> date | None:
    parts = urlsplit(url)
    path = unquote(parts.path)
    places = [path.rsplit("/", 1)[-1], path, unquote(parts.query)]
    if pattern in _RUN_TOGETHER:  # id=103120 is a number, 103120.pdf may be a day
        places = places[:1] if pattern is _RUN_TOGETHER[0] or is_file_link(url) else []
    for place in places:
        match = pattern.search(place)
        if match:
            groups = match.groupdict()
            word = groups.get("w")
            year = groups["y"] if len(groups["y"]) == 4 else f"20{groups['y']}"
            return find_date(
                f"{word} {groups['d']}, {year}" if word else f"{year}-{groups['m']}-{groups['d']}"
            )
    return None
