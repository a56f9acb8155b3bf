"""`govbrief service`: requests to the library, and one of them as the chain from need to outcome."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from dashboard.commands.reading import home_today
from dashboard.commands.verb import Context, Verb, add_actions, add_json

if TYPE_CHECKING:
    from datetime import date

    from dashboard.service.chain import Chain, Entry
    from warehouse.desk.service.model import Request

_STATES = ("open", "working", "delivered", "closed")


def _arguments(parser: argparse.ArgumentParser) -> None:
    action = add_actions(parser)
    listed = action("list", help="the requests, those that wait first")
    listed.add_argument("--state", choices=_STATES, help="only requests in this state")
    listed.add_argument("--year", type=int, help="only requests asked in this year")
    add_json(listed)
    shown = action("show", help="one request: need, sources searched, evidence, product, delivery, outcome")
    shown.add_argument("request", type=int, metavar="NUMBER", help="number of the request")
    add_json(shown)


def _run(context: Context, args: argparse.Namespace) -> int:
    from warehouse.desk import Desk

    today = home_today(context.home)
    with Desk.open(context.home) as desk:
        if args.action == "show":
            from dashboard.service.chain import chain_of_request

            request = desk.requests.get(args.request)
            _show(context, request, chain_of_request(desk, request), today, args.json)
            return 0
        found = desk.requests.listed(state=args.state, year=args.year)
    if args.json:
        context.console.json([_request(one, today) for one in found])
    elif not found:
        context.console.say("There is no such request; they are taken down on the page /service.")
    for one in [] if args.json else found:
        due = f", due {one.due}{' (overdue)' if one.overdue(today) else ''}" if one.due else ""
        line = f"{one.request_id}  {one.state}  {one.asked_on}{due}  {one.department}: {_short(one.need)}"
        context.console.result(line)
    return 0


def _show(context: Context, request: Request, chain: Chain, today: date, as_json: bool) -> None:
    if as_json:
        steps = {step: [_entry(one) for one in entries] for step, entries in chain.steps.items()}
        told = {**_request(request, today), "steps": steps, "missing": list(chain.missing)}
        context.console.json(told)
        return
    for step, entries in chain.steps.items():
        context.console.result(f"{step}:" if entries else f"{step}: nothing is recorded.")
        for one in entries:
            found = f" ({one.found} found)" if one.found is not None else ""
            context.console.result(f"  {one.kind}: {_short(one.text)}{found}")


def _request(one: Request, today: date) -> dict[str, Any]:
    """A request without the person who asked; that stands on its page alone."""
    return {
        "request": one.request_id,
        "department": one.department,
        "need": one.need,
        "asked_on": one.asked_on,
        "due": one.due,
        "state": one.state,
        "overdue": one.overdue(today),
        "in_time": one.in_time,
        "responsible": one.responsible,
        "delivered_on": one.delivered_on,
        "closed_on": one.closed_on,
        "outcome": one.outcome,
    }


def _entry(one: Entry) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "text": one.text,
        "day": one.day or (one.at.date() if one.at else None),
        "found": one.found,
        "publication": one.publication_id,
    }


def _short(text: str) -> str:
    line = text.splitlines()[0] if text else ""
    return line if len(line) <= 70 else f"{line[:69]}…"


VERB = Verb(
    name="service",
    help="List requests to the library and show one from need to outcome.",
    run=_run,
    arguments=_arguments,
)
