"""`govbrief evaluate`: how well labels fit a gold file; the gold field is hidden before prediction."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from dashboard.commands.console import plain
from dashboard.commands.jsonl import read_rows
from dashboard.commands.verb import Context, Verb, add_json


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--gold", required=True, type=Path, metavar="FILE.jsonl", help="documents with true labels"
    )
    parser.add_argument(
        "--field", choices=("department", "topic"), default="topic", help="default: %(default)s"
    )
    parser.add_argument("--model", type=Path, metavar="FOLDER", help="a trained model (default: rules only)")
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    from classify.evaluation import evaluate

    answer: dict[str, Any] = plain(evaluate(read_rows(args.gold), args.field, args.model))
    if args.json:
        context.console.json(answer)
        return 0
    overall = {key: value for key, value in answer.items() if isinstance(value, (int, float, str))}
    context.console.table(("figure", "value"), list(overall.items()))
    labels = answer.get("labels") or []
    if labels:
        context.console.table(tuple(labels[0]), [tuple(row.values()) for row in labels])
    return 0


VERB = Verb(
    name="evaluate",
    help="Measure labels against a gold file: accuracy, F1, coverage, calibration and a table per label.",
    run=_run,
    arguments=_arguments,
)
