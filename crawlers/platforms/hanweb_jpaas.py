"""Hanweb JPAAS sites: a column's page names the unit that holds its rows, an interface gives them as JSON.

The numbers of a unit (site, template, page, tag) differ from column to column and are read from the column's
page, in whatever order and quotes it writes them; `parseType` is sent as the page spells it (`bulidstatic` is
no slip of ours).

Options: `columns` (column numbers or addresses below the home page, separated by spaces), `tag` (the unit
that is the list, where a page holds several), `size` (rows of a page from the second on), `base` (the address
that relative links of the rows belong to).
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from crawlers.extraction.charset import decode
from crawlers.extraction.page import open_page, too_deep
from crawlers.platforms import generic
from crawlers.platforms.asked import Asked
from crawlers.platforms.base import TOO_DEEP, ListPage, PageRequest
from crawlers.platforms.hanweb import parse_detail
from crawlers.platforms.hints import Hints
from crawlers.platforms.json_rows import MISSING, at, held_back, keys_of, open_answer
from crawlers.platforms.moved import plea, read_elsewhere
from crawlers.platforms.paging import REPEATED, known_total, up_to
from crawlers.platforms.rows import art_number, row_entries
from warehouse.records import Entry, Problem

__all__ = ["name", "parse_detail", "parse_list", "start"]

name = "hanweb_jpaas"

UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_NEEDED = ("webId", "tplSetId", "pageId")
_ASKED = ("parseType", "webId", "tplSetId", "pageType", "tagId", "editType", "pageId")
_DEFAULTS = {"parseType": "bulidstatic", "pageType": "column", "editType": "null"}
_PAIR = re.compile(r"""["']?\b(\w+)["']?\s*[:=]\s*(?:"([^"]*)"|'([^']*)'|([^\s,;}"']+))""")
_LIST_TAG = re.compile(r"列表|分页|list|内容", re.I)
_MOST_UNITS = 5
_LAST_PAGE = 2_000
_USUAL_PAGE = 15
_LEAST_TITLE = 4  # characters; shorter link texts are page numbers and buttons


def start(hints: Hints) -> Sequence[PageRequest]:
    """The columns that `[options] columns` names, else the home page."""
    pages = (
        f"/col/col{one}/index.html" if one.isdigit() else one
        for one in str(hints.options.get("columns", "")).split()
    )
    return tuple(PageRequest(urljoin(hints.home_url, one), "list") for one in pages) or generic.start(hints)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """A unit's rows with the request for the next page, or the units that a column's page names."""
    if urlsplit(url).path.endswith("/page/build/unit"):
        return _unit(body, url, hints)
    source = decode(body)
    if too_deep(source):
        return TOO_DEEP
    units = _chosen(list(_units(source, url)), hints)
    if units:
        return ListPage((), tuple(_request(url, address, asked) for address, asked in units))
    rows = row_entries(open_page(source, url), art_number)
    return ListPage(rows) if len(rows) > 1 else read_elsewhere(body, url, hints, name)


_Unit = tuple[str, dict[str, str]]  # address of the interface, what it is asked with


def _units(source: str, url: str) -> Iterator[_Unit]:
    """Every unit of the page: from attributes, which come in any order and case, else from its script."""
    if "jpaas-publish-server" not in source:
        return
    seen: set[str] = set()
    for node in LexborHTMLParser(source).css("[querydata]"):
        attributes = node.attributes
        asked = _pairs(attributes.get("querydata") or "")
        address = attributes.get("url") or UNIT
        if all(asked.get(key) for key in _NEEDED) and str(asked) not in seen:
            seen.add(str(asked))
            yield address, asked
    if not seen:
        asked = _pairs(source)
        if all(asked.get(key) for key in _NEEDED):
            yield UNIT, asked


def _pairs(text: str) -> dict[str, str]:
    """The known names of a loosely written object with their first values."""
    values: dict[str, str] = {}
    for found in _PAIR.finditer(html.unescape(text)):
        value = next((part for part in found.groups()[1:] if part is not None), "")
        if found[1] in _ASKED and value:
            values.setdefault(found[1], value)
    return values


def _chosen(units: list[_Unit], hints: Hints) -> list[_Unit]:
    """The unit that `[options] tag` names, else those whose tag speaks of a list, else all of them."""
    tag = str(hints.options.get("tag", ""))
    named = [unit for unit in units if tag and unit[1].get("tagId") == tag]
    if named:
        return named[:1]
    lists = [unit for unit in units if _LIST_TAG.search(unit[1].get("tagId", ""))]
    return (lists or units)[:_MOST_UNITS]


def _request(url: str, address: str, asked: Mapping[str, str]) -> PageRequest:
    values = {key: value for key in _ASKED if (value := asked.get(key) or _DEFAULTS.get(key))}
    own = urljoin(url, address)
    if urlsplit(own).netloc != urlsplit(url).netloc or not urlsplit(own).path.endswith("/page/build/unit"):
        own = urljoin(url, UNIT)
    return PageRequest(f"{own}?{urlencode(values)}", "api")


def _unit(body: bytes, url: str, hints: Hints) -> ListPage:
    data, problems = open_answer(body)
    if data is MISSING:
        return ListPage(problems=problems)
    markup = at(data, "data.html")
    markup = at(data, "data") if markup is MISSING else markup
    if not isinstance(markup, str):
        said = f"The unit's answer holds no rows; it has {keys_of(data)}."
        null = markup is None or markup == {}
        return ListPage(problems=(held_back(said) if null else Problem("unknown-answer", said),))
    if too_deep(markup):
        return ListPage(
            problems=(Problem("too-deep", "The unit's rows are nested deeper than any real ones."),)
        )
    waits = plea(markup) if markup else ()
    return ListPage(problems=waits) if waits else _page(markup, Asked.of(url), url, hints)


def _page(markup: str, asked: Asked, url: str, hints: Hints) -> ListPage:
    entries = _entries(markup, _base(asked, url, hints))
    number, asked_size = _asked_page(asked)
    total, stated = _counter(markup, "count"), _counter(markup, "pageNo")
    size = _counter(markup, "rows") or asked_size or int(hints.options.get("size", 0)) or len(entries)
    first = (number - 1) * (size or _USUAL_PAGE)
    if not entries:
        return ListPage((), (), total, _missing(total, first))
    total = known_total(total, len(entries))
    if stated and stated != number:
        said = f"The unit was asked for page {number} and answers with page {stated}."
        return ListPage(entries, (), total, (Problem(REPEATED, said),))
    more = first + size < total if total is not None else len(entries) >= size
    following, lost = up_to(number, _LAST_PAGE, (_turned(asked, number + 1, size),) if more else ())
    return ListPage(entries, following, total, lost)


def _missing(total: int | None, first: int) -> tuple[Problem, ...]:
    """No rows: held back when the unit promises some, in order at the end, odd at the beginning."""
    if total is not None and total > first:
        said = f"The unit claims {total} documents and shows none after {first}; the site holds us back."
        return (held_back(said),)
    if total == 0 or first > 0:
        return ()
    return (
        Problem("empty-list", "The unit's answer holds no row; the page may have another unit for them."),
    )


def _entries(markup: str, base: str) -> tuple[Entry, ...]:
    """The site's own documents, and dated links to other sites, which have no number here."""
    page = open_page(f"<body>{markup}</body>", base)
    own = {entry.url: entry for entry in row_entries(page, art_number)}
    others = {
        entry.url: replace(entry, site_id=None)
        for entry in row_entries(page, lambda link: link)
        if entry.url not in own and entry.published and len(entry.title or "") >= _LEAST_TITLE
    }
    return (*own.values(), *others.values())


def _base(asked: Asked, url: str, hints: Hints) -> str:
    """What relative links belong to: they are written for the column's page, not for the interface."""
    stated = str(hints.options.get("base", ""))
    if stated:
        return urljoin(hints.home_url, stated)
    column = asked.value("pageId")
    return urljoin(url, f"/col/col{column}/index.html" if column.isdigit() else "/")


def _asked_page(asked: Asked) -> tuple[int, int]:
    """Page and page size that `paramJson` asked for; the first page is asked for without it."""
    try:
        sent: Any = json.loads(asked.value("paramJson") or "{}")
    except ValueError:
        sent = {}
    values = sent if isinstance(sent, dict) else {}
    number, size = (str(values.get(key, "")) for key in ("pageNo", "pageSize"))
    return int(number) if number.isdigit() else 1, int(size) if size.isdigit() else 0


def _counter(markup: str, key: str) -> int | None:
    """A number the pager's element carries: as an attribute, or inside its queryData."""
    found = re.search(rf"""(?<![\w-]){key}["']?\s*[:=]\s*["']?(\d{{1,8}})\b""", html.unescape(markup), re.I)
    return int(found[1]) if found else None


def _turned(asked: Asked, number: int, size: int) -> PageRequest:
    sent = json.dumps({"pageNo": number, "pageSize": size}, separators=(",", ":"))
    query = (*((key, value) for key, value in asked.query if key != "paramJson"), ("paramJson", sent))
    return PageRequest(f"{asked.address}?{urlencode(query)}", "api")
