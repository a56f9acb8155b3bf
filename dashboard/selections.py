"""What an address of a listing means, for the pages that work on the documents of a listing."""

from __future__ import annotations

from datetime import date, datetime

from dashboard.frame import Frame, refuse
from dashboard.today.behind import told_of
from warehouse.queries import pages_overview, pages_runs
from warehouse.queries.briefing_force import STATES
from warehouse.queries.duty_calendar import regions_held
from warehouse.queries.pages_listing import Selection


def selection_of(frame: Frame, kind: str) -> Selection:
    """The selection an address means; a value that names nothing is refused."""
    given = frame.parameters
    names = {
        "theme": {row["theme_id"] for row in frame.read(pages_overview.themes, frame.today)},
        "topic": frame.topic_names.keys(),
        "d": frame.body_names.keys(),
        "source": {row["source_id"] for row in frame.read(pages_overview.sources)},
        "run": frame.read(pages_runs.run_names),
        "validity": STATES,
        "region": frame.read(regions_held),
    }
    for name, known in names.items():
        if given.get(name) and given[name] not in known:
            refuse(frame, f"unknown.{'department' if name == 'd' else name}", given[name])
    return Selection(
        kind,
        seen_after=_instant(frame, "seen"),
        seen_until=_instant(frame, "till"),
        told_from=_day(frame, "tfrom"),
        told_to=_day(frame, "tto"),
        ended_from=_day(frame, "ended"),
        unless_published_from=_day(frame, "unless"),
        published_from=_day(frame, "from"),
        published_to=_day(frame, "to"),
        week=_day(frame, "week"),
        theme=given.get("theme") or None,
        topic=given.get("topic") or None,
        department=given.get("d") or None,
        source=given.get("source") or None,
        region=given.get("region") or None,
        validity=given.get("validity") or None,
        run=given.get("run") or None,
        told_once=given.get("once") == "1",
        told=told_of(frame, kind),
    )


def _day(frame: Frame, name: str) -> date | None:
    text = frame.parameters.get(name)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        refuse(frame, "unknown.date", text)


def _instant(frame: Frame, name: str) -> datetime | None:
    text = frame.parameters.get(name)
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        refuse(frame, "unknown.date", text)
    return found
