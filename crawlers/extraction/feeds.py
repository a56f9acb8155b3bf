"""RSS, Atom, RDF, calendars and sitemaps as entries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from crawlers.extraction.blocks import text_of_markup
from crawlers.extraction.dates import find_date, parse_date
from crawlers.extraction.limits import MAX_ENTRIES
from crawlers.extraction.page import absolute
from crawlers.extraction.plain import one_line, title_line
from warehouse.records import Entry

_LINES = re.compile(r"\r?\n[ \t]")


def feed_entries(body: bytes, url: str) -> tuple[tuple[Entry, ...], str | None]:
    """Entries of an XML feed and its next page; an unreadable feed gives none."""
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(body.lstrip(b"\xef\xbb\xbf \t\r\n"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return (), None
    if root is None:
        return (), None
    items = [
        node
        for node in root.iter()
        if _name(node) in ("item", "entry", "url", "sitemap", "meeting", "record")
    ]
    entries = [entry for item in items[:MAX_ENTRIES] if (entry := _entry(item, url))]
    return tuple({(entry.url, entry.title, entry.published): entry for entry in entries}.values()), _next(
        root, url
    )


def calendar_entries(text: str, url: str) -> tuple[Entry, ...]:
    """Events of an iCalendar file."""
    entries: list[Entry] = []
    for event in _LINES.sub("", text).split("BEGIN:VEVENT")[1 : MAX_ENTRIES + 1]:
        values = {key.split(";")[0].upper(): value for key, value in _pairs(event)}
        title = title_line(values.get("SUMMARY", "").replace("\\,", ",").replace("\\n", " "))
        link = absolute(url, values.get("URL", "")) or url
        if title:
            entries.append(
                Entry(
                    link,
                    title,
                    parse_date(values.get("DTSTART", "")[:8]),
                    site_id=one_line(values.get("UID")),
                )
            )
    return tuple(entries)


def _pairs(event: str) -> Iterator[tuple[str, str]]:
    for line in event.split("END:VEVENT")[0].splitlines():
        key, found, value = line.partition(":")
        if found:
            yield key, value.strip()


def _name(node: etree._Element) -> str:
    return etree.QName(node).localname.lower() if isinstance(node.tag, str) else ""


def _entry(item: etree._Element, base: str) -> Entry | None:
    texts: dict[str, str] = {}
    link = None
    for child in item.iter():
        name = _name(child)
        if name == "link" and child.get("href") and child.get("rel", "alternate") == "alternate":
            link = link or absolute(base, child.get("href") or "")
        value = (child.text or "").strip()
        if name and value and name not in texts:
            texts[name] = value
    link = link or next(
        (u for key in ("link", "loc", "guid", "url") if (u := absolute(base, texts.get(key, "")))), None
    )
    title = title_line(text_of_markup(texts.get("title") or texts.get("name") or texts.get("loc") or ""))
    dated = next(
        (
            texts[key]
            for key in ("pubdate", "published", "date", "issued", "updated", "lastmod", "start")
            if key in texts
        ),
        "",
    )
    if not title or not (link or dated):
        return None
    return Entry(
        link or base,
        title,
        find_date(dated) or parse_date(dated),
        site_id=one_line(texts.get("guid") or texts.get("id")),
    )


def _next(root: etree._Element, url: str) -> str | None:
    for node in root.iter():
        if _name(node) == "link" and node.get("rel") == "next":
            return absolute(url, node.get("href") or "")
    return None
