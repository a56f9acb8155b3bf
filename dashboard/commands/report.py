"""`govbrief report`: drafts, their check and sign-off, signed issues and what became of them."""

from __future__ import annotations

import argparse

from dashboard.commands.report_arguments import add_arguments
from dashboard.commands.verb import Context, Verb


def _run(context: Context, args: argparse.Namespace) -> int:
    from dashboard.commands import report_drafts, report_issues, report_sign_off
    from warehouse.desk import Desk

    carried_out = {**report_drafts.ACTIONS, **report_sign_off.ACTIONS, **report_issues.ACTIONS}
    with Desk.open(context.home) as desk:
        return carried_out[args.action](context, desk, args)


VERB = Verb(
    name="report",
    help="Draft, check, sign and issue reports, and note who got them and what became of them.",
    run=_run,
    arguments=add_arguments,
    note="A draft is exported only when its check lets it out, and says on every page that it is a draft.",
)
