"""Rows of a list whose document links are known by their address: list items, table rows, dl."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from urllib.parse import parse_qs, urlsplit

from selectolax.lexbor import LexborNode

from crawlers.extraction.dates import find_dates, url_date
from crawlers.extraction.limits import MAX_ENTRIES
from crawlers.extraction.page import Page
from crawlers.extraction.plain import one_line, title_line
from warehouse.records import Entry

_ART = re.compile(r"/art/\d{4}/(?:\d{1,2}/\d{1,2}/)?art_(?:\d+_)?([0-9a-f]+)\.s?html?$", re.I)
_INFO = re.compile(r"/info/\d+/(\d+)\.html?$", re.I)
_ROW_ENDS = frozenset(["li", "tr", "dl", "article", "body", "html"])
_MAX_ROW = 4_000  # characters of a row; more is a page, not a row
_LOOSE = re.compile(r"(?<=\d)\s*([-/.年月])\s*(?=\d)")
_OTHER_DAY = re.compile(
    r"(?:成文|生成|印发|签发|施行|实施|生效|失效|废止|截止)(?:日期|时间)[\s:：]*\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
)
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,14}[〔\[（(【［]\s*\d{4}\s*[〕\]）)】］]\s*(?:第\s*)?\d{1,5}\s*号"
    r"|^[\u4e00-\u9fff]{2,20}(?:令|公告)(?:\d{4}年)?第\s*\d{1,4}\s*号$",
    re.M,
)


def art_number(url: str) -> str | None:
    """`88009` of a Hanweb address /art/2024/11/11/art_61201_88009.html; the column in front may change."""
    found = _ART.search(urlsplit(url).path)
    return found[1].lower() if found else None


def info_number(url: str) -> str | None:
    """`2045` of a Visual SiteBuilder address /info/1012/2045.htm or /content.jsp?...wbnewsid=2045."""
    parts = urlsplit(url)
    found = _INFO.search(parts.path)
    if found:
        return found[1]
    asked = parse_qs(parts.query).get("wbnewsid", [""])[0] if parts.path.endswith("/content.jsp") else ""
    return asked if asked.isdigit() else None


def row_entries(page: Page, number: Callable[[str], str | None]) -> tuple[Entry, ...]:
    """One entry a document, in reading order, with the date and number of its own row."""
    links = [
        (anchor, link)
        for anchor in page.tree.css("a[href]")
        if (link := page.absolute(anchor.attributes.get("href") or "")) and number(link)
    ]
    held: dict[int, set[str]] = defaultdict(set)  # block -> documents linked from inside it
    for anchor, link in links:
        for block in _ancestors(anchor):
            held[block.mem_id].add(link)
    entries: dict[str, Entry] = {}
    for anchor, link in links[: 4 * MAX_ENTRIES]:
        entry = _entry(anchor, link, number(link), held)
        known = entries.get(link)
        if entry.title and (known is None or (known.published is None and entry.published is not None)):
            entries[link] = entry
    return tuple(entries.values())[:MAX_ENTRIES]


def link_title(text: str, hint: str | None) -> str | None:
    """The link's text, or its title attribute when the text was cut to fit the row."""
    shown, whole = title_line(text), title_line(hint)
    cut = (
        shown is None
        or shown.endswith(("…", "..."))
        or (whole is not None and whole.startswith(shown) and len(whole) > len(shown))
    )
    return whole if whole and cut else shown


def row_date(text: str) -> date | None:
    """The last date of a row, which is the posting; its parts may stand on lines of their own.

    A day that the row itself calls another one (成文日期, 施行日期) is not the posting.
    """
    dates = find_dates(_OTHER_DAY.sub(" ", _LOOSE.sub(r"\1", text)))
    return dates[-1][0] if dates else None


def _entry(anchor: LexborNode, link: str, own: str | None, held: dict[int, set[str]]) -> Entry:
    shown = anchor.text(deep=True)
    title = link_title(shown, anchor.attributes.get("title"))
    beside = ""
    when: date | None = None
    for block in _ancestors(anchor):
        if len(held[block.mem_id]) > 1:
            break
        beside = block.text(deep=True, separator="\n")[:_MAX_ROW]
        for said in (shown, title or ""):
            beside = beside.replace(said, " ") if said else beside
        when = row_date(beside)
        if when or block.tag in _ROW_ENDS:
            break
    printed = _NUMBER.search(beside)
    return Entry(link, title, when or url_date(link), one_line(printed[0]) if printed else None, site_id=own)


def _ancestors(node: LexborNode) -> list[LexborNode]:
    found: list[LexborNode] = []
    parent = node.parent
    while parent is not None and parent.tag not in ("html", "-undef"):
        found.append(parent)
        parent = parent.parent
    return found
