"""The day of every row of a list: of its column, in the row, beside or above it, in its file's name."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from crawlers.extraction.dates import DayOrder, find_date, find_dates, url_date
from crawlers.extraction.list_beside import filled, headed, near
from crawlers.extraction.list_columns import column_days
from crawlers.extraction.list_hidden import attribute_days, name_days
from crawlers.extraction.list_links import Running
from crawlers.extraction.list_rows import Group, Row
from crawlers.extraction.list_short import short_days

_NAMES = r"filed|decided|issued|released|published|rendered|entered|adopted|posted|delivered"
_LABEL = re.compile(
    rf"\b(?P<named>(?:date\s+(?:of\s+)?)?(?:{_NAMES}|issuance|release|decision|filing)(?:\s+(?:date|on))?"
    r"|(?:filing|decision|opinion|order|issue|release|publication|disposition|meeting|hearing)[ -]date|date)"
    r"\s*(?P<mark>[:\-–]?)\s*",
    re.I,
)
_WEEKDAY = re.compile(r"^\W*(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s*", re.I)
_LATER = re.compile(r"^(?:posted|entered|date$)", re.I)  # labels that a better one in the row outweighs
_MOST = 0.6  # share of rows that a way of finding days must serve before it is believed


def dated(rows: list[Row], running: Running, order: DayOrder) -> Group:
    """The group with a date a row: printed in it, else in attributes, beside it, above it, in its name."""
    telling = sum(1 for row in rows if not row.link.generic) / len(rows)
    column = column_days(rows, order)
    inside = {
        row.link.url: column[row.link.url] if row.link.url in column else date_in(row, order) for row in rows
    }
    share = _share(inside)
    if share >= 0.5:
        blank = [row for row in rows if row.link.url not in column]
        told = frozenset(url for url, day in column.items() if day is None)
        return Group(rows, {**inside, **filled(inside, blank, running)}, share, telling, told)
    ways: tuple[Callable[[], dict[str, date | None]], ...] = (
        lambda: attribute_days(rows, order),
        lambda: near(rows, running),
        lambda: headed(rows, running),
        lambda: short_days(rows, running, order),
        lambda: name_days(rows),
        lambda: headed(rows, running, alone=True),
    )
    for way in ways:
        found = way()
        if found and _share(found) >= _MOST:
            return Group(rows, {**inside, **found}, _share(found), telling)
    return Group(rows, filled(inside, rows, running), share, telling)


def date_in(row: Row, order: DayOrder) -> date | None:
    """The date a title begins with, else one in the rest of the row, in the title, or in the address."""
    title = row.link.text
    text = "\n".join(row.lines)[:3000]
    beside = text.replace(title, " ", 1) if title else text
    return (
        find_date(title[:20], order)
        or _labelled(text, order)
        or find_date(beside, order)
        or find_date(title, order)
        or _apart(row, order)
        or url_date(row.link.url)
    )


def _labelled(text: str, order: DayOrder) -> date | None:
    """The day that a label in the row calls the document's: filed, decided, issued, published.

    One with a colon, or at the start of its line, goes before a word in a sentence.
    """
    best: tuple[int, date] | None = None
    for label in _LABEL.finditer(text):
        following = _WEEKDAY.sub("", text[label.end() : label.end() + 45])
        found = find_dates(following, order)
        if not found or found[0][1] > 2:
            continue
        begins = label.start() == 0 or text[label.start() - 1] in "\n("
        rank = 2 * bool(label["mark"]) + begins - bool(_LATER.match(label["named"]))
        if rank < 0 or (rank == 0 and label["named"].lower() == "date"):
            continue
        if best is None or rank > best[0]:
            best = (rank, found[0][0])
    return best[1] if best else None


def _apart(row: Row, order: DayOrder) -> date | None:
    """A day whose month, day and year stand in boxes of their own."""
    text = row.block.text(deep=True, separator=" ") if row.block.tag != "a" or row.block.child else ""
    return find_date(" ".join((text or "").split())[:400], order)


def _share(found: dict[str, date | None]) -> float:
    return sum(1 for day in found.values() if day) / max(len(found), 1)
