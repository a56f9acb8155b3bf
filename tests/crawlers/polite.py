"""A small client for tests: it asks a loopback site, and its clock moves only when somebody sleeps."""

from __future__ import annotations

from typing import Any

from crawlers.probing.client import Client
from crawlers.settings import request_headers
from tests.crawlers.loopback import Site


class Ticking:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.at = 0.0

    def now(self) -> float:
        """Seconds slept so far."""
        return self.at

    def sleep(self, seconds: float) -> None:
        """Move on."""
        self.at += seconds


def client(site: Site, **changes: Any) -> Client:
    """Asks this site without delay."""
    return Client(request_headers("library@example.org"), 0.0, site.resolve, **changes)
