"""The text of a page of unknown make: our own reader, and trafilatura when that finds too little."""

from __future__ import annotations

import logging

from crawlers.extraction.main_text import MainText, main_text
from crawlers.extraction.page import Page
from crawlers.extraction.plain import paragraphs_of

for _library in ("trafilatura", "htmldate", "courlan", "justext"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)  # a page's faults are no news

OWN = "general"  # the path of our own reader, as it is recorded


def read_main(page: Page, markup: str | None = None) -> MainText:
    """What our own reader makes of a page, with the lines around its heading."""
    window = page.tree.css_first("title")
    titles = [window.text(deep=True)] if window else []
    titles += [value.value for value in page.metadata if value.field == "title"]
    return main_text(markup or page.markup, titles)


def own_body(page: Page) -> tuple[str, ...]:
    """The paragraphs that our own reader finds."""
    return read_main(page).paragraphs


def generic_body(page: Page, main: MainText) -> tuple[str, tuple[str, ...]]:
    """The path that was taken and the paragraphs it gave; both may be empty.

    The path tells who read: a site whose pages begin to need the second reader has changed its layout.
    """
    if main.enough:
        return OWN, main.paragraphs
    other = _trafilatura(page)
    if sum(map(len, other)) > main.length:
        return "trafilatura", other
    return (OWN, main.paragraphs) if main.paragraphs else ("", ())


def _trafilatura(page: Page) -> tuple[str, ...]:
    import trafilatura

    text = trafilatura.extract(page.source, url=page.url, include_comments=False)
    return paragraphs_of(text or "")
