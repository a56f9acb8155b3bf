"""Texts of the scheduler's files: systemd units and cron lines for the night run and for watching."""

from __future__ import annotations

import shlex
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
    """The hours of day in which some source is watched, and how often, by the zone they are meant in."""

    first: int  # hour of the first visit
    last: int  # hour of the last one
    minutes: int
    zone: str


def service(command: str, what: str) -> str:
    """A unit that runs the command once, at low priority."""
    return _SERVICE.format(command=command.replace("%", "%%"), what=what)


def night_timer(at: str) -> str:
    """The timer of the night run; a night that the machine slept through is made up for."""
    return _TIMER.format(
        what="govbrief every night", calendar=f"*-*-* {at}:00", delay="20m", persistent="true"
    )


def watch_timer(watching: Watching) -> str:
    """The timer of the watch; which sources are due, and on which days, the run itself knows."""
    every = ",".join(f"{minute:02d}" for minute in range(0, 60, min(watching.minutes, 60)))
    calendar = f"*-*-* {watching.first:02d}..{watching.last:02d}:{every}:00 {watching.zone}"
    return _TIMER.format(what="govbrief watches", calendar=calendar, delay="2m", persistent="false")


def cron_night(at: tuple[int, int], command: str) -> str:
    """The crontab line of the night run: low priority, and only errors are said, which cron mails."""
    return f"{at[1]} {at[0]} * * * {_gently(command)}"


def cron_watch(watching: Watching, command: str) -> str:
    """The crontab line of the watch; its hours are the machine's."""
    every = "*/" + str(min(watching.minutes, 60)) if watching.minutes < 60 else "0"
    return f"{every} {watching.first}-{watching.last} * * * {_gently(command)}"


def command_of(program: str, home: Path, words: str) -> str:
    """The command of a unit, the home quoted."""
    return f"{program} {words} --home {shlex.quote(str(home))}"


def _gently(command: str) -> str:
    return f"nice -n 10 {command.replace('%', chr(92) + '%')} --quiet >/dev/null"
