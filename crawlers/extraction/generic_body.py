"""The text of a page of unknown make: resiliparse first, trafilatura when that finds too little."""

from __future__ import annotations

from crawlers.extraction.page import Page
from crawlers.extraction.plain import paragraphs_of

_ENOUGH = 200  # characters of main text that need no second opinion


def generic_body(page: Page) -> tuple[str, tuple[str, ...]]:
    """The path that was taken and the paragraphs it gave; both may be empty."""
    lines = _resiliparse(page)
    if sum(map(len, lines)) >= _ENOUGH:
        return "resiliparse", lines
    other = _trafilatura(page)
    if sum(map(len, other)) > sum(map(len, lines)):
        return "trafilatura", other
    return ("resiliparse", lines) if lines else ("", ())


def _resiliparse(page: Page) -> tuple[str, ...]:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    text = extract_plain_text(
        HTMLTree.parse(page.source), main_content=True, preserve_formatting=True, list_bullets=False
    )
    return paragraphs_of(text)


def _trafilatura(page: Page) -> tuple[str, ...]:
    import trafilatura

    text = trafilatura.extract(page.source, url=page.url, include_comments=False, fast=True)
    return paragraphs_of(text or "")
