"""`govbrief extract`: from the archive to documents, or one saved page to JSON."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from dashboard.commands.chain import catalogue_of, extract_step, summary_lines, tell_faults
from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import UserError
from warehouse.home import Home, find_home


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--again", action="store_true", help="read the whole archive again, as after a better extractor"
    )
    parser.add_argument(
        "--file",
        type=Path,
        metavar="PAGE",
        help="read one saved page, answer or attachment and store nothing; needs --url",
    )
    parser.add_argument("--url", help="the address the saved file came from")
    parser.add_argument(
        "--source",
        metavar="ID",
        help="read the file as this source's (else the catalogue row with the longest matching address)",
    )
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    if args.file:
        return _one_file(context, args)
    if args.url or args.source:
        raise UserError("--url and --source belong to --file PAGE; add it or leave them out.")
    home = context.home
    broken = tell_faults(home, context.console)
    summary = extract_step(home, context.console, again=args.again)
    if args.json:
        context.console.json(summary)
    else:
        for line in summary_lines({"extract": summary}):
            context.console.result(line)
    return int(summary.exit_code) or broken


def _one_file(context: Context, args: argparse.Namespace) -> int:
    from crawlers.extract import extract_file

    if not args.url:
        raise UserError("--file needs --url ADDRESS, the address the file came from.")
    if not args.file.is_file():
        raise UserError(f"--file {args.file}: there is no such file.")
    answer: dict[str, Any] = extract_file(
        args.file, args.url, args.source, catalogue_of(home_or_none(context))
    )
    context.console.json(answer)
    return 0


def home_or_none(context: Context) -> Home | None:
    """The home when there is one; work on single files needs none."""
    try:
        folder = find_home(context.home_option)
    except UserError:
        return None
    return context.use(Home.open(folder))


VERB = Verb(
    name="extract",
    help="Read what the archive holds into documents; with --file, read one saved page and store nothing.",
    run=_run,
    arguments=_arguments,
    note="With --file the answer is always JSON.",
)
