"""What is due, and when a source rests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from crawlers.health.working_days import calendar_of
from crawlers.source import SourceFile, in_window
from warehouse.crawl_state.cards import instant
from warehouse.home import Home

TOLERANCE = timedelta(hours=1)  # timers come a little early or late
WATCH_TOLERANCE = timedelta(minutes=5)
BUDGET_DAY = timedelta(hours=20)  # runs that began within it share a day's requests; no night waits for one


def is_due(source: SourceFile, state: Mapping[str, Any], now: datetime) -> bool:
    """Whether the source's cadence asks for a full visit; a visit in the future was none (clocks go back)."""
    started = state["last_started_at"]
    return started is None or instant(started) > now or now >= due_at(source, state)


def due_at(source: SourceFile, state: Mapping[str, Any]) -> datetime:
    """From when the cadence asks for a full visit of a source that had one."""
    every = timedelta(hours=source.cadence_hours)
    return instant(state["last_started_at"]) + max(every - TOLERANCE, every / 2)


def watch_rest(
    source: SourceFile, state: Mapping[str, Any], watched: datetime | None, now: datetime, home: Home
) -> str | None:
    """Why a source is not looked at between its full visits at this moment; None when it is.

    `watched` tells when it last was. Working hours are the source's own, on the working days of its country;
    the home's quiet hours do not matter, since a look costs a few requests; a window the source names does.
    """
    watch = source.watch
    if not watch.every_minutes:
        return "not watched"
    local = now.astimezone(ZoneInfo(source.timezone))
    if not in_window(watch.hours, local.time()):
        return f"outside its watch hours {watch.hours} ({source.timezone})"
    window = source.impact.window
    if window and not in_window(window, local.time()):
        return f"outside its window {window} ({source.timezone})"
    if not calendar_of(source, home).works(local.date()):
        return "no working day"
    started = instant(state["last_started_at"]) if state["last_started_at"] else None
    latest = max((one for one in (watched, started) if one is not None and one <= now), default=None)
    every = timedelta(minutes=watch.every_minutes)
    if latest is not None and now - latest < every - WATCH_TOLERANCE:
        return f"looked at less than {watch.every_minutes} minutes ago"
    return None


def resting(source: SourceFile, home: Home, now: datetime) -> str | None:
    """Why a real source is left alone at this hour, None when it may be asked; samples never rest."""
    if source.sample:
        return None
    local = now.astimezone(ZoneInfo(source.timezone)).time()
    quiet = home.settings.crawl.quiet_hours
    if in_window(quiet, local):
        return f"quiet hours {quiet} ({source.timezone}); it is asked after them"
    window = source.impact.window
    if window and not in_window(window, local):
        return f"outside its window {window} ({source.timezone})"
    return None
