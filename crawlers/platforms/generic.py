"""A site of no known platform: lists, feeds and pages are read by their structure alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import urljoin, urlsplit

from crawlers.extraction.answers import json_entries, load_json, markup_in
from crawlers.extraction.charset import decode
from crawlers.extraction.dates import DayOrder
from crawlers.extraction.feeds import calendar_entries, read_feed
from crawlers.extraction.gathered import Gathered
from crawlers.extraction.html import read_page
from crawlers.extraction.list_earlier import month_before, year_before, year_lists
from crawlers.extraction.list_sure import of_rows
from crawlers.extraction.list_unlinked import unlinked_rows
from crawlers.extraction.lists import find_list
from crawlers.extraction.page import Page, is_file_link, open_page, too_deep
from crawlers.extraction.sniff import sniff
from crawlers.platforms.base import ListPage, PageRequest
from crawlers.platforms.hints import Hints
from crawlers.platforms.json_rows import held_back, left_out, names_documents, pleads
from warehouse.records import Entry, Problem

name = "generic"


def start(hints: Hints) -> Sequence[PageRequest]:
    """The home page, or the list that `[options] list` names."""
    return (PageRequest(str(hints.options.get("list") or hints.home_url), "list"),)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """Entries of an HTML list, a feed, a calendar or a JSON answer."""
    kind = sniff(body, "", url)
    order = day_order(hints)
    if kind == "json":
        return _json(body, url, hints, order)
    if kind in ("feed", "xml"):
        feed = read_feed(body, url, hints.timezone)
        page = _told(page_of(feed.entries, feed.next_url, "feed"), "a feed")
        return replace(
            page, problems=(*left_out(len(feed.entries) + feed.left_out, len(feed.entries)), *page.problems)
        )
    if kind == "ics":
        return _told(page_of(calendar_entries(decode(body), url), None, "feed"), "a calendar")
    source = decode(body)
    if kind != "html" or too_deep(source):
        return ListPage(problems=(Problem("not-html", "The list page is neither HTML nor a feed nor JSON."),))
    opened = open_page(source, url)
    found = find_list(opened, order, hints.list_selectors)
    unlinked = () if hints.list_selectors.get("item") else unlinked_rows(opened, order)
    own = bool(hints.list_selectors.get("item") or hints.list_selectors.get("next"))
    if not own and (years := year_lists(opened)) and _is_index(years, found.entries, url):
        following = tuple(PageRequest(link, "list") for link in years.values())
        return ListPage(next=following, confidence=0.6, reason=f"An index of {len(years)} years.")
    read = (
        turned_back(page_of(found.entries, found.next_url, "list"), opened)
        if not own
        else page_of(found.entries, found.next_url, "list")
    )
    return replace(read, confidence=found.confidence, reason=found.reason, unlinked=unlinked)


def parse_detail(body: bytes, url: str, hints: Hints, entry: Entry | None) -> Gathered | None:
    """The page's printed values and text, by known containers, meta tags and tables, else by guess."""
    source = decode(body)
    if too_deep(source):
        return None
    gathered = read_page(open_page(source, url), hints.field_selectors)
    return replace(gathered, site_id=gathered.site_id or own_number(url, hints))


def turned_back(page: ListPage, opened: Page) -> ListPage:
    """The page with the month or year before it as the next, where it has none; then newest first."""
    if page.next:
        return page
    month = month_before(opened, page.entries)
    before = month or (year_before(opened, page.entries) if page.entries else None)
    if before is None:
        return page
    entries = page.entries
    if month:  # a month's meetings stand in any order, the months do not
        entries = tuple(sorted(entries, key=lambda entry: entry.published or date.min, reverse=True))
    return replace(page, entries=entries, next=(PageRequest(before, "list"),))


def _is_index(years: dict[int, str], entries: Sequence[Entry], url: str) -> bool:
    """Whether the page lists years and no documents: what else was taken for entries is its menu or its news.

    A page with days is an index only where the years lie below its own folder and nothing else does.
    """
    if any(is_file_link(entry.url) for entry in entries) or len(entries) > len(years):
        return False
    if not any(entry.published for entry in entries):
        return not entries or bool(set(years.values()) & {entry.url for entry in entries})
    folder = urljoin(url, ".")
    below = [entry.url.startswith(folder) for entry in entries if entry.url not in years.values()]
    return (
        urlsplit(folder).path != "/"
        and all(link.startswith(folder) for link in years.values())
        and not any(below)
    )


def own_number(url: str, hints: Hints) -> str | None:
    """The page's lasting number by `[options] id`, a pattern whose first group is the number."""
    pattern = str(hints.options.get("id", ""))
    found = re.search(pattern, url) if pattern else None
    return found[1] if found and found.re.groups else None


def day_order(hints: Hints) -> DayOrder:
    """How 03/04/2020 is meant: month first in the Americas, day first elsewhere."""
    stated = str(hints.options.get("day_order", ""))
    if stated in ("mdy", "dmy"):
        return "mdy" if stated == "mdy" else "dmy"
    return "mdy" if hints.timezone.startswith(("America/", "US/")) else "dmy"


def page_of(entries: tuple[Entry, ...], following: str | None, role: str) -> ListPage:
    """A list page, with a named problem when it holds nothing."""
    problems = () if entries else (Problem("empty-list", "No entry was found on the list page."),)
    return ListPage(entries, (PageRequest(following, role),) if following else (), None, problems)


def _json(body: bytes, url: str, hints: Hints, order: DayOrder) -> ListPage:
    try:
        data = load_json(decode(body))
    except ValueError:
        return ListPage(problems=(Problem("damaged-json", "The answer looks like JSON but does not parse."),))
    template = hints.list_selectors.get("link_template")
    entries, following = json_entries(data, url, order, hints.timezone, template)
    if pleads(decode(body), data) and not names_documents(data):
        return ListPage(problems=(held_back("The answer is a plea to come back later."),))
    wrapped = markup_in(data) if not any(entry.url != url for entry in entries) else None
    if wrapped:
        read = parse_list(f"<html><body>{wrapped}</body></html>".encode(), url, hints)
        if len(read.entries) > 1:
            return read
    return _told(page_of(entries, following, "api"), "a JSON answer")


def _told(page: ListPage, structure: str) -> ListPage:
    """The page with how sure its rows are."""
    sure = of_rows(structure, page.entries)
    return replace(page, confidence=sure.confidence, reason=sure.reason)
