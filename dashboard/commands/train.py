"""`govbrief train`: learn from any labelled JSONL, such as an export with corrections."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard.commands.chain import summary_lines
from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import UserError


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", nargs="+", type=Path, metavar="FILE.jsonl", help="labelled documents")
    parser.add_argument("--field", choices=("department", "topic"), help="which label to learn")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="where to write the model; must not exist")
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    from classify.training import train

    if not (args.data and args.field and args.out):
        raise UserError("'train' needs --data FILE.jsonl, --field department or topic, and --out FOLDER.")
    if args.out.exists():
        raise UserError(
            f"--out {args.out} is already there; name a new folder, a model is never overwritten."
        )
    summary = train(args.data, args.field, args.out)
    if args.json:
        context.console.json(summary)
    else:
        for line in summary_lines({"train": summary}):
            context.console.result(line)
    return 0


VERB = Verb(
    name="train",
    help="Learn departments or topics from labelled JSONL and write a model.",
    run=_run,
    arguments=_arguments,
    note="A model holds weights without pickle and a card with the fingerprint of its data.",
)
