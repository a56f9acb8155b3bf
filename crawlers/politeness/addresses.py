"""Name resolution that never leads a crawler into a private network."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.resolver import CachingThreadedResolver
from twisted.internet import defer
from twisted.internet.error import DNSLookupError

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase
    from twisted.internet.defer import Deferred


class PublicResolver(CachingThreadedResolver):
    """Scrapy's caching resolver; a name that leads to a private or loopback address does not resolve.

    The library's own proxy may well be in its private network; it alone is looked up freely.
    """

    proxy_host = ""

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Made by Scrapy."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.proxy_host = urlsplit(crawler.settings["PROXY"] or "").hostname or ""
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:
        """Look a name up; the failure of a non-public one names it."""
        if is_address(name):
            return defer.succeed(name)  # not a name; the download handler judged it
        answer: Deferred[str] = super().getHostByName(name, timeout)
        return answer if name == self.proxy_host else answer.addCallback(_public, name)


def is_public(address: str) -> bool:
    """Whether an IP address is reachable by everybody."""
    return ipaddress.ip_address(address).is_global


def is_address(host: str) -> bool:
    """Whether a host is written as an IP address, so that no resolver would ever see it."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _public(address: str, name: str) -> str:
    if not is_public(address):
        raise DNSLookupError(f"{name} leads to the non-public address {address}")
    return address
