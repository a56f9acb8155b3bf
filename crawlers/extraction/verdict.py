"""List or document: what an unknown page is, judged by its structure."""

from __future__ import annotations

import re

from crawlers.extraction.charset import decode
from crawlers.extraction.containers import find_container
from crawlers.extraction.lists import find_list
from crawlers.extraction.page import Page, open_page
from crawlers.platforms.hints import Hints
from warehouse.records import Capture

_DETAIL_ADDRESS = re.compile(
    r"/t\d{8}_\d+\.s?html?$|/content_\d+\.html?$|/art_\w+\.html$|/post_\d+\.html$|/[0-9a-f]{32}\.shtml$", re.I
)
_ARTICLE_META = re.compile(
    r"""<meta[^>]+(?:name|property)\s*=\s*["'](?:ArticleTitle|PubDate|article:published_time|citation_title)["']""",
    re.I,
)
_MOSTLY_ROWS, _PARTLY_ROWS = 0.45, 0.25  # shares of a page's text that stand in rows
_LITTLE_TEXT = 2_500  # characters of running text that a list page may have beside its rows
_LONG = 120  # characters of a paragraph that belongs to running text


def looks_like_list(body: bytes, capture: Capture, hints: Hints, platform: str) -> bool:
    """Whether the page's main matter is links to other pages rather than text of its own."""
    url = capture.final_url or capture.url
    if capture.entry is not None or _DETAIL_ADDRESS.search(url):
        return False
    source = decode(body)
    if platform == "gkmlpt":
        return "DETAIL" not in source
    if _ARTICLE_META.search(source[:20_000]):
        return False
    page = open_page(source, url)
    if hints.list_selectors.get("item") and page.tree.css_first(hints.list_selectors["item"]):
        return True
    return _mostly_links(page)


def _mostly_links(page: Page) -> bool:
    container = find_container(page)
    if container:
        text = sum(len(line) for line in container[2])
        linked = sum(len(tag.text(deep=True)) for tag in container[1].css("a"))
        if text >= 200 and linked * 2 < text and container[0].startswith("#"):
            return False
    found = find_list(page)
    if len(found.entries) < 3:
        return False
    titles = sum(len(entry.title or "") for entry in found.entries)
    lengths = [len(node.text(deep=True).strip()) for node in page.tree.css("p")]
    running = sum(length for length in lengths if length >= _LONG)
    if found.dated >= 5 and found.dated * 2 >= len(found.entries):
        in_rows = found.covered >= _MOSTLY_ROWS or (found.covered >= _PARTLY_ROWS and running < _LITTLE_TEXT)
        return in_rows or titles > running
    return titles > running and running < _LITTLE_TEXT
