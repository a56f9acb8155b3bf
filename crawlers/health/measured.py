"""What the fetching process notes for health while it crawls; it is kept with the run's observation."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from crawlers.health.history import examined
from crawlers.health.list_measure import ListMeasure
from warehouse.crawl_state.store import CrawlState
from warehouse.home import Home
from warehouse.run_records import Observation

_FAILURES = 2_000  # addresses of a source that are named
_LIST_ROLES = ("list", "feed", "api")
UNTRUE = "untrue-304"


class Measured:
    """Notes by source: list pages, what failed, the server's clock. Nothing of it is needed to go on."""

    def __init__(self, home: Home, doubtful: Mapping[str, Collection[str]] | None = None) -> None:
        self._home = home
        self._doubtful = {name: set(keys) for name, keys in (doubtful or {}).items()}
        self._doubted: set[tuple[str, str]] = set()
        self._lists: dict[str, dict[str, ListMeasure]] = {}
        self._unchanged: dict[str, set[str]] = {}
        self._failed: dict[str, dict[str, str]] = {}  # address -> state and code of its last try
        self._answers: dict[str, Counter[str]] = {}  # by role
        self._skew: dict[str, float] = {}  # seconds; the smallest of the run's answers
        self._timed: Counter[str] = Counter()

    def list_page(self, source_id: str, measure: ListMeasure) -> None:
        """A list page was read. News on one that had just answered 304 says that its 304s mean nothing."""
        if (source_id, measure.key) in self._doubted and measure.new:
            measure = replace(measure, problems=(*measure.problems, UNTRUE))
        self._lists.setdefault(source_id, {})[measure.key] = measure
        self._unchanged.get(source_id, set()).discard(measure.key)

    def doubts(self, source_id: str, key: str) -> bool:
        """Whether a list's 304 is to be checked by asking for it whole; once a run."""
        held = self._doubtful.get(source_id, set())
        if key not in held:
            return False
        held.discard(key)
        self._doubted.add((source_id, key))
        return True

    def answered(
        self, source_id: str, key: str, role: str, status: int, date: str | None, age: str | None
    ) -> None:
        """The site answered, with whatever status; `date` and `age` as its headers say them."""
        self._answers.setdefault(source_id, Counter())[role] += 1
        if role in _LIST_ROLES and status == 304:
            self._unchanged.setdefault(source_id, set()).add(key)
        skew = self._skew_of(date, age)
        if skew is not None:
            self._timed[source_id] += 1
            best = self._skew.get(source_id)
            self._skew[source_id] = skew if best is None or abs(skew) < abs(best) else best

    def settled(self, source_id: str, key: str, state: str, note: str) -> None:
        """An address is done with: fetched, failed, gone or refused; the last try counts."""
        failed = self._failed.setdefault(source_id, {})
        if state in ("fetched", "discovered"):
            failed.pop(key, None)
        elif len(failed) < _FAILURES or key in failed:
            failed[key] = f"{state}:{note}"

    def observations(self, run_id: str, sources: list[str], at: datetime) -> list[Observation]:
        """The notes as rows that the examination completes."""
        return [Observation(run_id, name, at, self._of(name), False) for name in sources]

    def _of(self, source_id: str) -> dict[str, float | str]:
        lists = [one.to_json() for one in self._lists.get(source_id, {}).values()]
        found: dict[str, float | str] = {
            "lists": _text(lists),
            "unchanged": _text(sorted(self._unchanged.get(source_id, ()))),
            "failed": _text(self._failed.get(source_id, {})),
            "answers": _text(self._answers.get(source_id, {})),
        }
        if source_id in self._skew:
            found |= {"skew": round(self._skew[source_id]), "timed": self._timed[source_id]}
        return found

    def _skew_of(self, date: str | None, age: str | None) -> float | None:
        """Seconds by which the server is ahead of us; of a clock that stands still, or of the machine's."""
        if not date:
            return None
        try:
            told = parsedate_to_datetime(date)
        except (TypeError, ValueError):
            return None
        told = told.replace(tzinfo=UTC) if told.tzinfo is None else told
        told += timedelta(seconds=int(age)) if age and age.isdigit() and len(age) < 9 else timedelta()
        skew = (told - self._home.clock.now()).total_seconds()
        if self._home.settings.clock.now:
            machine = (told - datetime.now(UTC)).total_seconds()
            return min(skew, machine, key=abs)
        return skew


def doubtful(state: CrawlState, sources: Iterable[str]) -> dict[str, list[str]]:
    """Lists whose 304 is to be checked: of sources whose lists all answered so in the run before."""
    found = {}
    for name in sources:
        last = examined(state, name)
        found[name] = list(json.loads(str(last[0].measures.get("doubt") or "[]"))) if last else []
    return found


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
