"""Redirects followed by us: only inside the source's scope, never to an address literal, at most five.

An address that answers with a signed link instead of its file (the laws database) counts as one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response

from crawlers.platforms import PLATFORMS
from crawlers.politeness.addresses import is_address
from crawlers.spiders.bodies import BadBody, plain_body

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MAX_REDIRECTS = 5
_MOST_OF_A_LINK = 100_000  # bytes of an answer that is nothing but a link


class OutOfScope(IgnoreRequest):
    """A redirect leads where the source does not reach; the message names the target."""


class ScopedRedirects:
    """Downloader middleware that turns a redirect into the next request, or refuses it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ScopedRedirects:
        """Made by Scrapy."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """The answer itself, or the request that follows it."""
        if request.meta.get("recorded"):
            return response
        target = _target(request, response)
        if not target:
            return response
        self._count(request)
        url = urljoin(request.url, target)
        hops = request.meta.get("redirects", 0) + 1
        if hops > MAX_REDIRECTS:
            raise OutOfScope(
                f"more than {MAX_REDIRECTS} redirects from {request.meta.get('asked', request.url)}"
            )
        self._check(request, url)
        meta = {**request.meta, "redirects": hops, "asked": request.meta.get("asked", request.url)}
        meta.pop("download_slot", None)
        if response.status in {307, 308}:
            return request.replace(url=url, meta=meta)
        return request.replace(url=url, meta=meta, method="GET", body=b"")

    def _count(self, request: Request) -> None:
        """An answer that only leads on was a request too; the last one of a chain is counted by its judge."""
        source = request.meta.get("source")
        if source is not None:
            self._crawler.spider.round.count(source.id, requests=1)  # type: ignore[union-attr]

    def _check(self, request: Request, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise OutOfScope(f"redirect from {request.url} to {url}, which is no web address")
        if is_address(parts.hostname):
            raise OutOfScope(f"redirect from {request.url} to the bare address {parts.hostname}")
        source = request.meta.get("source")
        if source is not None and not request.meta.get("gate") and not source.covers(url):
            raise OutOfScope(f"redirect from {request.url} leaves the source: {url}")


def _target(request: Request, response: Response) -> str | None:
    """Where an answer sends us, by its header or, for a file, by the link it hands out."""
    if response.status in REDIRECTS:
        return (response.headers.get(b"Location") or b"").decode("utf-8", "replace").strip()
    leased, source = request.meta.get("leased"), request.meta.get("source")
    if response.status != 200 or source is None or leased is None or leased.role != "attachment":
        return None
    file_behind = getattr(PLATFORMS[source.platform], "file_behind", None)
    if file_behind is None or "redirects" in request.meta:
        return None
    try:
        body = plain_body(response.body, response.headers.get(b"Content-Encoding"), _MOST_OF_A_LINK)
    except BadBody:
        return None
    link: str | None = file_behind(body, request.url) if body.lstrip()[:1] == b"{" else None
    return link
