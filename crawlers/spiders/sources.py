"""The one spider: it hands list pages to the platform, archives every page, and names what went wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

from scrapy import Spider
from scrapy.exceptions import CloseSpider, IgnoreRequest
from scrapy.http import Response

from crawlers.extraction.obstacles import missing_page
from crawlers.politeness.challenge import REFUSING, retry_after
from crawlers.politeness.robots import RobotsForbid, RobotsUnknown, RobotsUnreachable
from crawlers.politeness.scope import OutOfScope
from crawlers.protection import Protection, protection_of
from crawlers.source import SourceFile
from crawlers.spiders import outcomes
from crawlers.spiders.bodies import BadBody, plain_body
from crawlers.spiders.failures import name_failure
from crawlers.spiders.headers import header
from crawlers.spiders.landings import REDIRECTED, Landings
from crawlers.spiders.pages import THROTTLED, Page, Pages
from crawlers.spiders.requests import LIST_ROLES, host_of
from crawlers.spiders.round import Round
from warehouse.crawl_state.work import Leased
from warehouse.errors import EnvironmentProblem

THROTTLE_WAIT = timedelta(hours=1)
ROBOTS_WAIT = timedelta(hours=1)  # after a robots.txt that could not say what it allows
ASK_AGAIN = frozenset({408, 425})  # statuses below 500 that speak of the moment, not of the address
SHORT_WAIT = timedelta(minutes=2)  # a Retry-After up to this is waited for within the round


class SourcesSpider(Spider):
    """Answers of leased addresses become outcomes; the scheduler is the only one who asks."""

    name = "sources"

    def __init__(self, round: Round, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.round = round
        self._pages = Pages(round)
        self._landings = Landings(round.state)

    async def start(self) -> AsyncIterator[Any]:
        """Nothing: every request comes from the frontier."""
        return
        yield

    def answered(self, response: Response) -> None:
        """Callback of every leased address; its host is asked again only when the answer has been judged."""
        leased: Leased = response.meta["leased"]
        try:
            self.round.count(leased.source_id, requests=1, bytes=len(response.body))
            if leased.source_id not in self.round.halted:  # else its lease went back with the others
                self._judge(leased, self.round.sources[leased.source_id], response)
        except EnvironmentProblem as problem:
            self._stop(problem)
        finally:
            self.round.came_back(response.meta)

    def broke(self, failure: Any) -> None:
        """Errback of every leased address: refusals of our own and failures of the network."""
        leased: Leased = failure.request.meta["leased"]
        self.round.came_back(failure.request.meta)
        if not isinstance(failure.value, IgnoreRequest):  # those never left
            self.round.count(leased.source_id, requests=1)
        if leased.source_id in self.round.halted:
            return
        try:
            self._refuse_or_fail(leased, failure.value)
        except EnvironmentProblem as problem:
            self._stop(problem)

    def _judge(self, leased: Leased, source: SourceFile, response: Response) -> None:
        now, status = self.round.now(), response.status
        clock = header(response, "Date"), header(response, "Age")
        self.round.measured.answered(source.id, leased.url, leased.role, status, *clock)
        if status in REFUSING:
            wait = retry_after(header(response, "Retry-After"), now)
            self._blocked(leased, f"{leased.url} answers {status}", wait)
            self._hold_host(leased, response, wait)
        elif (status == 304 or 200 <= status < 300) and self._landings.lost(leased, source, response.url):
            self.round.recovered(source.id)
            self._gone(leased, REDIRECTED)
        elif status == 304:
            self.round.recovered(source.id)
            settle = self._pages.list_unchanged if leased.role in LIST_ROLES else self._pages.unchanged
            settle(leased)
        elif status in {404, 410}:
            self.round.recovered(source.id)
            self._gone(leased, status)
        elif status >= 500 or status in ASK_AGAIN:
            wait = retry_after(header(response, "Retry-After"), now)
            self._server_failure(leased, f"http-{status}", wait)
            self._hold_host(leased, response, wait)
        elif 200 <= status < 300:
            self._plain(leased, source, response)
        else:
            self.round.count(source.id, failures=1)
            self.round.note(source.id, f"{leased.url} answers {status}")
            self.round.settle(outcomes.refused(leased, f"http-{status}", now))

    def _plain(self, leased: Leased, source: SourceFile, response: Response) -> None:
        limit = self.round.home.settings.crawl.max_body_bytes
        try:
            body = plain_body(response.body, response.headers.get(b"Content-Encoding"), limit)
        except BadBody as problem:
            self._bad_body(leased, problem)
            return
        media_type = (header(response, "Content-Type") or "").split(";")[0].strip().lower()
        if leased.role != "attachment" and "html" in media_type and (kind := protection_of(body)):
            self._protected(leased, kind)
            return
        self.round.recovered(source.id)
        if "html" in media_type and missing_page(body):
            self._gone(leased, 404)  # whatever the status says
        elif not self._pages.take(Page.of(leased, source, response, body, media_type)):
            self._server_failure(leased, THROTTLED, THROTTLE_WAIT)

    def _protected(self, leased: Leased, kind: Protection) -> None:
        """A script to run, or a refusal in place of a list, is the site's no; else one page may be odd."""
        in_list = leased.role in LIST_ROLES
        if kind == "busy":
            self._server_failure(leased, THROTTLED, THROTTLE_WAIT if in_list else None, "a plea to wait")
        elif kind == "script" or in_list:
            self._blocked(leased, f"{leased.url} answers with a challenge page", None)
        else:
            self._server_failure(leased, "challenge", None, "a page that refuses us")

    def _gone(self, leased: Leased, status: int | str) -> None:
        outcome = outcomes.gone(leased, status, self.round.now())
        self.round.count(leased.source_id, withdrawn=int(outcome.notice == "withdrawn"))
        if leased.last_sha256 is None or leased.role in LIST_ROLES:
            self.round.count(leased.source_id, failures=1)
            self.round.note(leased.source_id, f"{leased.url} answers {status}")
        self.round.settle(outcome)

    def _bad_body(self, leased: Leased, problem: BadBody) -> None:
        self.round.count(leased.source_id, failures=1)
        self.round.note(leased.source_id, f"{leased.url}: {problem.detail} ({problem.code})")
        if problem.code == "too-large":
            self.round.settle(outcomes.refused(leased, problem.code, self.round.now()))
        else:
            pause = self._pause(leased)
            self.round.settle(outcomes.failed(leased, problem.code, self.round.moment(), pause))

    def _refuse_or_fail(self, leased: Leased, error: BaseException) -> None:
        now = self.round.now()
        if isinstance(error, EnvironmentProblem):
            raise error
        if isinstance(error, RobotsUnknown):
            self.round.breakers[leased.source_id].refused(now, str(error), error.wait or ROBOTS_WAIT)
            self.round.halt(leased.source_id, str(error))
        elif isinstance(error, RobotsUnreachable):
            self._unreachable(leased, error)
        elif isinstance(error, (RobotsForbid, OutOfScope)):
            code = "robots" if isinstance(error, RobotsForbid) else "out-of-scope"
            self.round.note(leased.source_id, f"{error} ({code})")
            self.round.count(leased.source_id, failures=1)
            self.round.settle(outcomes.refused(leased, code, now))
        else:
            code, sentence = name_failure(error)
            if code == "too-large":
                self._bad_body(leased, BadBody(code, sentence))
            else:
                self._server_failure(leased, code, None, sentence)

    def _unreachable(self, leased: Leased, error: RobotsUnreachable) -> None:
        """Not even robots.txt came: a failure, no refusal. Where nothing else answers, the night is over."""
        source_id, counts = leased.source_id, self.round.counts(leased.source_id)
        self.round.count(source_id, failures=1)
        self.round.note(source_id, str(error))
        pause = self._pause(leased)
        self.round.settle(outcomes.failed(leased, error.code, self.round.moment(), pause))
        opened = self.round.breakers[source_id].failed(self.round.now(), str(error))
        if opened or not counts["fetched"] + counts["not_modified"]:
            self.round.halt(source_id, str(error))

    def _server_failure(
        self, leased: Leased, code: str, wait: timedelta | None, sentence: str | None = None
    ) -> None:
        source_id, moment = leased.source_id, self.round.moment()
        self.round.count(source_id, failures=1)
        self.round.note(source_id, f"{leased.url}: {sentence or 'the server failed'} ({code})")
        self.round.settle(outcomes.failed(leased, code, moment, self._pause(leased), wait))
        if wait is not None and wait > SHORT_WAIT:
            self.round.breakers[source_id].refused(self.round.now(), f"the site asks to wait {wait}", wait)
            self.round.halt(source_id, f"{leased.url}: the site asks to come back in {wait}")
            return
        if self.round.breakers[source_id].failed(self.round.now(), f"{leased.url}: {code}"):
            self.round.halt(
                source_id, f"{leased.url}: {code}; too many failures in a row, the breaker is open"
            )

    def _hold_host(self, leased: Leased, response: Response, wait: timedelta | None) -> None:
        """A Retry-After speaks for the host that answered, whichever of its sources asked."""
        host = host_of(response.url)
        if wait is not None and wait > SHORT_WAIT:
            self.round.hold_host(host, wait, leased.source_id)
        elif wait is not None:
            self.round.wait(host, wait.total_seconds())

    def _blocked(self, leased: Leased, sentence: str, wait: timedelta | None) -> None:
        self.round.count(leased.source_id, failures=1)
        self.round.breakers[leased.source_id].refused(self.round.now(), sentence, wait)
        self.round.halt(leased.source_id, sentence)

    def _pause(self, leased: Leased) -> float:
        return self.round.delay_of(self.round.sources[leased.source_id])

    def _stop(self, problem: EnvironmentProblem) -> None:
        self.round.fatal = problem
        raise CloseSpider("environment")
