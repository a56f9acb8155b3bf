"""`govbrief demand`: what people looked for and the library does not hold."""

from __future__ import annotations

import argparse
from typing import Any

from dashboard.commands.reading import home_today, parse_since
from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import UserError

MOST = 500


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--since", metavar="WHEN", help="asked on or after: 7d, 4w, 6m, 1y or a day such as 2026-05-01"
    )
    parser.add_argument("--all", action="store_true", help="also those that were marked as handled")
    parser.add_argument(
        "--limit", type=int, default=50, help=f"queries to print, 1 to {MOST} (default: %(default)s)"
    )
    parser.add_argument("--handled", metavar="QUERY", help="mark this query as handled instead of listing")
    parser.add_argument("--note", default="", help="with --handled: what was done")
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    from warehouse.desk import Desk

    if not 1 <= args.limit <= MOST:
        raise UserError(f"--limit must be 1 to {MOST}, not {args.limit}.")
    if args.note and not args.handled:
        raise UserError("--note belongs to --handled QUERY.")
    today = home_today(context.home)
    since = parse_since(args.since, today) if args.since else None
    with Desk.open(context.home) as desk:
        if args.handled:
            desk.demand.handle(args.handled, today, desk.current_user().name, args.note)
        wanted = desk.demand.listed(since, handled=args.all or bool(args.handled), limit=args.limit)
    if args.handled:
        wanted = [one for one in wanted if one.query == args.handled]
    found = _found_now(context, [one.query for one in wanted if one.is_whole])
    rows = [
        {
            "query": one.query,
            "times": one.times,
            "first_day": one.first_day,
            "last_day": one.last_day,
            "whole": one.is_whole,
            "found_now": found.get(one.query),
            "handled_at": one.handled_at,
            "note": one.note,
        }
        for one in wanted
    ]
    _print(context, args, rows)
    return 0


def _found_now(context: Context, queries: list[str]) -> dict[str, int | None]:
    """What each query finds in the current publication; None where nothing is published or it is no query."""
    from warehouse.publication import Publication
    from warehouse.search.every_hit import hits_now

    publication = Publication.current(context.home)
    return {query: hits_now(publication, query) for query in queries} if publication else {}


def _print(context: Context, args: argparse.Namespace, rows: list[dict[str, Any]]) -> None:
    if args.json:
        context.console.json(rows)
        return
    lines = [
        (r["query"], r["times"], r["last_day"], r["found_now"] if r["found_now"] is not None else _why_not(r))
        for r in rows
    ]
    context.console.table(("query", "times", "last asked", "finds now"), lines)


def _why_not(row: dict[str, Any]) -> str:
    return "-" if row["whole"] else "not asked: cut or masked"


VERB = Verb(
    name="demand",
    help="List the queries that found nothing, with how often they were asked and what they find now.",
    run=_run,
    arguments=_arguments,
    note="Counted by day from searches on the page, without the person; those typed here are not counted.",
)
