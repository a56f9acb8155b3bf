"""`govbrief export`: published documents as JSONL, or archived pages as WARC."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.commands.console import Console
from dashboard.commands.reading import add_filters, current_publication, filters
from dashboard.commands.verb import Context, Verb
from warehouse.errors import EnvironmentProblem, UserError

if TYPE_CHECKING:
    from warehouse.publication import Publication

PAGE = 500
_DOCUMENT_FILTERS = ("department", "topic", "level", "region", "doc_type", "in_force")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "query",
        nargs="*",
        metavar="QUERY",
        help="as in 'search', or names of documents (doc-…), with --warc of captures (cap-…) too; "
        "none and no filter: everything",
    )
    add_filters(parser)
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write there instead of printing")
    parser.add_argument("--no-text", action="store_true", help="leave the text out")
    parser.add_argument(
        "--warc",
        type=Path,
        metavar="FILE",
        help="write the archived captures there as WARC instead; --since and --until mean the day of capture",
    )
    parser.add_argument(
        "--own-use",
        action="store_true",
        help="with --warc: the whole archive, also what may not be handed on; for a home of your own",
    )
    parser.add_argument(
        "--networks",
        action="store_true",
        help="write what citations make of the documents instead: ranks by relation, communities, cascades "
        "and bodies that issue together, as JSONL",
    )
    parser.add_argument("--json", action="store_true", help="with --warc: print the summary as JSON")


def _run(context: Context, args: argparse.Namespace) -> int:
    if args.warc:
        return _run_warc(context, args)
    if args.own_use or args.json:
        raise UserError("--own-use and --json belong to --warc FILE; without it the answer is JSONL.")
    publication = current_publication(context)
    number = _write_rows(args, _rows(context, publication, args))
    what = "lines" if args.networks else "documents"
    context.console.say(f"Exported {number:,} {what} of publication {publication.publication_id}.")
    return 0


def _rows(context: Context, publication: Publication, args: argparse.Namespace) -> Iterator[dict[str, Any]]:
    from warehouse.queries.export import document_rows
    from warehouse.queries.networks import network_lines

    if not args.networks:
        return document_rows(publication, _wanted(context, publication, args), with_text=not args.no_text)
    if args.query or any(getattr(args, name) for name in (*_DOCUMENT_FILTERS, "source", "since", "until")):
        raise UserError("--networks speaks of all documents; leave query and filters out.")
    return network_lines(publication)


def _write_rows(args: argparse.Namespace, rows: Iterator[dict[str, Any]]) -> int:
    try:
        with args.output.open("w", encoding="utf-8") if args.output else nullcontext(sys.stdout) as out:
            return _write(Console(out=out), rows)
    except OSError as error:
        if isinstance(error, BrokenPipeError) or not args.output:
            raise
        raise EnvironmentProblem(
            f"{args.output}: cannot be written ({error.strerror}); choose another place."
        ) from error


def _run_warc(context: Context, args: argparse.Namespace) -> int:
    from dashboard.commands.export_warc import export_warc

    if args.output or args.no_text or args.networks:
        raise UserError("--output, --no-text and --networks belong to JSONL; --warc FILE names its own file.")
    captures = [word for word in args.query if word.startswith("cap-")]
    rest = argparse.Namespace(**{**vars(args), "since": None, "until": None, "source": None})
    rest.query = [word for word in args.query if word not in captures]
    asked = rest.query or any(getattr(rest, name) for name in _DOCUMENT_FILTERS)
    documents = _wanted(context, current_publication(context), rest) if asked else None
    return export_warc(context, args, captures, documents)


def _wanted(context: Context, publication: Publication, args: argparse.Namespace) -> Iterator[str] | None:
    """The documents named or searched for; None for all."""
    if args.query and all(word.startswith("doc-") for word in args.query):
        named: list[str] = args.query
        return iter(named)
    chosen = filters(publication, context.home, args)
    query = " ".join(args.query)
    if not query and not any(value for key, value in chosen.items() if key != "order"):
        return None
    return _found(publication, query, chosen)


def _write(lines: Console, rows: Iterator[dict[str, Any]]) -> int:
    number = 0
    for row in rows:
        lines.json_line(row)
        number += 1
    return number


def _found(publication: Publication, query: str, chosen: dict[str, Any]) -> Iterator[str]:
    from warehouse.search.query import search

    offset = 0
    while True:
        answer = search(publication, query, limit=PAGE, offset=offset, **chosen)
        yield from (hit.document_id for hit in answer.hits)
        offset += len(answer.hits)
        if not answer.hits or offset >= answer.total:
            return


VERB = Verb(
    name="export",
    help="Write published documents as JSONL, or archived pages as WARC: all, or those a search finds.",
    run=_run,
    arguments=_arguments,
    note="Text and pages are what the source's reuse terms allow; both forms can be imported again.",
)
