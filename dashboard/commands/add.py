"""`govbrief add`: documents handed to the librarian, as files or by their addresses."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.commands.chain import catalogue_of, summary_lines
from dashboard.commands.console import plain
from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import NothingUsable, UserError

if TYPE_CHECKING:
    from crawlers.handed_in import AddSummary


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        nargs="+",
        metavar="FILE|URL",
        help="a saved page, PDF or DOCX; or an address, which is fetched once and as politely as a crawl",
    )
    parser.add_argument("--url", help="the address the file came from; for one FILE")
    parser.add_argument("--source", metavar="ID", help="the source the file belongs to")
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    if args.url and (len(args.what) > 1 or _is_address(args.what[0])):
        raise UserError("--url names where one FILE came from; leave it out, or name a single file.")
    return _run_one(context, args) if len(args.what) == 1 else _run_many(context, args)


def _run_one(context: Context, args: argparse.Namespace) -> int:
    summary = _add(context, args, args.what[0])
    if args.json:
        context.console.json(summary)
    else:
        for line in summary_lines({"add": summary}):
            context.console.result(line)
    return 0


def _run_many(context: Context, args: argparse.Namespace) -> int:
    """Each by itself: what cannot be used is named, the rest is taken; 3 then, 4 when nothing was usable."""
    answers: list[dict[str, Any]] = []
    refused = 0
    for what in args.what:
        try:
            summary = _add(context, args, what)
        except (NothingUsable, UserError) as error:
            refused += 1
            answers.append({"what": what, "outcome": "refused", "reason": str(error)})
            context.console.error(str(error))
            continue
        answers.append({"what": what, **plain(summary)})
        if not args.json:
            context.console.result(f"{what}: {summary.outcome}: {summary.title}")
    if args.json:
        context.console.json(answers)
    else:
        context.console.result(f"add: {len(answers) - refused:,} taken, {refused:,} refused")
    return 0 if not refused else 3 if refused < len(answers) else 4


def _add(context: Context, args: argparse.Namespace, what: str) -> AddSummary:
    from crawlers.intake import add_file
    from dashboard.commands.handing_in import take_address

    home = context.home
    if _is_address(what):
        return take_address(home, what, args.source)
    file = Path(what)
    if not file.is_file():
        raise UserError(f"{file}: there is no such file.")
    return add_file(home, file, args.url, args.source, catalogue_of(home))


def _is_address(what: str) -> bool:
    return what.lower().startswith(("http://", "https://"))


VERB = Verb(
    name="add",
    help="Take handed-in files (page, PDF, DOCX) or single web pages into archive and warehouse.",
    run=_run,
    arguments=_arguments,
    note="A document marked 秘密, 机密 or 绝密 is refused.",
)
