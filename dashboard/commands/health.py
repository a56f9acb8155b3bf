"""`govbrief health`: alarms only, for a monitor; the exit code is the answer."""

from __future__ import annotations

import argparse

from dashboard.commands.state import state_of
from dashboard.commands.verb import Context, Verb, add_json


def _run(context: Context, args: argparse.Namespace) -> int:
    state = state_of(context.home)
    alarms = state["alarms"]
    if args.json:
        context.console.json({"ok": not alarms, "alarms": alarms})
    else:
        for alarm in alarms:
            context.console.result(alarm["sentence"])
        if not alarms:
            context.console.result("Fine: a publication is up and every source's last visit ended well.")
    if state["publication"] is None:
        return 4
    return 3 if alarms else 0


VERB = Verb(
    name="health",
    help="Say what needs a look; 0 when nothing does, 3 when something does, 4 when nothing is published.",
    run=_run,
    arguments=add_json,
)
