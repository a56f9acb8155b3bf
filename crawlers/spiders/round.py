"""One round of fetching: what the spider, the scheduler and the manners share while a process crawls."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from crawlers.catalogue import Catalogue
from crawlers.health.measured import Measured, doubtful
from crawlers.job import Job
from crawlers.politeness.breaker import Breaker
from crawlers.politeness.pace import Pace
from crawlers.schedule import resting
from crawlers.settings import request_headers
from crawlers.source import SourceFile
from warehouse.archive.writer import ArchiveWriter
from warehouse.crawl_state.cards import epoch
from warehouse.crawl_state.store import CrawlState
from warehouse.crawl_state.work import Leased, Outcome
from warehouse.home import Home
from warehouse.records import Capture

GROUP = 16  # outcomes committed together
GROUP_SECONDS = 0.25  # an older group is committed with its next outcome
GROUP_BYTES = 8_000_000
COUNTERS = (
    "requests", "fetched", "not_modified", "new_documents", "changed", "withdrawn", "failures", "bytes",
    "lists", "entries",
)  # fmt: skip


class Round:
    """Shared state of one fetching process; everything it learns is committed in groups."""

    def __init__(self, job: Job, home: Home, catalogue: Catalogue) -> None:
        self.job = job
        self.home = home
        self.clock = home.clock
        self.catalogue = catalogue
        self.sources = {name: catalogue.sources[name] for name in job.sources if name in catalogue.sources}
        self.state = CrawlState.open(home)
        self.measured = Measured(home, doubtful(self.state, self.sources))  # what the examination looks at
        self.writer = ArchiveWriter(home.archive, job.run_id, self.clock)
        self.headers = request_headers(home.settings.crawl.contact or "sample")
        self.breakers = {name: Breaker.of(self.state.source_state(name)) for name in self.sources}
        self._met = {name: breaker.values for name, breaker in self.breakers.items()}
        self.halted: dict[str, str] = {}
        self.probes: set[str] = set()  # sources whose half-open breaker waits for the answer of one request
        bound = job.max_documents
        self.details_left = {} if bound is None else dict.fromkeys(self.sources, bound)
        self.requests_left = dict(job.budgets)
        self.lists_seen: set[tuple[str, str]] = set()  # list pages answered in this round
        self.list_lines: dict[tuple[str, str, int], set[int]] = {}  # list and window -> hashes of lines met
        self.unordered: set[tuple[str, str]] = set()  # lists whose news may stand on any page
        self.list_pages: dict[tuple[str, str], int] = {}  # list -> pages read in this round
        self.chains: dict[tuple[str, str], int] = {}  # list -> pages walked from its first without a gap
        self.left_over: dict[str, dict[str, int]] = {}  # source -> list -> page where one stopped before
        self.fatal: BaseException | None = None
        self.on_commit: list[Callable[[], None]] = []
        self._began = time.monotonic()
        self._base = self.clock.now()
        self._paces: dict[str, Pace] = {}
        self._counts: dict[str, dict[str, int]] = {name: dict.fromkeys(COUNTERS, 0) for name in self.sources}
        self._changed: set[str] = set()
        self._first_request: float | None = None
        self._last_commit = self._began
        self._notes: dict[str, str] = {}
        self._remarks: dict[str, str] = {}  # told where there is no note
        self._canaries: dict[str, set[str]] = {}
        self._group: list[Outcome] = []
        self._captures: list[Capture] = []
        self._group_bytes = 0
        self._ends: dict[str, int] = {}

    def now(self) -> datetime:
        """The instant that is stored: the home's clock."""
        return self.clock.now()

    def moment(self) -> datetime:
        """The instant that decides what is due: it moves on even where the home's clock stands still."""
        return self._base + timedelta(seconds=time.monotonic() - self._began)

    def pace_of(self, host: str) -> Pace:
        """The pace at a host; the slowest of the sources that share it."""
        pace = self._paces.get(host)
        if pace is None:
            self._first_request = self._first_request or time.monotonic()
            delays = [self.delay_of(source) for source in self.sources.values() if source.has_host(host)]
            usual = self.home.settings.crawl.delay_seconds
            pace = Pace(max(delays, default=usual), connections=self.job.connections)
            self._paces[host] = pace
        return pace

    def wait(self, host: str, seconds: float) -> None:
        """Ask nothing of a host for a while, because it said so."""
        self.pace_of(host).wait(time.monotonic(), seconds)

    def came_back(self, meta: dict[str, Any]) -> None:
        """A request is over, with an answer or without: its host's connection is free. Twice does no harm."""
        if "leased" in meta:
            self.probes.discard(meta["leased"].source_id)
        host = meta.pop("busy", None)
        if host is not None:
            self.pace_of(host).back()

    @property
    def fetching_seconds(self) -> float:
        """From the first request to the last commit."""
        first = self._began if self.job.replay else self._first_request  # a replay asks nobody
        return 0.0 if first is None else self._last_commit - first

    def delay_of(self, source: SourceFile) -> float:
        """Seconds between two requests to a source; a real site never gets less than one."""
        usual = self.home.settings.crawl.delay_seconds
        wanted = usual if source.delay_seconds is None else source.delay_seconds
        return wanted if source.sample else max(wanted, 1.0)

    def count(self, source_id: str, **amounts: int) -> None:
        """Add to the counters of a source."""
        counts = self._counts.setdefault(source_id, dict.fromkeys(COUNTERS, 0))
        for name, amount in amounts.items():
            counts[name] += amount
        self._changed.add(source_id)
        if "requests" in amounts and source_id in self.requests_left:
            self.requests_left[source_id] -= amounts["requests"]

    def counts(self, source_id: str) -> dict[str, int]:
        """The counters of a source so far."""
        return self._counts[source_id]

    def watches(self, leased: Leased) -> bool:
        """Whether the page is a canary: its bytes are kept whenever they differ, for health to look at."""
        held = self._canaries.get(leased.source_id)
        if held is None:
            held = {one.url for one in self.state.health_table.canaries(leased.source_id)}
            self._canaries[leased.source_id] = held
        return leased.url in held

    def note(self, source_id: str, sentence: str) -> None:
        """What a person should know of the source's round; the first note stays."""
        self._notes.setdefault(source_id, sentence[:500])
        self._changed.add(source_id)

    def remark(self, source_id: str, sentence: str) -> None:
        """What is worth telling where nothing failed; it gives way to any note."""
        self._remarks.setdefault(source_id, sentence[:500])
        self._changed.add(source_id)

    def halt(self, source_id: str, sentence: str) -> None:
        """Leave a source alone for the rest of the round; its leases go back."""
        if source_id not in self.halted:
            self.halted[source_id] = sentence
            self.note(source_id, sentence)
            self.keep_breaker(source_id)
            self.state.frontier.release(self.job.run_id, source_id)

    def may_ask(self, source: SourceFile) -> bool:
        """Whether a source may get a request now: not halted, budget left, not in its resting hours."""
        if source.id in self.halted or source.id in self.probes:
            return False
        if not self.has_budget(source.id):
            return False
        pause = None if self.job.watch else resting(source, self.home, self.now())
        if pause:
            self.remark(source.id, pause)
        return pause is None

    def has_budget(self, source_id: str) -> bool:
        """Whether the source may get another request in this run; a remark tells when it may not."""
        left = self.requests_left.get(source_id, 1) > 0
        if not left:
            self.remark(source_id, "the budget of requests for this run is used up; the rest is for the next")
        return left

    def leaves(self, source_id: str) -> None:
        """A request to the source leaves; with a half-open breaker nothing follows before its answer."""
        if self.breakers[source_id].state == "half-open":
            self.probes.add(source_id)

    def keep_breaker(self, source_id: str) -> None:
        """Store the breaker of a source at once; a refusal that another run met meanwhile stays."""
        mine = self.breakers[source_id]
        stored = Breaker.of(self.state.source_state(source_id))
        if stored != mine and (mine.closed_to(self.now()) or not stored.closed_to(self.now())):
            self.state.set_source_state(source_id, **mine.values)

    def recovered(self, source_id: str) -> None:
        """A plain answer came from a source; a breaker that was not closed is stored as closed at once."""
        breaker = self.breakers[source_id]
        waited = breaker.state != "closed"
        breaker.succeeded()
        if waited:
            self.keep_breaker(source_id)

    def heed_others(self, host: str) -> None:
        """Halt the sources of a host that another run was refused by, or gave up, since this one began."""
        for name, source in self.sources.items():
            if name in self.halted or not source.has_host(host):
                continue
            stored = Breaker.of(self.state.source_state(name))
            if stored.closed_to(self.now()):
                self.breakers[name] = stored
                self.halt(name, stored.detail)

    def hold_host(self, host: str, wait: timedelta, asked: str) -> None:
        """Leave all sources of a host alone that told the source `asked` to come back later."""
        self.wait(host, wait.total_seconds())
        for name, source in self.sources.items():
            if name not in self.halted and source.has_host(host):
                sentence = f"{host} asks to come back in {wait} (told to {asked})"
                self.breakers[name].refused(self.now(), sentence, wait)
                self.halt(name, sentence)

    @property
    def pending(self) -> int:
        """Outcomes waiting for their commit."""
        return len(self._group) + len(self._captures)

    def settle(self, outcome: Outcome) -> None:
        """Take an outcome into the current group; the group is committed when it is large enough."""
        self._group.append(outcome)
        note = str(outcome.values.get("note") or "")
        self.measured.settled(outcome.source_id, outcome.url, outcome.state, note)
        if outcome.capture:
            self._kept(outcome.capture)
        self._commit_when_large()

    def keep(self, capture: Capture) -> None:
        """Take a capture that belongs to no frontier address (a replayed one) into the current group."""
        self._captures.append(capture)
        self._kept(capture)
        self._commit_when_large()

    def commit(self) -> None:
        """Sync the archive, then commit the group in one transaction."""
        if not self.pending and not self._changed:
            return
        self.writer.sync()
        if self._captures:
            self.state.add_captures(self._captures, self._ends)
        self.state.frontier.settle(self.job.run_id, self._group, self._ends, self._rows(), self.now())
        self._group, self._captures, self._group_bytes, self._ends = [], [], 0, {}
        self._last_commit = time.monotonic()
        for tell in self.on_commit:
            tell()

    def close(self) -> None:
        """Commit what is left, give leases back, close everything."""
        try:
            if self.fatal is None:
                self.commit()
                for name in self._met:
                    if self.breakers[name].values != self._met[name]:
                        self.keep_breaker(name)
                notes = self.measured.observations(self.job.run_id, sorted(self.sources), self.now())
                self.state.health_table.observe(notes)
            self.writer.close()
            self.state.frontier.release(self.job.run_id)
        finally:
            self.state.close()

    def _kept(self, capture: Capture) -> None:
        place = capture.place
        self._ends[place.file] = max(self._ends.get(place.file, 0), place.offset + place.length)
        self._group_bytes += capture.length

    def _commit_when_large(self) -> None:
        old = time.monotonic() - self._last_commit >= GROUP_SECONDS
        if old or self.pending >= GROUP or self._group_bytes >= GROUP_BYTES:
            self.commit()

    def _rows(self) -> list[dict[str, Any]]:
        rows = [
            {
                "run_id": self.job.run_id,
                "source_id": name,
                "at": epoch(self.now()),
                "detail": self._notes.get(name) or self._remarks.get(name, ""),
                **self._counts[name],
            }
            for name in sorted(self._changed)
        ]
        self._changed.clear()
        return rows
