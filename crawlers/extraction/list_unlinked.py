"""Rows that print a day and lead nowhere: meetings of a calendar without pages of their own."""

from __future__ import annotations

import re
from collections import defaultdict

from selectolax.lexbor import LexborNode

from crawlers.extraction.dates import DayOrder, find_dates
from crawlers.extraction.limits import MAX_ENTRIES
from crawlers.extraction.page import Page
from crawlers.extraction.plain import title_line
from warehouse.records import Entry

_BLOCKS = "tr, li, p, article, dd, dt, h3, h4, h5, td, div, span"
_LONGEST = 300  # characters of a row; more is prose that mentions a day
_TIME = re.compile(r"\b\d{1,2}(?::\d{2})?\s*[ap]\.?m\b\.?|\b\d{1,2}:\d{2}\b", re.I)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b,?", re.I)
_LABELLED = re.compile(
    r"^\W*(?:(?:meeting |event |start )?date(?: (?:and|&) time)?|when|starts?(?: on)?)\b", re.I
)
_SOON = 40  # characters after its label within which the day of a meeting stands
_NUMBER = re.compile(r"\d+")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def unlinked_rows(page: Page, order: DayOrder = "mdy") -> tuple[Entry, ...]:
    """Like blocks, two at least (one where it is labelled), each with one day and without a link.

    They carry the page's address: a row without one of its own is no document; it is never fetched.
    A block that holds another one is left to it. Chinese pages have none: days without links are text there.
    """
    heading = page.tree.css_first("h1") or page.tree.css_first("title")
    name = title_line(heading.text(deep=True)) if heading else None
    if name and _CHINESE.search(name):
        return ()
    groups: dict[str, list[Entry]] = defaultdict(list)
    labelled: list[Entry] = []
    for node in page.tree.css(_BLOCKS)[: 20 * MAX_ENTRIES]:
        row = _row(node, page.url, name, order)
        if row and _names_day(node, order):
            labelled.append(row)
        elif row:
            groups[_place(node)].append(row)
    rows = [row for group in groups.values() if len(group) > 1 for row in group] + labelled
    return tuple({(row.published, row.title): row for row in rows}.values())[:MAX_ENTRIES]


def _row(node: LexborNode, url: str, name: str | None, order: DayOrder) -> Entry | None:
    text = " ".join((node.text(deep=True, separator=" ") or "").split())
    if not 6 <= len(text) <= _LONGEST or not re.search(r"\d", text):
        return None
    days = find_dates(text, order)
    if len({day for day, _, _ in days}) != 1 or node.css_first("a[href]") is not None:
        return None
    parent = node.parent
    if node.tag != "tr" and parent is not None and parent.tag in ("td", "th", "a"):
        return None  # a cell's own parts; its row speaks for them
    inner = node.css("tr, li, p, article, div, td") if node.tag in ("td", "div", "span") else ()
    if any(block.mem_id != node.mem_id for block in inner):
        return None
    day, begin, end = days[0]
    rest = _WEEKDAY.sub(" ", _TIME.sub(" ", f"{text[:begin]} {text[end:]}"))
    said = title_line(re.sub(r"\s+", " ", rest).strip(" -–—@,.:;|"))
    return Entry(url, said if said and len(re.sub(r"\W", "", said)) > 3 else name, day)


def _names_day(node: LexborNode, order: DayOrder) -> bool:
    """Whether the row says itself that its day is that of a meeting ("When", "Date"): then one is enough."""
    text = " ".join((node.text(deep=True, separator=" ") or "").split())
    label = _LABELLED.match(text)
    return bool(label and find_dates(text[label.end() : label.end() + _SOON], order))


def _place(node: LexborNode) -> str:
    """Where a block stands: its tag and its parent's with their classes, numbers left out."""
    both = [one for one in (node, node.parent) if one is not None]
    return "/".join(f"{one.tag}.{_NUMBER.sub('', one.attributes.get('class') or '')}" for one in both)
