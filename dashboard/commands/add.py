"""`govbrief add`: one document handed to the librarian."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard.commands.chain import catalogue_of, summary_lines
from dashboard.commands.verb import Context, Verb, add_json, not_built
from warehouse.errors import UserError


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", metavar="FILE|URL", help="a saved page, PDF or DOCX")
    parser.add_argument("--url", help="the address the file came from")
    parser.add_argument("--source", metavar="ID", help="the source the file belongs to")
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    from crawlers.intake import add_file

    if args.what.startswith(("http://", "https://")):
        not_built("'add URL'", "save the page and type 'govbrief add FILE --url URL'")
    file = Path(args.what)
    if not file.is_file():
        raise UserError(f"{file}: there is no such file.")
    home = context.home
    summary = add_file(home, file, args.url, args.source, catalogue_of(home))
    if args.json:
        context.console.json(summary)
    else:
        for line in summary_lines({"add": summary}):
            context.console.result(line)
    return 0


VERB = Verb(
    name="add",
    help="Take one handed-in file (page, PDF, DOCX) into the archive and the warehouse.",
    run=_run,
    arguments=_arguments,
    note="A document marked 秘密, 机密 or 绝密 is refused.",
)
