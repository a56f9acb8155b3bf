"""`govbrief schedule`: lines for cron and systemd that call `govbrief run`; never installed."""

from __future__ import annotations

import argparse
import re
import shlex
import shutil
import sys

from dashboard.commands import schedule_units as units
from dashboard.commands.schedule_units import Watching
from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import UserError
from warehouse.home import Home

TIME = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)$")
FOLDER = "~/.config/systemd/user"
HOW = f"""\
# Put the units into {FOLDER}, then:
#   systemctl --user daemon-reload
#   systemctl --user enable --now {{timers}}
#   loginctl enable-linger   (so that they run while nobody is logged in)
# 'journalctl --user -u govbrief' shows what was said; with [log] file in govbrief.toml the home keeps it too.
"""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--at",
        default="02:30",
        metavar="HH:MM",
        help="when the night run starts, machine time (default: %(default)s)",
    )
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    at = TIME.match(args.at)
    if not at:
        raise UserError(f"--at {args.at} is no time; write hours and minutes such as 02:30.")
    home = context.home
    program = _program()
    night = units.command_of(program, home.root, "run --due")
    answer: dict[str, object] = {
        "cron": units.cron_night((int(at[1]), int(at[2])), night),
        "service": units.service(night, "govbrief: crawl, classify and publish what is due"),
        "timer": units.night_timer(args.at),
        "watch": _watch(home, program),
    }
    if args.json:
        context.console.json(answer)
    else:
        context.console.write(_text(answer))
    return 0


def _program() -> str:
    """How this very program is called, by its whole path."""
    found = shutil.which("govbrief")
    return shlex.quote(found) if found else f"{shlex.quote(sys.executable)} -m dashboard.commands.main"


def _watch(home: Home, program: str) -> dict[str, str] | None:
    """The same for sources with [watch]; None when none is watched."""
    watching = watched(home)
    if watching is None:
        return None
    command = units.command_of(program, home.root, "run --watch")
    return {
        "cron": units.cron_watch(watching, command),
        "service": units.service(command, "govbrief: look at the lists of watched sources"),
        "timer": units.watch_timer(watching),
    }


def watched(home: Home) -> Watching | None:
    """From the first to the last hour of all watched sources, as often as the most watched one."""
    from dashboard.commands.chain import catalogue_of

    sources = [one for one in catalogue_of(home).sources.values() if one.enabled and one.watch.every_minutes]
    if not sources:
        return None
    spans = [one.watch.hours.split("-") for one in sources]
    first, last = min(int(begin[:2]) for begin, _ in spans), max(_last_hour(end) for _, end in spans)
    minutes = min(one.watch.every_minutes for one in sources)
    return Watching(first, last, minutes, sources[0].timezone)


def _last_hour(end: str) -> int:
    """The hour of the last visit: 18:00 ends the watch at that hour, 18:30 within it."""
    return int(end[:2]) - (end[3:] == "00")


def _text(answer: dict[str, object]) -> str:
    watch = answer["watch"]
    parts = [f"# crontab -e   (machine time)\n{answer['cron']}\n"]
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
