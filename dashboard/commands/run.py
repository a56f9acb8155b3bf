"""`govbrief run`: the whole chain for a scheduler, one at a time."""

from __future__ import annotations

import argparse

from dashboard.commands.chain import run_chain, summary_lines
from dashboard.commands.retention import after_run
from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import LockHeld
from warehouse.locks import run_lock
from warehouse.purge_journal import JOURNAL


def _arguments(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--due", action="store_true", help="crawl only the sources whose time has come")
    which.add_argument(
        "--watch",
        action="store_true",
        help="look only at the lists of sources with [watch] whose time has come, within working hours",
    )
    which.add_argument(
        "--jobs",
        action="store_true",
        help="only do what pages asked for, such as training; the worker of serve",
    )
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    home = context.home
    if args.jobs:
        return _jobs(context, args)
    if (home.root / JOURNAL).is_file():
        context.console.error("A purge was interrupted; complete it with 'govbrief purge --continue --yes'.")
    with run_lock(home):
        if not args.watch:
            _jobs_first(context)
        result = run_chain(home, context.console, due=args.due, watch=args.watch)
    gone = {} if args.watch else after_run(home, context.console)
    if args.json:
        context.console.json({**result.steps, "retention": gone, "exit_code": result.exit_code})
    else:
        for line in summary_lines(result.steps):
            context.console.result(line)
    return result.exit_code


def _jobs(context: Context, args: argparse.Namespace) -> int:
    from dashboard.commands.jobs import carry_out_jobs

    done = carry_out_jobs(context.home, context.console)
    if args.json:
        context.console.json({"jobs": done})
    else:
        for one in done:
            context.console.result(f"{one['kind']}: {one['outcome']}")
    return 3 if any(one["failed"] for one in done) else 0


def _jobs_first(context: Context) -> None:
    """What pages asked for, so that a model applied on a page labels this run's documents."""
    from dashboard.commands.jobs import carry_out_jobs

    try:
        carry_out_jobs(context.home, context.console)
    except LockHeld as held:
        context.console.say(str(held))


VERB = Verb(
    name="run",
    help="Crawl, extract, classify and publish in one go; what a scheduler calls.",
    run=_run,
    arguments=_arguments,
    note="Only one run of a home at a time (75); a killed run is continued by the next one.",
)
