"""Redirects followed by us: only inside the source's scope, never to an address literal, at most five."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response

from crawlers.politeness.addresses import is_address

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MAX_REDIRECTS = 5


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
        target = response.headers.get(b"Location")
        if response.status not in REDIRECTS or not target or request.meta.get("recorded"):
            return response
        url = urljoin(request.url, target.decode("utf-8", "replace").strip())
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

    def _check(self, request: Request, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise OutOfScope(f"redirect from {request.url} to {url}, which is no web address")
        if is_address(parts.hostname):
            raise OutOfScope(f"redirect from {request.url} to the bare address {parts.hostname}")
        source = request.meta.get("source")
        if source is not None and not request.meta.get("gate") and not source.covers(url):
            raise OutOfScope(f"redirect from {request.url} leaves the source: {url}")
