"""`govbrief user`: accounts; this version has the one of the single-user desk."""

from __future__ import annotations

import argparse

from dashboard.commands.console import plain
from dashboard.commands.verb import Context, Verb, add_actions, add_json, not_built


def _arguments(parser: argparse.ArgumentParser) -> None:
    action = add_actions(parser)
    add_json(action("list", help="the accounts of this home"))
    for name in ("add", "remove", "password"):
        action(name, help="not in this version").add_argument("name", nargs="?")


def _run(context: Context, args: argparse.Namespace) -> int:
    if args.action != "list":
        not_built(
            f"'user {args.action}'", "this version serves one person without a password; keep it on 127.0.0.1"
        )
    from warehouse.desk import Desk

    with Desk.open(context.home) as desk:
        account = plain(desk.current_user())
    if args.json:
        context.console.json([account])
    else:
        context.console.table(tuple(account), [tuple(account.values())])
    return 0


VERB = Verb(
    name="user",
    help="List accounts; this version has one, the person at this machine.",
    run=_run,
    arguments=_arguments,
)
