"""The robots gate: every request of a host waits for one fetch of its robots.txt, then reads the rules.

Scrapy 2.19's own middleware lets the third and later of several first requests through before the rules are
known, fetches on when robots.txt answers 503 and does not act on Crawl-delay; this gate does not.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request

from crawlers.politeness.rules import MAX_BYTES, RobotsText
from crawlers.politeness.scope import OutOfScope
from crawlers.spiders.bodies import BadBody, plain_body
from crawlers.spiders.failures import NETWORK_ERRORS
from warehouse.crawl_state.cards import instant
from warehouse.identity import sha256

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawlers.spiders.round import Round

PRODUCT = "govbrief"
KEPT_FOR = timedelta(hours=24)
RETRIES = (
    0.5,
    1.0,
)  # seconds before a failing robots.txt is asked once more; a Retry-After is obeyed instead


class RobotsForbid(IgnoreRequest):
    """The host's rules forbid the address."""


class RobotsUnknown(IgnoreRequest):
    """The host could not say what it allows (5xx, timeout): nothing is fetched until it can."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host allows; `unknown` says why we do not know."""

    parsed: RobotsText | None
    unknown: str = ""
    passing: bool = False  # a failure that may be over in a moment

    def allow(self, url: str, agent: str = PRODUCT) -> bool:
        """Whether the address may be fetched; RFC 9309: no rules means yes."""
        return self.parsed is None or self.parsed.allows(url, agent)

    def crawl_delay(self, agent: str = PRODUCT) -> float | None:
        """The Crawl-delay that holds for us."""
        return self.parsed.delay(agent) if self.parsed else None


def read_rules(status: int, body: bytes) -> Rules:
    """Rules of an answer: 2xx are parsed, other 4xx mean none were made, 429 and 5xx mean wait."""
    if 200 <= status < 300:
        return Rules(RobotsText.parse(body))
    if 400 <= status < 500 and status != 429:
        return Rules(None)
    return Rules(None, f"robots.txt answers {status}", passing=status >= 500)


class RobotsGate:
    """Downloader middleware; `rules` is asked by every request, fetched once a host."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._asked: dict[str, asyncio.Task[Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsGate:
        """Made by Scrapy."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Hold the request until the rules are known, then let it pass or refuse it."""
        if request.meta.get("gate") or request.meta.get("recorded"):
            return
        rules = await self._rules(request)
        if rules.unknown:
            raise RobotsUnknown(f"{rules.unknown}; RFC 9309 asks to wait")
        if not rules.allow(request.url):
            raise RobotsForbid(f"robots.txt of {urlsplit(request.url).netloc} forbids {request.url}")

    async def _rules(self, request: Request) -> Rules:
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        task = self._asked.get(origin)
        if task is None:
            task = asyncio.ensure_future(self._learn(origin, request))
            self._asked[origin] = task
        return await asyncio.shield(task)

    async def _learn(self, origin: str, request: Request) -> Rules:
        current: Round = self._crawler.spider.round  # type: ignore[union-attr]
        kept = current.state.robots(origin)
        fresh = kept is not None and current.now() - instant(kept["fetched_at"]) < KEPT_FOR
        if kept is not None and fresh:
            rules = read_rules(kept["status"], kept["body"])
        else:
            rules = await self._fetch(origin, request, current)
            for pause in RETRIES:
                if not rules.passing:
                    break
                await asyncio.sleep(pause)
                rules = await self._fetch(origin, request, current)
        current.pace_of(urlsplit(origin).netloc).obey(rules.crawl_delay())
        return rules

    async def _fetch(self, origin: str, request: Request, current: Round) -> Rules:
        meta = {"gate": True, "source": request.meta.get("source"), "download_timeout": 30.0}
        asking = Request(f"{origin}/robots.txt", headers=current.headers, meta=meta)
        current.count(request.meta["leased"].source_id, requests=1)
        try:
            answer = await self._crawler.engine.download_async(asking)
            body = plain_body(answer.body, answer.headers.get(b"Content-Encoding"), MAX_BYTES * 4)
        except OutOfScope as refusal:
            return Rules(None, f"robots.txt: {refusal}")
        except (*NETWORK_ERRORS, BadBody) as error:
            return Rules(None, f"robots.txt cannot be fetched ({type(error).__name__})")
        rules = read_rules(answer.status, body)
        if answer.headers.get(b"Retry-After"):
            rules = replace(rules, passing=False)
        if not rules.unknown:
            current.state.keep_robots(origin, current.now(), answer.status, sha256(body), body)
        return rules
