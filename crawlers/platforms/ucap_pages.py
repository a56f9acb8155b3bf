"""Document pages of UCAP (开普云) sites, and the number that their addresses carry."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from crawlers.extraction.charset import decode
from crawlers.extraction.gathered import Gathered
from crawlers.extraction.html import read_page
from crawlers.extraction.page import open_page, too_deep
from crawlers.platforms.hints import Hints
from warehouse.records import Entry

_HEX = re.compile(r"/([0-9a-f]{32})(?:/content)?\.s?html?$", re.I)
_COLUMN = re.compile(r"/(c\d{5,})/content\.s?html?$", re.I)


def page_number(url: str) -> str | None:
    """`1f0c…` of /c100010/202605/1f0c….shtml, `c7480123` of /c100028/c7480123/content.shtml."""
    path = urlsplit(url).path
    found = _HEX.search(path) or _COLUMN.search(path)
    return found[1].lower() if found else None


def parse_detail(body: bytes, url: str, hints: Hints, entry: Entry | None) -> Gathered | None:
    """The document page; its number stays when it moves to another column."""
    source = decode(body)
    if too_deep(source):
        return None
    gathered = read_page(open_page(source, url), hints.field_selectors)
    return replace(gathered, site_id=page_number(url))
