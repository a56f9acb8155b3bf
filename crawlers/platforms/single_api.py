"""A site whose list is one JSON interface of its own make, described by [options] alone.

Asking: `address` (with {page} or {offset}, and {size}), `method`, `body`, `body_type` (form, json),
`page_start`, `page_size`. The answer, as dotted paths: `rows` ("." when the answer is the list), `total`,
`pages`, `page`, and two conditions such as "code=200": `ok`, which a good answer fulfils, and `none`, by
which it says that there is nothing. A row: `title`, `url` or `link` (an address made of {values}), `date`,
`number`, `key` (its lasting number), and further fields. A path that the answer does not have is never
taken for an empty value: it is a problem that names what is there instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from crawlers.extraction.page import absolute
from crawlers.platforms.base import ListPage, PageRequest
from crawlers.platforms.generic import own_number, parse_detail
from crawlers.platforms.hints import Hints
from crawlers.platforms.json_rows import (
    MISSING,
    at,
    count_of,
    day_of,
    empty_answer,
    held_back,
    keys_of,
    open_answer,
    text_of,
    title_of,
)
from crawlers.platforms.paging import REPEATED, SHORT, known_total, missing, up_to
from crawlers.platforms.single_settings import FIELDS, Settings, settings_of
from warehouse.errors import UserError
from warehouse.records import Entry, Problem

__all__ = ["name", "parse_detail", "parse_list", "start"]

name = "single_api"

_LAST_PAGE = 5_000
_PLACE = re.compile(r"\{([\w.]+)\}")


def start(hints: Hints) -> Sequence[PageRequest]:
    """The first page; UserError when the options do not describe a list."""
    settings = settings_of(hints)
    return (settings.request(settings.first),)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """Rows of one answer and the request for the next page."""
    try:
        settings = settings_of(hints)
    except UserError as error:
        return ListPage(problems=(Problem("bad-options", str(error)),))
    data, problems = open_answer(body)
    if data is MISSING:
        return ListPage(problems=problems)
    if settings.none and settings.none.holds(data):
        return ListPage((), (), 0)
    if settings.ok and not settings.ok.holds(data):
        said = f"The answer does not say {settings.ok.path}={settings.ok.value}; the site holds us back."
        return ListPage(problems=(held_back(said),))
    rows = _as_list(at(data, settings.rows), settings)
    if rows is not None and not isinstance(rows, list):
        return ListPage(problems=(_unknown(data, "rows", settings.rows, rows),))
    return _page(data, rows, url, settings, hints)


def _as_list(rows: Any, settings: Settings) -> Any:
    """Rows that stand under names of their own, `{"D1": {…}, "D2": {…}}`; what is no row is passed over."""
    if not isinstance(rows, dict):
        return rows
    objects = [row for row in rows.values() if isinstance(row, dict)]
    paths = [path for path in (settings.title, settings.url) if path]
    named = [row for row in objects if any(at(row, path) is not MISSING for path in paths)]
    return named if any(at(row, settings.title) is not MISSING for row in named) else rows


def _page(data: Any, rows: list[Any] | None, url: str, settings: Settings, hints: Hints) -> ListPage:
    number = settings.page_of(url)
    first = (number - settings.first) * settings.size
    total = count_of(at(data, settings.total)) if settings.total else None
    total = known_total(total, len(rows or ()))
    objects = [row for row in rows or () if isinstance(row, dict)]
    entries = tuple(_entries(objects, url, settings, hints))
    ended = rows is None and first > 0 and not settings.total
    problems = [
        *_unknown_counts(data, settings),
        *_unknown_values(objects, settings),
        *(() if ended else empty_answer(rows, total, first)),
        *_judged(rows or [], entries, first, total, settings, hints),
    ]
    stated = count_of(at(data, settings.page)) if settings.page else None
    if stated is not None and stated != number and rows:
        said = f"The list was asked for page {number} and answers with page {stated}."
        return ListPage(entries, (), total, (*problems, Problem(REPEATED, said)))
    more = bool(rows) and _goes_on(data, number, first, total, settings)
    following, lost = up_to(number, _LAST_PAGE, (settings.request(number + 1),) if more else ())
    if rows and not more and settings.turns:
        lost = missing(total, first + settings.size, settings.size)
    return ListPage(entries, following, total, (*problems, *lost))


def _goes_on(data: Any, number: int, first: int, total: int | None, settings: Settings) -> bool:
    """By the number of pages, else by the total, else until an answer is empty."""
    if not settings.turns:
        return False
    pages = count_of(at(data, settings.pages)) if settings.pages else None
    if pages is not None:
        return number < pages + settings.first - 1
    return total is None or first + settings.size < total


def _entries(rows: Sequence[dict[str, Any]], base: str, settings: Settings, hints: Hints) -> Iterator[Entry]:
    for row in rows:
        link, title = _link(row, base, settings), title_of(at(row, settings.title))
        if not link or not title:
            continue
        named = {key: at(row, path) for key, path in settings.named.items()}
        extra = tuple((key, text) for key in FIELDS if key in named and (text := text_of(named[key])))
        yield Entry(
            link,
            title,
            day_of(named.get("date"), hints.timezone),
            text_of(named.get("number")),
            text_of(named.get("key")) or own_number(link, hints),
            extra,
        )


def _link(row: dict[str, Any], base: str, settings: Settings) -> str | None:
    """The row's own address, else the one made of its values, every one of which must be there."""
    own = at(row, settings.url) if settings.url else None
    if isinstance(own, str) and own.strip():
        return absolute(base, own)
    if not settings.link:
        return None
    values = {path: text_of(at(row, path)) for path in _PLACE.findall(settings.link)}
    if not all(values.values()):
        return None
    return absolute(base, _PLACE.sub(lambda found: values[found[1]] or "", settings.link))


def _unknown(data: Any, option: str, path: str, found: Any = MISSING) -> Problem:
    """What is there instead of a path: the names at the last step that exists."""
    if found is not MISSING:
        said = f"The answer's '{path}' is no list of rows; correct [options] {option}."
        return Problem("unknown-path", said)
    steps, place = path.split("."), data
    while len(steps) > 1 and at(place, steps[0]) is not MISSING:
        place = at(place, steps.pop(0))
    said = f"The answer has no '{path}'; where '{steps[0]}' should be it has {keys_of(place)}"
    return Problem("unknown-path", f"{said}; correct [options] {option}.")


def _unknown_counts(data: Any, settings: Settings) -> list[Problem]:
    asked = {"total": settings.total, "pages": settings.pages, "page": settings.page}
    return [
        _unknown(data, option, path) for option, path in asked.items() if path and at(data, path) is MISSING
    ]


def _unknown_values(rows: Sequence[dict[str, Any]], settings: Settings) -> list[Problem]:
    """Named values that no row has; one that some rows lack is how such answers say nothing."""
    paths = {"title": settings.title, "url": settings.url, **settings.named}
    return [
        _unknown(rows[0], option, path)
        for option, path in paths.items()
        if rows and path and all(at(row, path) is MISSING for row in rows)
    ]


def _judged(
    rows: list[Any],
    entries: Sequence[Entry],
    first: int,
    total: int | None,
    settings: Settings,
    hints: Hints,
) -> Iterator[Problem]:
    if len(entries) < len(rows):
        said = f"{len(rows) - len(entries)} of {len(rows)} rows have no title or no address."
        yield Problem("rows-left-out", said)
    dates = [at(row, settings.named["date"]) for row in rows] if "date" in settings.named else []
    if any(text_of(value) for value in dates if value) and not any(
        day_of(value, hints.timezone) for value in dates
    ):
        yield Problem("unreadable-dates", f"No row's '{settings.named['date']}' reads like a date.")
    if first == 0 and total is not None and 0 < len(rows) < min(settings.size, total):
        said = f"{settings.size} rows were asked for and {len(rows)} came; lower [options] page_size."
        yield Problem(SHORT, said)
