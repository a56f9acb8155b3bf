"""`govbrief schedule`: lines for cron and systemd that call `govbrief run`; never installed."""

from __future__ import annotations

import argparse
import re
import shlex
import shutil
import sys
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dashboard.commands import schedule_units as units
from dashboard.commands.schedule_units import Watching
from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import UserError
from warehouse.home import Home

if TYPE_CHECKING:
    from crawlers.source import SourceFile

TIME = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)$")
FOLDER = "~/.config/systemd/user"
HOW = f"""\
# Put the units into {FOLDER}, then:
#   systemctl --user daemon-reload
#   systemctl --user enable --now {{timers}}
#   loginctl enable-linger   (so that they run while nobody is logged in)
# 'journalctl --user -u govbrief' shows what was said; with [log] file in govbrief.toml the home keeps it too.
"""
CRON = """\
# crontab -e   (at its end: CRON_TZ holds for every line below it)
# Hours are those of CRON_TZ. The cron of Debian and Ubuntu does not know CRON_TZ and takes the machine's time
# zone: there {start:%H:%M} {zone} is {here:%H:%M} today; write that, or take the systemd timers.
"""
NAMED = 12  # sources that one warning names


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--at",
        default="02:30",
        metavar="HH:MM",
        help="when the night run starts, in the home's time zone (default: %(default)s)",
    )
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    at = TIME.match(args.at)
    if not at:
        raise UserError(f"--at {args.at} is no time; write hours and minutes such as 02:30.")
    home = context.home
    program = _program()
    night = units.command_of(program, home.root, "run --due")
    zone = home.settings.place.timezone
    start = _next(home, time(int(at[1]), int(at[2])))
    answer: dict[str, object] = {
        "cron": units.cron_night((int(at[1]), int(at[2])), zone, night),
        "service": units.service(night, "govbrief: crawl, classify and publish what is due"),
        "timer": units.night_timer(args.at, zone),
        "watch": _watch(home, program),
        "warnings": _warnings(home, start),
    }
    if args.json:
        context.console.json(answer)
    else:
        context.console.write(_text(answer, start))
        for warning in _warnings(home, start):
            context.console.error(warning)
    return 0


def _next(home: Home, at: time) -> datetime:
    """The next night run, in the home's time zone."""
    now = home.clock.now().astimezone(ZoneInfo(home.settings.place.timezone))
    start = now.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    return start if start > now else start + timedelta(days=1)


def _warnings(home: Home, start: datetime) -> list[str]:
    """Sources that may not be asked when the night run starts, with the reason of each kind."""
    from crawlers.schedule import resting
    from dashboard.commands.chain import catalogue_of

    why: dict[str, list[str]] = {}
    for source in catalogue_of(home).sources.values():
        reason = resting(source, home, start) if source.enabled else None
        if reason:
            why.setdefault(reason.partition(";")[0], []).append(source.id)
    return [
        f"A run at {start:%H:%M} ({start.tzinfo}) leaves alone {_named(names)}: {reason}. Choose another"
        " --at, or change [crawl] quiet_hours or the source's [impact] window."
        for reason, names in why.items()
    ]


def _named(names: list[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _program() -> str:
    """How this very program is called, by its whole path."""
    found = shutil.which("govbrief")
    return shlex.quote(found) if found else f"{shlex.quote(sys.executable)} -m dashboard.commands.main"


def _watch(home: Home, program: str) -> dict[str, str] | None:
    """The same for sources with [watch]; None when none is watched."""
    watching = watched(home)
    if not watching:
        return None
    command = units.command_of(program, home.root, "run --watch")
    return {
        "cron": units.cron_watch(watching, command),
        "service": units.service(command, "govbrief: look at the lists of watched sources"),
        "timer": units.watch_timer(watching),
    }


def watched(home: Home) -> list[Watching]:
    """By time zone: from the first to the last hour of its watched sources, as often as the most watched."""
    from dashboard.commands.chain import catalogue_of

    by_zone: dict[str, list[SourceFile]] = {}
    for source in catalogue_of(home).sources.values():
        if source.enabled and source.watch.every_minutes:
            by_zone.setdefault(source.timezone, []).append(source)
    return [_watching(zone, sources) for zone, sources in sorted(by_zone.items())]


def _watching(zone: str, sources: list[SourceFile]) -> Watching:
    spans = [one.watch.hours.split("-") for one in sources]
    first, last = min(int(begin[:2]) for begin, _ in spans), max(_last_hour(end) for _, end in spans)
    return Watching(first, last, min(one.watch.every_minutes for one in sources), zone)


def _last_hour(end: str) -> int:
    """The hour of the last visit: 18:00 ends the watch at that hour, 18:30 within it."""
    return int(end[:2]) - (end[3:] == "00")


def _text(answer: dict[str, object], start: datetime) -> str:
    watch, here = answer["watch"], start.astimezone()
    parts = [f"{CRON.format(start=start, zone=start.tzinfo, here=here)}{answer['cron']}\n"]
    timers = "govbrief.timer"
    if isinstance(watch, dict):
        parts.append(f"{watch['cron']}\n")
        timers += " govbrief-watch.timer"
    parts += [
        "# or, with systemd:\n" + HOW.format(timers=timers),
        f"# {FOLDER}/govbrief.service\n{answer['service']}",
        f"# {FOLDER}/govbrief.timer\n{answer['timer']}",
    ]
    if isinstance(watch, dict):
        parts.append(f"# {FOLDER}/govbrief-watch.service\n{watch['service']}")
        parts.append(f"# {FOLDER}/govbrief-watch.timer\n{watch['timer']}")
    return "\n".join(parts)


VERB = Verb(
    name="schedule",
    help="Print cron lines and systemd units for the night run and for watching; nothing is installed.",
    run=_run,
    arguments=_arguments,
)
