"""UCAP (开普云) sites with list pages common_list.shtml, common_list_2.shtml and so on.

Option: `lists`, list addresses below the home page, separated by spaces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from crawlers.extraction.charset import decode
from crawlers.extraction.page import open_page, too_deep
from crawlers.platforms import generic, ucap_channel
from crawlers.platforms.base import TOO_DEEP, ListPage, PageRequest
from crawlers.platforms.hints import Hints
from crawlers.platforms.json_rows import count_of
from crawlers.platforms.moved import plea, read_elsewhere
from crawlers.platforms.named_lists import start_lists
from crawlers.platforms.paging import LOST, REPEATED, STUB, up_to
from crawlers.platforms.rows import row_entries
from crawlers.platforms.ucap_pages import page_number, parse_detail
from warehouse.records import Problem

__all__ = ["name", "parse_detail", "parse_list", "start"]

name = "ucap"

PAGER = re.compile(
    r"""createPageHTML\s*\(\s*["'][a-z][\w\-]*["']\s*,\s*["']?(\w*)["']?\s*,\s*["']?(\d*)["']?\s*,
        \s*["']([\w\-./]+)["']\s*,\s*["'](s?html?)["']\s*(?:,\s*["']?(\w*))?""",
    re.I | re.X,
)
_LAST_PAGE = 5_000


@dataclass(frozen=True, slots=True)
class _Pager:
    """What the page's script says of the list."""

    pages: int | None  # null on a list that was generated anew while we read it
    current: int | None
    prefix: str
    ending: str
    total: int | None


def start(hints: Hints) -> Sequence[PageRequest]:
    """The list pages of `[options] lists`, else the home page."""
    return start_lists(hints)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """Rows with links to numbered pages; a list that its script fills leads to the script's interface."""
    if ucap_channel.is_answer(url, body):
        return ucap_channel.parse_list(body, url, hints)
    source = decode(body)
    if too_deep(source):
        return TOO_DEEP
    entries = row_entries(open_page(source, url), page_number)
    pager = _pager(source)
    number = _number(url, pager)
    if entries:
        following, problems = _next(pager, number, url)
        if pager is None:
            following = _linked(body, url, hints)
        return ListPage(entries, following, pager.total if pager else None, problems)
    columns = ucap_channel.columns_of(source, url)
    if columns:
        return ListPage((), columns)
    if number > 1 and not plea(source):
        return ListPage(problems=(_stub(number, pager),))
    return read_elsewhere(body, url, hints, name)


def _linked(body: bytes, url: str, hints: Hints) -> tuple[PageRequest, ...]:
    """The page that a plain 下一页 leads to where the list has no script of its own; never another site."""
    host = urlsplit(url).netloc.lower()
    found = generic.parse_list(body, url, hints).next
    return tuple(one for one in found if urlsplit(one.url).netloc.lower() == host)


def _stub(number: int, pager: _Pager | None) -> Problem:
    """A deeper page without documents; when its own pager promises more, they are lost."""
    if pager and pager.pages and number < pager.pages:
        said = f"Page {number} of the list is empty, and its pager speaks of {pager.pages} pages."
        return Problem(LOST, said)
    return Problem(STUB, f"Page {number} of the list is a stub without documents; it is read up to here.")


def _pager(source: str) -> _Pager | None:
    found = PAGER.search(source)
    if not found:
        return None
    return _Pager(count_of(found[1]), count_of(found[2]), found[3], found[4], count_of(found[5] or ""))


def _number(url: str, pager: _Pager | None) -> int:
    """The page's number by its address; the first page has none."""
    prefix = re.escape(pager.prefix.rpartition("/")[2]) if pager else r"\w*?list"
    found = re.search(rf"/{prefix}_(\d{{1,5}})\.s?html?$", urlsplit(url).path, re.I)
    return int(found[1]) if found else 1


def _next(pager: _Pager | None, number: int, url: str) -> tuple[tuple[PageRequest, ...], tuple[Problem, ...]]:
    """The page after this one, up to the last that the script names.

    Scripts count their pages from 1, a few from 0; an address answered by another page of the list ends it.
    """
    if pager is None:
        return (), ()
    if pager.current is not None and pager.current not in (number, number - 1):
        said = f"The list was asked for page {number} and answers with page {pager.current}."
        return (), (Problem(REPEATED, said),)
    if pager.pages and number >= pager.pages:
        return (), ()
    link = urljoin(url, f"{pager.prefix}_{number + 1}.{pager.ending}")
    return up_to(number, _LAST_PAGE, (PageRequest(link, "list"),))
