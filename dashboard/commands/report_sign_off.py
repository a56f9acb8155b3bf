"""Actions of `govbrief report` that are steps of sign-off: submit, return, waive, approve, withdraw."""

from __future__ import annotations

import argparse
from typing import Any

from dashboard.commands.console import plain
from dashboard.commands.reading import current_publication
from dashboard.commands.report_drafts import Action, account_of
from dashboard.commands.verb import Context
from dashboard.issuing import workflow
from dashboard.issuing.release import checked_draft
from warehouse.desk import Desk
from warehouse.desk.issues.model import Issue


def issue_row(issue: Issue) -> dict[str, Any]:
    """An issue in the shape of docs/json.md."""
    row: dict[str, Any] = plain(issue)
    return row


def _submit(context: Context, desk: Desk, args: argparse.Namespace) -> int:
    step = workflow.submit(desk, args.draft, _revision(desk, args), account_of(desk, args), args.remark)
    return _told(context, args, plain(step), f"Draft {args.draft} is in review.")


def _return(context: Context, desk: Desk, args: argparse.Namespace) -> int:
    step = workflow.send_back(desk, args.draft, _revision(desk, args), account_of(desk, args), args.remark)
    return _told(context, args, plain(step), f"Draft {args.draft} is with its authors again.")


def _waive(context: Context, desk: Desk, args: argparse.Namespace) -> int:
    checked = checked_draft(context.home, current_publication(context), desk, args.draft)
    waiver = workflow.waive(
        desk, checked, args.key, args.remark, account_of(desk, args), workflow.asks_four_eyes(context.home)
    )
    left = len(workflow.unwaived(desk, checked))
    return _told(context, args, plain(waiver), f"Waived; {left} findings are left to look at.")


def _approve(context: Context, desk: Desk, args: argparse.Namespace) -> int:
    issue = workflow.approve(
        context.home, current_publication(context), desk, args.draft, _revision(desk, args),
        account_of(desk, args), args.remark, args.corrects,
    )  # fmt: skip
    said = f"Issue {issue.issue_id}: {issue.series} {issue.year} No. {issue.number} (total {issue.total})"
    return _told(context, args, issue_row(issue), said)


def _withdraw(context: Context, desk: Desk, args: argparse.Namespace) -> int:
    issue = workflow.withdraw(desk, args.issue, account_of(desk, args), args.remark)
    return _told(context, args, issue_row(issue), f"Issue {args.issue} is withdrawn; its number stays.")


def _revision(desk: Desk, args: argparse.Namespace) -> int:
    """The version that is meant: the one named, else the head as it stands now."""
    return int(args.revision) if args.revision is not None else desk.drafts.get(args.draft).revision


def _told(context: Context, args: argparse.Namespace, row: dict[str, Any], said: str) -> int:
    if args.json:
        context.console.json(row)
    else:
        context.console.result(said)
    return 0


ACTIONS: dict[str, Action] = {
    "submit": _submit, "return": _return, "waive": _waive, "approve": _approve, "withdraw": _withdraw,
}  # fmt: skip
