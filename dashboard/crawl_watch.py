"""The crawl state looked at without disturbing it: the crawl going on, findings, alarms, what is held."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from warehouse.crawl_state.store import CrawlState
from warehouse.errors import EnvironmentProblem
from warehouse.home import Home
from warehouse.records import Capture
from warehouse.run_records import Alarm, CrawlRun, Finding, SourceHealth

DAYS = 90  # for which closed alarms and the share that led to an action are shown


@dataclass(frozen=True, slots=True)
class Alarms:
    """Open alarms and those closed lately, each with the finding it rests on, and what is held back."""

    open: tuple[Alarm, ...]
    closed: tuple[Alarm, ...]
    recent: tuple[Alarm, ...]  # opened in the last days, open or closed
    findings: dict[int, Finding]  # by alarm number
    held: dict[str, int]  # captures by source


def running_now(home: Home) -> tuple[CrawlRun, list[SourceHealth]] | None:
    """The run in progress with its counts so far; None when no crawl is running or none ever ran."""
    with _looking(home) as state:
        if state is None:
            return None
        running = (one for one in state.runs(limit=5) if one.outcome == "running")
        run = next(
            (one for one in running if state.run_table.lives(one.run_id)), None
        )  # not one that was killed
        return (run, state.health(run.run_id)) if run else None


def alarms_of(home: Home) -> Alarms | None:
    """Alarms of the home; None when nothing is crawled on this machine."""
    with _looking(home) as state:
        if state is None:
            return None
        since = home.clock.now() - timedelta(days=DAYS)
        everything = state.health_table.alarms(open_only=False, limit=100_000)
        still = tuple(one for one in everything if one.closed_at is None)
        closed = tuple(one for one in everything if one.closed_at is not None and one.closed_at >= since)
        found = {one.alarm_no: state.health_table.finding_of(one) for one in (*still, *closed)}
        return Alarms(
            still,
            closed,
            tuple(one for one in everything if one.opened_at >= since),
            {number: finding for number, finding in found.items() if finding is not None},
            state.figures.standing("held"),
        )


def findings_of(home: Home, run_id: str) -> dict[str, list[Finding]]:
    """What a run found wrong, by source."""
    found: dict[str, list[Finding]] = {}
    with _looking(home) as state:
        for one in state.health_table.findings(run_id) if state else ():
            found.setdefault(one.source_id, []).append(one)
    return found


def capture_of(home: Home, capture_id: str) -> Capture | None:
    """A capture that no publication holds: a list page, or one that was held back."""
    with _looking(home) as state:
        return state.capture(capture_id) if state else None


@contextmanager
def _looking(home: Home) -> Iterator[CrawlState | None]:
    """The crawl state to read, None where there is none or it is of another version than this program."""
    if not home.crawl_state_file.exists():
        yield None
        return
    try:
        state = CrawlState.look(home)
    except EnvironmentProblem:
        yield None  # the next run brings it up to date; the published part of the page does not need it
        return
    with state:
        yield state
