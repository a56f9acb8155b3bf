"""CivicPlus: a council's agendas and minutes, by its RSS feeds, else by its agenda centre.

A feed may be empty though agendas exist; the agenda centre is then read. An agenda and its minutes bear the
number of their meeting, so the kind of paper belongs to the lasting number. A paper may be offered as page,
as PDF and as packet: the plain address, mostly a PDF, is the document.

Options: `feeds` (module and category, separated by spaces: "65:All-0"; 65 agendas, 1 news, 63 alerts, 51
blog, 58 calendar).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode, urljoin, urlsplit

from selectolax.lexbor import LexborNode

from crawlers.extraction.charset import decode
from crawlers.extraction.dates import find_dates
from crawlers.extraction.page import Page, open_page, too_deep
from crawlers.extraction.plain import title_line
from crawlers.extraction.sniff import sniff
from crawlers.platforms import feed, generic
from crawlers.platforms.asked import Asked
from crawlers.platforms.base import TOO_DEEP, ListPage, PageRequest
from crawlers.platforms.generic import parse_detail
from crawlers.platforms.granicus import paper_title
from crawlers.platforms.hints import Hints
from warehouse.records import Entry

__all__ = ["name", "parse_detail", "parse_list", "start"]

name = "civicplus"

_AGENDAS = "65"
_CENTRE, _RSS = "/AgendaCenter", "/RSSFeed.aspx"
_PAPER = re.compile(
    r"/AgendaCenter/ViewFile/(Agenda|Minutes|PreviousVersion\w*)/_(\d{2})(\d{2})(\d{4})-(\d+)$", re.I
)
_POSTED = re.compile(r"[\s\u2009]*[-\u2013\u2014]?[\s\u2009]*(?:Amended|Posted)\b.*$", re.S)


_WHEN = re.compile(r"\b(?:Amended|Posted)\b(.{8,40})")


def start(hints: Hints) -> Sequence[PageRequest]:
    """The feeds that the options name, else that of all agendas."""
    named = str(hints.options.get("feeds") or f"{_AGENDAS}:All-0").split()
    pairs = (one.partition(":") for one in named)
    asked = (urlencode({"ModID": module, "CID": category or "All-0"}) for module, _, category in pairs)
    return tuple(PageRequest(urljoin(hints.home_url, f"{_RSS}?{one}"), "feed") for one in asked)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """The items of a feed, or the rows of an agenda centre; an empty feed of agendas leads there."""
    if sniff(body, "", url) in ("feed", "xml"):
        return _of_feed(body, url, hints)
    if urlsplit(url).path.lower().endswith(_RSS.lower()):
        return ListPage(problems=(feed.not_a_feed(),))
    source = decode(body)
    if too_deep(source):
        return TOO_DEEP
    page = open_page(source, url)
    entries = tuple(_papers(page))
    # one table after another, each newest first: not so the whole
    if not entries:
        return generic.parse_list(body, url, hints)
    read = generic.turned_back(ListPage(entries), page)  # a calendar by months
    return read if read.next else replace(read, ordered=False)


def paper_number(url: str) -> str | None:
    """`agenda:808` of an address in the agenda centre."""
    found = _PAPER.search(urlsplit(url).path)
    return f"{found[1].lower()}:{found[5]}" if found else None


def meeting_day(url: str) -> date | None:
    """The day of the meeting, which such an address names month first."""
    found = _PAPER.search(urlsplit(url).path)
    try:
        return date(int(found[4]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _of_feed(body: bytes, url: str, hints: Hints) -> ListPage:
    read = feed.parse_list(body, url, hints)
    if not read.entries and Asked.of(url).value("ModID") == _AGENDAS:
        centre = PageRequest(urljoin(url, _CENTRE), "list")
        problems = tuple(one for one in read.problems if one.code != "empty-list")
        problems += () if feed.is_feed(body, url) else (feed.not_a_feed(),)
        return replace(read, next=(centre,), problems=problems, ordered=False)
    return replace(read, entries=tuple(_of_centre(one) for one in read.entries))


def _of_centre(entry: Entry) -> Entry:
    """An item whose link leads into the agenda centre, with the meeting's day and lasting number."""
    number = paper_number(entry.url)
    if number is None:
        return entry
    day = meeting_day(entry.url)
    called = number.partition(":")[0].capitalize()
    title = entry.title
    if title and not find_dates(title):
        title = paper_title(title, called, day)
    return replace(
        entry, url=_plain(entry.url), title=title, published=entry.published or day, site_id=number
    )


def _papers(page: Page) -> Iterator[Entry]:
    """The agendas and minutes of the page, each with its body's name in front."""
    seen: set[str] = set()
    body = ""
    for node in page.tree.css("h2, h3, a[href]"):
        if node.tag in ("h2", "h3"):
            body = _heading(node) or body
            continue
        link = page.absolute(node.attributes.get("href") or "")
        number = paper_number(link) if link else None
        if not link or not number or number in seen:
            continue
        seen.add(number)
        fields = (("issuer", body),) if body else ()
        day = meeting_day(link)
        yield Entry(_plain(link), _title(node, number, body), _posted(node) or day, None, number, fields)


def _heading(node: LexborNode) -> str | None:
    """The name of a committee; a heading inside a row is the day of a meeting."""
    if _inside_row(node):
        return None
    text = " ".join(node.text(deep=True, separator=" ").split())
    return title_line(text.lstrip("\u25bc\u25b6\u25ba ").strip())


def _inside_row(node: LexborNode) -> bool:
    return _row(node) is not None


def _row(node: LexborNode) -> LexborNode | None:
    parent = node.parent
    while parent is not None and parent.tag not in ("body", "html", "-undef"):
        if parent.tag == "tr":
            return parent
        parent = parent.parent
    return None


def _posted(anchor: LexborNode) -> date | None:
    """The day on which a paper was posted, as its row prints it; minutes beside their agenda print none."""
    row = _row(anchor)
    if row is None:
        return None
    others = [node.attributes.get("href") or "" for node in row.css("a[href]")]
    if "/minutes/" in (anchor.attributes.get("href") or "").lower() and any(
        "/agenda/" in one.lower() for one in others
    ):
        return None  # the day that the row prints is the agenda's
    said = " ".join(row.text(deep=True, separator=" ").split())
    found = _WHEN.search(said)
    dates = find_dates(found[1]) if found else []
    return dates[0][0] if dates else None


def _title(anchor: LexborNode, number: str, body: str) -> str | None:
    """What the row calls the paper; one that is only called Agenda or Minutes bears its body's name."""
    kind = number.partition(":")[0].capitalize()
    said = anchor.attributes.get("title") or anchor.text(deep=True, separator=" ")
    own = title_line(" ".join(_POSTED.sub("", said).split()))
    if own and len(own) > len(kind) + 3 and not own[:3].isdigit() and kind.lower() in own.lower():
        return own
    return paper_title(body or None, kind, meeting_day(anchor.attributes.get("href") or ""))


def _plain(url: str) -> str:
    return urlsplit(url)._replace(query="", fragment="").geturl()
