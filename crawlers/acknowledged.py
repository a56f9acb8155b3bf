"""Alarms that people have seen as they are now: they count nowhere until their verdict changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from warehouse.crawl_state.health_table import GOOD
from warehouse.crawl_state.store import CrawlState
from warehouse.desk import Desk
from warehouse.desk.answers import silences
from warehouse.home import Home
from warehouse.run_records import Alarm, SourceHealth


def silenced(home: Home, alarms: Collection[Alarm]) -> set[int]:
    """Numbers of those among the alarms that were acknowledged as they are now."""
    if not alarms or not home.desk_file.exists():
        return set()
    with Desk.open(home) as desk:
        answers = desk.alarm_answers.of(alarms)
    return {one.alarm_no for one in alarms if silences(answers.get(one.alarm_no), one)}


def seen_sources(home: Home, state: CrawlState, run_id: str, rows: Iterable[SourceHealth]) -> set[str]:
    """Sources that are not well, and of which somebody has seen everything that a run found."""
    alarms = state.health_table.alarms()
    seen = silenced(home, alarms)
    if not seen:
        return set()
    quiet = {(one.source_id, one.code) for one in alarms if one.alarm_no in seen}
    loud = {(one.source_id, one.code) for one in alarms} - quiet
    found: dict[str, set[str]] = {}
    for one in state.health_table.findings(run_id):
        found.setdefault(one.source_id, set()).add(one.code)
    bad = {row.source_id for row in rows if row.verdict not in GOOD}
    return {
        name
        for name in bad & {source for source, _ in quiet}
        if name not in {source for source, _ in loud}
        and all((name, code) in quiet for code in found.get(name, ()))
    }
