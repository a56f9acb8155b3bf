"""What is due, and when a source rests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from crawlers.source import SourceFile, in_window
from warehouse.crawl_state.cards import instant
from warehouse.home import Home

TOLERANCE = timedelta(hours=1)  # timers come a little early or late


def is_due(source: SourceFile, state: Mapping[str, Any], now: datetime) -> bool:
    """Whether the source's cadence asks for a visit."""
    started = state["last_started_at"]
    if started is None:
        return True
    every = timedelta(hours=source.cadence_hours)
    return now - instant(started) >= max(every - TOLERANCE, every / 2)


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
