"""`govbrief search`: find documents, with snippets and facets."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Any

from dashboard.commands.console import plain
from dashboard.commands.hit_words import told_lines
from dashboard.commands.reading import add_filters, current_publication, filters
from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import UserError
from warehouse.records import SearchAnswer

if TYPE_CHECKING:
    from warehouse.publication import Publication

MOST = 1000
CURSOR = re.compile(r"(\d{8}-\d{6}-\d{1,6})~(\d{1,6})")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "query",
        metavar="QUERY",
        help='words, "exact phrases", -without, OR, title:words; an empty query lists by date',
    )
    add_filters(parser)
    parser.add_argument(
        "--limit", type=int, default=20, help=f"hits to print, 1 to {MOST} (default: %(default)s)"
    )
    parser.add_argument(
        "--offset", type=int, default=0, help="hits to leave out before (default: %(default)s)"
    )
    parser.add_argument(
        "--after",
        metavar="CURSOR",
        help="go on behind an earlier page: its 'next' of --json, in its publication",
    )
    parser.add_argument("--no-fold", action="store_true", help="list every copy of a document as a hit")
    parser.add_argument("--no-facets", action="store_true", help="leave the counts by facet out")
    parser.add_argument(
        "--versions",
        action="store_true",
        help="search former versions too, and tell when words first appeared",
    )
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    from warehouse.search.query import search

    if not 1 <= args.limit <= MOST:
        raise UserError(f"--limit must be 1 to {MOST}, not {args.limit}.")
    if args.offset < 0:
        raise UserError(f"--offset must be 0 or more, not {args.offset}.")
    publication, offset = _place(context, args)
    chosen: dict[str, Any] = filters(publication, context.home, args)
    answer = search(
        publication,
        args.query,
        limit=args.limit,
        offset=offset,
        fold=not args.no_fold,
        facets=not args.no_facets,
        versions=args.versions,
        **chosen,
    )
    if args.json:
        context.console.json(answer_json(answer))
    else:
        _print(context, answer)
    return 0


def _place(context: Context, args: argparse.Namespace) -> tuple[Publication, int]:
    """The publication to search and where to begin: as a cursor says, while its publication is kept."""
    from warehouse.publication import Publication

    current = current_publication(context)
    if not args.after:
        return current, args.offset
    cursor = CURSOR.fullmatch(args.after)
    if not cursor:
        raise UserError(f"'{args.after}' is no cursor; give the 'next' that search --json printed.")
    publication_id, offset = cursor[1], int(cursor[2])
    if publication_id == current.publication_id:
        return current, offset
    held = Publication.held(context.home, publication_id)
    if held is None:
        context.console.say(
            f"Publication {publication_id} is no longer kept; going on in {current.publication_id},"
            " where places may have moved."
        )
    return held or current, offset


def answer_json(answer: SearchAnswer) -> dict[str, Any]:
    """The answer in the shape of docs/json.md."""
    facets = {
        name: [{"code": code, "name": label, "count": count} for code, label, count in entries]
        for name, entries in answer.facets.items()
    }
    return {
        "query": answer.query,
        "total": answer.total,
        "publication_id": answer.publication_id,
        "hits": [plain(hit) for hit in answer.hits],
        "facets": facets,
        "next": f"{answer.publication_id}~{answer.next_offset}" if answer.next_offset is not None else None,
        "next_offset": answer.next_offset,
        "unknown": answer.unknown,
        "lineage": {code: list(names) for code, names in answer.lineage.items()},
    }


def _print(context: Context, answer: SearchAnswer) -> None:
    for hit in answer.hits:
        mark = "示例数据 " if hit.sample else ""
        facts = " · ".join(
            part
            for part in (hit.published, hit.department, hit.doc_number, "；".join(hit.topics) or hit.topic)
            if part
        )
        context.console.result(f"{hit.title}")
        context.console.result(f"  {mark}{facts}")
        if hit.snippet:
            context.console.result(f"  {' '.join(hit.snippet.split())}")
        for line in told_lines(context.home, hit):
            context.console.result(f"  {line}")
        context.console.result(f"  {hit.document_id}  {hit.url or ''}".rstrip())
        for copy in hit.copies:
            context.console.result(f"    = {copy.document_id}  {copy.source_name}  {copy.url or ''}".rstrip())
    context.console.say(
        f"{len(answer.hits)} of {answer.total} documents, publication {answer.publication_id}."
    )
    if answer.unknown:
        context.console.say(
            f"Of {answer.unknown} more it is not known whether they were in force on that day."
        )
    if answer.next_offset is not None:
        context.console.say(f"Go on with --after {answer.publication_id}~{answer.next_offset}.")


VERB = Verb(
    name="search",
    help="Find documents by words, exact phrases or document number, with filters and facets.",
    run=_run,
    arguments=_arguments,
    note="A phrase in quotation marks is found as it stands, punctuation and all.",
)
