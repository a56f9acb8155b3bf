"""Rows of TRS lists: links to t-date pages, rows that lie inside their link, and rows written by a script."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from crawlers.extraction.dates import find_date, find_dates, url_date
from crawlers.extraction.limits import MAX_ENTRIES
from crawlers.extraction.page import Page
from crawlers.extraction.plain import one_line, title_line
from crawlers.platforms.rows import row_entries
from warehouse.records import Entry

_DETAIL = re.compile(r"(?:^|/)(t\d{8}_\d+)\.s?html?$", re.I)
_TITLES = ".tit, .title, .file-title, .name, .bt"
_BLOCKS = "p, li, div, dt, dd, h3, h4"
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,14}[〔\[（(【［]\s*\d{4}\s*[〕\]）)】］]\s*(?:第\s*)?\d{1,5}\s*号")
_WRITTEN = re.compile(r"成文日期\s*[:：]?\s*")
_SCRIPTED = re.compile(r"""\burl\s*=\s*["']([^"'\s]*?/?t\d{8}_\d+\.s?html?)["']""", re.I)
_SAID = re.compile(r"""\btitle\s*=\s*(?:"([^"\n]+)"|'([^'\n]+)')""", re.I)
_FILE_NUMBER = re.compile(r"""\bfilenum\s*=\s*["']([^"'\n]*)["']""", re.I)
_LONGEST_ROW = 5_000  # characters of a row's script
_PRINTED = re.compile(r"""writeln?\(\s*["']([^"']*\d{4}[-/.年][^"']*)["']""", re.I)


def site_id(url: str) -> str | None:
    """`t20260501_1042` of .../202605/t20260501_1042.html."""
    found = _DETAIL.search(urlsplit(url).path)
    return found[1].lower() if found else None


def list_entries(page: Page) -> tuple[Entry, ...]:
    """One entry a document, in reading order; a list that only its script writes is read from the script."""
    whole = {entry.url: entry for entry in _whole_rows(page)}
    entries = tuple(whole.get(entry.url, entry) for entry in row_entries(page, site_id))
    return entries or tuple(_scripted(page))[:MAX_ENTRIES]


def _whole_rows(page: Page) -> Iterator[Entry]:
    """Links around a whole row (Chongqing): title, number and date stand in blocks of their own inside."""
    for anchor in page.tree.css("a[href]"):
        link = page.absolute(anchor.attributes.get("href") or "")
        if link and site_id(link) and len(anchor.css(_BLOCKS)) > 1:
            entry = _whole_row(anchor, link)
            if entry:
                yield entry


def _whole_row(anchor: LexborNode, link: str) -> Entry | None:
    named = anchor.css_first(_TITLES) or anchor.css(_BLOCKS)[0]
    shown = named.text(deep=True)
    title = title_line(named.attributes.get("title") or shown)
    rest = anchor.text(deep=True, separator="\n").replace(shown, "\n") if title else ""
    if not title:
        return None
    number = _NUMBER.search(rest)
    written, posted = _days(rest)
    extra = (("written", written),) if written else ()
    when = find_date(posted) or url_date(link)
    return Entry(link, title, when, one_line(number[0]) if number else None, site_id(link), extra)


def _days(text: str) -> tuple[str | None, str]:
    """The day of writing, which has its label, and the text without it."""
    label = _WRITTEN.search(text)
    dates = find_dates(text[label.end() : label.end() + 30]) if label else []
    if not label or not dates:
        return None, text
    day, _, end = dates[0]
    return day.isoformat(), text[: label.start()] + text[label.end() + end :]


def _scripted(page: Page) -> Iterator[Entry]:
    """Rows that a script assembles from `url`, `title` and `FILENUM` (Wuhan)."""
    source = page.source
    starts = list(_SCRIPTED.finditer(source))
    seen: set[str] = set()
    for place, found in enumerate(starts):
        end = starts[place + 1].start() if place + 1 < len(starts) else len(source)
        part = source[found.end() : min(end, found.end() + _LONGEST_ROW)]
        link = page.absolute(html.unescape(found[1]))
        title = _last_title(part)
        if not link or not title or link in seen:
            continue
        seen.add(link)
        number, printed = _FILE_NUMBER.search(part), _PRINTED.search(part)
        when = (find_date(printed[1]) if printed else None) or url_date(link)
        yield Entry(link, title, when, _stated(number[1]) if number else None, site_id(link))


def _last_title(part: str) -> str | None:
    """The last title a row's script sets: the first is its short form or empty."""
    said = [one or other for one, other in _SAID.findall(part)]
    return next((title for text in reversed(said) if (title := title_line(html.unescape(text)))), None)


def _stated(number: str) -> str | None:
    tidy = one_line(html.unescape(number))
    return None if tidy in (None, "无", "-") else tidy
