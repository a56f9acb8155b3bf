"""What no visit of a source can find: that nobody visits it, or that its file does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from crawlers.catalogue import Catalogue
from crawlers.source import SourceFile
from warehouse.crawl_state.cards import instant
from warehouse.crawl_state.store import CrawlState
from warehouse.home import Home
from warehouse.run_records import STANDING, CrawlRun, Finding

CADENCES = 3  # visits in a row that a source may miss
AT_LEAST = timedelta(days=3)


def settle_standing(home: Home, state: CrawlState, run: CrawlRun, catalogue: Catalogue) -> None:
    """Open, continue and close alarms of this kind at the end of a run; a replay says nothing of visits."""
    if run.kind != "replay":
        state.health_table.settle_standing(run.run_id, standing(home, state, catalogue), home.clock.now())


def standing(home: Home, state: CrawlState, catalogue: Catalogue) -> list[Finding]:
    """What holds at this moment, files first."""
    runs = state.runs(limit=1)
    run_id, now = runs[0].run_id if runs else "", home.clock.now()
    return [*faulty(catalogue, run_id, now), *_unvisited(state, catalogue, run_id, now)]


def faulty(catalogue: Catalogue, run_id: str, now: datetime) -> Iterator[Finding]:
    """Source files of the home that do not fit: the run leaves their sources out."""
    for name, why in catalogue.faults.items():
        sentence = f"Its file does not fit, so that no run visits it: {why}"
        yield Finding(run_id, name, "source-file", "broken", sentence, {"said": why.rstrip(".")}, now)


def _unvisited(state: CrawlState, catalogue: Catalogue, run_id: str, now: datetime) -> Iterator[Finding]:
    """Sources switched on that runs left alone for more than three cadences, three days at the least.

    It counts from the last visit that was answered, else from the first run the source should have been in,
    to the latest full run. A source with another alarm is told by that one.
    """
    latest = state.figures.latest_crawl()
    if latest is None:
        return
    spoken = {one.source_id for one in state.health_table.alarms() if one.code not in STANDING}
    known, first = state.figures.rhythm(), state.figures.first_due()
    for source in catalogue.sources.values():
        if not source.enabled or source.id in spoken:
            continue
        row = known.get(source.id, {})
        moments = [row[key] for key in ("last_success_at", "last_started_at") if row.get(key) is not None]
        # a watch is answered too and is no visit: the earlier of the two counts
        since = instant(min(moments)) if len(moments) == 2 else first.get(source.id)
        if since is not None and latest - since > patience(source):
            yield _left_alone(source, run_id, since, len(moments) == 2, (latest - since).days, now)


def patience(source: SourceFile) -> timedelta:
    """For how long a source may go without an answered visit."""
    return max(AT_LEAST, CADENCES * timedelta(hours=source.cadence_hours))


def _left_alone(
    source: SourceFile, run_id: str, since: datetime, visited: bool, days: int, now: datetime
) -> Finding:
    said = f"since {since:%Y-%m-%d}" if visited else f"yet, though it was due on {since:%Y-%m-%d}"
    sentence = (
        f"No visit was answered {said}: {days} days. Look at the remark of the last run, at [crawl]"
        f" quiet_hours, at [impact] window in sources/{source.id}.toml, and at the timer's hour"
        " ('govbrief schedule')."
    )
    values: dict[str, float | str] = {"days": days, "since": f"{since:%Y-%m-%d}"}
    return Finding(run_id, source.id, "not-visited", "broken", sentence, values, now)
