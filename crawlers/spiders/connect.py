"""The download handler: Scrapy's own, with sample hosts led to loopback as `curl --resolve` does.

A source's key is put on here, at the very end of our side of the way, and taken out of the answer at its
beginning: nobody before or behind ever sees it (see crawlers/credential.py).

Behind a proxy it is the proxy that resolves names; an address that is written in numbers and leads into a
private network is refused all the same.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit, urlunsplit

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import CannotResolveHostError

from crawlers.politeness.addresses import is_address, is_public
from crawlers.spiders.keys import cleaned, key_for, signed, without_key

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Request, Response


class ResolvingHandler(HTTP11DownloadHandler):
    """Connects where `RESOLVE` says; Host header and recorded addresses stay those of the site."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._proxy: str = crawler.settings["PROXY"] or ""
        self._resolve: dict[str, tuple[str, int]] = crawler.settings.getdict("RESOLVE")

    async def download_request(self, request: Request) -> Response:
        """The answer, under the address that was asked for."""
        key = key_for(request)
        if key is None:
            return await self._sent(request)
        local, https = self._place(request.url) is not None, request.url.startswith("https://")
        try:
            answer = await self._sent(signed(request, key, private=https or local))
        except Exception as error:
            without_key(error, key)
            raise
        return cleaned(answer.replace(url=request.url), key)

    def _place(self, url: str) -> tuple[str, int] | None:
        """Where a host of the sample lies on this machine."""
        parts = urlsplit(url)
        return self._resolve.get(parts.netloc) or self._resolve.get(parts.hostname or "")

    async def _sent(self, request: Request) -> Response:
        parts, place = urlsplit(request.url), self._place(request.url)
        if place is None:
            if is_address(parts.hostname or "") and not is_public(parts.hostname or ""):
                raise CannotResolveHostError(f"{parts.hostname} is no public address")
            if self._proxy and "proxy" not in request.meta:
                request = through(request, self._proxy)
            return await super().download_request(request)
        url = urlunsplit(("http", f"{place[0]}:{place[1]}", parts.path, parts.query, ""))
        sent = request.replace(url=url, headers={**request.headers, "Host": parts.netloc})
        answer = await super().download_request(sent)
        return answer.replace(url=request.url)


def through(request: Request, proxy: str) -> Request:
    """The request by way of the proxy; a name and password in its address become a header for it alone."""
    parts = urlsplit(proxy)
    headers = dict(request.headers)
    if parts.username:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        headers["Proxy-Authorization"] = b"Basic " + base64.b64encode(pair)
    place = urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], "", "", ""))
    return request.replace(headers=headers, meta={**request.meta, "proxy": place})
