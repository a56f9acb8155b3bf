"""UCAP (开普云) sites whose columns are asked as JSON: rows with the published values of each document.

Options: `channel` (32-hex column numbers, separated by spaces), `interface` (`/common/search`, the usual one,
`/searchList`, or `/getFileListByCodeId`, which is asked by POST), `size` (rows of one answer), and `pages`,
the site on which the documents stand where the answers name another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from crawlers.extraction.charset import decode
from crawlers.extraction.page import absolute
from crawlers.platforms import generic
from crawlers.platforms.asked import FORM, Asked
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
from crawlers.platforms.moved import read_elsewhere
from crawlers.platforms.paging import REPEATED, Turn, known_total, up_to
from crawlers.platforms.ucap_pages import page_number, parse_detail
from warehouse.records import Entry, Problem

__all__ = ["name", "parse_detail", "parse_list", "start"]

name = "ucap_channel"

INTERFACES = ("/common/search", "/searchList", "/getFileListByCodeId")
_ASKED = (("_isAgg", "true"), ("_isJson", "true"), ("_template", "index"))
_SIZE = 15
_LAST_PAGE = 2_000
_NAMED = re.compile(r"/(common/search|searchList)/([0-9a-f]{32})\b", re.I)
_TAX = re.compile(r"""\bchannelId["']?\s*[:=]\s*["']?([0-9a-f]{32})\b""", re.I)
# What the answers call the published values of a document.
_FIELDS: Mapping[str, str] = {
    "indexnumber": "index_number",
    "writedate": "written",
    "theme": "topic",
    "source": "issuer",
    "validity": "validity",
}


@dataclass(frozen=True, slots=True)
class _Answer:
    """The part of an answer that both interfaces share, and where in the list it stands."""

    rows: list[Any] | None
    total: int | None
    page: int | None  # what the answer says of itself
    asked: Asked
    number: int
    size_name: str
    size: int


def start(hints: Hints) -> Sequence[PageRequest]:
    """The first answer of each column of `[options] channel`, else the home page, which may name one."""
    channels = str(hints.options.get("channel", "")).split()
    interface = "/" + str(hints.options.get("interface", INTERFACES[0])).strip("/")
    size = int(hints.options.get("size", _SIZE))
    return tuple(_request(hints.home_url, interface, one, size) for one in channels) or generic.start(hints)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """Rows of an answer and the request for the next one; a page gives the columns its script asks for."""
    if not is_answer(url, body):
        return _of_page(body, url, hints)
    data, problems = open_answer(body)
    if data is MISSING:
        return ListPage(problems=problems)
    answer = _answer(data, url)
    if answer is None:
        said = f"The column's answer holds no data; it has {keys_of(data)}."
        null = at(data, "data") is None or at(data, "results.data") is None
        return ListPage(problems=(held_back(said) if null else Problem("unknown-answer", said),))
    entries = tuple(_entries(answer.rows or (), url, hints))
    following, lost = _next(answer)
    return ListPage(entries, following, answer.total, (*_judged(answer, entries), *lost))


def is_answer(url: str, body: bytes) -> bool:
    """Whether this is what a column's interface says, in whatever state, rather than a page."""
    path = urlsplit(url).path
    return path.rstrip("/").endswith(INTERFACES[2]) or bool(_NAMED.search(path)) or body.lstrip()[:1] == b"{"


def columns_of(source: str, url: str) -> tuple[PageRequest, ...]:
    """The interfaces that a page's script asks for its rows, each from its first answer."""
    found = {(f"/{kind}", channel): None for kind, channel in _NAMED.findall(source)}
    if not found and INTERFACES[2] in source:
        found = {(INTERFACES[2], channel): None for channel in _TAX.findall(source)}
    return tuple(_request(url, interface, channel, _SIZE) for interface, channel in found)


def _request(base: str, interface: str, channel: str, size: int) -> PageRequest:
    if interface == INTERFACES[2]:
        form = {"codeId": "", "channelId": channel, "page": 1, "size": size}
        return PageRequest(urljoin(base, interface), "api", "POST", urlencode(form).encode(), FORM)
    query = urlencode((("page", 1), ("_pageSize", size), *_ASKED))
    return PageRequest(urljoin(base, f"{interface}/{channel}?{query}"), "api")


def _of_page(body: bytes, url: str, hints: Hints) -> ListPage:
    columns = columns_of(decode(body), url)
    return ListPage((), columns) if columns else read_elsewhere(body, url, hints, name)


def _answer(data: Any, url: str) -> _Answer | None:
    tax = isinstance(at(data, "results.data"), dict)
    held = at(data, "results.data" if tax else "data")
    if not isinstance(held, dict):
        return None
    asked = Asked.of(url, post=urlsplit(url).path.rstrip("/").endswith(INTERFACES[2]))
    rows = held.get("results")
    size_name = "_pageSize" if asked.value("_pageSize") else "size"
    size = asked.number(size_name, count_of(held.get("rows")) or _SIZE)
    stated = count_of(held.get("page"))
    number = asked.number("page", stated or 1)
    rows = rows if isinstance(rows, list) else None
    total = known_total(count_of(held.get("total")), len(rows or ()))
    return _Answer(rows, total, stated, asked, number, size_name, size)


def _next(answer: _Answer) -> Turn:
    """The next answer, until the total is reached, rows run short, or the site repeats itself."""
    seen = answer.number * answer.size
    rows = len(answer.rows or ())
    if not rows or _repeats(answer):
        return (), ()
    more = seen < answer.total if answer.total is not None else rows >= answer.size
    turned = (answer.asked.turned("page", answer.number + 1),) if more else ()
    return up_to(answer.number, _LAST_PAGE, turned)


def _repeats(answer: _Answer) -> bool:
    return answer.page is not None and answer.page > 0 and answer.page != answer.number


def _judged(answer: _Answer, entries: Sequence[Entry]) -> tuple[Problem, ...]:
    problems = list(empty_answer(answer.rows, answer.total, (answer.number - 1) * answer.size))
    if _repeats(answer):
        said = f"The list was asked for page {answer.number} and answers with page {answer.page}."
        problems.append(Problem(REPEATED, said))
    left_out = len(answer.rows or ()) - len(entries)
    if left_out > 0:
        problems.append(Problem("rows-left-out", f"{left_out} rows have neither title nor address."))
    return tuple(problems)


def _entries(rows: Sequence[Any], base: str, hints: Hints) -> Iterator[Entry]:
    for row in rows:
        entry = _entry(row, base, hints) if isinstance(row, dict) else None
        if entry is not None:
            yield entry


def _entry(row: dict[str, Any], base: str, hints: Hints) -> Entry | None:
    link, title = absolute(base, str(row.get("url") or "")), title_of(row.get("title"))
    if not link or not title:
        return None
    link = _on_pages(link, str(hints.options.get("pages", "")))
    said = published_values(row)
    when = day_of(row.get("publishedTimeStr"), hints.timezone) or day_of(said.get("pubdate"), hints.timezone)
    extra = tuple((field, said[key]) for key, field in _FIELDS.items() if key in said)
    return Entry(link, title, when, said.get("refno"), page_number(link), extra)


def published_values(row: Mapping[str, Any]) -> dict[str, str]:
    """Key and value of a row's `domainMetaList`, keys in lower case, the first value of each."""
    values: dict[str, str] = {}
    for domain in _listed(row.get("domainMetaList")):
        for item in _listed(domain.get("resultList") if isinstance(domain, dict) else None):
            if isinstance(item, dict) and (text := text_of(item.get("value"))):
                values.setdefault(str(item.get("key") or "").lower(), text)
    return values


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _on_pages(link: str, pages: str) -> str:
    """The address on the site where the documents stand; STA's answers name one that no longer has them."""
    if not pages:
        return link
    site, own = urlsplit(pages), urlsplit(link)
    return own._replace(scheme=site.scheme, netloc=site.netloc).geturl()
