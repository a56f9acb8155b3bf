"""Hanweb sites whose lists come as XML from dataproxy.jsp; the column's page only says with which numbers.

Options: `columns` (column numbers, separated by spaces), `method` ("post" for sites that refuse GET), and for
pages that hide their numbers `columnid`, `unitid`, `webid`, `proxy`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urljoin, urlsplit

from crawlers.extraction.charset import decode
from crawlers.extraction.list_next import next_page
from crawlers.extraction.page import open_page, too_deep
from crawlers.platforms import generic
from crawlers.platforms.base import TOO_DEEP, ListPage, PageRequest
from crawlers.platforms.hanweb import (
    Pager,
    count_records,
    cut_off,
    group_request,
    number_of,
    pagers,
    parse_detail,
    records,
)
from crawlers.platforms.hints import Hints
from crawlers.platforms.moved import read_elsewhere
from crawlers.platforms.paging import known_total, missing
from crawlers.platforms.rows import art_number, row_entries
from warehouse.records import Problem

__all__ = ["name", "parse_detail", "parse_list", "start"]

name = "hanweb_dataproxy"

_TOTAL = re.compile(r"<totalrecord>\s*(?:<!\[CDATA\[)?\s*(\w*)", re.I)
_BUSY = re.compile(r"频繁|稍后再试|稍后重试|访问过快|系统繁忙|too many requests", re.I)
_LAST_RECORD = 200_000
_COUNTERS = ("startrecord", "endrecord", "perpage")


def start(hints: Hints) -> Sequence[PageRequest]:
    """The columns that `[options] columns` numbers, else the home page."""
    numbers = str(hints.options.get("columns", "")).split()
    pages = tuple(
        PageRequest(urljoin(hints.home_url, f"/col/col{number}/index.html"), "list") for number in numbers
    )
    return pages or generic.start(hints)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """An answer of the interface, or a column's page, which may hold its first records or none."""
    source = decode(body)
    if "dataproxy.jsp" in urlsplit(url).path:
        return _answer(source, url, hints)
    if too_deep(source):
        return TOO_DEEP
    entries = records(source, url)
    lists = pagers(source, url, hints)
    if lists:
        following = [group_request(one, len(entries) + 1, hints) for one in lists if _goes_on(one, entries)]
        return ListPage(entries, tuple(following), known_total(_sum(lists), len(entries)), cut_off(source))
    if not entries:
        opened = open_page(source, url)
        entries = row_entries(opened, art_number)
        if len(entries) < 2:
            return read_elsewhere(body, url, hints, name)
        turned = next_page(opened, hints.list_selectors.get("next"))  # a column made into plain pages
        return ListPage(entries, (PageRequest(turned, "list"),) if turned else (), None, cut_off(source))
    return ListPage(entries, (), None, cut_off(source))


def _goes_on(pager: Pager, entries: Sequence[object]) -> bool:
    return not entries or not pager.total or len(entries) < pager.total


def _sum(lists: Sequence[Pager]) -> int | None:
    totals = [one.total for one in lists if one.total is not None]
    return sum(totals) if totals else None


def _answer(source: str, url: str, hints: Hints) -> ListPage:
    if "<datastore" not in source[:2000].lower():
        return _no_answer(source)
    asked = dict(parse_qsl(urlsplit(url).query))
    first, last, size = (number_of(asked.get(counter)) or 0 for counter in _COUNTERS)
    stated = _TOTAL.search(source)
    total = number_of(stated[1]) if stated else None
    held, entries = count_records(source), records(source, url)
    total = known_total(total, held)
    problems = (*_missing(held, first, size, total), *cut_off(source))
    follows = held > 0 and (first + held <= total if total is not None else held >= last - first + 1)
    if not follows or cut_off(source):
        return ListPage(entries, (), total, problems)
    if not 0 < first + held <= _LAST_RECORD or not size:
        return ListPage(entries, (), total, (*problems, *missing(total, first + held - 1, size)))
    numbers = {key: value for key, value in asked.items() if key not in _COUNTERS}
    pager = Pager(url.partition("?")[0], size, total, numbers)
    return ListPage(entries, (group_request(pager, first + held, hints),), total, problems)


def _missing(held: int, first: int, size: int, total: int | None) -> tuple[Problem, ...]:
    """An answer without records: the end of the list, or a site that has had enough of us."""
    if held or (first > 1 and total is None):
        return ()
    if total is not None and total - first + 1 > max(size, 1):  # a few less are documents taken down
        said = f"The list claims {total} documents and gives none from {first} on; the site holds us back."
        return (Problem("throttled", said),)
    if first > 1:
        return missing(total, first - 1, size)
    return () if total == 0 else (Problem("empty-list", "The list's answer holds no record."),)


def _no_answer(source: str) -> ListPage:
    if _BUSY.search(source[:5000]):
        return ListPage(problems=(Problem("throttled", "The list answers with a plea to come back later."),))
    return ListPage(problems=(Problem("no-records", "The list's answer is not the XML it should be."),))
