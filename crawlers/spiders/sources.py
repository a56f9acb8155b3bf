"""The one spider: it hands list pages to the platform, archives every page, and names what went wrong."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

from scrapy import Spider
from scrapy.exceptions import CloseSpider
from scrapy.http import Response

from crawlers.extraction.obstacles import missing_page
from crawlers.platforms.asked import with_sent
from crawlers.politeness.challenge import REFUSING, is_challenge, retry_after
from crawlers.politeness.robots import RobotsForbid, RobotsUnknown
from crawlers.politeness.scope import OutOfScope
from crawlers.source import SourceFile
from crawlers.spiders import outcomes
from crawlers.spiders.bodies import BadBody, archived_body, plain_body
from crawlers.spiders.failures import name_failure
from crawlers.spiders.lists import ListReading, read_list
from crawlers.spiders.requests import LIST_ROLES, found_files
from crawlers.spiders.round import Round
from warehouse.crawl_state.work import Found, Leased
from warehouse.errors import EnvironmentProblem
from warehouse.identity import capture_id, sha256
from warehouse.records import Capture, Problem

THROTTLED = "throttled"  # a platform says so of an answer that looks like an empty list
THROTTLE_WAIT = timedelta(hours=1)
SHORT_WAIT = timedelta(minutes=2)  # a Retry-After up to this is waited for within the round


class SourcesSpider(Spider):
    """Answers of leased addresses become outcomes; the scheduler is the only one who asks."""

    name = "sources"

    def __init__(self, round: Round, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.round = round

    async def start(self) -> AsyncIterator[Any]:
        """Nothing: every request comes from the frontier."""
        return
        yield

    def answered(self, response: Response) -> None:
        """Callback of every leased address; its host is asked again only when the answer has been judged."""
        leased: Leased = response.meta["leased"]
        try:
            if leased.source_id not in self.round.halted:  # else its lease went back with the others
                self.round.count(leased.source_id, requests=1, bytes=len(response.body))
                self._judge(leased, self.round.sources[leased.source_id], response)
        except EnvironmentProblem as problem:
            self._stop(problem)
        finally:
            self.round.came_back(response.meta)

    def broke(self, failure: Any) -> None:
        """Errback of every leased address: refusals of our own and failures of the network."""
        leased: Leased = failure.request.meta["leased"]
        self.round.came_back(failure.request.meta)
        if leased.source_id in self.round.halted:
            return
        try:
            self._refuse_or_fail(leased, failure.value)
        except EnvironmentProblem as problem:
            self._stop(problem)

    def _judge(self, leased: Leased, source: SourceFile, response: Response) -> None:
        now, status = self.round.now(), response.status
        breaker = self.round.breakers[source.id]
        if status in REFUSING:
            wait = retry_after(_header(response, "Retry-After"), now)
            self._blocked(leased, f"{leased.url} answers {status}", wait)
        elif status == 304:
            breaker.succeeded()
            self._unchanged(leased)
        elif status in {404, 410}:
            breaker.succeeded()
            self._gone(leased, status)
        elif status >= 500:
            self._server_failure(leased, f"http-{status}", retry_after(_header(response, "Retry-After"), now))
        elif 200 <= status < 300:
            self._plain(leased, source, response)
        else:
            self.round.count(source.id, failures=1)
            self.round.note(source.id, f"{leased.url} answers {status}")
            self.round.settle(outcomes.refused(leased, f"http-{status}", now))

    def _plain(self, leased: Leased, source: SourceFile, response: Response) -> None:
        encoding = response.headers.get(b"Content-Encoding")
        try:
            body = plain_body(response.body, encoding, self.round.home.settings.crawl.max_body_bytes)
        except BadBody as problem:
            self._bad_body(leased, problem)
            return
        media_type = (_header(response, "Content-Type") or "").split(";")[0].strip().lower()
        if leased.role != "attachment" and is_challenge(media_type, body):
            self._blocked(leased, f"{leased.url} answers with a challenge page", None)
            return
        self.round.breakers[source.id].succeeded()
        if "html" in media_type and missing_page(body):
            self._gone(leased, 404)  # whatever the status says
            return
        reading = None
        if leased.role in LIST_ROLES:
            self.round.lists_seen.add((source.id, leased.url))
            reading = self._read_list(leased, source, _asked(leased, response.url), body)
            if any(problem.code == THROTTLED for problem in reading.problems):
                self._server_failure(leased, THROTTLED, THROTTLE_WAIT)
                return
            self._count_list(source.id, leased, reading)
        payload = sha256(body)
        if payload == leased.last_sha256:
            self._unchanged(leased, reading, response)
            return
        capture = self._archive(leased, response, body, payload, media_type, encoding)
        self._fetched(leased, source, response, body, capture, reading)

    def _read_list(self, leased: Leased, source: SourceFile, url: str, body: bytes) -> ListReading:
        """The page's reading; a reader that fails on it costs this list, not the night."""
        try:
            return read_list(self.round, source, leased, url, body)
        except EnvironmentProblem:
            raise
        except Exception as error:
            self.logger.exception("the %s reader failed on %s", source.platform, url)
            problem = Problem(
                "reader-failed", f"the {source.platform} reader failed ({type(error).__name__})"
            )
            return ListReading((), (), 0, 0, True, None, (problem,))

    def _fetched(
        self,
        leased: Leased,
        source: SourceFile,
        response: Response,
        body: bytes,
        capture: Capture,
        reading: ListReading | None,
    ) -> None:
        found: tuple[Found, ...] = reading.found if reading else ()
        if leased.role == "detail":
            found = tuple(found_files(source, response.url, body, leased.url))
            first = leased.last_sha256 is None
            self.round.count(source.id, new_documents=int(first), changed=int(not first))
        self.round.count(source.id, fetched=1)
        self.round.settle(
            outcomes.fetched(
                leased,
                capture,
                self.round.now(),
                source.revisit_days,
                sha256=capture.sha256,
                **_marks(response, reading),
                found=found,
                listed=reading.listed if reading else (),
                missing=reading.missing if reading else None,
                withdrawn=reading.withdrawn if reading else (),
            )
        )

    def _archive(
        self,
        leased: Leased,
        response: Response,
        body: bytes,
        payload: str,
        media_type: str,
        encoding: bytes | None,
    ) -> Capture:
        at = self.round.now()
        raw = archived_body(response.body, body, encoding)
        headers = [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        ]
        url = str(leased.request.get("url", leased.url))
        place = self.round.writer.write_response(url, response.status, headers, raw, at)
        return Capture(
            capture_id=capture_id(leased.source_id, leased.url, at, payload),
            source_id=leased.source_id,
            run_id=self.round.job.run_id,
            url=url,
            final_url=response.url,
            fetched_at=at,
            status=response.status,
            media_type=media_type,
            sha256=payload,
            length=len(body),
            place=place,
            kind="fetched",
            role=leased.role,
            entry=leased.entry,
            parent_url=leased.parent_url,
        )

    def _count_list(self, source_id: str, leased: Leased, reading: ListReading) -> None:
        self.round.count(source_id, lists=1, entries=reading.entries, withdrawn=len(reading.withdrawn))
        for problem in reading.problems:
            self.round.note(source_id, f"{leased.url}: {problem.detail} ({problem.code})")

    def _unchanged(
        self, leased: Leased, reading: ListReading | None = None, response: Response | None = None
    ) -> None:
        self.round.count(leased.source_id, not_modified=1)
        if leased.role in LIST_ROLES and reading is None:
            self.round.lists_seen.add((leased.source_id, leased.url))
            self.round.count(leased.source_id, lists=1, entries=1)  # known entries, none of them new
        parts: dict[str, Any] = {}
        if reading is not None:
            parts = {"found": reading.found, "listed": reading.listed, "missing": reading.missing}
            parts["withdrawn"] = reading.withdrawn
        marks: dict[str, str | None] = {}
        if response is not None:
            marks = _marks(response, reading)
        revisit_days = self.round.sources[leased.source_id].revisit_days
        self.round.settle(outcomes.unchanged(leased, self.round.now(), revisit_days, marks, **parts))

    def _gone(self, leased: Leased, status: int) -> None:
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
            self.round.breakers[leased.source_id].refused(now, str(error), timedelta(hours=1))
            self.round.halt(leased.source_id, str(error))
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
                self.round.count(leased.source_id, requests=1)
                self._server_failure(leased, code, None, sentence)

    def _server_failure(
        self, leased: Leased, code: str, wait: timedelta | None, sentence: str | None = None
    ) -> None:
        source_id, moment = leased.source_id, self.round.moment()
        self.round.count(source_id, failures=1)
        self.round.note(source_id, f"{leased.url}: {sentence or 'the server failed'} ({code})")
        self.round.settle(outcomes.failed(leased, code, moment, self._pause(leased), wait))
        if wait is not None and wait <= SHORT_WAIT:
            self.round.wait(leased.host, wait.total_seconds())
        elif wait is not None:
            self.round.breakers[source_id].refused(self.round.now(), f"the site asks to wait {wait}", wait)
            self.round.halt(source_id, f"{leased.url}: the site asks to come back in {wait}")
            return
        if self.round.breakers[source_id].failed(self.round.now(), f"{leased.url}: {code}"):
            self.round.halt(
                source_id, f"{leased.url}: {code}; too many failures in a row, the breaker is open"
            )

    def _blocked(self, leased: Leased, sentence: str, wait: timedelta | None) -> None:
        self.round.count(leased.source_id, failures=1)
        self.round.breakers[leased.source_id].refused(self.round.now(), sentence, wait)
        self.round.halt(leased.source_id, sentence)

    def _pause(self, leased: Leased) -> float:
        return self.round.delay_of(self.round.sources[leased.source_id])

    def _stop(self, problem: EnvironmentProblem) -> None:
        self.round.fatal = problem
        raise CloseSpider("environment")


def _asked(leased: Leased, url: str) -> str:
    """The address as a reader is told it: that of a POST carries what was sent, which names the page."""
    return with_sent(url, base64.b64decode(leased.request.get("body", "")))


def _marks(response: Response, reading: ListReading | None) -> dict[str, str | None]:
    """What a later request may ask by; nothing for a list that has to come whole."""
    if reading is not None and reading.needs_whole:
        return {"etag": None, "last_modified": None}
    return {"etag": _header(response, "ETag"), "last_modified": _header(response, "Last-Modified")}


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return None if value is None else value.decode("latin-1")
