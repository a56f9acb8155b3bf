"""The searches of Hanweb sites: jsearchfront (pages, or JSON that packs them) and search-front-server.

Options: `website` (the 15-digit number of the site), `category`, `template`, `query`, `size`, and `search`:
`/search-front-server/api/search/info`, the usual one, `/jsearchfront/search.do`, or the POST interface
`/jsearchfront/interfaces/cateSearch.do`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from selectolax.lexbor import LexborNode

from crawlers.extraction.charset import decode
from crawlers.extraction.page import absolute, open_page, too_deep
from crawlers.platforms.asked import FORM, Asked
from crawlers.platforms.base import TOO_DEEP, ListPage, PageRequest
from crawlers.platforms.hanweb import parse_detail
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
from crawlers.platforms.moved import plea
from crawlers.platforms.paging import known_total, up_to
from crawlers.platforms.rows import art_number, link_title, row_date
from warehouse.records import Entry, Problem

__all__ = ["name", "parse_detail", "parse_list", "start"]

name = "hanweb_search"

SERVER, PAGES, PACKED = (
    "/search-front-server/api/search/info",
    "/jsearchfront/search.do",
    "/jsearchfront/interfaces/cateSearch.do",
)
_SIZE = 15
_LAST_PAGE = 1_000
_RESULT = "data.searchResult"
_TOTALS = ("totalCount", "total", "totalSize")
_TITLES = ("title", "title_text")
_DAYS = ("jsearch_date", "deploytime", "publishtime", "cdate", "createdate")
_FIELDS = {"issuer": "publishgroupname", "index_number": "indexcode", "topic": "themename"}
_BOX, _TITLE, _ADDRESS, _DAY = (
    ".jcse-result-box",
    ".jcse-news-title a[href]",
    ".jcse-news-url a",
    ".jcse-news-date, .jcse-news-date1",
)
_COUNT = re.compile(
    r"""(?:找到|约|共|total["'\s:=]{1,8})\s*(?:<[^>]{1,80}>\s*)?(\d[\d,]{0,8})\s*(?:</?[^>]{1,80}>\s*)?(?:条|个|项|篇|["',;}])"""
)
_WHOLE = re.compile(r"https?://[^\s…]+[^\s….]$")  # a printed address that was not cut to fit
_NOTHING = re.compile(r"没有(?:找到|搜索到|检索到|符合)|未(?:找到|搜索到|检索到)|抱歉")


def start(hints: Hints) -> Sequence[PageRequest]:
    """The first answer of the search that the options describe."""
    options = hints.options
    search = str(options.get("search") or SERVER)
    server = search.endswith("/search/info")
    asked = {
        "websiteid": str(options.get("website", "")),
        "category" if server else "cateid": str(options.get("category", "")),
        "tpl": str(options.get("template", "")),
        "q": str(options.get("query", "")),
        "pg": int(options.get("size", _SIZE)),
        "p": 1,
    }
    query = urlencode({key: value for key, value in asked.items() if value != "" or key == "q"})
    url = urljoin(hints.home_url, search)
    if search.endswith("/cateSearch.do"):
        return (PageRequest(url, "api", "POST", query.encode(), FORM),)
    return (PageRequest(f"{url}?{query}", "api" if server else "list"),)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """Hits of one answer, whichever search gave it, and the request for the next."""
    path = urlsplit(url).path.lower()
    if body.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{" or path.endswith(("/search/info", "/catesearch.do")):
        return _json(body, url, hints)
    return _html(decode(body), url)


def _json(body: bytes, url: str, hints: Hints) -> ListPage:
    data, problems = open_answer(body)
    if data is MISSING:
        return ListPage(problems=problems)
    asked = Asked.of(url, post=urlsplit(url).path.lower().endswith("/catesearch.do"))
    if isinstance(at(data, "result"), list) or "total" in _names(data):
        packed = at(data, "result")
        boxes = [box for box in packed if isinstance(box, str)] if isinstance(packed, list) else None
        markup = "".join(f"<div class='jcse-result-box'>{box}</div>" for box in boxes or ())
        entries = tuple(_boxes(markup, url))
        return _page(asked, entries, boxes, count_of(at(data, "total")))
    found = at(data, _RESULT)
    if found is MISSING or found is None:
        return _without_result(data)
    rows = at(found, "dataResults")
    rows = rows if isinstance(rows, list) else None
    total = next((n for key in _TOTALS if (n := count_of(at(found, key))) is not None), None)
    entries = tuple(entry for row in rows or () if (entry := _entry(row, url, hints)))
    return _page(asked, entries, rows, total)


def _names(data: Any) -> set[str]:
    return set(data) if isinstance(data, dict) else set()


def _without_result(data: Any) -> ListPage:
    """No searchResult: the search leaves it out when there are no hits, and says 200 then."""
    code = str(at(data, "code"))
    if code == "200" and at(data, "data") is not MISSING and at(data, "data") is not None:
        return ListPage((), (), 0)
    if "code" not in _names(data) and "data" not in _names(data):
        said = f"The search's answer has no hits; it has {keys_of(data)}."
        return ListPage(problems=(Problem("unknown-answer", said),))
    said = f"The search answers with code {code} and without a result; the site holds us back."
    return ListPage(problems=(held_back(said),))


def _page(
    asked: Asked, entries: tuple[Entry, ...], rows: Sequence[Any] | None, total: int | None
) -> ListPage:
    number, size = asked.number("p", 1), asked.number("pg", 0) or max(len(rows or ()), 1)
    held = len(rows or ())
    total = known_total(total, len(rows or ()))
    problems = list(empty_answer(rows, total, (number - 1) * size))
    if len(entries) < held:
        problems.append(Problem("rows-left-out", f"{held - len(entries)} of {held} hits have no address."))
    more = number * size < total if total is not None else held >= size
    following, lost = up_to(number, _LAST_PAGE, (asked.turned("p", number + 1),) if rows and more else ())
    return ListPage(entries, following, total, (*problems, *lost))


def _entry(row: Any, base: str, hints: Hints) -> Entry | None:
    hit = row.get("data") if isinstance(row, dict) and isinstance(row.get("data"), dict) else row
    if not isinstance(hit, dict):
        return None
    link = absolute(urljoin(base, "/"), str(hit.get("url") or ""))
    title = next((title for key in _TITLES if (title := title_of(hit.get(key)))), None)
    if not link or not title:
        return None
    when = next((day for key in _DAYS if (day := day_of(hit.get(key), hints.timezone))), None)
    extra = tuple((field, text) for field, key in _FIELDS.items() if (text := text_of(hit.get(key))))
    return Entry(link, title, when, text_of(hit.get("filenumbername")), art_number(link), extra)


def _html(source: str, url: str) -> ListPage:
    waits = plea(source)
    if waits:
        return ListPage(problems=waits)
    if too_deep(source):
        return TOO_DEEP
    entries = tuple(_boxes(source, url))
    found = _COUNT.search(source)
    total = int(found[1].replace(",", "")) if found else None
    if not entries and not total:
        if total == 0 or _NOTHING.search(source):
            return ListPage((), (), 0)
        said = "The search's page shows no hit and does not say that there are none."
        return ListPage(problems=(Problem("empty-list", said),))
    page = _page(Asked.of(url), entries, entries or None, total)
    return replace(page, next=tuple(replace(one, role="list") for one in page.next))


def _boxes(markup: str, url: str) -> Iterator[Entry]:
    """Hits as their boxes show them; each document once."""
    seen: set[str] = set()
    for box in open_page(f"<body>{markup}</body>", url).tree.css(_BOX):
        anchor = box.css_first(_TITLE) or box.css_first("a[href]")
        link = _target(anchor, box, url) if anchor else None
        title = link_title(anchor.text(deep=True), anchor.attributes.get("title")) if anchor else None
        if not link or not title or link in seen:
            continue
        seen.add(link)
        day = box.css_first(_DAY)
        when = row_date((day or box).text(deep=True, separator="\n"))
        yield Entry(link, title, when, site_id=art_number(link))


def _target(anchor: LexborNode, box: LexborNode, url: str) -> str | None:
    """The document's own address: hits lead through a counter (`visit/link.do?url=…`) that names it."""
    href = anchor.attributes.get("href") or ""
    if "link.do" not in href:
        return absolute(url, href)
    counted = parse_qs(urlsplit(href).query).get("url", [""])[0]
    printed = box.css_first(_ADDRESS)
    shown = printed.text(deep=True).strip() if printed else ""
    return absolute(urljoin(url, "/"), counted or (shown if _WHOLE.match(shown) else ""))
