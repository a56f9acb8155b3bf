"""The IGS search of TRS sites: JSON whose rows are named differently on every site.

Options: `code` (32-hex number of the search), `site`, `type`, `query`, `size`, `search` (its address,
`/igs/front/search.jhtml` by default).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode, urljoin

from crawlers.extraction.gathered import Gathered
from crawlers.extraction.page import absolute
from crawlers.platforms import generic, trs
from crawlers.platforms.asked import Asked
from crawlers.platforms.base import ListPage, PageRequest
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
from crawlers.platforms.paging import known_total, missing, up_to
from crawlers.platforms.trs_rows import site_id
from warehouse.records import Entry, Problem

name = "trs_igs"

SEARCH = "/igs/front/search.jhtml"
_SIZE = 10
_LAST_PAGE = 1_000
_HOLDERS = ("page", "data")
_ROWS = ("content", "datas", "list")
_TOTALS = ("total", "totalElements", "totalCount")
# How the rows of different sites call a value, in order of trust.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "url": ("url", "URL", "ZCJDURL", "docpuburl", "DOCPUBURL"),
    "title": ("title", "TITLE", "ZCJDTITLE", "doctitle", "DOCTITLE"),
    "day": ("trs_time", "PUBDATE", "pubDate", "docreltime", "DOCRELTIME", "pubtime"),
    "number": ("fileNum", "filenum", "FILENUM", "WH", "wh"),
    "issuer": ("fbjg", "FWJG", "FBJG", "fwjg"),
    "index_number": ("idxid", "IDXID", "indexnum", "SYH"),
    "topic": ("ztfl", "ZTFL", "themeName"),
    "written": ("cwrq", "CWRQ", "writedate"),
}


def start(hints: Hints) -> Sequence[PageRequest]:
    """The first answer of the search that `[options] code` names."""
    options = hints.options
    query = {
        "code": str(options.get("code", "")),
        "siteId": str(options.get("site", "")),
        "type": str(options.get("type", "")),
        "searchWord": str(options.get("query", "")),
        "pageSize": int(options.get("size", _SIZE)),
        "pageNumber": 1,
    }
    url = urljoin(hints.home_url, str(options.get("search") or SEARCH))
    return (PageRequest(f"{url}?{urlencode({k: v for k, v in query.items() if v != ''})}", "api"),)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """Rows of one answer and the request for the next; a null page is a site that holds us back."""
    data, problems = open_answer(body)
    if data is MISSING:
        return ListPage(problems=problems)
    holder = next((found for key in _HOLDERS if (found := at(data, key)) is not MISSING), MISSING)
    if holder is None:
        return ListPage(problems=(held_back("The search answers without a page; the site holds us back."),))
    found = _first(holder, _ROWS)
    if found is MISSING:
        said = (
            f"The search's answer has no rows; it has {keys_of(holder if holder is not MISSING else data)}."
        )
        return ListPage(problems=(Problem("unknown-answer", said),))
    return _page(holder, found, Asked.of(url), url, hints)


def parse_detail(body: bytes, url: str, hints: Hints, entry: Entry | None) -> Gathered | None:
    """A page of the same house: mostly with a t-number, else numbered by `[options] id`."""
    gathered = trs.parse_detail(body, url, hints, entry)
    if gathered is None or gathered.site_id:
        return gathered
    return replace(gathered, site_id=generic.own_number(url, hints))


def _page(holder: Any, found: Any, asked: Asked, url: str, hints: Hints) -> ListPage:
    rows = found if isinstance(found, list) else None
    number, size = asked.number("pageNumber", 1), asked.number("pageSize", _SIZE)
    total = next((n for key in _TOTALS if (n := count_of(holder.get(key))) is not None), None)
    total = known_total(total, len(rows or ()))
    pages = count_of(holder.get("totalPages"))
    entries = tuple(entry for row in rows or () if (entry := _entry(row, url, hints)))
    problems = list(empty_answer(rows, total, (number - 1) * size))
    if len(entries) < len(rows or ()):
        said = f"{len(rows or ()) - len(entries)} rows have neither title nor address under a known name."
        problems.append(Problem("rows-left-out", said))
    if pages:
        more = number < pages
    else:
        more = number * size < total if total is not None else len(rows or ()) >= size
    turned = (asked.turned("pageNumber", number + 1),) if rows and more else ()
    following, lost = up_to(number, _LAST_PAGE, turned)
    if rows and not more:
        lost = missing(total, number * size, size)
    return ListPage(entries, following, total, (*problems, *lost))


def _first(value: Any, keys: Sequence[str]) -> Any:
    if not isinstance(value, dict):
        return MISSING
    return next((value[key] for key in keys if key in value), MISSING)


def _entry(row: Any, base: str, hints: Hints) -> Entry | None:
    if not isinstance(row, dict):
        return None
    link = next((link for key in _NAMES["url"] if (link := absolute(base, str(row.get(key) or "")))), None)
    title = next((title for key in _NAMES["title"] if (title := title_of(row.get(key)))), None)
    if not link or not title:
        return None
    when = next((day for key in _NAMES["day"] if (day := day_of(row.get(key), hints.timezone))), None)
    extra = ((field, _said(row, field)) for field in ("issuer", "index_number", "topic", "written"))
    told = tuple((field, value) for field, value in extra if value)
    return Entry(link, title, when, _said(row, "number"), site_id(link), told)


def _said(row: Mapping[str, Any], field: str) -> str | None:
    return next((text for key in _NAMES[field] if (text := text_of(row.get(key)))), None)
