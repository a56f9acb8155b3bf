"""A list by its source's own selectors: `item`, and inside of it `link`, `title` and `date`."""

from __future__ import annotations

from collections.abc import Mapping

from crawlers.extraction.dates import DayOrder, find_date, url_date
from crawlers.extraction.limits import MAX_ENTRIES
from crawlers.extraction.list_links import row_lines
from crawlers.extraction.list_rows import number_in
from crawlers.extraction.page import Page
from crawlers.extraction.plain import title_line
from warehouse.records import Entry


def selected(page: Page, own: Mapping[str, str], order: DayOrder) -> tuple[Entry, ...]:
    """One entry a row that `item` selects; rows without an address are left out."""
    entries: dict[str, Entry] = {}
    for item in page.tree.css(own["item"])[:MAX_ENTRIES]:
        anchor = item if item.tag == "a" else item.css_first(own.get("link", "a[href]"))
        url = page.absolute(anchor.attributes.get("href") or "") if anchor else None
        if anchor is None or not url:
            continue
        titled = item.css_first(own["title"]) if own.get("title") else anchor
        hint = title_line(anchor.attributes.get("title"))
        title = title_line((titled or anchor).text(deep=True, separator=" "))
        if hint and (not title or title.endswith(("…", "..."))):
            title = hint
        dated = item.css_first(own["date"]) if own.get("date") else item
        when = find_date((dated or item).text(deep=True, separator=" "), order) or url_date(url)
        entries.setdefault(url, Entry(url, title, when, number_in(row_lines(item))))
    return tuple(entries.values())
