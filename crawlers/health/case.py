"""One source of a run with all that is known of it: notes of the crawl, pages read, lists, contract."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from crawlers.health.contract import TAUGHT_BY, Contract, learn, lists_of
from crawlers.health.document_measure import SAMPLE, DocumentMeasure, measure_pages
from crawlers.health.history import examined
from crawlers.health.holding import reader_mark
from crawlers.health.list_measure import ListMeasure
from crawlers.health.working_days import calendar_of
from crawlers.source import SourceFile
from crawlers.spiders.requests import start_requests
from warehouse.clock import today
from warehouse.crawl_state.store import CrawlState
from warehouse.home import Home
from warehouse.records import Capture
from warehouse.run_records import Canary
from warehouse.working_days import Calendar

_PAGES_KEPT = 3  # first pages of a list that are remembered beside its last one
BUDGET_SAID = "the budget of requests for this run is used up"
_RUNS = 8  # examined ones that are looked through for a failed one among them
_DOUBTED = 3  # lists of a quiet source that are asked for whole


@dataclass(frozen=True)
class Case:
    """Everything the checks ask for; what is costly is worked out once."""

    home: Home
    state: CrawlState
    source: SourceFile
    run_id: str
    runs: tuple[str, ...]  # this run, and those before it that were killed before they were examined
    began: datetime
    counts: Mapping[str, Any]
    notes: Mapping[str, Any]  # what the fetching process wrote down
    contract: Contract
    calendar: Calendar
    day: date
    sound_runs: frozenset[str]

    @classmethod
    def of(
        cls, home: Home, state: CrawlState, source: SourceFile, run_id: str, counts: Mapping[str, Any]
    ) -> Case:
        """The case of a source that was asked in a run."""
        table = state.health_table
        latest = table.observations(source.id, 4, sound=False)
        notes = next((one.measures for one in latest if one.run_id == run_id), {})
        recent = [one for one in examined(state, source.id, 4) if one.run_id != run_id]
        sound = [one for one in table.observations(source.id, TAUGHT_BY) if one.run_id != run_id]
        runs = _unexamined(state, run_id, source.id)
        return cls(
            home,
            state,
            source,
            run_id,
            tuple(runs),
            min(runs.values(), default=home.clock.now()),
            counts,
            notes,
            learn(sound, recent),
            calendar_of(source, home),
            today(home.clock, source.timezone),
            frozenset(one.run_id for one in sound),
        )

    def noted(self, name: str) -> Any:
        """A note of the fetching process."""
        return json.loads(str(self.notes.get(name) or "null"))

    @cached_property
    def failed(self) -> dict[str, str]:
        """Addresses that failed at their last try: state and code."""
        return dict(self.noted("failed") or {})

    @cached_property
    def roles(self) -> dict[str, str]:
        """What the failed addresses were asked as."""
        visits = self.state.visit_table.visits(self.source.id, list(self.failed))
        return {url: one.role for url, one in visits.items()}

    @cached_property
    def answered(self) -> int:
        """Documents and files that answered, with whatever status."""
        answers = self.noted("answers") or {}
        return int(answers.get("detail", 0)) + int(answers.get("attachment", 0))

    @cached_property
    def captures(self) -> list[Capture]:
        """What was archived and may be taken by extraction."""
        return self.state.visit_table.taken_in(self.runs, self.source.id)

    @cached_property
    def canaries(self) -> list[Canary]:
        """The canaries as they are expected, read anew where the source's file or our readers changed.

        One that a list says was taken away is none any more; it did not answer badly.
        """
        held = self.state.health_table.canaries(self.source.id)
        visits = self.state.visit_table.visits(self.source.id, [one.url for one in held])
        taken_away = {url for url, one in visits.items() if one.withdrawn and url not in self.failed}
        held = [one for one in held if one.url not in taken_away]
        return [self._reread(one) for one in held] if self.new_reader else held

    @cached_property
    def pages(self) -> list[DocumentMeasure]:
        """Document pages of the run that were read: canaries, and a sample of the others."""
        latest = {one.url: one for one in self.captures if one.role == "detail"}
        watched = [latest.pop(one.url) for one in self.canaries if one.url in latest]
        others = list(latest.values())
        step = max(1, -(-len(others) // SAMPLE))
        return measure_pages(self.home.archive, self.source, [*watched, *others[::step]])

    @cached_property
    def lists(self) -> list[ListMeasure]:
        """List pages: those read in this run, unchanged ones as they were, others carried over."""
        read = {one.key: one for one in lists_of(self.notes)}
        unchanged = set(self.noted("unchanged") or ())
        news: Counter[str] = Counter()
        for one in read.values():
            news[one.root] += one.new
        for one in lists_of(self.contract.previous):
            if one.key in read or self._gone(one.key) or (self.new_reader and one.root not in self.starts):
                continue
            waiting = replace(one, asked=False, shifted=one.shifted + news[one.root])
            read[one.key] = _still(one) if one.key in unchanged else waiting
        return list(read.values())

    @property
    def new_reader(self) -> bool:
        """Whether the source's file or our readers changed since the last run."""
        return str(self.contract.previous.get("reader") or "") != reader_mark(self.source)

    @cached_property
    def starts(self) -> list[str]:
        """The lists a round of the source begins with."""
        return [one.url for one in start_requests(self.source)]

    def lists_to_keep(self) -> list[ListMeasure]:
        """First pages and the last one of every list."""
        last: dict[str, int] = {}
        for one in self.lists:
            last[one.root] = max(one.depth, last.get(one.root, 0))
        return [one for one in self.lists if one.depth < _PAGES_KEPT or one.depth == last[one.root]]

    def doubtful(self) -> list[str]:
        """Lists to be asked whole in the next run: some of them, when all answered 304 in this one."""
        unchanged = set(self.noted("unchanged") or ())
        roots = sorted(one.key for one in self.lists if one.asked and one.depth == 0)
        if not roots or not unchanged.issuperset(roots):
            return []
        turn = int(float(self.contract.previous.get("turn") or 0)) % len(roots)
        return (roots[turn:] + roots[:turn])[:_DOUBTED]

    @cached_property
    def waiting(self) -> int:
        """Documents that were named and never fetched."""
        return self.state.visit_table.pending(self.source.id)

    @cached_property
    def short_runs(self) -> int:
        """Runs in a row, this one included, that used up their requests and left as many waiting as before.

        A large source that is filled over many nights has fewer waiting after each.
        """
        requests, said = int(self.counts["requests"]), str(self.counts.get("detail") or "")
        used_up = requests >= self.home.settings.crawl.requests_per_run or BUDGET_SAID in said
        behind = self.waiting and self.waiting >= int(float(self.contract.previous.get("waiting") or 0))
        blind = self.canaries and not self.visited([one.url for one in self.canaries])
        if not used_up or not (behind or (blind and not self.waiting)):
            return 0
        return int(float(self.contract.previous.get("short_runs") or 0)) + 1

    def pages_of(self, urls: Sequence[str]) -> dict[str, DocumentMeasure]:
        """The read pages at these addresses."""
        wanted = set(urls)
        return {one.url: one for one in self.pages if one.url in wanted}

    def visited(self, urls: Sequence[str]) -> frozenset[str]:
        """Which of the addresses answered in this run."""
        visits = self.state.visit_table.visits(self.source.id, list(urls))
        return frozenset(
            url for url, one in visits.items() if one.fetched_at and one.fetched_at >= self.began
        )

    def _reread(self, canary: Canary) -> Canary:
        capture = self.state.capture(canary.capture_id)
        pages = measure_pages(self.home.archive, self.source, [capture] if capture else [])
        return replace(canary, reading=pages[0].reading) if pages and pages[0].sound else canary

    def _gone(self, key: str) -> bool:
        return self.failed.get(key, "").startswith("gone")


def _still(one: ListMeasure) -> ListMeasure:
    """A page that answered that nothing changed: all of it is known."""
    known = replace(one, asked=True, known=one.inside, new=0, retitled=0, shifted=0)
    return replace(known, lost_dates=0, redated=0, future=0, ancient=0)


def _unexamined(state: CrawlState, run_id: str, source_id: str) -> dict[str, datetime]:
    """This run, and runs of the source before it that ended before their examination; with their starts."""
    found: dict[str, datetime] = {}
    judged = {one.run_id for one in examined(state, source_id, _RUNS)}
    for run in state.runs():
        if run.run_id == run_id:
            found[run_id] = run.started_at
        elif found and source_id in run.sources and run.kind in ("crawl", "watch"):
            if run.outcome == "interrupted" or (run.outcome == "failed" and run.run_id not in judged):
                found[run.run_id] = run.started_at
            elif run.kind == "crawl":
                break
    return found
