"""`govbrief report`: drafts, their check and sign-off, signed issues and what became of them."""

from __future__ import annotations

import argparse

from dashboard.commands.report_arguments import add_arguments
from dashboard.commands.verb import Context, Verb


def _run(context: Context, args: argparse.Namespace) -> int:
    from dashboard.commands import report_drafts, report_issues, report_layout, report_pack, report_sign_off
    from warehouse.desk import Desk

    rooms = (report_drafts, report_sign_off, report_issues, report_layout, report_pack)
    carried_out = {name: action for room in rooms for name, action in room.ACTIONS.items()}
    with Desk.open(context.home) as desk:
        return int(carried_out[args.action](context, desk, args))


VERB = Verb(
    name="report",
    help="Draft, check, sign and issue reports, and note who got them and what became of them.",
    run=_run,
    arguments=add_arguments,
    note="A draft is exported only when its check lets it out, and says on every page that it is a draft.",
)
