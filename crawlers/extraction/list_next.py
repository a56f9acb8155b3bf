"""The next page of a list: by rel, by words, by the number after the one that is open."""

from __future__ import annotations

import re
from urllib.parse import urldefrag

from selectolax.lexbor import LexborNode

from crawlers.extraction.page import Page
from crawlers.extraction.plain import one_line

_NEXT = re.compile(
    r"^\W*(?:下一页|下页|后一页|(?:go to )?next(?: page)?|next \d+(?: results| records)?|load more|show more"
    r"|more results|older(?: posts| entries)?|weiter|nächste(?: seite)?|suivante?|siguiente"
    r"|[>›»]{1,2}|next\s*[>›»]+)\W*$",
    re.I,
)
_PAGER = re.compile(r"(?:^|[\s_-])(?:pag(?:er|ination|ing|e-numbers)\w*|pages)(?:$|[\s_-])", re.I)
_OPEN = re.compile(r"(?:^|[\s_-])(?:current|active|selected|on)(?:$|[\s_-])", re.I)


def next_page(page: Page, selector: str | None) -> str | None:
    """The address of the next page; a source's own selector replaces guessing. None at the end of a list."""
    if selector:
        node = page.tree.css_first(selector)
        return page.absolute(node.attributes.get("href") or "") if node else None
    for node in page.tree.css('a[rel="next"], link[rel="next"]'):
        url = page.absolute(node.attributes.get("href") or "")
        if url:
            return url
    for node in page.tree.css("a[href]"):
        text = _words(node)
        if text and _NEXT.match(text):
            url = page.absolute(node.attributes.get("href") or "")
            if url and urldefrag(url).url != urldefrag(page.url).url:
                return url
    return _following_number(page)


def _words(node: LexborNode) -> str | None:
    """What a link says: its text, its label for readers aloud, or its hint."""
    named = node.attributes
    return one_line(node.text(deep=True), 60) or one_line(named.get("aria-label") or named.get("title"), 60)


def _following_number(page: Page) -> str | None:
    """In a row of page numbers the link that stands for the number after the open one."""
    for box in page.tree.css("ul, nav, div, p, span, td"):
        if not _PAGER.search(f"{box.attributes.get('class') or ''} {box.attributes.get('id') or ''}"):
            continue
        current = next((number for node in box.css("*") if (number := _open_number(node))), None)
        for node in box.css("a[href]") if current else ():
            if (node.text(deep=True) or "").strip() == str((current or 0) + 1):
                url = page.absolute(node.attributes.get("href") or "")
                if url and urldefrag(url).url != urldefrag(page.url).url:
                    return url
    return None


def _open_number(node: LexborNode) -> int | None:
    """The number of the open page, where a part of a pager marks itself as such."""
    marked = node.attributes.get("aria-current") or _OPEN.search(node.attributes.get("class") or "")
    text = (node.text(deep=True) or "").strip() if marked or node.tag in ("strong", "b") else ""
    return int(text) if text.isdigit() and len(text) < 5 else None
