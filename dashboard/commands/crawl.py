"""`govbrief crawl`: fetch into the archive, politely."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard.commands.chain import crawl_step, summary_lines, tell_faults
from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import UserError


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source",
        nargs="*",
        metavar="ID",
        help="sources to crawl (see 'govbrief sources list'); none: those that are due",
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--due", action="store_true", help="only sources whose time has come (the default without ID)"
    )
    which.add_argument("--all", action="store_true", help="every enabled source, due or not")
    parser.add_argument(
        "--max-documents", type=_positive, metavar="N", help="stop a source after N document pages"
    )
    parser.add_argument(
        "--watch",
        action="store_true",
        help="only the lists of sources with [watch] whose time has come, and what is new there",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be fetched and fetch nothing")
    parser.add_argument(
        "--replay",
        type=Path,
        metavar="FOLDER",
        help="answer from recorded responses instead of the network; captures are marked replayed",
    )
    add_json(parser)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _run(context: Context, args: argparse.Namespace) -> int:
    from dashboard.commands.state import faults_count
    from dashboard.commands.telling import code_of, settle_code

    home = context.home
    if args.source and (args.all or args.due):
        raise UserError("Name sources or say --all or --due, not both.")
    if args.replay and not args.replay.is_dir():
        raise UserError(
            f"--replay {args.replay} is no folder; name one with recorded responses and their manifest."
        )
    if args.watch and (args.source or args.all or args.replay):
        raise UserError("--watch chooses the sources itself; leave out names, --all and --replay.")
    broken = 0 if args.source else tell_faults(home, context.console)
    summary = crawl_step(
        home,
        context.console,
        args.source,
        due=not (args.all or args.source or args.replay),
        all_=args.all,
        max_documents=args.max_documents,
        dry_run=args.dry_run,
        replay=args.replay,
        watch=args.watch,
    )
    if args.json:
        context.console.json(summary)
    else:
        for line in summary_lines({"crawl": summary}):
            context.console.result(line)
        for one in getattr(summary, "planned", ()):
            context.console.result(f"  {one.source_id}: {one.role} {one.url}")
    code = code_of(home, summary) or (3 if broken and faults_count(home) else 0)
    settle_code(home, summary.report, code)
    return code


VERB = Verb(
    name="crawl",
    help="Fetch what sources published into the archive, obeying robots.txt and each site's delay.",
    run=_run,
    arguments=_arguments,
    note="Nothing is read or labelled yet: that is 'extract' and 'classify', or 'run' for all of it.",
)
