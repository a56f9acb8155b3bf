"""The search of UCAP (开普云) sites, asked by POST: hits with title, address and day.

Options: `site_code`, `search` (the interface's address, `/so/ss/query/s` by default), `query`, `size`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode, urljoin

from crawlers.extraction.page import absolute
from crawlers.platforms.asked import FORM, Asked
from crawlers.platforms.base import ListPage, PageRequest
from crawlers.platforms.hints import Hints
from crawlers.platforms.json_rows import (
    MISSING,
    at,
    count_of,
    day_of,
    empty_answer,
    keys_of,
    left_out,
    open_answer,
    text_of,
    title_of,
)
from crawlers.platforms.paging import Turn, known_total, up_to
from crawlers.platforms.ucap_pages import page_number, parse_detail
from warehouse.records import Entry, Problem

__all__ = ["name", "parse_detail", "parse_list", "start"]

name = "ucap_search"

SEARCH = "/so/ss/query/s"
_SIZE = 20
_LAST_PAGE = 500  # searches stop handing out hits long before


def start(hints: Hints) -> Sequence[PageRequest]:
    """The first hits of the site's own search, by form: the interface answers a GET with an error."""
    form = {
        "qt": str(hints.options.get("query", "")),
        "page": 1,
        "pageSize": int(hints.options.get("size", _SIZE)),
        "siteCode": str(hints.options.get("site_code", "")),
    }
    url = urljoin(hints.home_url, str(hints.options.get("search") or SEARCH))
    return (PageRequest(url, "api", "POST", urlencode(form).encode(), FORM),)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """Hits of one answer and the request for the next; a search that gives none though it has some waits."""
    data, problems = open_answer(body)
    if data is MISSING:
        return ListPage(problems=problems)
    held = data if at(data, "resultDocs") is not MISSING else at(data, "data")
    if at(held, "resultDocs") is MISSING:
        said = f"The search's answer has no resultDocs; it has {keys_of(data)}."
        return ListPage(problems=(Problem("unknown-answer", said),))
    rows = held["resultDocs"] if isinstance(held["resultDocs"], list) else None
    total = known_total(count_of(held.get("totalHits")), len(rows or ()))
    asked = Asked.of(url, post=True)
    number, size = asked.number("page", 1), asked.number("pageSize", _SIZE)
    entries = tuple(entry for row in rows or () if (entry := _entry(row, url, hints)))
    following, lost = _next(asked, len(rows or ()), number, size, total)
    empty = empty_answer(rows, total, (number - 1) * size)
    problems = (*empty, *left_out(len(rows or ()), len(entries)), *lost)
    return ListPage(entries, following, total, problems)


def _next(asked: Asked, rows: int, number: int, size: int, total: int | None) -> Turn:
    more = number * size < total if total is not None else rows >= size
    return up_to(number, _LAST_PAGE, (asked.turned("page", number + 1),) if rows and more else ())


def _entry(row: Any, base: str, hints: Hints) -> Entry | None:
    hit = row.get("data") if isinstance(row, dict) and isinstance(row.get("data"), dict) else row
    if not isinstance(hit, dict):
        return None
    link, title = absolute(base, str(hit.get("url") or "")), title_of(hit.get("title"))
    if not link or not title:
        return None
    label = text_of(hit.get("siteLabel"))
    extra = (("site_name", label),) if label else ()
    return Entry(link, title, day_of(hit.get("docDate"), hints.timezone), None, page_number(link), extra)
