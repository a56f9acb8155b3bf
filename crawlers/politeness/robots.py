"""The robots gate: every request of a host waits for one fetch of its robots.txt, then reads the rules.

Scrapy 2.19's own middleware lets the third and later of several first requests through before the rules are
known, fetches on when robots.txt answers 503 and does not act on Crawl-delay; this gate does not.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request

from crawlers.politeness.challenge import retry_after
from crawlers.politeness.pace import MAX_CRAWL_DELAY
from crawlers.politeness.rules import MAX_BYTES, RobotsText
from crawlers.politeness.scope import OutOfScope
from crawlers.spiders.bodies import BadBody, plain_body
from crawlers.spiders.failures import NETWORK_ERRORS, name_failure
from crawlers.spiders.headers import header
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
    """The host could not say what it allows (429, 5xx): nothing is fetched until it can."""

    def __init__(self, sentence: str, wait: timedelta | None = None) -> None:
        super().__init__(sentence)
        self.wait = wait  # what a Retry-After asks for


class RobotsUnreachable(IgnoreRequest):
    """No answer came from the host, not even to robots.txt: the way there is broken, or our own network."""

    def __init__(self, sentence: str, code: str) -> None:
        super().__init__(sentence)
        self.code = code  # of crawlers/spiders/failures.py


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host allows; `unknown` says why we do not know."""

    parsed: RobotsText | None
    unknown: str = ""
    passing: bool = False  # a failure that may be over in a moment
    wait: timedelta | None = None  # what a Retry-After asks for
    lost: str = ""  # code of the network failure that kept the answer from us

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
        self._fetched: set[str] = set()  # hosts whose robots.txt took the turn of the page that waits for it

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsGate:
        """Made by Scrapy."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Hold the request until the rules are known, then let it pass or refuse it."""
        if request.meta.get("gate") or request.meta.get("recorded"):
            return
        rules, host = await self._rules(request), urlsplit(request.url).netloc
        if rules.lost:
            raise RobotsUnreachable(rules.unknown, rules.lost)
        if rules.unknown:
            raise RobotsUnknown(f"{rules.unknown}; RFC 9309 asks to wait", rules.wait)
        if not rules.allow(request.url):
            raise RobotsForbid(f"robots.txt of {host} forbids {request.url}")
        if host in self._fetched:
            self._fetched.discard(host)
            await self._turn(host)

    async def _turn(self, host: str, pause: float = 0.0) -> None:
        """Wait until the host's pace lets another request go on the connection that is taken."""
        pace = self._crawler.spider.round.pace_of(host)  # type: ignore[union-attr]
        await asyncio.sleep(max(pause, pace.not_before - time.monotonic()))
        pace.sent(time.monotonic())

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
        kept, host = current.state.robots(origin), urlsplit(origin).netloc
        age = None if kept is None else current.now() - instant(kept["fetched_at"])
        if kept is not None and age is not None and timedelta() <= age < KEPT_FOR:  # none from the future
            rules = read_rules(kept["status"], kept["body"])
        else:
            self._fetched.add(host)
            rules = await self._fetch(origin, request, current)
            for pause in RETRIES:
                if not rules.passing:
                    break
                await self._turn(host, pause)
                rules = await self._fetch(origin, request, current)
        asked = rules.crawl_delay()
        current.pace_of(host).obey(asked)
        if asked and asked > MAX_CRAWL_DELAY:
            said = f"robots.txt of {host} asks for {asked:g} seconds between requests"
            current.remark(request.meta["leased"].source_id, f"{said}, {MAX_CRAWL_DELAY:g} are kept")
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
        except NETWORK_ERRORS as error:
            code, sentence = name_failure(error)
            said = f"robots.txt of {urlsplit(origin).netloc} cannot be fetched: {sentence} ({code})"
            return Rules(None, said, passing=True, lost=code)
        except BadBody as error:
            return Rules(None, f"robots.txt cannot be read ({error.code})")
        rules = read_rules(answer.status, body)
        if answer.headers.get(b"Retry-After"):
            wait = retry_after(header(answer, "Retry-After"), current.now())
            rules = replace(rules, passing=False, wait=wait)
        if not rules.unknown:
            current.state.keep_robots(origin, current.now(), answer.status, sha256(body), body)
        return rules
