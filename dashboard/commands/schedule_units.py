"""Texts of the scheduler's files: systemd units and cron lines for the night run and for watching."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_SERVICE = """\
[Unit]
Description={what}

[Service]
Type=oneshot
ExecStart={command}
# 3: some sources need a look (alarms and 'govbrief health' tell which); 75: another run is under way.
SuccessExitStatus=3 75
# Reading and crawling leave the machine to people.
Nice=10
IOSchedulingClass=idle
"""
_TIMER = """\
[Unit]
Description={what}

[Timer]
OnCalendar={calendar}
RandomizedDelaySec={delay}
Persistent={persistent}

[Install]
WantedBy=timers.target
"""


@dataclass(frozen=True, slots=True)
class Watching:
    """The hours of day in which sources of one time zone are watched, and how often."""

    first: int  # hour of the first visit
    last: int  # hour of the last one
    minutes: int
    zone: str


def service(command: str, what: str) -> str:
    """A unit that runs the command once, at low priority."""
    return _SERVICE.format(command=command.replace("%", "%%"), what=what)


def night_timer(at: str, zone: str) -> str:
    """The timer of the night run, in a time zone; a night that the machine slept through is made up for."""
    return _timer("govbrief every night", [f"*-*-* {at}:00 {zone}"], delay="20m", persistent="true")


def watch_timer(watched: Sequence[Watching]) -> str:
    """The timer of the watch, a line a time zone; which sources are due on a day the run itself knows."""
    return _timer("govbrief watches", [_calendar(one) for one in watched], delay="2m", persistent="false")


def _calendar(watching: Watching) -> str:
    every = ",".join(f"{minute:02d}" for minute in range(0, 60, min(watching.minutes, 60)))
    return f"*-*-* {watching.first:02d}..{watching.last:02d}:{every}:00 {watching.zone}"


def _timer(what: str, calendars: Sequence[str], *, delay: str, persistent: str) -> str:
    lines = "\nOnCalendar=".join(calendars)
    return _TIMER.format(what=what, calendar=lines, delay=delay, persistent=persistent)


def cron_night(at: tuple[int, int], zone: str, command: str) -> str:
    """The crontab lines of the night run: low priority, and only errors are said, which cron mails."""
    return f"CRON_TZ={zone}\n{at[1]} {at[0]} * * * {_gently(command)}"


def cron_watch(watched: Sequence[Watching], command: str) -> str:
    """The crontab lines of the watch, the hours those of each time zone."""
    return "\n".join(f"CRON_TZ={one.zone}\n{_often(one)} * * * {_gently(command)}" for one in watched)


def _often(watching: Watching) -> str:
    every = "*/" + str(watching.minutes) if watching.minutes < 60 else "0"
    return f"{every} {watching.first}-{watching.last}"


def command_of(program: str, home: Path, words: str) -> str:
    """The command of a unit, the home quoted."""
    return f"{program} {words} --home {shlex.quote(str(home))}"


def _gently(command: str) -> str:
    return f"nice -n 10 {command.replace('%', chr(92) + '%')} --quiet >/dev/null"
