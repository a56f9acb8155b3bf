"""What a plain answer means: a list read, a page archived, a change asked for twice before it counts."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from scrapy.http import Response

from crawlers.comparing import ANOTHER_NIGHT, Said, decide, said_before, said_by, too_soon
from crawlers.source import SourceFile
from crawlers.spiders import outcomes
from crawlers.spiders.bodies import archived_body
from crawlers.spiders.headers import asked_address, header, marks
from crawlers.spiders.lists import CRASHED, ListReading, note_unread, read_list
from crawlers.spiders.requests import LIST_ROLES, found_files
from crawlers.spiders.round import Round
from warehouse.crawl_state.work import Found, Leased
from warehouse.errors import EnvironmentProblem, GovbriefError
from warehouse.identity import capture_id, sha256
from warehouse.records import ArchivePlace, Capture, Problem

THROTTLED = "throttled"  # a platform says so of an answer that looks like an empty list
SECOND_LOOK = timedelta(seconds=60)  # between the two fetches of a change; sample sites need none
_COMPARED_BYTES = 1_000_000  # larger answers are compared after the fetching, see crawlers/confirm.py
_COMPARED_TYPES = ("html", "json", "xml", "text/plain")

_NOWHERE = ArchivePlace("", 0, 0)  # of a card that only serves to be read

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Page:
    """One plain answer to a leased address, unpacked."""

    leased: Leased
    source: SourceFile
    response: Response
    body: bytes
    sha256: str
    media_type: str

    @classmethod
    def of(cls, leased: Leased, source: SourceFile, response: Response, body: bytes, media_type: str) -> Page:
        """The answer with its fingerprint."""
        return cls(leased, source, response, body, sha256(body), media_type)

    @property
    def comparable(self) -> bool:
        """Whether it is a page, and reading it costs little enough to be done between two requests."""
        if self.leased.role != "detail":
            return False
        return len(self.body) <= _COMPARED_BYTES and any(kind in self.media_type for kind in _COMPARED_TYPES)


class Pages:
    """Turns plain answers into outcomes of the round."""

    def __init__(self, current: Round) -> None:
        self.round = current

    def take(self, page: Page) -> bool:
        """Settle the answer; False when it is a list that in truth asks us to slow down."""
        leased, reading = page.leased, None
        if leased.role in LIST_ROLES:
            self.round.lists_seen.add((leased.source_id, leased.url))
            reading = self._read_list(page)
            if any(problem.code == THROTTLED for problem in reading.problems):
                return False
            self._count_list(leased, reading)
        if page.sha256 == leased.last_sha256 and not self._relisted(leased):
            self._same_bytes(page, reading)
        elif leased.role in ("detail", "attachment") and leased.last_sha256 is not None:
            self._known_page(page)
        else:
            self._store(page, reading)
        return True

    def unchanged(self, leased: Leased, marks: dict[str, str | None] | None = None, **parts: Any) -> None:
        """Settle an address that says what it said before."""
        self.round.count(leased.source_id, not_modified=1)
        ladder = self.round.sources[leased.source_id].revisit_days
        self.round.settle(outcomes.unchanged(leased, self.round.now(), ladder, marks or {}, **parts))

    def list_unchanged(self, leased: Leased) -> None:
        """Settle a list that answers 304: known entries, none of them new. Some are asked again, whole."""
        self.round.lists_seen.add((leased.source_id, leased.url))
        if self.round.measured.doubts(leased.source_id, leased.url):
            ladder = self.round.sources[leased.source_id].revisit_days
            nothing: dict[str, str | None] = {"etag": None, "last_modified": None}
            asked_so = outcomes.unchanged(leased, self.round.now(), ladder, nothing)
            self.round.settle(replace(asked_so, due_at=self.round.now()))
            return
        self.round.count(leased.source_id, lists=1, entries=1)
        self.unchanged(leased)

    def _relisted(self, leased: Leased) -> bool:
        """Whether a list now says of the document what no capture of it carries."""
        if leased.role != "detail" or leased.entry is None:
            return False
        known = self.round.state.last_good(leased.source_id, _address(leased))
        return known is not None and known.entry != leased.entry

    def _same_bytes(self, page: Page, reading: ListReading | None) -> None:
        dropped = {page.leased.unconfirmed: "dropped"} if page.leased.unconfirmed else {}
        self.unchanged(page.leased, marks(page.response, reading), standings=dropped, **_of_list(reading))

    def _store(self, page: Page, reading: ListReading | None) -> None:
        """Archive what was not known before, or is no document of its own."""
        leased, first = page.leased, page.leased.last_sha256 is None
        parts: dict[str, Any] = _of_list(reading)
        if leased.role == "detail":
            parts["found"] = self._files(page)
            self.round.count(leased.source_id, new_documents=int(first))
        self._settle_fetched(page, self._archive(page), marks(page.response, reading), parts)

    def _known_page(self, page: Page) -> None:
        """What was known before came with other bytes: nothing new, a first sight, or its confirmation."""
        leased, archive = page.leased, self.round.home.archive
        known = self.round.state.last_good(leased.source_id, _address(leased))
        old = said_before(archive, page.source, known) if page.comparable else None
        now_said = said_by(page.source, self._card(page), page.body) if page.comparable else None
        if leased.unconfirmed is not None:
            self._second_look(page, known, old, now_said)
        elif old is None or now_said is None or now_said.content != old.content:
            self.round.count(leased.source_id, fetched=1)
            self.round.settle(outcomes.unconfirmed(leased, self._archive(page), self._soon(page.source)))
        elif now_said.path != old.path or self.round.watches(leased):  # the same words: kept, but no news
            self._settle_fetched(page, self._archive(page), marks(page.response), {}, changed=False)
        else:
            self.unchanged(leased, marks(page.response))

    def _second_look(self, page: Page, known: Capture | None, old: Said | None, second: Said | None) -> None:
        """The second fetch of a change: it agrees, takes it back, or says a third thing."""
        first_id, now = str(page.leased.unconfirmed), self.round.now()
        first = self.round.state.capture(first_id)
        same = first is not None and first.sha256 == page.sha256
        said_first = said_before(self.round.home.archive, page.source, first) if second and not same else None
        decision = "changed" if same else decide(old, said_first, second)
        if decision == "unchanged":
            self.unchanged(page.leased, marks(page.response), standings={first_id: "dropped"})
        elif decision == "unsure":
            self._undecided(page, first_id, comparable=second is not None)
        elif first is not None and too_soon(known, first, self._card(page), old, second, now):
            self._too_little(page, first)
        elif first is not None and same:
            self._confirmed(page, first, {first_id: "good"})
        else:
            self._confirmed(page, self._archive(page), {first_id: "dropped"})

    def _too_little(self, page: Page, first: Capture) -> None:
        """Next to nothing is left of what was known: the next night has to say so too."""
        leased = page.leased
        self.round.count(leased.source_id, fetched=1)
        self.round.note(leased.source_id, f"{leased.url} lost nearly all it said (unconfirmed-change)")
        self.round.settle(outcomes.waiting(leased, first, first.fetched_at + ANOTHER_NIGHT))

    def _confirmed(self, page: Page, capture: Capture, standings: dict[str, str]) -> None:
        self.round.count(page.leased.source_id, changed=1)
        parts = {"found": self._files(page), "standings": standings}
        self._settle_fetched(page, capture, marks(page.response), parts)

    def _undecided(self, page: Page, first_id: str, *, comparable: bool) -> None:
        """Three answers, three contents: the latest waits; or both wait to be read after the fetching."""
        self.round.count(page.leased.source_id, fetched=1)
        self.round.note(
            page.leased.source_id,
            f"{page.leased.url} says something else at every visit (unconfirmed-change)",
        )
        ladder = page.source.revisit_days
        due, _ = outcomes.next_visit(page.leased, self.round.now(), ladder, changed=True)
        dropped = [first_id] if comparable else []
        self.round.settle(outcomes.unconfirmed(page.leased, self._archive(page), due, dropped))

    def _settle_fetched(
        self,
        page: Page,
        capture: Capture,
        asked_by: dict[str, str | None],
        parts: dict[str, Any],
        *,
        changed: bool = True,
    ) -> None:
        self.round.count(page.leased.source_id, fetched=1)
        ladder, now = page.source.revisit_days, self.round.now()
        self.round.settle(
            outcomes.fetched(
                page.leased, capture, now, ladder, sha256=page.sha256, changed=changed, **asked_by, **parts
            )
        )

    def _soon(self, source: SourceFile) -> datetime:
        """When a page that seems changed is asked again, within this round."""
        return self.round.now() if source.sample else self.round.moment() + SECOND_LOOK

    def _files(self, page: Page) -> tuple[Found, ...]:
        if page.leased.role != "detail":
            return ()
        """Attached files; a reader that fails on their links costs the files, not the page."""
        try:
            leased, url = page.leased, page.response.url
            return tuple(found_files(page.source, url, page.body, leased.url, leased.entry))
        except GovbriefError:
            raise
        except Exception as error:
            _log.exception("the files of %s could not be read", page.leased.url)
            said = f"its files could not be read: {type(error).__name__} ({CRASHED})"
            self.round.note(page.leased.source_id, f"{page.leased.url}: {said}")
            return ()

    def _read_list(self, page: Page) -> ListReading:
        """The list's reading; a reader that fails on it costs this list, not the night."""
        leased, source = page.leased, page.source
        url = asked_address(leased, page.response.url)
        try:
            content_type = header(page.response, "Content-Type") or ""
            return read_list(self.round, source, leased, url, page.body, content_type)
        except EnvironmentProblem:
            raise
        except Exception as error:
            _log.exception("the %s reader failed on %s", source.platform, url)
            note_unread(self.round, source, leased, url, page.sha256)
            problem = Problem(CRASHED, f"the {source.platform} reader failed ({type(error).__name__})")
            return ListReading((), (), 0, 0, True, None, (problem,))

    def _count_list(self, leased: Leased, reading: ListReading) -> None:
        self.round.count(leased.source_id, lists=1, entries=reading.entries, withdrawn=len(reading.withdrawn))
        for problem in reading.problems:
            self.round.note(leased.source_id, f"{leased.url}: {problem.detail} ({problem.code})")

    def _archive(self, page: Page) -> Capture:
        """Write the answer into the archive and give its card."""
        response, at = page.response, self.round.now()
        raw = archived_body(response.body, page.body, response.headers.get(b"Content-Encoding"))
        headers = [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        ]
        ip = None if response.meta.get("proxy") else response.ip_address
        place = self.round.writer.write_response(
            response.url, response.status, headers, raw, at, str(ip) if ip else None
        )
        return self._card(page, place, at)

    def _card(self, page: Page, place: ArchivePlace = _NOWHERE, at: datetime | None = None) -> Capture:
        leased, response = page.leased, page.response
        fetched_at = at or self.round.now()
        return Capture(
            capture_id=capture_id(leased.source_id, leased.url, fetched_at, page.sha256),
            source_id=leased.source_id,
            run_id=self.round.job.run_id,
            url=_address(leased),
            final_url=response.url,
            fetched_at=fetched_at,
            status=response.status,
            media_type=page.media_type,
            sha256=page.sha256,
            length=len(page.body),
            place=place,
            kind="fetched",
            role=leased.role,
            entry=leased.entry,
            parent_url=leased.parent_url,
        )


def _address(leased: Leased) -> str:
    """What was asked for; the frontier's key of a POST is another."""
    return str(leased.request.get("url", leased.url))


def _of_list(reading: ListReading | None) -> dict[str, Any]:
    """What a list's outcome carries beside its bytes."""
    if reading is None:
        return {}
    return {
        "found": reading.found,
        "listed": reading.listed,
        "missing": reading.missing,
        "withdrawn": reading.withdrawn,
        "walked": reading.walked,
    }
