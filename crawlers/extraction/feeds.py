"""RSS, Atom, RDF, calendars and sitemaps as entries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from email.utils import parsedate_to_datetime
from html import unescape
from zoneinfo import ZoneInfo

from lxml import etree

from crawlers.extraction.blocks import text_of_markup
from crawlers.extraction.charset import decode
from crawlers.extraction.dates import find_date, parse_date
from crawlers.extraction.limits import MAX_ENTRIES
from crawlers.extraction.page import absolute, is_file_link
from crawlers.extraction.plain import one_line, title_line
from warehouse.records import Entry

_DECLARATION = re.compile(r"^<\?xml\b[^>]{0,300}\?>", re.I)
_REPLACED = "\ufffd".encode()
_LINES = re.compile(r"\r?\n[ \t]")
_ITEMS = ("item", "entry", "url", "sitemap", "meeting", "record")
_ROWS = ("item", "entry")  # what a feed calls a document; other names stand for other things as well
_PUBLISHED = ("pubdate", "published", "date", "issued", "updated", "lastmod", "start")
_CHANGED = ("updated", "modified", "lastmod")
_HREF = re.compile(r"""href\s*=\s*["']([^"']{1,2000})["']""", re.I)
_SHORT = 500  # characters of a description that tells no more than what a file is
_TAGGED = re.compile(r"</?(?:b|i|em|strong|span|font|br|p|a|div|su[bp])\b[^<>]*>|&(?:#\d+|[a-z]+);", re.I)


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says: its entries, its next page, and whether its XML was damaged."""

    entries: tuple[Entry, ...] = ()
    next_url: str | None = None
    damaged: bool = False
    cut: bool = False  # more entries than are read
    left_out: int = 0  # items without a title, or with neither an address nor a day; not told of damaged XML


def read_feed(body: bytes, url: str, timezone: str = "UTC") -> Feed:
    """An XML feed; of a damaged one what can be read. Instants count as the day they are in the zone."""
    root, damaged = open_xml(body, url)
    if root is None:
        return Feed(damaged=True)
    items = [node for node in root.iter() if local_name(node) in _ITEMS]
    zone = ZoneInfo(timezone)
    read = [(item, _entry(item, url, zone)) for item in items[:MAX_ENTRIES]]
    entries = [entry for _, entry in read if entry]
    lacking = sum(1 for item, entry in read if entry is None and local_name(item) in _ROWS)
    unique = {(entry.url, entry.title, entry.published): entry for entry in entries}
    return Feed(
        tuple(unique.values()),
        _next(root, items, url),
        damaged,
        len(items) > MAX_ENTRIES,
        0 if damaged else lacking,
    )


def open_xml(body: bytes, url: str) -> tuple[etree._Element | None, bool]:
    """The root of an XML answer, as far as it can be read, and whether it was damaged.

    The text is decoded by the rule of every page: the label in an XML declaration lies as often as any other.
    """
    text, lost = _markup(body)
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(text, parser, base_url=url)
    except (etree.XMLSyntaxError, ValueError):
        return None, True
    fatal = any(error.level >= etree.ErrorLevels.ERROR for error in parser.error_log)
    return root, root is None or fatal or lost


def _markup(body: bytes) -> tuple[bytes, bool]:
    """The answer in UTF-8 without its XML declaration, and whether characters of it could not be read."""
    if b"\0" in body[:4]:  # UTF-16 or UTF-32, which a parser tells by its first character
        return body, False
    text = decode(body)
    lost = text.count("\ufffd") > body.count(_REPLACED)
    return _DECLARATION.sub("", text.lstrip("\ufeff \t\r\n"), count=1).lstrip().encode(), lost


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


def local_name(node: etree._Element) -> str:
    """The name of an element without its namespace, in lower case; comments have none."""
    return etree.QName(node).localname.lower() if isinstance(node.tag, str) else ""


def _entry(item: etree._Element, base: str, zone: ZoneInfo) -> Entry | None:
    texts = _texts(item)
    link = _enclosed(item, base) or _link(item, texts, base)
    title = title_line(_title(item) or text_of_markup(texts.get("name") or texts.get("loc") or ""))
    dated = next((texts[key] for key in _PUBLISHED if key in texts), "")
    if not title or not (link or dated):
        return None
    number = one_line(texts.get("guid") or texts.get("id"))
    changed = next((texts[key] for key in _CHANGED if key in texts), "")
    fields = (("updated", changed[:40]),) if changed and changed != dated else ()
    return Entry(link or base, title, instant_day(dated, zone), site_id=number, fields=fields)


def _texts(item: etree._Element) -> dict[str, str]:
    """The first text of every element's name; the item's own elements go before nested ones."""
    texts: dict[str, str] = {}
    for child in (*item, *item.iter()):
        name, value = local_name(child), (child.text or "").strip()
        if name and value and name not in texts:
            texts[name] = value
    return texts


def _link(item: etree._Element, texts: dict[str, str], base: str) -> str | None:
    """The page for people: Atom's alternate link, else RSS's link, else an identifier that is an address."""
    for child in item.iter():
        if local_name(child) == "link" and child.get("href") and child.get("rel", "alternate") == "alternate":
            found = absolute(child.base or base, child.get("href") or "")
            if found:
                return found
    guid = next((child for child in item if local_name(child) == "guid"), None)
    if guid is not None and (guid.get("isPermaLink", "").lower() == "false" or "/" not in (guid.text or "")):
        texts = {key: value for key, value in texts.items() if key != "guid"}
    places = (absolute(item.base or base, texts.get(key, "")) for key in ("link", "loc", "guid", "url"))
    return next((place for place in places if place), None)


def _enclosed(item: etree._Element, base: str) -> str | None:
    """The one file that a short description does nothing but link to: its own page would only repeat it."""
    for child in item:
        if local_name(child) not in ("encoded", "description", "content", "summary"):
            continue
        markup = child.text or ""
        if "href" not in markup or len(text_of_markup(markup)) > _SHORT:
            continue
        links = (absolute(base, unescape(found)) for found in _HREF.findall(markup))
        files = {link for link in links if link and is_file_link(link)}
        if len(files) == 1:
            return files.pop()
    return None


def _title(item: etree._Element) -> str:
    """The title as text: escaped HTML is undone, whether the feed says that it is HTML or not."""
    node = next((child for child in item.iter() if local_name(child) == "title"), None)
    if node is None:
        return ""
    text = "".join(str(part) for part in node.itertext())
    said = node.get("type", "")
    return text_of_markup(text) if said == "html" or (said != "xhtml" and _TAGGED.search(text)) else text


def instant_day(text: str, zone: ZoneInfo) -> date | None:
    """The day of a printed instant where the source is; midnight in UTC is a day without a time."""
    moment = _moment(text)
    if moment is None or moment.tzinfo is None or moment.time() == time():
        return find_date(text) or parse_date(text)
    return find_date(moment.astimezone(zone).date().isoformat())


def _moment(text: str) -> datetime | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(text.strip())
        except (ValueError, TypeError, OverflowError):
            continue
    return None


def _next(root: etree._Element, items: list[etree._Element], url: str) -> str | None:
    """The next page (RFC 5005), or the archive before this one; links of entries do not count."""
    for relation in ("next", "prev-archive"):
        for node in root.iter("{*}link"):
            inside = any(above in items for above in node.iterancestors())
            if node.get("rel") == relation and not inside:
                return absolute(node.base or url, node.get("href") or "")
    return None
