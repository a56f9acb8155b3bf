"""TRS static sites: numbered list files in four dialects, pages whose address carries date and number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from crawlers.extraction.charset import decode
from crawlers.extraction.gathered import Gathered
from crawlers.extraction.html import read_page
from crawlers.extraction.page import open_page, too_deep
from crawlers.platforms import generic
from crawlers.platforms.base import TOO_DEEP, ListPage, PageRequest
from crawlers.platforms.hints import Hints
from crawlers.platforms.moved import plea, read_elsewhere
from crawlers.platforms.named_lists import start_lists
from crawlers.platforms.paging import LOST, REPEATED, STUB
from crawlers.platforms.trs_pager import Place, following, is_another, place_of, promises_more
from crawlers.platforms.trs_rows import list_entries, site_id
from warehouse.records import Entry, Problem

__all__ = ["name", "next_pages", "parse_detail", "parse_list", "site_id", "start"]

name = "trs"

_DEEPER = re.compile(r"/\w+?(?:_\d{2,})?_[1-9]\d{0,4}\.s?html?$", re.I)


def start(hints: Hints) -> Sequence[PageRequest]:
    """The list folders of `[options] lists` (separated by spaces) below the home page, else the home page."""
    return start_lists(hints)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """Rows of a numbered list: links to t-date pages, with the row's date; a stub page ends the list."""
    source = decode(body)
    if too_deep(source):
        return TOO_DEEP
    entries = list_entries(open_page(source, url))
    place = place_of(source, url)
    if place and is_another(place, url):
        said = f"A deeper page was asked for and number {place.current} came ({url.rpartition('/')[2]})."
        return ListPage(entries, (), None, (Problem(REPEATED, said),))
    if not entries and _DEEPER.search(urlsplit(url).path) and not plea(source):
        return ListPage(problems=_stub(place, url))
    if not entries:
        page = read_elsewhere(body, url, hints, name)
        known = next_pages(source, url) or page.next or next_pages(source, url, len(page.entries))
        return replace(page, next=known) if page.entries else page
    known = next_pages(source, url) or _linked_page(body, url, hints)
    return ListPage(entries, known or next_pages(source, url, len(entries)))


def parse_detail(body: bytes, url: str, hints: Hints, entry: Entry | None) -> Gathered | None:
    """The document page; its lasting identifier is the t-number, which survives a move to another column."""
    source = decode(body)
    if too_deep(source):
        return None
    gathered = read_page(open_page(source, url), hints.field_selectors)
    return replace(gathered, site_id=site_id(url), url=None)


def next_pages(source: str, url: str, rows: int = 0) -> tuple[PageRequest, ...]:
    """The page after this one by the page's own pager; nothing behind the last.

    A pager that counts no page is believed to go on behind a page full of `rows`.
    """
    place = place_of(source, url)
    link = following(place, url, rows) if place else None
    return (PageRequest(link, "list"),) if link else ()


def _stub(place: Place | None, url: str) -> tuple[Problem, ...]:
    """A deeper page without documents; when its own pager promises more, they are lost."""
    file = url.rpartition("/")[2]
    if place and promises_more(place, url):
        said = f"The page {file} of the list is empty, and its pager speaks of {place.total} pages."
        return (Problem(LOST, said),)
    return (Problem(STUB, f"The page {file} of the list is a stub; the list is read up to here."),)


def _linked_page(body: bytes, url: str, hints: Hints) -> tuple[PageRequest, ...]:
    """The page that a plain 下一页 leads to, on lists whose pager is no script or counts no page."""
    place = place_of(decode(body), url)
    return () if place and place.total else generic.parse_list(body, url, hints).next
