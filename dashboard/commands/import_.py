"""`govbrief import`: documents from JSONL files."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard.commands.chain import summary_lines
from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import UserError


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        nargs="+",
        type=Path,
        metavar="FILE.jsonl",
        help="files in the JSONL schema of docs/json.md, plain or .gz",
    )
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    from crawlers.intake import import_jsonl

    for file in args.file:
        if file.is_dir():
            raise UserError(f"{file} is a folder; name a JSONL file in it.")
        if not file.is_file():
            raise UserError(f"{file}: there is no such file.")
    home = context.home
    summary = import_jsonl(home, args.file, context.console.progress)
    if args.json:
        context.console.json(summary)
    else:
        for line in summary_lines({"import": summary}):
            context.console.result(line)
    for sentence in summary.wrong:
        context.console.error(sentence)
    if summary.wrong_lines > len(summary.wrong):
        context.console.error(f"{summary.wrong_lines - len(summary.wrong)} more lines were left out.")
    return int(summary.exit_code)


VERB = Verb(
    name="import",
    help="Take documents from JSONL files into the archive and the warehouse.",
    run=_run,
    arguments=_arguments,
    note="A second import of the same file changes nothing; a wrong line is named by its number and the "
    "rest is kept. Follow with 'classify' and 'publish', or 'run'.",
)
