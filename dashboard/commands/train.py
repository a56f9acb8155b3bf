"""`govbrief train`: learn from published labels and corrections, or from any labelled JSONL."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard.commands.extract import home_or_none
from dashboard.commands.jsonl import read_rows
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
    home_or_none(context)
    rows = (row for file in args.data for row in read_rows(file))
    card = train(rows, args.field, args.out, progress=context.console.progress)
    if args.json:
        context.console.json(card)
    else:
        context.console.result(f"Wrote {args.out}.")
    return 0


VERB = Verb(
    name="train",
    help="Learn departments or topics from labelled JSONL and write a model.",
    run=_run,
    arguments=_arguments,
    note="A model holds weights without pickle and a card with the fingerprint of its data.",
)
