"""TRS static sites: numbered lists by createPageHTML, pages whose address carries date and number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from crawlers.extraction.charset import decode
from crawlers.extraction.dates import find_date, url_date
from crawlers.extraction.gathered import Gathered
from crawlers.extraction.html import read_page
from crawlers.extraction.page import Page, open_page, too_deep
from crawlers.platforms import generic
from crawlers.platforms.base import ListPage, PageRequest
from crawlers.platforms.hints import Hints
from crawlers.platforms.rows import link_title
from warehouse.records import Entry, Problem

name = "trs"

_PAGER = re.compile(
    r"""createPage(?:HTML)?\s*\(\s*(?:["'][\w-]+["']\s*,\s*)?(\d{1,5})\s*,\s*(\d{1,5})\s*,\s*["']([\w\-./]+)["']\s*,\s*["'](s?html?)["']""",
    re.I,
)
_BEIJING = re.compile(
    r"""Pager\(\s*\{\s*size\s*:\s*(\d+)\s*,\s*current\s*:\s*(\d+)\s*,\s*prefix\s*:\s*["']([\w-]+)["']\s*,\s*suffix\s*:\s*["'](s?html?)["']"""
)
_DETAIL = re.compile(r"(?:^|/)(t\d{8}_\d+)\.s?html?$", re.I)
_MAX_PAGES = 5_000


def start(hints: Hints) -> Sequence[PageRequest]:
    """The list folders of `[options] lists` (separated by spaces) below the home page, else the home page."""
    folders = str(hints.options.get("lists", "")).split()
    return tuple(PageRequest(urljoin(hints.home_url, folder), "list") for folder in folders) or generic.start(
        hints
    )


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """Rows of a numbered list: links to t-date pages, with the row's date; a stub page ends the list."""
    source = decode(body)
    if too_deep(source):
        return ListPage(problems=(Problem("too-deep", "The list page is nested deeper than any real one."),))
    page = open_page(source, url)
    entries = _entries(page)
    if not entries:
        found = generic.parse_list(body, url, hints)
        return ListPage(found.entries, next_pages(source, url) or found.next, None, found.problems)
    return ListPage(entries, next_pages(source, url))


def parse_detail(body: bytes, url: str, hints: Hints, entry: Entry | None) -> Gathered | None:
    """The document page; its lasting identifier is the t-number, which survives a move to another column."""
    source = decode(body)
    if too_deep(source):
        return None
    gathered = read_page(open_page(source, url), hints.field_selectors)
    return Gathered(
        gathered.values,
        gathered.paragraphs,
        gathered.path,
        gathered.attachments,
        site_id(url),
        None,
        gathered.language,
    )


def site_id(url: str) -> str | None:
    """`t20260501_1042` of .../202605/t20260501_1042.html."""
    found = _DETAIL.search(urlsplit(url).path)
    return found[1].lower() if found else None


def next_pages(source: str, url: str) -> tuple[PageRequest, ...]:
    """The page after this one: index.html, then index_1.html up to index_{total-1}.html."""
    found = _PAGER.search(source)
    step = 0
    if not found:
        found = _BEIJING.search(source)
    if not found:
        return ()
    total, current, prefix, suffix = int(found[1]), int(found[2]), found[3], found[4]
    following = current + 1 + step
    if following >= min(total, _MAX_PAGES):
        return ()
    return (PageRequest(urljoin(url, f"{prefix}_{following}.{suffix}"), "list"),)


def _entries(page: Page) -> tuple[Entry, ...]:
    entries: dict[str, Entry] = {}
    for anchor in page.tree.css("a[href]"):
        link = page.absolute(anchor.attributes.get("href") or "")
        if not link or not site_id(link):
            continue
        title = link_title(anchor.text(deep=True), anchor.attributes.get("title"))
        if not title:
            continue
        row = anchor.parent.text(deep=True, separator=" ") if anchor.parent is not None else ""
        when = find_date(row.replace(anchor.text(deep=True), " ")) or url_date(link)
        entries.setdefault(link, Entry(link, title, when, site_id=site_id(link)))
    return tuple(entries.values())
