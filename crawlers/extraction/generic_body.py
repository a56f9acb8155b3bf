"""The text of a page of unknown make: a general reader, and a second one when the first finds too little."""

from __future__ import annotations

import logging

from crawlers.extraction.page import Page
from crawlers.extraction.plain import is_chinese, paragraphs_of

for _library in ("trafilatura", "htmldate", "courlan", "justext"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)  # a page's faults are no news

_ENOUGH = 200  # characters of main text that need no second opinion


def generic_body(page: Page) -> tuple[str, tuple[str, ...]]:
    """The path that was taken and the paragraphs it gave; both may be empty.

    Resiliparse goes first on Chinese pages, where both are as good and it is twenty times as fast. On the
    recorded Western pages trafilatura keeps and drops 84 of 92 stated passages rightly, resiliparse 70.
    """
    readers = {"resiliparse": _resiliparse, "trafilatura": _trafilatura}
    order = ("resiliparse", "trafilatura") if is_chinese(page.source) else ("trafilatura", "resiliparse")
    found = {order[0]: readers[order[0]](page)}
    if sum(map(len, found[order[0]])) < _ENOUGH:
        found[order[1]] = readers[order[1]](page)
    best = max(found, key=lambda name: sum(map(len, found[name])))
    return (best, found[best]) if found[best] else ("", ())


def _resiliparse(page: Page) -> tuple[str, ...]:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    text = extract_plain_text(
        HTMLTree.parse(page.source), main_content=True, preserve_formatting=True, list_bullets=False
    )
    return paragraphs_of(text)


def _trafilatura(page: Page) -> tuple[str, ...]:
    import trafilatura

    text = trafilatura.extract(page.source, url=page.url, include_comments=False)
    return paragraphs_of(text or "")
