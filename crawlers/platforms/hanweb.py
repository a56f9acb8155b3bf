"""What both Hanweb platforms share: records wrapped in XML, the pager's parameters, document pages."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from crawlers.extraction.charset import decode
from crawlers.extraction.gathered import Gathered
from crawlers.extraction.html import read_page
from crawlers.extraction.limits import MAX_ENTRIES
from crawlers.extraction.page import open_page, too_deep
from crawlers.platforms.base import PageRequest
from crawlers.platforms.hints import Hints
from crawlers.platforms.rows import art_number, info_number, row_entries
from warehouse.records import Entry, Problem

PROXY = "/module/web/jpage/dataproxy.jsp"
GROUP = 3  # pages that the site's own script asks for in one call

_RECORD = re.compile(r"<record>\s*(?:<!\[CDATA\[(.*?)\]\]>|(.*?))\s*</record>", re.S | re.I)
_CALL = re.compile(r"\bjpage\s*\(", re.I)
_NEXT_GROUP = re.compile(
    r"""<nextgroup>.{0,40}?href\s*=\s*["']([^"'<>]*dataproxy\.jsp\?[^"'<>]*)["']""", re.S
)
_NAMES = (
    "proxyUrl|totalRecord|perPage|columnid|unitid|webid|sourceContentType|permissiontype|webname|keyWordCount"
)
_SETTING = re.compile(
    rf"""["']?\b({_NAMES}|col|appid|path)["']?\s*[:=]\s*(?:"([^"]*)"|'([^']*)'|([\w./-]+))""", re.I
)
_ASKED = ("columnid", "unitid", "webid", "col", "appid", "path", "sourceContentType", "permissiontype")
_MORE = ("webname", "keyWordCount")
_OWN_NUMBERS = re.compile(r"\d+(?:,\d+)*$")
_DEFAULTS = {"col": "1", "appid": "1", "path": "/", "sourceContentType": "1", "permissiontype": "0"}
_USUAL_PAGE = 15  # records of a page where the pager does not say
_FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}


@dataclass(frozen=True, slots=True)
class Pager:
    """What a column's page tells its own script about one list."""

    proxy: str  # full address of the list interface
    size: int
    total: int | None
    asked: Mapping[str, str]  # column, unit and site numbers and what goes with them


def records(source: str, url: str) -> tuple[Entry, ...]:
    """The entries of every record; one without a document address counts with its first link."""
    entries: dict[str, Entry] = {}
    for found in _RECORD.finditer(source):
        for entry in _of_record(found[1] if found[1] is not None else html.unescape(found[2]), url):
            entries.setdefault(entry.url, entry)
        if len(entries) >= MAX_ENTRIES:
            break
    return tuple(entries.values())


def count_records(source: str) -> int:
    """How many records an answer holds, readable or not."""
    return sum(1 for _ in _RECORD.finditer(source))


def record_markup(source: str) -> tuple[str, ...]:
    """The markup of every record that holds a link; none when the source is no envelope of records."""
    if "<record>" not in source:
        return ()
    found = (one[1] if one[1] is not None else html.unescape(one[2]) for one in _RECORD.finditer(source))
    return tuple(markup for markup in found if "href" in markup)


def pagers(source: str, url: str, hints: Hints) -> tuple[Pager, ...]:
    """Every list of a column's page that tells its numbers; opaque ones are no use to a stranger."""
    starts = [found.start() for found in _CALL.finditer(source)]
    parts = [source[at:end] for at, end in pairwise([*starts, len(source)])]
    found = [_pager(_settings(part), url, hints) for part in parts or [source]]
    if not any(found):
        group = _NEXT_GROUP.search(source)
        if group:
            stated = dict(parse_qsl(urlsplit(html.unescape(group[1])).query))
            stated["proxyUrl"] = urlsplit(html.unescape(group[1])).path
            found = [_pager(_settings(source) | stated, url, hints)]
    return tuple({str(one.asked): one for one in found if one}.values())


def group_request(pager: Pager, first: int, hints: Hints) -> PageRequest:
    """Three pages from record `first` on; `[options] method = "post"` for sites that refuse GET."""
    counted = {"startrecord": first, "endrecord": first + GROUP * pager.size - 1, "perpage": pager.size}
    url = f"{pager.proxy}?{urlencode({**counted, **pager.asked})}"
    if str(hints.options.get("method", "")).lower() == "post":
        return PageRequest(url, "list", "POST", urlencode(pager.asked).encode(), _FORM)
    return PageRequest(url, "list")


def parse_detail(body: bytes, url: str, hints: Hints, entry: Entry | None) -> Gathered | None:
    """The document page; its number stays when it moves to another column, or its site to a new system."""
    source = decode(body)
    if too_deep(source):
        return None
    gathered = read_page(open_page(source, url), hints.field_selectors)
    return replace(gathered, site_id=art_number(url) or info_number(url))


def cut_off(source: str) -> tuple[Problem, ...]:
    """The problem of records whose end is missing."""
    lower = source.lower()
    if lower.count("<record>") > lower.count("</record>"):
        return (Problem("cut-off", "The list ends in the middle of a record; what stood before it is read."),)
    return ()


def number_of(text: str | None) -> int | None:
    """A count, None where the site prints null or nothing."""
    tidy = (text or "").strip()
    return int(tidy) if tidy.isdigit() and len(tidy) < 8 else None


def _of_record(markup: str, url: str) -> tuple[Entry, ...]:
    if re.match(r"\s*<t[rd]\b", markup, re.I):
        markup = f"<table>{markup}</table>"  # a row outside of a table is thrown away by every parser
    page = open_page(f"<body>{markup}</body>", url)
    return row_entries(page, art_number) or tuple(
        replace(entry, site_id=None) for entry in row_entries(page, lambda link: link)[:1]
    )


def _settings(text: str) -> dict[str, str]:
    """Names and values of a script call; of several the first counts."""
    names = {name.lower(): name for name in (*_NAMES.split("|"), "col", "appid", "path")}
    values: dict[str, str] = {}
    for found in _SETTING.finditer(text):
        value = next((part for part in found.groups()[1:] if part is not None), "")
        values.setdefault(names[found[1].lower()], value)
    return values


def _pager(stated: Mapping[str, str], url: str, hints: Hints) -> Pager | None:
    values = {**_DEFAULTS, **stated}
    values |= {name: str(hints.options[name]) for name in (*_ASKED, *_MORE) if name in hints.options}
    if not all(_OWN_NUMBERS.match(values.get(name, "")) for name in ("columnid", "unitid")):
        return None
    proxy = urljoin(url, str(hints.options.get("proxy") or values.get("proxyUrl") or PROXY))
    if urlsplit(proxy).netloc != urlsplit(url).netloc:
        return None
    asked = dict(_chosen(values))
    return Pager(
        proxy.partition("?")[0],
        number_of(values.get("perPage")) or _USUAL_PAGE,
        number_of(values.get("totalRecord")),
        asked,
    )


def _chosen(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((name, values[name]) for name in (*_ASKED, *_MORE) if values.get(name))
