"""What needs a look in a home: open alarms of the crawl, and what no run can tell of itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from warehouse.home import Home
from warehouse.run_records import STANDING

if TYPE_CHECKING:
    from crawlers.catalogue import Catalogue
    from warehouse.crawl_state.store import CrawlState
    from warehouse.desk.answers import Answer
    from warehouse.run_records import Alarm, Finding, SourceHealth

WELL = ("ok", "quiet")
DAYS = 90  # for which the share of alarms that led to an action is told
MISSED = 2  # shortest cadences without any run, after which the scheduler counts as standing still
Row = dict[str, Any]


def crawl_alarms(
    home: Home, state: CrawlState, catalogue: Catalogue, visits: list[SourceHealth]
) -> list[Row]:
    """Open alarms of sources that are switched on, and bad visits that left no alarm, oldest first.

    A source whose file does not fit stays among them, with its alarms; what no visit can find is told as it
    is now, before a run has made an alarm of it.
    """
    from crawlers.standing import standing

    on = visited(catalogue)
    now = {(one.source_id, one.code): one for one in standing(home, state, catalogue)}
    held = [
        one
        for one in reversed(state.health_table.alarms())
        if one.source_id in on and (one.code not in STANDING or (one.source_id, one.code) in now)
    ]
    answers = answers_to(home, held)
    rows = [_alarm(one, answers.get(one.alarm_no)) for one in held]
    known = {(one.source_id, one.code) for one in held}
    rows += [_standing(one) for key, one in now.items() if key not in known]
    spoken = {one.source_id for one in held}
    for visit in visits:
        if visit.verdict not in WELL and visit.source_id not in spoken and visit.source_id in on:
            detail = f", {visit.detail}" if visit.detail else ""
            sentence = f"Source {visit.source_id}: {visit.verdict}{detail}".rstrip(".") + "."
            rows.append(row(visit.source_id, f"source-{visit.verdict}", sentence, since=visit.at))
    return rows


def file_alarms(home: Home, catalogue: Catalogue) -> list[Row]:
    """Source files of a home that do not fit; for a home in which nothing was crawled yet."""
    from crawlers.standing import faulty

    return [_standing(one) for one in faulty(catalogue, "", home.clock.now())]


def visited(catalogue: Catalogue) -> set[str]:
    """Sources switched on, and those whose file does not fit: they are not known to be switched off."""
    return {one.id for one in catalogue.sources.values() if one.enabled} | catalogue.faults.keys()


def schedule_alarm(home: Home, state: CrawlState, catalogue: Catalogue) -> list[Row]:
    """The alarm that no full run came for longer than twice the shortest cadence of the sources switched on.

    A watch is no full run: it only looks at lists.
    """
    cadences = [one.cadence_hours for one in catalogue.sources.values() if one.enabled]
    latest = state.figures.latest_crawl()
    if not cadences or latest is None:
        return []
    patience = timedelta(hours=MISSED * min(cadences))
    if home.clock.now() - latest <= patience:
        return []
    sentence = (
        f"No run has come since {latest.isoformat()}, though sources are due every {min(cadences)} hours: the"
        " scheduler seems to stand still; look at its timer or cron line ('govbrief schedule' prints them)."
    )
    return [row("schedule", "no-run", sentence, since=latest)]


def disk_alarm(home: Home, state: CrawlState) -> list[Row]:
    """The alarm that the disk will be full in less than a month."""
    from crawlers.disk_forecast import LATEST, forecast, free_bytes

    told = forecast(state.figures.archived_bytes(LATEST), free_bytes(home.root))
    if not told.short:
        return []
    sentence = (
        f"The disk of {home.root} is full in about {told.days_left} days at the pace of the last {told.runs}"
        " runs; make room, or move the home to a larger one with backup and restore."
    )
    return [row("disk", "disk-short", sentence)]


def refusal_alarm(home: Home) -> list[Row]:
    """The alarm that what is published is not the newest: a check refused that, and nothing came since."""
    from warehouse.refusal import last_refusal

    refused = last_refusal(home.published)
    if refused is None:
        return []
    return [row("publication", "publication-refused", refused.sentence, since=refused.at)]


def older_alarm(home: Home, shown: str | None) -> list[Row]:
    """The alarm that readers see an older publication than the current one, which cannot be used."""
    from warehouse.folders import FACTS, read_current
    from warehouse.suspicion import remedy_for

    current = read_current(home.published)
    if shown is None or current is None or current == shown:
        return []
    remedy = remedy_for(home.published / current / FACTS)
    sentence = (
        f"The current publication {current} cannot be used; readers see the older {shown}. Type {remedy}."
    )
    return [row("publication", "older-shown", sentence)]


def answers_to(home: Home, alarms: list[Alarm]) -> dict[int, Answer]:
    """What people answered to these alarms; a home without a desk has no answers."""
    if not alarms or not home.desk_file.exists():
        return {}
    from warehouse.desk import Desk

    with Desk.open(home) as desk:
        return desk.alarm_answers.of(alarms)


def share_of(home: Home) -> Row:
    """Of the alarms of the last 90 days: how many, how many acknowledged, how many led to an action."""
    alarms: list[Alarm] = []
    if home.crawl_state_file.is_file():
        from warehouse.crawl_state.store import CrawlState

        since = home.clock.now() - timedelta(days=DAYS)
        with CrawlState.look(home) as state:
            alarms = state.health_table.alarms(open_only=False, since=since, limit=100_000)
    answers = answers_to(home, alarms)
    acted = sum(one.acted is True for one in answers.values())
    return {"days": DAYS, "alarms": len(alarms), "acknowledged": len(answers), "acted": acted}


def row(what: str, code: str, sentence: str, *, since: datetime | None = None) -> Row:
    """An alarm without a number: it goes by itself once its cause is mended, and takes no answer."""
    return {
        "what": what,
        "code": code,
        "sentence": sentence,
        "number": None,
        "verdict": None,
        "since": since.isoformat() if since else None,
        "acknowledged": None,
        "counts": True,
    }


def _standing(one: Finding) -> Row:
    return row(one.source_id, one.code, f"Source {one.source_id}: {one.sentence}")


def _alarm(alarm: Alarm, answer: Answer | None) -> Row:
    from warehouse.desk.answers import silences

    said = None
    if answer is not None:
        said = {"by": answer.account, "at": answer.at.isoformat(), "acted": answer.acted, "note": answer.note}
    return {
        **row(
            alarm.source_id, alarm.code, f"Source {alarm.source_id}: {alarm.sentence}", since=alarm.opened_at
        ),
        "number": alarm.alarm_no,
        "verdict": alarm.verdict,
        "acknowledged": said,
        "counts": not silences(answer, alarm),
    }
