"""`govbrief search`: find documents, with snippets and facets."""

from __future__ import annotations

import argparse
from typing import Any

from dashboard.commands.console import plain
from dashboard.commands.reading import add_filters, current_publication, filters
from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import UserError
from warehouse.records import SearchAnswer

MOST = 1000


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "query", metavar="QUERY", help='words, "exact phrases", -without, OR; an empty query lists by date'
    )
    add_filters(parser)
    parser.add_argument(
        "--limit", type=int, default=20, help=f"hits to print, 1 to {MOST} (default: %(default)s)"
    )
    parser.add_argument(
        "--offset", type=int, default=0, help="hits to leave out before (default: %(default)s)"
    )
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    from warehouse.search.query import search

    if not 1 <= args.limit <= MOST:
        raise UserError(f"--limit must be 1 to {MOST}, not {args.limit}.")
    if args.offset < 0:
        raise UserError(f"--offset must be 0 or more, not {args.offset}.")
    publication = current_publication(context)
    chosen: dict[str, Any] = filters(publication, context.home, args)
    answer = search(publication, args.query, limit=args.limit, offset=args.offset, **chosen)
    if args.json:
        context.console.json(answer_json(answer))
    else:
        _print(context, answer)
    return 0


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
        context.console.result(f"  {hit.document_id}  {hit.url or ''}".rstrip())
    context.console.say(
        f"{len(answer.hits)} of {answer.total} documents, publication {answer.publication_id}."
    )


VERB = Verb(
    name="search",
    help="Find documents by words, exact phrases or document number, with filters and facets.",
    run=_run,
    arguments=_arguments,
    note="A phrase in quotation marks is found as it stands, punctuation and all.",
)
