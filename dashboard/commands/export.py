"""`govbrief export`: published documents as JSONL, all of them or those a search finds."""

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
from warehouse.errors import EnvironmentProblem

if TYPE_CHECKING:
    from warehouse.publication import Publication

PAGE = 500


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "query", nargs="?", metavar="QUERY", help="as in 'search'; none and no filter: every document"
    )
    add_filters(parser)
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write there instead of printing")
    parser.add_argument("--no-text", action="store_true", help="leave the text out")


def _run(context: Context, args: argparse.Namespace) -> int:
    from warehouse.queries.export import document_rows

    publication = current_publication(context)
    chosen = filters(publication, context.home, args)
    everything = not args.query and not any(value for key, value in chosen.items() if key != "order")
    ids = None if everything else _found(publication, args.query or "", chosen)
    rows = document_rows(publication, ids, with_text=not args.no_text)
    try:
        with args.output.open("w", encoding="utf-8") if args.output else nullcontext(sys.stdout) as out:
            number = _write(Console(out=out), rows)
    except OSError as error:
        if isinstance(error, BrokenPipeError) or not args.output:
            raise
        raise EnvironmentProblem(
            f"{args.output}: cannot be written ({error.strerror}); choose another place."
        ) from error
    context.console.say(f"Exported {number:,} documents of publication {publication.publication_id}.")
    return 0


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
    help="Write published documents as JSONL, all of them or those a search finds.",
    run=_run,
    arguments=_arguments,
    note="The text shown is what the source's reuse terms allow; the lines can be imported again.",
)
