"""Visual SiteBuilder (博达) sites: list pages numbered from the oldest, followed by their next link.

Option: `lists`, list addresses below the home page such as `zfxxgk/zcwj.htm`, separated by spaces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urldefrag, urlsplit

from crawlers.extraction.charset import decode
from crawlers.extraction.gathered import Gathered
from crawlers.extraction.html import read_page
from crawlers.extraction.page import Page, open_page, too_deep
from crawlers.platforms.base import TOO_DEEP, ListPage, PageRequest
from crawlers.platforms.hints import Hints
from crawlers.platforms.moved import read_elsewhere
from crawlers.platforms.named_lists import start_lists
from crawlers.platforms.paging import FOREIGN, ITSELF, NO_NEXT
from crawlers.platforms.rows import art_number, info_number, row_entries
from warehouse.records import Entry, Problem

name = "vsb"

_BODY = re.compile(r"""\bid\s*=\s*["']?(vsb_(?:news)?content\w*)""", re.I)
_COUNT = re.compile(r"共\s*(\d{1,7})\s*条")
_PLACE = re.compile(r"^\s*(\d{1,5})\s*/\s*(\d{1,5})\s*$")
_NEXT_WORDS = ("下页", "下一页", "后一页")
_DECORATION = " \t\r\n\xa0\u3000<>«»‹›＜＞→▶[]【】"


def start(hints: Hints) -> Sequence[PageRequest]:
    """The list pages of `[options] lists`, else the home page."""
    return start_lists(hints)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """Rows with links to info pages; the next page is where the site's own link leads, never computed."""
    source = decode(body)
    if too_deep(source):
        return TOO_DEEP
    page = open_page(source, url)
    entries = row_entries(page, info_number)
    following, problems = _next(page)
    pager = _pager_texts(page)
    total = _COUNT.search(" ".join(pager))
    if not entries:
        return _without_rows(read_elsewhere(body, url, hints, name), of_ours=bool(pager))
    return ListPage(entries, following, int(total[1]) if total else None, problems)


def _without_rows(page: ListPage, *, of_ours: bool) -> ListPage:
    """A page without info links as others read it; beside our pager links without a day are menus."""
    if not of_ours or page.next or page.problems or any(entry.published for entry in page.entries):
        return page
    return ListPage(problems=(Problem("empty-list", "The list holds no row; its other links are menus."),))


def parse_detail(body: bytes, url: str, hints: Hints, entry: Entry | None) -> Gathered | None:
    """The document page; the body's identifier carries the number of its place on the page."""
    source = decode(body)
    if too_deep(source):
        return None
    body_id = _BODY.search(source)
    selectors = {"body": f"#{body_id[1]}"} if body_id else {}
    gathered = read_page(open_page(source, url), {**selectors, **hints.field_selectors})
    return replace(gathered, site_id=info_number(url) or art_number(url))


def _next(page: Page) -> tuple[tuple[PageRequest, ...], tuple[Problem, ...]]:
    """The next page of the same site; a last page, a loop or a foreign address ends the list."""
    number, pages = _place(page)
    if number is not None and number >= pages:
        return (), ()
    link = _next_link(page)
    if link is None:
        return (), _no_next(number, pages)
    if urlsplit(link).netloc.lower() != urlsplit(page.url).netloc.lower():
        return (), (Problem(FOREIGN, f"The next page of the list lies on another host: {link[:200]}"),)
    if urldefrag(link).url == urldefrag(page.url).url:
        return (), (Problem(ITSELF, "The list names itself as its next page."),)
    return (PageRequest(link, "list"),), ()


def _next_link(page: Page) -> str | None:
    for anchor in page.tree.css("span.p_next a[href], a.Next[href], .p_pages a[href]"):
        if anchor.text(deep=True).strip(_DECORATION) in _NEXT_WORDS:
            return page.absolute(anchor.attributes.get("href") or "")
    return None


def _place(page: Page) -> tuple[int | None, int]:
    """This page and the number of all, as the pager prints them: 1/11."""
    for text in _pager_texts(page):
        found = _PLACE.match(text)
        if found:
            return int(found[1]), int(found[2])
    return None, 0


def _no_next(number: int | None, pages: int) -> tuple[Problem, ...]:
    if number is None:
        return ()
    return (Problem(NO_NEXT, f"The list says it is page {number} of {pages} but links to no next one."),)


def _pager_texts(page: Page) -> list[str]:
    return [node.text(deep=True) for node in page.tree.css("span.p_t, .p_pages, .pb_sys_common span")]
