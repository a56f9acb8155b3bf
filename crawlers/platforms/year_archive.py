"""Lists cut into years: an index of years leads to a list for each, with pages index.html, index_2.html.

Seen at Shanghai. The years' folders follow no rule, so they are read from the index by what their links say.
Options: `lists` (index or list addresses below the home page, separated by spaces), `years` (how many of the
newest years are asked for; all when left out).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from crawlers.extraction.charset import decode
from crawlers.extraction.page import Page, open_page, too_deep
from crawlers.platforms.base import TOO_DEEP, ListPage, PageRequest
from crawlers.platforms.hints import Hints
from crawlers.platforms.moved import plea, read_elsewhere
from crawlers.platforms.named_lists import start_lists
from crawlers.platforms.rows import row_entries
from crawlers.platforms.ucap_pages import page_number, parse_detail
from warehouse.records import Problem

__all__ = ["name", "parse_detail", "parse_list", "start"]

name = "year_archive"

_YEAR = re.compile(r"^\W*((?:19|20)\d\d)\s*年?\W*$")  # all that the link of a year says
_PAGES = re.compile(r"""\btotalPage["']?\s*[:=]\s*["']?(\d{1,4})""", re.I)
_FILE = re.compile(r"/index(?:_(\d{1,4}))?\.(s?html?)$", re.I)


def start(hints: Hints) -> Sequence[PageRequest]:
    """The indexes of `[options] lists`, else the home page."""
    return start_lists(hints)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """Rows of a year's list with its next page, or the years that an index names, newest first."""
    source = decode(body)
    if too_deep(source):
        return TOO_DEEP
    page = open_page(source, url)
    entries = row_entries(page, page_number)
    if entries:
        return ListPage(entries, _next(source, url))
    years = _years(page)
    if years:
        asked = years[: int(hints.options.get("years", 0)) or len(years)]
        return ListPage((), tuple(PageRequest(link, "list") for link in asked))
    if _number(url) > 1 and not plea(source):
        said = f"Page {_number(url)} of the year's list shows no document; the list is read up to here."
        return ListPage(problems=(Problem("stub-page", said),))
    return read_elsewhere(body, url, hints, name)


def _years(page: Page) -> list[str]:
    """The lists of single years on the page's own host."""
    found: dict[str, int] = {}
    for anchor in page.tree.css("a[href]"):
        said = _YEAR.match(anchor.text(deep=True).strip())
        link = page.absolute(anchor.attributes.get("href") or "") if said else None
        if said and link and link != page.url and urlsplit(link).netloc == urlsplit(page.url).netloc:
            found.setdefault(link, int(said[1]))
    return sorted(found, key=lambda link: -found[link])


def _next(source: str, url: str) -> tuple[PageRequest, ...]:
    """The page after this one, up to the last that the page's script names."""
    stated, place = _PAGES.search(source), _FILE.search(urlsplit(url).path)
    number = _number(url)
    if not stated or number >= int(stated[1]):
        return ()
    ending = place[2] if place else "html"
    return (PageRequest(urljoin(url, f"index_{number + 1}.{ending}"), "list"),)


def _number(url: str) -> int:
    place = _FILE.search(urlsplit(url).path)
    return int(place[1]) if place and place[1] else 1
