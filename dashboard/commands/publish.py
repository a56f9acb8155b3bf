"""`govbrief publish`: checks, index and a new publication."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard.commands.chain import publish_step, summary_lines
from dashboard.commands.verb import Context, Verb, add_json, not_built


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--replayed", action="store_true", help="publish documents from replayed captures too"
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="publish although fewer than half of the last publication's documents are there",
    )
    parser.add_argument(
        "--bundle",
        type=Path,
        metavar="FILE",
        help="write a signed bundle for an isolated network (not in this version)",
    )
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    if args.bundle:
        not_built("'publish --bundle'", "'govbrief backup FOLDER' makes a copy that can be carried over")
    summary = publish_step(context.home, context.console, replayed=args.replayed, force=args.force)
    if args.json:
        context.console.json(summary)
    else:
        for line in summary_lines({"publish": summary}):
            context.console.result(line)
    return 0


VERB = Verb(
    name="publish",
    help="Check the warehouse, bring the index up to date and put a new publication before the readers.",
    run=_run,
    arguments=_arguments,
    note="Readers move to it by themselves; when a check refuses it, the last good publication stays.",
)
