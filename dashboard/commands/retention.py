"""`govbrief retention`: let go of traces of the work that are older than the settings say."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from dashboard.commands.console import Console, plain
from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import GovbriefError
from warehouse.home import Home

if TYPE_CHECKING:
    from warehouse.retention import Retained


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="say what would go and stop")
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    from warehouse.retention import apply_retention

    answer = apply_retention(context.home, dry_run=args.dry_run)
    if args.json:
        context.console.json(plain(answer))
    else:
        context.console.result(sentence(answer))
    return 0


def sentence(answer: Retained) -> str:
    """What went, for a person."""
    what = ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in answer.removed.items())
    verb = "would go" if answer.dry_run else "went"
    return f"By [retention] {verb}: {what}." if what else f"By [retention] nothing {verb}."


def after_run(home: Home, console: Console) -> dict[str, int]:
    """What `run` lets go at its end; a failure is said and does not make the run fail."""
    from warehouse.retention import apply_retention

    try:
        answer = apply_retention(home)
    except GovbriefError as error:
        console.error(f"[retention] was not applied: {error}")
        return {}
    if answer.removed:
        console.say(sentence(answer))
    return answer.removed


VERB = Verb(
    name="retention",
    help="Let go of traces of the work that are older than [retention] in the settings says.",
    run=_run,
    arguments=_arguments,
    note="'run' does it at its end. Documents, corrections and judgements are never among them.",
)
