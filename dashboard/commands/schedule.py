"""`govbrief schedule`: lines for cron and systemd that call `govbrief run --due`; never installed."""

from __future__ import annotations

import argparse
import re
import shlex
import shutil
import sys

from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import UserError

TIME = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)$")
SERVICE = """\
[Unit]
Description=govbrief: crawl, classify and publish what is due

[Service]
Type=oneshot
ExecStart={command}
SuccessExitStatus=3 75
"""
TIMER = """\
[Unit]
Description=govbrief every night

[Timer]
OnCalendar=*-*-* {at}:00
Persistent=true

[Install]
WantedBy=timers.target
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
    program = shutil.which("govbrief") or f"{sys.executable} -m dashboard.commands.main"
    command = f"{program} run --due --home {shlex.quote(str(context.home.root))}"
    answer = {
        "cron": f"{int(at[2])} {int(at[1])} * * * {command}",
        "service": SERVICE.format(command=command),
        "timer": TIMER.format(at=args.at),
    }
    if args.json:
        context.console.json(answer)
        return 0
    context.console.write("# crontab -e\n" + answer["cron"] + "\n")
    context.console.write("# ~/.config/systemd/user/govbrief.service\n" + answer["service"])
    context.console.write("# ~/.config/systemd/user/govbrief.timer\n" + answer["timer"])
    return 0


VERB = Verb(
    name="schedule",
    help="Print a cron line and a systemd timer for the night run; nothing is installed.",
    run=_run,
    arguments=_arguments,
)
