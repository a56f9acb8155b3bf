"""`govbrief classify`: labels, citations and duties for new documents, or for the lines of a JSONL file."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard.commands.chain import classify_step, summary_lines
from dashboard.commands.explain import explain
from dashboard.commands.extract import home_or_none
from dashboard.commands.jsonl import good_rows
from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import UserError


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--again",
        action="store_true",
        help="label every document again, as after a better classifier; after a stop it goes on",
    )
    parser.add_argument(
        "--file",
        type=Path,
        metavar="DOCS.jsonl",
        help="label the lines of this file and store nothing; one result a line",
    )
    parser.add_argument("--model", type=Path, metavar="FOLDER", help="with --file: a trained model to use")
    parser.add_argument(
        "--scheme",
        action="append",
        default=[],
        metavar="NAME|FILE",
        help="with --file: a topic scheme to use, again for several; the first one leads",
    )
    parser.add_argument(
        "--hide-published", action="store_true", help="with --file: ignore the label fields of the input"
    )
    parser.add_argument(
        "--explain",
        metavar="ID",
        help="say who settled this document's labels and which words and rules are behind them",
    )
    parser.add_argument(
        "--language",
        choices=("zh", "en"),
        help="with --explain: language of the answer (default: the home's)",
    )
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    if args.file:
        return _file(context, args)
    if args.explain:
        return explain(context, args.explain, args.json, args.language)
    if args.language:
        raise UserError("--language belongs to --explain ID; add it or leave it out.")
    if args.model or args.hide_published or args.scheme:
        raise UserError(
            "--model, --scheme and --hide-published belong to --file DOCS.jsonl; add it or leave them out."
        )
    summary = classify_step(context.home, context.console, again=args.again)
    if args.json:
        context.console.json(summary)
    else:
        for line in summary_lines({"classify": summary}):
            context.console.result(line)
    return 0


def _file(context: Context, args: argparse.Namespace) -> int:
    from classify.rows import classify_rows

    wrong = answers = 0

    def tell(sentence: str) -> None:
        nonlocal wrong
        wrong += 1
        context.console.error(sentence)

    rows = good_rows(args.file, tell)
    home = home_or_none(context)
    for row in classify_rows(rows, args.hide_published, args.model, args.scheme, home):
        context.console.json_line(row)
        answers += 1
    if not wrong:
        return 0
    return 3 if answers else 4


VERB = Verb(
    name="classify",
    help="Find the issuing department, the topic, citations and duties of new documents, with evidence.",
    run=_run,
    arguments=_arguments,
    note="With --file the answer is always JSON, one object a line; a wrong line is "
    "named by its number and the rest is labelled.",
)
