"""The WAS5 search of TRS sites, by which some ministries list their documents: pages of HTML, or JSON.

Options: `channel` (numbers of the search's channels, separated by spaces), `search` (its address,
`/was5/web/search` by default), `query` (search words).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode, urljoin

from crawlers.extraction.charset import decode
from crawlers.extraction.gathered import Gathered
from crawlers.extraction.page import absolute, open_page, too_deep
from crawlers.platforms import generic, trs
from crawlers.platforms.asked import Asked
from crawlers.platforms.base import TOO_DEEP, ListPage, PageRequest
from crawlers.platforms.hints import Hints
from crawlers.platforms.json_rows import (
    MISSING,
    at,
    count_of,
    day_of,
    empty_answer,
    held_back,
    keys_of,
    left_out,
    open_answer,
    text_of,
    title_of,
)
from crawlers.platforms.moved import plea
from crawlers.platforms.paging import Turn, known_total, missing, up_to
from crawlers.platforms.trs_rows import list_entries, site_id
from warehouse.records import Entry, Problem

name = "trs_was5"

SEARCH = "/was5/web/search"
_LAST_PAGE = 2_000
_USUAL_PAGE = 15
_PAGES = re.compile(r"""\bcountPage\s*=\s*["']?(\d{1,6})|共\s*(\d{1,6})\s*页""")
_RECORDS = re.compile(
    r"""\brecordCount\s*=\s*["']?(\d{1,8})|(?:共|约有|找到|总计)\s*(?:<[^>]{1,80}>\s*)?(\d{1,8})\s*"""
    r"""(?:<[^>]{1,80}>\s*)?(?:项|条|个|篇)"""
)
_NOTHING = re.compile(
    r"没有(?:找到|检索到|查询到|符合)|未(?:找到|检索到|查询到)|无(?:检索|查询|相关)结果|0\s*条结果"
)
_ADDRESSES = ("url", "docpuburl", "chnldocurl", "DOCPUBURL", "URL")
_TITLES = ("title", "doctitle", "DOCTITLE", "TITLE")
_DAYS = ("time", "docreltime", "pubtime", "pubdate", "DOCRELTIME", "PUBDATE")
_NUMBERS = ("fileNum", "filenum", "idxid", "wh")


def start(hints: Hints) -> Sequence[PageRequest]:
    """The first page of each channel of `[options] channel`, else the home page, which may be a search."""
    search = urljoin(hints.home_url, str(hints.options.get("search") or SEARCH))
    query = str(hints.options.get("query", ""))
    words = {"searchword": query} if query else {}
    channels = str(hints.options.get("channel", "")).split()
    return tuple(
        PageRequest(f"{search}?{urlencode({'channelid': channel, **words, 'page': 1})}", "list")
        for channel in channels
    ) or generic.start(hints)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """Rows of one answer and the request for the next page; no hits are said, not guessed."""
    if body.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"["):
        return _json(body, url, hints)
    source = decode(body)
    waits = plea(source)
    if waits:
        return ListPage(problems=waits)
    if too_deep(source):
        return TOO_DEEP
    asked = Asked.of(url)
    number = asked.number("page", 1)
    entries = _rows(body, source, url, hints)
    pages, total = _count(_PAGES, source), _count(_RECORDS, source)
    if not entries:
        return ListPage((), (), _none(source, total), _missing(source, total, number))
    total = known_total(total, len(entries))
    more = number < pages if pages else _by_total(total, number, len(entries))
    following, lost = (
        _next(asked, number) if more else ((), missing(total, number * len(entries), len(entries)))
    )
    return ListPage(entries, following, total, lost)


def parse_detail(body: bytes, url: str, hints: Hints, entry: Entry | None) -> Gathered | None:
    """A page of the same house: mostly with a t-number, else numbered by `[options] id`."""
    gathered = trs.parse_detail(body, url, hints, entry)
    if gathered is None or gathered.site_id:
        return gathered
    return replace(gathered, site_id=generic.own_number(url, hints))


def _rows(body: bytes, source: str, url: str, hints: Hints) -> tuple[Entry, ...]:
    """Rows with t-date links and those without, in reading order; foreign ones have no number here."""
    known = {entry.url: entry for entry in list_entries(open_page(source, url))}
    found = generic.parse_list(body, url, hints).entries
    rows = {
        entry.url: known.get(entry.url, entry) for entry in found if entry.published or entry.url in known
    }
    return tuple({**rows, **{link: entry for link, entry in known.items() if link not in rows}}.values())


def _by_total(total: int | None, number: int, rows: int) -> bool:
    """Without a page count: by the documents told, else until a page is short."""
    return number * max(rows, 1) < total if total is not None else rows >= _USUAL_PAGE


def _none(source: str, total: int | None) -> int | None:
    return 0 if total is None and _NOTHING.search(source) else total


def _missing(source: str, total: int | None, number: int) -> tuple[Problem, ...]:
    """A page without rows: no hits when it says so, held back when it promises some, else the end."""
    if total:
        said = f"The search claims {total} documents and shows none; the site holds us back."
        return (held_back(said),)
    if total == 0 or _NOTHING.search(source):
        return ()
    return (Problem("empty-list", "The search's page shows no row and does not say 'no hits'."),)


def _count(pattern: re.Pattern[str], source: str) -> int | None:
    found = pattern.search(source)
    return int(next(part for part in found.groups() if part)) if found else None


def _next(asked: Asked, number: int) -> Turn:
    return up_to(number, _LAST_PAGE, (replace(asked.turned("page", number + 1), role="list"),))


def _json(body: bytes, url: str, hints: Hints) -> ListPage:
    """What the template `docs.jsp` answers with: `docs`, closed by an empty row."""
    data, problems = open_answer(body)
    if data is MISSING:
        return ListPage(problems=problems)
    found = at(data, "docs")
    if found is MISSING:
        said = f"The search's answer has no docs; it has {keys_of(data)}."
        return ListPage(problems=(Problem("unknown-answer", said),))
    rows = [row for row in found if row] if isinstance(found, list) else None
    asked = Asked.of(url)
    number = asked.number("page", 1)
    size = asked.number("prepage", asked.number("perpage", len(rows or ()) or _USUAL_PAGE))
    total = next((n for key in ("count", "total", "recordCount") if (n := count_of(data.get(key)))), None)
    total = known_total(total, len(rows or ()))
    entries = tuple(entry for row in rows or () if (entry := _entry(row, url, hints)))
    more = number * size < total if total is not None else len(rows or ()) >= size
    following, lost = _next(asked, number) if rows and more else ((), ())
    said_none = empty_answer(rows, total, (number - 1) * size)
    problems = (*said_none, *left_out(len(rows or ()), len(entries)), *lost)
    return ListPage(entries, following, total, problems)


def _entry(row: Any, base: str, hints: Hints) -> Entry | None:
    if not isinstance(row, dict):
        return None
    link = next((link for key in _ADDRESSES if (link := absolute(base, str(row.get(key) or "")))), None)
    title = next((title for key in _TITLES if (title := title_of(row.get(key)))), None)
    if not link or not title:
        return None
    when = next((day for key in _DAYS if (day := day_of(row.get(key), hints.timezone))), None)
    number = next((text for key in _NUMBERS if (text := text_of(row.get(key)))), None)
    return Entry(link, title, when, number, site_id(link))
