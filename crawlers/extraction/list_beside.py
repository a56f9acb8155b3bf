"""Days that stand outside a row: between a link and its neighbours, or in the heading above several rows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from crawlers.extraction.list_links import Running
from crawlers.extraction.list_rows import Row, number_in
from crawlers.extraction.page import is_file_link

_NEAR = 400  # characters of running text in which a date belongs to a link
_MOST = 0.6  # share of links with a date on one side at which the dates stand there for all
_CLOSE = 250  # characters between a heading and the first row under it
_OTHERS = 2  # links of the same row that may stand before its own: a number, an icon
_FAR = 4000  # the same with the blanks of the markup
_HEADING = 90  # characters of a line that is a heading


def near(rows: Sequence[Row], running: Running) -> dict[str, date | None]:
    """Dates of flat lists: between a link and its neighbours, always on the same side.

    A date in the link's own line speaks for it alone; one in a line of its own also for the links after it.
    """
    places = [row.link.place for row in rows]
    after: list[tuple[int, date] | None] = []
    before: list[tuple[int, date] | None] = []
    for index, place in enumerate(places):
        following = places[index + 1] if index + 1 < len(places) else place + _NEAR
        previous = places[index - 1] if index else place - _NEAR
        after.append(_first(running, place, min(following, place + _NEAR)))
        before.append(_last(running, max(previous, place - _NEAR), place))
    ahead, behind = _weight(after, places, running), _weight(before, places, running)
    if ahead > behind:
        return {row.link.url: found and found[1] for row, found in zip(rows, after, strict=True)}
    days = {row.link.url: found and found[1] for row, found in zip(rows, before, strict=True)}
    lines_of_their_own = behind[0] * 2 < len(rows) and behind[1] >= _MOST * len(rows)
    return filled(days, rows, running) if lines_of_their_own else days


def headed(rows: Sequence[Row], running: Running, *, alone: bool = False) -> dict[str, date | None]:
    """The day of the line above each run of rows; empty unless every run stands close below such a line.

    One line above all rows counts only when asked for (`alone`), and for files or numbered cases: a menu
    has one too.
    """
    found: dict[str, date | None] = {}
    heads: set[int] = set()
    previous = -1
    for row in rows:
        head = _last(running, 0, row.link.place)
        if head is not None and head[0] > previous and heading_of(row, running) is None:
            return {}
        found[row.link.url] = head and head[1]
        heads.update((head[0],) if head else ())
        previous = row.link.place
    papers = sum(1 for row in rows if is_file_link(row.link.url) or number_in(row.lines))
    return found if len(heads) > 1 or (alone and papers * 2 >= len(rows)) else {}


def heading_of(row: Row, running: Running) -> date | None:
    """The day of a heading directly above a row: a short line, close by, with no list's links in between."""
    head = _last(running, 0, row.link.place)
    if head is None or row.link.place - head[0] > _FAR or len(_line(running, head[0])) > _HEADING:
        return None
    if len(" ".join(running.text[head[0] : row.link.place].split())) > _CLOSE:
        return None
    between = bisect_left(running.anchors, row.link.place) - bisect_left(running.anchors, head[0])
    return head[1] if between <= _OTHERS else None


def filled(found: dict[str, date | None], rows: Sequence[Row], running: Running) -> dict[str, date | None]:
    """Rows without a date take that of the nearest heading above, when the page is headed by dates."""
    if not running.dates:
        return found
    days = dict(found)
    for row in rows:
        head = _last(running, 0, row.link.place) if row.link.place and not days[row.link.url] else None
        if head:
            days[row.link.url] = head[1]
    return days


def _weight(
    found: Sequence[tuple[int, date] | None], places: Sequence[int], running: Running
) -> tuple[int, int]:
    """How many links have a date in their own line, and how many have one at all."""
    kept = [(one[0], place) for one, place in zip(found, places, strict=True) if one]
    same = sum("\n" not in running.text[min(pair) : max(pair)] for pair in kept)
    return same, len(kept)


def _line(running: Running, place: int) -> str:
    begin = running.text.rfind("\n", 0, place) + 1
    end = running.text.find("\n", place)
    return running.text[begin : end if end >= 0 else len(running.text)].strip()


def _first(running: Running, begin: int, end: int) -> tuple[int, date] | None:
    at = bisect_left(running.dates, (begin, ""))
    if at < len(running.dates) and running.dates[at][0] < end:
        return running.dates[at][0], date.fromisoformat(running.dates[at][1])
    return None


def _last(running: Running, begin: int, end: int) -> tuple[int, date] | None:
    at = bisect_left(running.dates, (end, "")) - 1
    if at >= 0 and running.dates[at][0] >= begin:
        return running.dates[at][0], date.fromisoformat(running.dates[at][1])
    return None
