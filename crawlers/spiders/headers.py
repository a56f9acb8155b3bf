"""What an answer's headers and address say: one value of a header, what to ask by later, what was asked."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from scrapy.http import Response

from crawlers.platforms.asked import with_sent
from warehouse.crawl_state.work import Leased

if TYPE_CHECKING:
    from crawlers.spiders.lists import ListReading


def header(response: Response, name: str) -> str | None:
    """The header's value as text."""
    value = response.headers.get(name)
    return None if value is None else value.decode("latin-1")


def marks(response: Response, reading: ListReading | None = None) -> dict[str, str | None]:
    """What a later request may ask by; nothing for a list that has to come whole."""
    if reading is not None and reading.needs_whole:
        return {"etag": None, "last_modified": None}
    return {"etag": header(response, "ETag"), "last_modified": header(response, "Last-Modified")}


def asked_address(leased: Leased, url: str) -> str:
    """The address as a reader is told it: that of a POST carries what was sent, which names the page."""
    return with_sent(url, base64.b64decode(leased.request.get("body", "")))
