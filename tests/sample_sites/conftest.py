"""One running set of sample sites and a plain client for them."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest

from crawlers import sample_sites
from crawlers.sample_sites import SampleServer


@cache
def truth(day: int) -> dict[str, Any]:
    """The whole sample on one day, computed once for all tests, which only read it."""
    return sample_sites.truth(day)


@dataclass(frozen=True)
class Reply:
    """An answer as it came over the wire."""

    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


Get = Callable[..., Reply]


@pytest.fixture
def server() -> Iterator[SampleServer]:
    with SampleServer() as running:
        yield running


@pytest.fixture
def get(server: SampleServer) -> Get:
    """GET a full address of a sample host, optionally with request headers."""

    def fetch(url: str, **headers: str) -> Reply:
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(*server.addresses[parts.netloc], timeout=10)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", target, headers={"Host": parts.netloc, **headers})
        answer = connection.getresponse()
        reply = Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        connection.close()
        return reply

    return fetch
