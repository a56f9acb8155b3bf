"""The day of every row of a list: of its column, in the row, beside the link, or in the heading above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from crawlers.extraction.dates import DayOrder, find_date, find_dates, url_date
from crawlers.extraction.list_columns import column_days
from crawlers.extraction.list_links import Running
from crawlers.extraction.list_rows import Group, Row

_LABEL = re.compile(
    r"\b(?:(?:date )?(?:filed|decided|issued|released|published|entered|rendered)(?: on)?"
    r"|(?:filing|decision|opinion|issue|release|publication|disposition|meeting)[ -]date)\s*[:\-–]?\s*",
    re.I,
)
_NEAR = 400  # characters of running text in which a date belongs to a link


def dated(rows: list[Row], running: Running, order: DayOrder) -> Group:
    """The group with a date a row: in the row, else near the link, else in the heading above it."""
    telling = sum(1 for row in rows if not row.link.generic) / len(rows)
    column = column_days(rows, order)
    inside = {row.link.url: column.get(row.link.url) or date_in(row, order) for row in rows}
    share = sum(1 for found in inside.values() if found) / len(rows)
    if share >= 0.5:
        return Group(rows, _filled(inside, rows, running), share, telling)
    near = _near(rows, running)
    near_share = sum(1 for found in near.values() if found) / len(rows)
    if near_share >= 0.6:
        return Group(rows, near, near_share, telling)
    return Group(rows, _filled(inside, rows, running), share, telling)


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
        or url_date(row.link.url)
    )


def _labelled(text: str, order: DayOrder) -> date | None:
    """The day that a label in the row calls the document's: filed, decided, issued, published."""
    for label in _LABEL.finditer(text):
        found = find_dates(text[label.end() : label.end() + 30], order)
        if found and found[0][1] <= 2:
            return found[0][0]
    return None


def _near(rows: Sequence[Row], running: Running) -> dict[str, date | None]:
    """Dates of flat lists: between a link and its neighbours, always on the same side."""
    places = [row.link.place for row in rows]
    after: list[date | None] = []
    before: list[date | None] = []
    for index, place in enumerate(places):
        following = places[index + 1] if index + 1 < len(places) else place + _NEAR
        previous = places[index - 1] if index else place - _NEAR
        after.append(_first(running, place, min(following, place + _NEAR)))
        before.append(_last(running, max(previous, place - _NEAR), place))
    chosen = after if sum(map(bool, after)) > sum(map(bool, before)) else before
    return {row.link.url: found for row, found in zip(rows, chosen, strict=True)}


def _filled(found: dict[str, date | None], rows: Sequence[Row], running: Running) -> dict[str, date | None]:
    """Rows without a date take that of the nearest heading above, when the page is headed by dates."""
    if not running.dates:
        return found
    return {
        row.link.url: found[row.link.url] or (_last(running, 0, row.link.place) if row.link.place else None)
        for row in rows
    }


def _first(running: Running, begin: int, end: int) -> date | None:
    return next((date.fromisoformat(day) for place, day in running.dates if begin <= place < end), None)


def _last(running: Running, begin: int, end: int) -> date | None:
    return next(
        (date.fromisoformat(day) for place, day in reversed(running.dates) if begin <= place < end), None
    )
