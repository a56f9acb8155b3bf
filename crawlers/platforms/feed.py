"""A source that offers feeds: RSS, Atom, RDF, JSON Feed, calendars; its pages are read generically."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urldefrag
from zoneinfo import ZoneInfo

from crawlers.extraction.answers import load_json
from crawlers.extraction.blocks import text_of_markup
from crawlers.extraction.charset import decode
from crawlers.extraction.feeds import instant_day, local_name, open_xml, read_feed
from crawlers.extraction.limits import MAX_ENTRIES
from crawlers.extraction.page import absolute
from crawlers.extraction.plain import one_line, title_line
from crawlers.extraction.sniff import is_sitemap, sniff
from crawlers.platforms import generic
from crawlers.platforms.base import ListPage
from crawlers.platforms.generic import parse_detail, start
from crawlers.platforms.hints import Hints
from crawlers.platforms.json_rows import left_out
from crawlers.platforms.sitemap import parse_list as parse_sitemap
from warehouse.records import Entry, Problem

__all__ = ["name", "parse_detail", "parse_list", "start"]

name = "feed"


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """Entries of one page of a feed and the page after it; a document that stands twice is told once."""
    kind = sniff(body, "", url)
    if kind == "json":
        return _json_feed(body, url, hints) or generic.parse_list(body, url, hints)
    if kind not in ("feed", "xml"):
        return generic.parse_list(body, url, hints)
    if is_sitemap(body):
        return parse_sitemap(body, url, hints)
    feed = read_feed(body, url, hints.timezone)
    problems = []
    if feed.damaged:
        problems.append(Problem("damaged-xml", "The feed's XML is damaged; what could be read was read."))
    if feed.cut:
        problems.append(Problem("too-many-entries", f"Only the first {MAX_ENTRIES} entries were read."))
    problems += left_out(len(feed.entries) + feed.left_out, len(feed.entries))
    return _page(feed.entries, feed.next_url, url, problems, role="feed")


def not_a_feed() -> Problem:
    """The problem of an address of feeds that answers with anything else, often a page of apology."""
    return Problem("not-a-feed", "The answer is not the feed it should be.")


def is_feed(body: bytes, url: str) -> bool:
    """Whether an XML answer is RSS, RDF or Atom, whatever it holds."""
    root, _ = open_xml(body, url)
    return root is not None and local_name(root) in ("rss", "rdf", "feed")


def _page(
    entries: Iterable[Entry], following: str | None, url: str, problems: list[Problem], role: str
) -> ListPage:
    unique = tuple(_unique(entries, url))
    page = generic.page_of(unique, following, role)
    return replace(page, problems=(*problems, *page.problems))


def _unique(entries: Iterable[Entry], url: str) -> Iterator[Entry]:
    """Of entries with one address the one that was changed last; those without their own address all stay."""
    found: dict[str, Entry] = {}
    for entry in entries:
        place = urldefrag(entry.url).url
        key = place if place != urldefrag(url).url else f"{place}#{len(found)}"
        if key not in found or _changed(entry) > _changed(found[key]):
            found[key] = entry
    yield from found.values()


def _changed(entry: Entry) -> str:
    return dict(entry.fields).get("updated", "") or str(entry.published or "")


def _json_feed(body: bytes, url: str, hints: Hints) -> ListPage | None:
    """A JSON Feed (jsonfeed.org); None when the answer is other JSON or none."""
    try:
        data = load_json(decode(body))
    except ValueError:
        return None
    if not isinstance(data, dict) or "jsonfeed.org/version" not in str(data.get("version", "")):
        return None
    items = data.get("items")
    rows = items[:MAX_ENTRIES] if isinstance(items, list) else []
    zone = ZoneInfo(hints.timezone)
    entries = [entry for row in rows if isinstance(row, dict) and (entry := _json_entry(row, url, zone))]
    problems = list(left_out(len(rows), len(entries)))
    return _page(entries, absolute(url, str(data.get("next_url") or "")), url, problems, role="feed")


def _json_entry(row: dict[str, Any], base: str, zone: ZoneInfo) -> Entry | None:
    link = absolute(base, str(row.get("url") or row.get("external_url") or ""))
    title = title_line(text_of_markup(str(row.get("title") or "")))
    if not link or not title:
        return None
    when = instant_day(str(row.get("date_published") or ""), zone)
    changed = one_line(str(row.get("date_modified") or ""), 40)
    fields = (("updated", changed),) if changed else ()
    return Entry(link, title, when, site_id=one_line(str(row.get("id") or "")), fields=fields)
