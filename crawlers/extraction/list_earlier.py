"""Lists cut by time: the month or year before the one that is shown, or an index of years."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import unquote, urldefrag, urlsplit

from selectolax.lexbor import LexborNode

from crawlers.extraction.dates import MONTH
from crawlers.extraction.list_index import YEAR
from crawlers.extraction.page import Page, is_file_link
from crawlers.extraction.plain import one_line
from warehouse.records import Entry

_BEFORE = re.compile(
    r"^\W*(?:(?:go to |view |show )?(?:the )?(?:previous|prev\.?|prior|earlier|last|preceding)"
    r" (?:month|year|week|quarter)"
    r"|vorheriger monat|vormonat|mois précédent|mes anterior)\W*$",
    re.I,
)
_STEP = re.compile(
    rf"(?:[?&/_-](?:month|year|date|m|y)[=/_-])|(?:{MONTH}[-_/]?(?:19|20)\d\d)|(?:19|20)\d\d[-/]?\d\d(?!\d)",
    re.I,
)
_WORDS = 5  # that the link of a year has at most, the year with them
_LEAST = 2  # years that make an index
_MOST = 60  # years of an index that are asked


def month_before(page: Page, entries: Sequence[Entry]) -> str | None:
    """The list of the month (week, year) before this one.

    A page without entries leads back only where its own address names no month: calendars go back for ever.
    """
    own = urldefrag(page.url).url
    if not entries and _STEP.search(own):
        return None
    for node in page.tree.css("a[href]"):
        said = one_line(node.text(deep=True), 60)
        named = node.attributes.get("aria-label") or node.attributes.get("title")
        if any(text and _BEFORE.match(text) for text in (said, one_line(named, 60))):
            url = page.absolute(node.attributes.get("href") or "")
            if url and urldefrag(url).url != own:
                return url
    return None


def year_before(page: Page, entries: Sequence[Entry]) -> str | None:
    """Of an index of years beside a list the year before the one that is shown; None where unsure."""
    years = year_lists(page)
    shown = _shown(page, years, entries) if len(years) > _LEAST or (years and entries) else None
    before = [year for year in years if shown and year < shown]
    return years[max(before)] if before else None


def year_lists(page: Page) -> dict[int, str]:
    """The lists of single years on the page's own host, newest first: bare years or "Rulings 1999"."""
    host, own = urlsplit(page.url).netloc, urldefrag(page.url).url
    found: dict[int, str] = {}
    for node in page.tree.css("a[href]"):
        year = _year_of(node)
        url = page.absolute(node.attributes.get("href") or "") if year else None
        if (
            year
            and url
            and urlsplit(url).netloc == host
            and urldefrag(url).url != own
            and not is_file_link(url)
        ):
            found.setdefault(year, urldefrag(url).url)
    shapes = Counter(re.sub(r"\d+", "", unquote(url)) for url in found.values())
    common = {shape for shape, count in shapes.items() if count >= _LEAST}
    like = {year: url for year, url in found.items() if re.sub(r"\d+", "", unquote(url)) in common}
    return dict(sorted(like.items(), reverse=True)[:_MOST]) if len(like) >= _LEAST else {}


def _year_of(node: LexborNode) -> int | None:
    said = one_line(node.text(deep=True), 60)
    years = YEAR.findall(said) if said and len(said.split()) <= _WORDS else []
    bare = len(years) == 1 and not re.search(r"\d", said.replace(years[0], "")) if said else False
    return int(years[0]) if bare else None


def _shown(page: Page, years: dict[int, str], entries: Sequence[Entry]) -> int | None:
    """The year of the page: of its address, its heading, or of nearly all its entries."""
    for place in (unquote(urlsplit(page.url).query), unquote(urlsplit(page.url).path)):
        named = set(YEAR.findall(place))
        if len(named) == 1:
            return int(named.pop())
    heading = page.tree.css_first("h1") or page.tree.css_first("title")
    named = set(YEAR.findall(heading.text(deep=True) if heading else ""))
    if len(named) == 1:
        return int(named.pop())
    days = Counter(entry.published.year for entry in entries if entry.published)
    year, count = days.most_common(1)[0] if days else (0, 0)
    return year if count * 10 >= 8 * len(entries) and count else None
