"""The next page of a JSON answer: named by the answer, or counted on from the address that was asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawlers.extraction.page import absolute

_NEXT = ("next", "nextpageurl", "nextpage", "nextlink", "nexturl")
_INNER = ("pagination", "meta", "links", "paging", "_links", "page", "pageinfo", "info")
_PAGE = ("page", "pageno", "pagenumber", "pageindex", "currentpage", "pagenum", "pg", "p")
_OFFSET = ("offset", "start", "skip", "$skip", "from", "startindex", "startrow", "startat")
_SIZE = ("size", "pagesize", "limit", "perpage", "rows", "take", "$top", "count", "length", "itemsperpage")
_TOTAL = ("total", "totalcount", "totalresults", "totalrecords", "totalitems", "totalrows", "recordstotal",
          "recordsfiltered", "numfound", "totalelements", "@odata.count", "hits", "found")  # fmt: skip
_PAGES = ("totalpages", "pages", "pagecount", "lastpage", "numpages", "totalpage", "pagestotal")
_MORE = ("hasmore", "hasnext", "hasnextpage", "more", "moreresults")


def following(data: Any, url: str, count: int) -> str | None:
    """The address of the page after this one, `count` rows long; None at the end or where nothing tells.

    A page is only counted on where the address asked for a numbered page or an offset and the answer says
    that more rows exist; an answer without rows ends the walk.
    """
    if not isinstance(data, dict):
        return None
    named = _named(data, url)
    return named or (_counted(data, url, count) if count else None)


def _named(data: dict[str, Any], base: str) -> str | None:
    for place in _places(data):
        for key, value in place.items():
            target = value.get("href") if isinstance(value, dict) else value
            if _plain(key).removeprefix("@odata.") in _NEXT and isinstance(target, str):
                return absolute(base, target)
    return None


def _counted(data: dict[str, Any], url: str, count: int) -> str | None:
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    if parts.fragment:
        return None  # what a form sent: its pages are no addresses
    asked = {_plain(key): (key, int(value)) for key, value in query if value.isdigit() and len(value) < 8}
    size = next((asked[name][1] for name in _SIZE if name in asked), count)
    if 0 < count < size:
        return None  # a page that is not full is the last
    page = next((asked[name] for name in _PAGE if name in asked), None)
    offset = next((asked[name] for name in _OFFSET if name in asked), None)
    if offset is not None and page is None:
        key, number = offset[0], offset[1] + count
        more = _says_more(data, rows=offset[1] + count, pages=None)
    elif page is not None:
        key, number = page[0], page[1] + 1
        more = _says_more(data, rows=max(page[1], 1) * size, pages=page[1])
    else:
        return None
    turned = [(name, str(number) if name == key else value) for name, value in query]
    return parts._replace(query=urlencode(turned, safe="$,:/")).geturl() if more else None


def _says_more(data: dict[str, Any], *, rows: int, pages: int | None) -> bool:
    """Whether the answer says that rows follow: by a mark, by its number of rows, by its number of pages."""
    for place in _places(data):
        for key, value in place.items():
            name = _plain(key)
            if name in _MORE and isinstance(value, bool):
                return value
            if isinstance(value, bool) or not str(value).isdigit():
                continue
            if name in _TOTAL:
                return int(value) > rows
            if name in _PAGES and pages is not None:
                return int(value) > pages
    return False


def _places(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield data
    for key, value in data.items():
        if _plain(key) in {_plain(name) for name in _INNER} and isinstance(value, dict):
            yield value


def _plain(key: str) -> str:
    return "".join(sign for sign in key.lower() if sign.isalnum() or sign in "@.$")
