"""Sites whose document pages are told by the numbers in their addresses; the families stand in one table.

Options: `lists` (list addresses below the home page, separated by spaces) and `family`, where a list mixes
several of them: ccontent, pbc_index, uuid_columns, index_pc, datepath, ymd8.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from urllib.parse import urldefrag, urljoin, urlsplit

from crawlers.extraction.charset import decode
from crawlers.extraction.gathered import Gathered, Value
from crawlers.extraction.html import read_page
from crawlers.extraction.lists import find_list
from crawlers.extraction.page import Page, open_page, too_deep
from crawlers.platforms import trs
from crawlers.platforms.base import TOO_DEEP, ListPage, PageRequest
from crawlers.platforms.hints import Hints
from crawlers.platforms.moved import plea, read_elsewhere
from crawlers.platforms.named_lists import start_lists
from crawlers.platforms.numbered_families import FAMILIES, NAMES, family_of
from crawlers.platforms.paging import FOREIGN, STUB, known_total, missing
from crawlers.platforms.rows import row_entries
from warehouse.errors import UserError
from warehouse.records import Entry, Problem

name = "numbered"

_COUNTED = re.compile(r"/(\w*?index\w*?|list)_(\d{1,5})\.(s?html?)$", re.I)
_TOTAL = re.compile(r"""\btotalData["']?\s*[:=]\s*["']?(\w*)""", re.I)
_SHOWN = re.compile(r"""\bshowData["']?\s*[:=]\s*["']?(\d{1,4})""", re.I)
_SCRIPTED = re.compile(r"""["']([^"'\s<>]+?\.s?html?)["']""")
_NEXT_WORDS = ("下一页", "下页", "后一页")
_LAST_PAGE = 5_000


def start(hints: Hints) -> Sequence[PageRequest]:
    """The list pages of `[options] lists`, else the home page."""
    family = hints.options.get("family")
    if family is not None and family not in NAMES:
        raise UserError(
            f"{hints.source_id}: [options] family '{family}' is not known; write one of {', '.join(NAMES)}."
        )
    return start_lists(hints)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """Rows with links of the list's family, with the day of the row, else of the address."""
    source = decode(body)
    if too_deep(source):
        return TOO_DEEP
    page = open_page(source, url)
    number = _numbering(page, hints)
    entries = tuple(_with_day(entry) for entry in row_entries(page, number)) if number else ()
    if not entries:
        return _without_rows(body, url, hints)
    total = known_total(_count(_TOTAL, source), len(entries))
    following, problems = _next(page, total, len(entries))
    return ListPage(entries, following, total, problems)


def parse_detail(body: bytes, url: str, hints: Hints, entry: Entry | None) -> Gathered | None:
    """The document page with the number of its address and the day that stands in it."""
    source = decode(body)
    if too_deep(source):
        return None
    gathered = read_page(open_page(source, url), hints.field_selectors)
    family = family_of(url)
    day = family.day(url) if family else None
    late = (Value("published", day.isoformat(), "url"),) if day else ()
    return replace(gathered, values=(*gathered.values, *late), site_id=family.number(url) if family else None)


def _numbering(page: Page, hints: Hints) -> Callable[[str], str | None] | None:
    """How documents are numbered on this page: by the source's family, else by the one most links have."""
    family = str(hints.options.get("family", ""))
    if not family:
        counts: Counter[str] = Counter()
        for link in _links(page):
            found = family_of(link)
            counts.update([found.name] if found else [])
        family = max(counts, key=lambda one: counts[one], default="")
    members = [one for one in FAMILIES if one.name == family]
    if not members:
        return None
    return lambda link: next((found for one in members if (found := one.number(link))), None)


def _links(page: Page) -> set[str]:
    anchors = page.tree.css("a[href]")
    return {link for tag in anchors if (link := page.absolute(tag.attributes.get("href") or ""))}


def _with_day(entry: Entry) -> Entry:
    family = family_of(entry.url) if entry.published is None else None
    return replace(entry, published=family.day(entry.url)) if family else entry


def _without_rows(body: bytes, url: str, hints: Hints) -> ListPage:
    found = _COUNTED.search(urlsplit(url).path)
    if found and int(found[2]) > 1 and not plea(decode(body)):
        said = f"Page {found[2]} of the list is a stub without documents; the list is read up to here."
        return ListPage(problems=(Problem(STUB, said),))
    return read_elsewhere(body, url, hints, name)


def _next(page: Page, total: int | None, rows: int) -> tuple[tuple[PageRequest, ...], tuple[Problem, ...]]:
    """By the script's counts, by a numbered pager, or where the next link leads; never to another site."""
    shown = _count(_SHOWN, page.source)
    if total is not None and shown and _COUNTED.search(urlsplit(page.url).path):
        return _counted(page.url, -(-total // shown)), ()
    numbered = trs.next_pages(page.source, page.url)
    if numbered:
        return numbered, ()
    link = _next_link(page) or find_list(page).next_url
    if link is None or urldefrag(link).url == urldefrag(page.url).url:
        if total is None:
            return _guessed(page, shown, rows), ()
        return (), missing(total, shown, shown) if shown else ()
    if urlsplit(link).netloc.lower() != urlsplit(page.url).netloc.lower():
        return (), (Problem(FOREIGN, f"The next page of the list lies on another host: {link[:200]}"),)
    return (PageRequest(link, "list"),), ()


def _guessed(page: Page, shown: int | None, rows: int) -> tuple[PageRequest, ...]:
    """The page behind a full one whose script counts neither documents nor pages."""
    if shown and rows >= shown:
        return _counted(page.url, _LAST_PAGE)
    return trs.next_pages(page.source, page.url, rows)


def _counted(url: str, pages: int) -> tuple[PageRequest, ...]:
    """index_pc_2.html after index_pc_1.html."""
    found = _COUNTED.search(urlsplit(url).path)
    if not found or int(found[2]) >= min(pages, _LAST_PAGE):
        return ()
    return (PageRequest(urljoin(url, f"{found[1]}_{int(found[2]) + 1}.{found[3]}"), "list"),)


def _next_link(page: Page) -> str | None:
    """A next link whose address stands in its script or in an attribute of its own."""
    for anchor in page.tree.css("a"):
        if anchor.text(deep=True).strip(" >»›\xa0\u3000") not in _NEXT_WORDS:
            continue
        attributes = anchor.attributes
        scripted = _SCRIPTED.search(attributes.get("onclick") or "")
        places = (attributes.get("href"), attributes.get("tagname"), scripted[1] if scripted else None)
        found = next((link for place in places if place and (link := page.absolute(place))), None)
        if found:
            return found
    return None


def _count(pattern: re.Pattern[str], source: str) -> int | None:
    found = pattern.search(source)
    return int(found[1]) if found and found[1].isdigit() and len(found[1]) < 8 else None
