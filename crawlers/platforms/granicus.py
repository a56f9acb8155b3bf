"""Granicus: agendas and minutes of a council's meetings, by RSS and by the publisher's page.

The feed gives a hundred items at most. A full one is named, and the publisher's page, which holds all
meetings, is read behind it. A meeting still to come is an `event_id`, a past one a `clip_id`; recordings of
pictures and sound are no documents.

Options: `view` (numbers of views, separated by spaces), `modes` ("agendas minutes" when left out).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from lxml import etree
from selectolax.lexbor import LexborNode

from crawlers.extraction.charset import decode
from crawlers.extraction.dates import find_dates
from crawlers.extraction.feeds import local_name, open_xml, read_feed
from crawlers.extraction.page import Page, open_page, too_deep
from crawlers.extraction.plain import one_line, title_line
from crawlers.extraction.sniff import sniff
from crawlers.platforms import generic
from crawlers.platforms.asked import Asked
from crawlers.platforms.base import TOO_DEEP, ListPage, PageRequest
from crawlers.platforms.feed import not_a_feed
from crawlers.platforms.generic import parse_detail
from crawlers.platforms.hints import Hints
from crawlers.platforms.json_rows import left_out
from warehouse.records import Entry, Problem

__all__ = ["name", "parse_detail", "parse_list", "start"]

name = "granicus"

FULL = 100  # items of a feed, the most that one gives
_VIEWER = re.compile(r"/(Agenda|Minutes|GeneratedAgenda|Document)Viewer\.php$", re.I)
_CALLED = {"agenda": "Agenda", "generatedagenda": "Agenda", "minutes": "Minutes", "document": "Document"}
_ROW_CHARACTERS = 1_500  # of a row's text; more is a page
_PUBLISHER, _RSS = "/ViewPublisher.php", "/ViewPublisherRSS.php"


def start(hints: Hints) -> Sequence[PageRequest]:
    """The feeds of each view, else the home page."""
    modes = str(hints.options.get("modes") or "agendas minutes").split()
    views = str(hints.options.get("view") or "").split()
    asked = (urlencode({"view_id": view, "mode": mode}) for view in views for mode in modes)
    feeds = tuple(urljoin(hints.home_url, f"{_RSS}?{query}") for query in asked)
    return tuple(PageRequest(feed, "feed") for feed in feeds) or generic.start(hints)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """The items of a feed, or the meetings of a publisher's page that have a paper."""
    if sniff(body, "", url) in ("feed", "xml"):
        return _of_feed(body, url, hints)
    if urlsplit(url).path.lower().endswith(_RSS.lower()):
        return ListPage(problems=(not_a_feed(),))
    source = decode(body)
    if too_deep(source):
        return TOO_DEEP
    page = open_page(source, url)
    entries = tuple(_papers(page))
    return ListPage(entries) if entries else generic.parse_list(body, url, hints)


def _of_feed(body: bytes, url: str, hints: Hints) -> ListPage:
    feed = read_feed(body, url, hints.timezone)
    problems = list(left_out(len(feed.entries) + feed.left_out, len(feed.entries)))
    if feed.damaged:
        problems.append(Problem("damaged-xml", "The feed's XML is damaged; what could be read was read."))
    days = _days(body, url)
    entries = tuple(
        Entry(one.url, one.title, days.get(one.site_id or "") or one.published, site_id=paper_number(one.url))
        for one in feed.entries
        if not _is_recording(one.url)
    )
    if not entries and not feed.left_out:
        problems.append(Problem("empty-list", "The feed holds no agenda, no minutes and no other paper."))
    view = Asked.of(url).value("view_id")
    if len(feed.entries) + feed.left_out < FULL:
        return ListPage(entries, (), None, tuple(problems))
    said = f"The feed is full with {FULL} items; older ones stand on the publisher's page only."
    archive = urljoin(url, f"{_PUBLISHER}?{urlencode({'view_id': view})}")
    return ListPage(
        entries, (PageRequest(archive, "list"),), None, (*problems, Problem("feed-full", said)), ordered=False
    )


def paper_number(url: str) -> str | None:
    """`agenda:clip:288` of an address of a viewer; no view in it, as a paper stands in several."""
    found, asked = _VIEWER.search(urlsplit(url).path), parse_qs(urlsplit(url).query)
    if not found:
        return None
    kind = _CALLED[found[1].lower()].lower()
    for name_ in ("clip", "event"):
        number = asked.get(f"{name_}_id", [""])[0]
        if number.isdigit():
            return f"{kind}:{name_}:{number}"
    return None


def paper_title(meeting: str | None, called: str, day: date | None) -> str:
    """`Finance Committee: Agenda of 2026-05-12`; meetings of one committee would else bear one title."""
    dated = f" of {day}" if day and not find_dates(meeting or "") else ""
    return ": ".join(filter(None, (meeting, called))) + dated


def _is_recording(url: str) -> bool:
    return urlsplit(url).path.lower().endswith(("/mediaplayer.php", "/asx.php", "/downloadfile.php"))


def _days(body: bytes, url: str) -> dict[str, date]:
    """The day of each item as the council counts it (`gran:pubDateParts`), by the item's guid."""
    root, _ = open_xml(body, url)
    found: dict[str, date] = {}
    for item in root.iter("{*}item") if root is not None else ():
        guid = next((node.text for node in item if local_name(node) == "guid" and node.text), None)
        parts = next((node for node in item if local_name(node) == "pubdateparts"), None)
        day = _day(parts) if parts is not None else None
        if guid and day:
            found[one_line(guid) or guid] = day
    return found


def _day(parts: etree._Element) -> date | None:
    try:
        return date(*(int(parts.get(key) or "") for key in ("yr", "mo", "day")))
    except ValueError:
        return None


def _papers(page: Page) -> Iterator[Entry]:
    """The links to agendas and minutes, each with the name and day of its meeting."""
    seen: set[str] = set()
    for anchor in page.tree.css("a[href]"):
        link = page.absolute(anchor.attributes.get("href") or "")
        found = _VIEWER.search(urlsplit(link).path) if link else None
        number = paper_number(link) if link else None
        if not link or not found or (number or link) in seen:
            continue
        row = _row(anchor)
        meeting, day = _meeting(row) if row is not None else (None, None)
        seen.add(number or link)
        called = _CALLED[found[1].lower()]
        yield Entry(link, paper_title(meeting, called, day), day, site_id=number)


def _row(anchor: LexborNode) -> LexborNode | None:
    """The smallest box around a link that prints a day."""
    parent = anchor.parent
    while parent is not None and parent.tag not in ("body", "html", "table", "-undef"):
        text = _one_space(parent.text(deep=True, separator=" "))
        if len(text) > _ROW_CHARACTERS:
            return None
        if find_dates(text):
            return parent
        parent = parent.parent
    return None


def _meeting(row: LexborNode) -> tuple[str | None, date | None]:
    """The first words of a row that are neither its day nor a link, and the day."""
    dates = find_dates(_one_space(row.text(deep=True, separator=" ")))
    day = dates[0][0] if dates else None
    named = row.css_first('[headers="Name"], [headers^="Name "], .committee, [scope="row"]')
    text = named.text(deep=True, separator=" ") if named is not None else _first_text(row)
    return title_line(_one_space(text)), day


def _first_text(row: LexborNode) -> str:
    for cell in row.css("td, span, div, h3, h4"):
        text = _one_space(cell.text(deep=True, separator=" "))
        if len(text) > 3 and cell.css_first("a") is None and not find_dates(text):
            return text
    return ""


def _one_space(text: str) -> str:
    return " ".join(text.split())
