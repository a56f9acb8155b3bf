"""Scrapy's scheduler over the leased frontier: it asks a host when its pace allows, and only what is due."""

from __future__ import annotations

import asyncio
import base64
import time
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from scrapy.core.scheduler import BaseScheduler
from scrapy.http import Request

from crawlers.settings import TIMEOUT_SECONDS
from crawlers.spiders.requests import LIST_ROLES, START, host_of
from crawlers.spiders.round import Round
from crawlers.spiders.sources import SourcesSpider
from warehouse.crawl_state.work import Leased

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.core.engine import ExecutionEngine
    from scrapy.crawler import Crawler

_T = TypeVar("_T")
BATCH = 20  # leases taken for a host at once
NEAR = timedelta(minutes=2)  # a retry due within this is waited for
REFRESH_SECONDS = 0.25
IDLE_COMMIT_SECONDS = 0.05  # an unfinished group waits no longer than this


class FrontierScheduler(BaseScheduler):
    """One queue a host, filled by leases; redirects come back through `enqueue_request` and go first."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._spider: SourcesSpider
        self._round: Round
        self._engine: ExecutionEngine
        self._queues: dict[str, deque[Request]] = {}
        self._due: set[str] = set()  # hosts with addresses to lease
        self._stale = True
        self._refreshed = 0.0
        self._wake: asyncio.TimerHandle | None = None
        self._next: datetime | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> FrontierScheduler:
        """Made by Scrapy."""
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        """Begin with the round that the spider carries."""
        assert isinstance(spider, SourcesSpider)
        assert self._crawler.engine is not None
        self._spider, self._round, self._engine = spider, spider.round, self._crawler.engine
        self._round.on_commit.append(self._committed)

    def close(self, reason: str) -> None:
        """Forget the queues; the round gives their leases back."""
        if self._wake is not None:
            self._wake.cancel()

    def enqueue_request(self, request: Request) -> bool:
        """Take the continuation of a leased request, such as the target of a redirect."""
        self._round.came_back(request.meta)
        self._queues.setdefault(host_of(request.url), deque()).appendleft(request)
        return True

    def has_pending_requests(self) -> bool:
        """Whether anything is queued, uncommitted, due now, or due soon enough to wait for."""
        return bool(self._guarded(self._pending))

    def _pending(self) -> bool:
        self._round.commit()
        self._drop_halted()
        if any(self._queues.values()):
            return True
        self._refresh(force=True)
        if not self._due and self._round.state.release_dead():
            self._refresh(force=True)  # a run that was killed just before we began
        return bool(self._due) or (self._next is not None and self._next - self._round.moment() <= NEAR)

    def next_request(self) -> Request | None:
        """A request whose host is ready, or None with a wake-up call ordered."""
        request = self._guarded(self._next_ready)
        if request is None:
            if self._round.fatal is None:
                self._order_wake()
            return None
        host = host_of(request.url)
        self._round.pace_of(host).leave(time.monotonic())
        self._round.leaves(request.meta["leased"].source_id)
        request.meta["busy"] = host
        return request

    def _next_ready(self) -> Request | None:
        request = self._pick()
        if request is None and not self._engine.downloader.active:
            self._round.commit()
            self._refresh(force=self._stale)
            request = self._pick()
        return request

    def _guarded(self, step: Callable[[], _T]) -> _T | None:
        """The step's result; an error (a full disk) ends the round, where Scrapy would log it and go on."""
        if self._round.fatal is None:
            try:
                return step()
            except Exception as error:
                self._round.fatal = error
        return None

    def _pick(self) -> Request | None:
        self._refresh()
        now = time.monotonic()
        for host in list(dict.fromkeys((*self._queues, *self._due))):
            if not self._round.pace_of(host).ready(now):
                continue
            queue = self._queues.setdefault(host, deque())
            if not queue:
                self._fill(host, queue)
            while queue:
                request = queue.popleft()
                if self._wanted(request):
                    self._queues[host] = self._queues.pop(host)  # hosts take turns
                    return request
            self._queues.pop(host, None)
        return None

    def _drop_halted(self) -> None:
        """Forget queued requests of halted sources, whose leases went back: their host may rest for hours."""
        for host, queue in self._queues.items():
            left = (one for one in queue if one.meta["leased"].source_id not in self._round.halted)
            self._queues[host] = deque(left)

    def _wanted(self, request: Request) -> bool:
        """A queued request of a source that was halted meanwhile, or ran out of its budget, is dropped."""
        leased: Leased = request.meta["leased"]
        if leased.source_id in self._round.halted:
            return False
        if request.meta.get("redirects"):
            return self._round.has_budget(leased.source_id) or self._give_back(leased)
        if not self._round.may_ask(self._round.sources[leased.source_id]):
            return self._give_back(leased)
        if leased.role == "detail" and leased.last_sha256 is None:
            left = self._round.details_left.get(leased.source_id)
            if left is not None and left <= 0:
                return self._give_back(leased)
            if left is not None:
                self._round.details_left[leased.source_id] = left - 1
        return True

    def _give_back(self, leased: Leased) -> bool:
        """Undo a lease that cannot be used; always False."""
        self._round.state.frontier.release(self._round.job.run_id, leased.source_id, [leased.url])
        self._stale = True
        return False

    def _fill(self, host: str, queue: deque[Request]) -> None:
        if host not in self._due:
            return
        self._round.heed_others(host)
        delay = max(self._round.pace_of(host).delay, self._round.pace_of(host).crawl_delay)
        lease = self._round.home.settings.crawl.lease_seconds
        limit = max(1, min(BATCH, int(lease / (2 * delay)) if delay else BATCH))
        for sources, roles in self._wishes():
            taken = self._round.state.frontier.lease(
                self._round.job.run_id,
                host,
                sources,
                roles,
                self._round.moment(),
                time.time() + lease,
                limit,
                news_only=self._news_only,
            )
            queue.extend(self._request(item) for item in taken)
            if len(taken) >= limit:
                return
        self._due.discard(host)
        self._stale = True

    def _wishes(self) -> list[tuple[list[str], tuple[str, ...]]]:
        """Sources that may still fetch, with the roles their budgets allow."""
        full: list[str] = []
        files: list[str] = []
        for name, source in self._round.sources.items():
            if not self._round.may_ask(source):
                continue
            enough = self._round.details_left.get(name, 1) <= 0
            (files if enough else full).append(name)
        wishes: list[tuple[list[str], tuple[str, ...]]] = []
        if full:
            wishes.append((full, ("detail", "attachment", *LIST_ROLES)))
        if files:
            wishes.append((files, ("attachment",)))
        return wishes

    @property
    def _news_only(self) -> int | None:
        return START - 1 if self._round.job.watch else None  # lists that lead to lists are one below

    def _request(self, leased: Leased) -> Request:
        source = self._round.sources[leased.source_id]
        headers = dict(self._round.headers)
        headers.update(leased.request.get("headers", {}))
        method = leased.request.get("method", "GET")
        known = leased.last_sha256 is not None and leased.gone_count == 0
        if method == "GET" and known and leased.unconfirmed is None:
            if leased.etag:
                headers["If-None-Match"] = leased.etag
            if leased.last_modified:
                headers["If-Modified-Since"] = leased.last_modified
        return Request(
            leased.request.get("url", leased.url),
            callback=self._spider.answered,
            errback=self._spider.broke,
            method=method,
            body=base64.b64decode(leased.request.get("body", "")),
            headers=headers,
            meta={"leased": leased, "source": source, "download_timeout": TIMEOUT_SECONDS},
            dont_filter=True,
        )

    def _refresh(self, force: bool = False) -> None:
        """Look into the frontier for hosts with due addresses, not more often than useful."""
        now = time.monotonic()
        if not force and not (self._stale and now - self._refreshed >= REFRESH_SECONDS):
            return
        moment = self._round.moment()
        self._due, self._next = set(), None
        for sources, roles in self._wishes():
            due = self._round.state.frontier.hosts_due(sources, roles, moment, news_only=self._news_only)
            self._due.update(due)
            soonest = self._round.state.frontier.next_retry(sources, roles, moment, news_only=self._news_only)
            if soonest is not None and (self._next is None or soonest < self._next):
                self._next = soonest
        self._stale, self._refreshed = False, now

    def _committed(self) -> None:
        self._stale = True

    def _order_wake(self) -> None:
        """Have the engine ask again when the next host is ready, the group is old or a retry falls due."""
        if self._wake is not None:
            return
        now = time.monotonic()
        waits = [
            max(pace.not_before - now, 0.001)
            for host in (*self._queues, *self._due)
            if not (pace := self._round.pace_of(host)).busy
        ]
        if self._round.pending:
            waits.append(IDLE_COMMIT_SECONDS)
        if self._stale:
            waits.append(REFRESH_SECONDS)
        if self._next is not None:
            waits.append(max((self._next - self._round.moment()).total_seconds(), 0.01))
        if waits:
            self._wake = asyncio.get_running_loop().call_later(min(*waits, 5.0), self._awake)

    def _awake(self) -> None:
        self._wake, self._stale = None, True
        if self._round.pending:
            self._guarded(self._round.commit)
        slot = self._engine._slot  # there is no public way to say that a request has become ready
        if slot is not None:
            slot.nextcall.schedule()
