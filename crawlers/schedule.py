"""What is due, when a source rests, and the timer lines that start a run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
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


def schedule_text(home: Home, program: str) -> str:
    """A systemd timer with its service, and the same as a cron line, for a nightly run of this home."""
    root = _quoted(home.root)
    return f"""# ~/.config/systemd/user/govbrief.service
[Unit]
Description=govbrief: crawl what is due, classify, publish

[Service]
Type=oneshot
ExecStart={program} --home {root} run --due
# 3: some sources failed, the rest was published; 75: another run is under way
SuccessExitStatus=3 75

# ~/.config/systemd/user/govbrief.timer
[Unit]
Description=govbrief every evening

[Timer]
OnCalendar=*-*-* 20:00:00
RandomizedDelaySec=45min
Persistent=true

[Install]
WantedBy=timers.target

# Start it:  systemctl --user enable --now govbrief.timer
# Or with cron (crontab -e), when systemd is not there:
17 20 * * *  {program} --home {root} run --due
"""


def _quoted(path: Path) -> str:
    text = str(path)
    return f'"{text}"' if " " in text else text
