"""`govbrief routing`: to whom documents give work: the latest, an inbox, or what was routed to nobody."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from dashboard.commands.reading import current_publication, home_today, parse_since
from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import UserError

if TYPE_CHECKING:
    from warehouse.publication import Publication

_STATES = ("unseen", "seen", "taken", "done", "not-ours", "all")
_REASONS = ("addressee", "responsible", "duty", "topic")
_DOCUMENT = ("document_id", "title", "doc_number", "issuer", "region")


def _arguments(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--department", metavar="NAME", help="the inbox of this body, by code or name")
    which.add_argument("--theme", metavar="NAME", help="the inbox of this theme's analyst, by id or name")
    which.add_argument(
        "--unrouted", action="store_true", help="what was routed to nobody, the oldest first, with why"
    )
    which.add_argument(
        "--measure",
        action="store_true",
        help="precision, recall and misses against what was written down for the sample province",
    )
    parser.add_argument(
        "--since", default="90d", metavar="WHEN", help="7d, 4w, 1y or a day (default: %(default)s)"
    )
    parser.add_argument("--state", choices=_STATES, default="all", help="of an inbox (default: %(default)s)")
    parser.add_argument("--reason", choices=_REASONS, help="of a body's inbox: why a document came")
    parser.add_argument("--limit", type=int, default=50, metavar="N", help="default: %(default)s")
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    if args.limit < 1:
        raise UserError(f"--limit {args.limit}: give a number of 1 or more.")
    publication = current_publication(context)
    since = parse_since(args.since, home_today(context.home))
    if args.measure:
        return _measure(context, publication, args.json)
    if args.unrouted:
        rows = _unrouted(context, publication, since, args.limit)
    elif args.department or args.theme:
        rows = _inbox(context, publication, since, args)
    else:
        rows = _latest(publication, since, args.limit)
    if args.json:
        context.console.json(rows)
        return 0
    table = [(row["day"], row["title"][:40], "、".join(_said(one) for one in row["routes"]) or row["nobody"],
              row["state"] or "") for row in rows]  # fmt: skip
    context.console.table(("day", "document", "to whom", "state"), table)
    return 0


def _latest(publication: Publication, since: date, limit: int) -> list[dict[str, Any]]:
    from warehouse.queries.routing import list_routes

    return [_row(row, row["routes"], row["nobody"]) for row in list_routes(publication, since, limit)]


def _unrouted(context: Context, publication: Publication, since: date, limit: int) -> list[dict[str, Any]]:
    from warehouse.desk import Desk
    from warehouse.queries.routing import WAITING, list_unrouted

    with Desk.open(context.home) as desk:
        settled, back = desk.routing.settled(), desk.routing.sent_back()
    rows = list_unrouted(publication, since, WAITING, settled, back, limit)
    return [_row(row, [], "sent-back" if row["document_id"] in back else row["reason"]) for row in rows]


def _inbox(
    context: Context, publication: Publication, since: date, args: argparse.Namespace
) -> list[dict[str, Any]]:
    from dashboard.briefing.subjects import find_subject
    from dashboard.inbox import Inbox
    from warehouse.desk import Desk
    from warehouse.desk.routing import THEME
    from warehouse.queries.routing import routed_name

    if args.theme:
        if args.reason:
            raise UserError("--reason belongs to the inbox of a body; leave it out with --theme.")
        code = THEME + find_subject(publication, args.theme, ("theme",)).key
    elif routed_name(publication, args.department) is not None:
        code = args.department
    else:
        code = find_subject(publication, args.department, ("department",)).key
    with Desk.open(context.home) as desk:
        inbox = Inbox.of(desk, code)
    rows = inbox.rows(publication, inbox.choice(args.state, since, args.reason), args.limit)
    return [{**_row(row, [row], None), "state": row["state"], "state_by": row["state_by"]} for row in rows]


def _row(row: Mapping[str, Any], routes: list[Mapping[str, Any]], nobody: str | None) -> dict[str, Any]:
    targets = [
        {
            "code": one["code"], "name": one["name"], "reason": one["reason"],
            "paragraph": one["paragraph"] + 1 if one["start_at"] < one["end_at"] else None,
        }
        for one in routes
    ]  # fmt: skip
    told = {name: row[name] for name in _DOCUMENT}
    return {
        **told,
        "day": str(row["day"]),
        "routes": targets,
        "nobody": nobody,
        "state": None,
        "state_by": None,
    }


def _said(route: Mapping[str, Any]) -> str:
    return f"{route['name'] or route['code'] or ''} ({route['reason']})"


def _measure(context: Context, publication: Publication, as_json: bool) -> int:
    from dashboard.commands.routing_measure import measure

    found = measure(context.home, publication)
    if as_json:
        context.console.json(found.told())
        return 0
    context.console.table(
        ("half", "documents", "precision", "recall"),
        [(one.name, one.documents, f"{one.precision:.3f}", f"{one.recall:.3f}") for one in found.parts],
    )
    context.console.table(
        ("document", "missed", "not in the truth"),
        [(one.key, "、".join(one.missed), "、".join(one.extra)) for one in found.misses],
    )
    return 0


VERB = Verb(
    name="routing",
    help="To whom new documents give work, why, and what was routed to nobody; the desk's states with it.",
    run=_run,
    arguments=_arguments,
    note="A body stands with its authority code; a class of bodies is written all:KIND:LEVEL:PLACE.",
)
