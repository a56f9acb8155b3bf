"""Entry of the console script `govbrief`: runs the verb, turns every failure into a sentence and a code."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from dashboard.commands.console import Console
from dashboard.commands.failures import explain, write_traceback
from dashboard.commands.verb import Context, OneSentenceParser, common_options
from dashboard.commands.verbs import VERBS

INTERRUPTED = 130
EXIT_CODES = (
    "exit codes: 0 fine; 1 internal error; 2 wrong use; 3 partial; 4 nothing usable or publication refused; "
    "5 environment (disk, port, permission); 69 not available in this version; 75 another run holds the lock"
)


def build_parser() -> argparse.ArgumentParser:
    """The whole command line; docs/cli.md is written from it."""
    common = common_options()
    parser = OneSentenceParser(
        prog="govbrief",
        description="Gathers published government documents, labels them and briefs officials with proof.",
        epilog=EXIT_CODES,
        parents=[common],
    )
    parser.add_argument("--version", action="version", version=f"govbrief {_version()}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True, parser_class=OneSentenceParser)
    for verb in VERBS:
        sub = verbs.add_parser(
            verb.name, help=verb.help, description=" ".join((verb.help, verb.note)).strip(), parents=[common]
        )
        verb.arguments(sub)
        sub.set_defaults(run=verb.run)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code."""
    parser = build_parser()
    try:
        args = parser.parse_args(arguments)
    except SystemExit as ended:
        return int(ended.code or 0)
    console = Console(quiet=getattr(args, "quiet", False))
    context = Context(console, getattr(args, "home", None))
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s"
    )
    code = _carry_out(args, context)
    context.ended(f"govbrief {args.verb} ended with {code}")
    return code


def _carry_out(args: argparse.Namespace, context: Context) -> int:
    try:
        code: int = args.run(context, args)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return _reader_left()
    except Exception as error:
        return _report(error, context, getattr(args, "debug", False))


def _report(error: Exception, context: Context, debug: bool) -> int:
    foreseen = explain(error)
    if debug:
        traceback.print_exception(error)
    if foreseen:
        code, sentence = foreseen
        context.name_home()
        context.console.error(sentence)
        return code
    context.name_home()
    file = write_traceback(error, context.known_home)
    where = f" the traceback is in {file}" if file else " run the command again with --debug"
    context.console.error(
        f"Internal error ({type(error).__name__}: {' '.join(str(error).split())[:200]});{where}."
    )
    return 1


def _reader_left() -> int:
    """The program reading our output closed it, as `head` does; that is no failure."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _version() -> str:
    try:
        return version("govbrief")
    except PackageNotFoundError:
        return "(run from the source tree)"


if __name__ == "__main__":
    sys.exit(main())
