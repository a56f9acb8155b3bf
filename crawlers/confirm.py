"""After the fetching: changes that could not be compared between two requests are compared now.

A change counts when two fetches of the page agree on it. The spider settles what is quickly read; large pages
and files that came differently twice wait for this.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from crawlers.catalogue import Catalogue
from crawlers.comparing import ANOTHER_NIGHT, Decision, decide, said_before, too_soon
from crawlers.source import SourceFile
from crawlers.spiders.requests import address_key, found_files
from crawlers.spiders.revisits import due_after, step_after
from warehouse.archive.reader import ArchivedRecord, read_record
from warehouse.crawl_state.cards import epoch
from warehouse.crawl_state.store import CrawlState
from warehouse.crawl_state.work import Found, Outcome
from warehouse.home import Home
from warehouse.records import Capture


def confirm(home: Home, state: CrawlState, catalogue: Catalogue, run_id: str) -> int:
    """Settle every change of which two fetches lie in the archive; gives the number of confirmed ones.

    Agreeing fetches make the later one good and drop the earlier; where the later one says what was known
    before, both are dropped; where all differ, the later one waits for the next run. A change seen once
    waits too, and one that leaves next to nothing waits for another night. Running it twice changes nothing.
    """
    confirmed: dict[str, int] = defaultdict(int)
    outcomes: list[Outcome] = []
    for captures in _twice_seen(state):
        source = catalogue.sources.get(captures[-1].source_id)
        if source is None:
            continue
        decision, outcome = _settle(home, state, source, captures)
        outcomes.append(outcome)
        confirmed[source.id] += decision == "changed"
    rows = _counted(state, run_id, confirmed, home.clock.now())
    if outcomes:
        state.frontier.settle(run_id, outcomes, {}, rows, home.clock.now())
    return sum(confirmed.values())


def _twice_seen(state: CrawlState) -> Iterable[Sequence[Capture]]:
    """Unconfirmed captures by address, in order of arrival, where there are at least two."""
    waiting: dict[tuple[str, str], list[Capture]] = defaultdict(list)
    for capture in state.captures_standing("unconfirmed"):
        waiting[(capture.source_id, capture.url)].append(capture)
    return [captures for captures in waiting.values() if len(captures) > 1]


def _settle(
    home: Home, state: CrawlState, source: SourceFile, captures: Sequence[Capture]
) -> tuple[Decision, Outcome]:
    """What the last two captures of an address mean beside the good one."""
    first, last = captures[-2], captures[-1]
    known = state.last_good(source.id, last.url)
    said = [said_before(home.archive, source, capture) for capture in (known, first, last)]
    decision = decide(*said)
    if first.sha256 == last.sha256:
        decision = "changed"  # the same bytes twice, readable or not
    standings = {capture.capture_id: "dropped" for capture in captures}
    values: dict[str, Any] = {"unconfirmed": None}
    found: tuple[Found, ...] = ()
    now = home.clock.now()
    if decision == "changed" and too_soon(known, first, last, said[0], said[2], now):
        return "unsure", _waiting(source, first, standings)
    if decision == "unsure":
        values["unconfirmed"] = last.capture_id
        standings[last.capture_id] = "unconfirmed"
    elif decision == "changed":
        record = read_record(home.archive, last.place)
        values |= _marks(record) | {"last_sha256": last.sha256}
        standings[last.capture_id] = "good"
        if last.role == "detail":
            found = tuple(found_files(source, last.final_url, record.body, address_key(last.url), last.entry))
    step = step_after(0, source.revisit_days, changed=decision != "unchanged")
    due = due_after(last.url, source.revisit_days[step], now)
    values |= {"step": step, "last_fetched_at": epoch(last.fetched_at)}
    key = address_key(last.url)
    return decision, Outcome(source.id, key, "fetched", due, values, standings=standings, found=found)


def _waiting(source: SourceFile, first: Capture, standings: Mapping[str, str]) -> Outcome:
    """The first sight of a change goes on waiting for another night; `standings` drop what came since."""
    return Outcome(
        source.id,
        address_key(first.url),
        "fetched",
        first.fetched_at + ANOTHER_NIGHT,
        {"unconfirmed": first.capture_id},
        standings={**standings, first.capture_id: "unconfirmed"},
    )


def _marks(record: ArchivedRecord) -> dict[str, str | None]:
    return {"etag": record.headers.get("etag"), "last_modified": record.headers.get("last-modified")}


def _counted(
    state: CrawlState, run_id: str, confirmed: Mapping[str, int], at: datetime
) -> list[dict[str, Any]]:
    """The run's counters of the sources with confirmed changes, these added."""
    counts = state.source_counts(run_id)
    return [
        {
            "run_id": run_id,
            "source_id": name,
            "at": epoch(at),
            "changed": number + int(counts.get(name, {}).get("changed", 0)),
        }
        for name, number in confirmed.items()
        if number
    ]
