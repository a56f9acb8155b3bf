"""The number-coded sites as data: how the addresses of their documents look, and how their lists go on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


@dataclass(frozen=True, slots=True)
class Family:
    """One way of numbering pages; groups of the pattern: number, and year, month, day where it tells them."""

    name: str
    pattern: re.Pattern[str]  # of an address's path
    telling: bool  # no other publishing system writes such addresses: one of them gives the family away
    dated: bool = False  # the number counts anew each day, so the day belongs to it

    def number(self, url: str) -> str | None:
        """The lasting number of a document's page, None for any other address."""
        found = self.pattern.search(urlsplit(url).path)
        if not found:
            return None
        day = _day(found) if self.dated else None
        if self.dated and day is None:
            return None
        return f"{day:%Y%m%d}-{found['number']}" if day else found["number"].lower()

    def day(self, url: str) -> date | None:
        """The day in the address of a document's page."""
        found = self.pattern.search(urlsplit(url).path)
        return _day(found) if found else None


def _path(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


_DAY = r"(?P<year>(?:19|20)\d\d){0}(?P<month>\d\d){1}(?P<day>\d\d)"

FAMILIES: tuple[Family, ...] = (
    # /n2588035/n2588320/c25871234/content.html
    Family("ccontent", _path(r"/n\d+/(?:n\d+/)*c(?P<number>\d+)/content\.s?html?$"), telling=True),
    # /tiaofasi/144941/3581332/2026050617345678901/index.html: day, time and a serial number in one
    Family(
        "pbc_index",
        _path(rf"/(?P<number>(?:{_DAY.format('', '')})?\d{{7,}})(?<=\d{{15}})/index\.html?$"),
        telling=True,
    ),
    # /columns/<number of the column>/202605/06/<number of the page>.html
    Family(
        "uuid_columns",
        _path(rf"/columns/{_UUID}/{_DAY.format('', '/')}/(?P<number>{_UUID})\.s?html?$"),
        telling=True,
    ),
    # /sjj/zwgk/zcfb/0506/20260506171234567890123_pc.html
    Family("index_pc", _path(rf"/(?P<number>{_DAY.format('', '')}\d{{4,}})_pc\.s?html?$"), telling=True),
    # /safe/2026/0506/24567.html and /zcwj/2026-05-06/34567.html
    Family(
        "datepath",
        _path(rf"/(?:{_DAY.format('/', '')})/(?P<number>\d+)\.s?html?$"),
        telling=False,
        dated=True,
    ),
    Family(
        "datepath",
        _path(rf"/(?:{_DAY.format('-', '-')})/(?P<number>\d+)\.s?html?$"),
        telling=False,
        dated=True,
    ),
    # /lyj/1/lczc/20260506/123456.html
    Family(
        "ymd8",
        _path(rf"/(?:{_DAY.format('', '')})/(?P<number>\d+)\.s?html?$"),
        telling=False,
        dated=True,
    ),
)
NAMES = tuple(dict.fromkeys(family.name for family in FAMILIES))


def family_of(url: str, *, telling: bool = False) -> Family | None:
    """The family whose pages are addressed so; with `telling` only one that nobody else shares."""
    return next((one for one in FAMILIES if (one.telling or not telling) and one.number(url)), None)


def _day(found: re.Match[str]) -> date | None:
    parts = found.groupdict()
    if not parts.get("year"):
        return None
    try:
        return date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
    except ValueError:
        return None  # fifteen digits that are no day
