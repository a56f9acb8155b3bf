"""Actions of `govbrief report` on signed issues: list, notices, open points, distribution and feedback."""

from __future__ import annotations

import argparse
from typing import Any

from dashboard.commands.console import plain
from dashboard.commands.reading import home_today
from dashboard.commands.report_drafts import Action, account_of, day_of
from dashboard.commands.report_sign_off import issue_row
from dashboard.commands.verb import Context
from warehouse.desk import Desk
from warehouse.errors import UserError


def _issues(context: Context, desk: Desk, args: argparse.Namespace) -> int:
    found = desk.issues.all(args.series, args.year)
    told = [one.issue_id for one in desk.issues.notices()]
    rows = [{**issue_row(one), "notices": told.count(one.issue_id)} for one in found]
    head = ("issue_id", "series", "year", "number", "total", "approved_at", "state", "notices", "title")
    return _listing(context, args, rows, head)


def _issue(context: Context, desk: Desk, args: argparse.Namespace) -> int:
    issue = desk.issues.one(args.issue)
    told = {
        **issue_row(issue),
        "steps": plain(desk.issues.sign_off.steps(issue.draft_id)),
        "waivers": plain(desk.issues.sign_off.waivers(issue.draft_id)),
        "files": plain(desk.issues.files(issue.issue_id)),
        "notices": plain(desk.issues.notices([issue.issue_id])),
        "deliveries": plain(desk.issues.spread.deliveries(issue.issue_id)),
        "feedback": plain(desk.issues.spread.feedback(issue.issue_id)),
        "points": plain(desk.issues.points.of_issue(issue.issue_id)),
    }
    if args.json:
        context.console.json(told)
        return 0
    for name in (
        "series",
        "year",
        "number",
        "total",
        "title",
        "state",
        "approved_by",
        "approved_at",
        "sha256",
    ):
        context.console.result(f"{name}: {told[name]}")
    for name in ("steps", "files", "notices", "deliveries", "feedback", "points"):
        for row in told[name]:
            context.console.result(f"{name}: " + " · ".join(str(value) for value in row.values() if value))
    return 0


def _notices(context: Context, desk: Desk, args: argparse.Namespace) -> int:
    if args.issue is not None:
        desk.issues.one(args.issue)
    found = desk.issues.notices([args.issue] if args.issue is not None else None)
    head = ("issue_id", "kind", "document_id", "title", "said", "publication_id", "at")
    return _listing(context, args, [plain(one) for one in found], head)


def _points(context: Context, desk: Desk, args: argparse.Namespace) -> int:
    if args.close is not None:
        rows = [plain(desk.issues.points.close(args.close, args.note, account_of(desk, args)))]
    else:
        series = [args.series] if args.series else sorted({one.series for one in desk.issues.all()})
        state = None if args.all else "open"
        rows = [plain(one) for name in series for one in desk.issues.points.of(name, state)]
    return _listing(context, args, rows, ("point_id", "series", "state", "issue_id", "text", "done_note"))


def _recipients(context: Context, desk: Desk, args: argparse.Namespace) -> int:
    spread, account = desk.issues.spread, account_of(desk, args)
    if args.add is not None:
        if args.series is None:
            raise UserError("--add: name the list with --series.")
        rows = [spread.add_recipient(args.series, args.add, args.channel, account, args.address)]
    else:
        if args.remove is not None:
            spread.remove_recipient(args.remove, account)
        rows = spread.recipients(args.series)
    return _listing(
        context, args, [plain(one) for one in rows], ("recipient_id", "series", "name", "channel", "address")
    )


def _deliver(context: Context, desk: Desk, args: argparse.Namespace) -> int:
    spread, issue = desk.issues.spread, desk.issues.one(args.issue)
    day = day_of(args.day, "--day") or home_today(context.home)
    listed = {one.recipient_id: one for one in spread.recipients(issue.series)}
    have = {one.recipient_id for one in spread.deliveries(issue.issue_id)}
    to = [one for one in listed if one not in have] if args.all else args.to
    rows = []
    for one in to:
        how = args.how or (listed[one].channel if one in listed else "other")
        made = spread.deliver(issue.issue_id, one, how, day, account_of(desk, args), args.note)
        rows.append(plain(made))
    return _listing(context, args, rows, ("delivery_id", "recipient_id", "name", "how", "day"))


def _feedback(context: Context, desk: Desk, args: argparse.Namespace) -> int:
    spread, account = desk.issues.spread, account_of(desk, args)
    allowed = context.home.settings.report.instructions
    if args.remove is not None:
        spread.remove_feedback(args.remove, account)
    if args.kind is not None:
        day = day_of(args.day, "--day") or home_today(context.home)
        spread.add_feedback(args.issue, args.kind, args.by, day, args.text, account, args.recipient, allowed)
    desk.issues.one(args.issue)
    rows = [plain(one) for one in spread.feedback(args.issue, instructions=allowed)]
    return _listing(context, args, rows, ("feedback_id", "kind", "by_whom", "day", "text"))


def _adoption(context: Context, desk: Desk, args: argparse.Namespace) -> int:
    rows = [plain(one) for one in desk.issues.adoption()]
    head = ("series", "year", "issues", "delivered", "read", "adopted", "issues_adopted")
    return _listing(context, args, rows, head)


def _listing(
    context: Context, args: argparse.Namespace, rows: list[dict[str, Any]], head: tuple[str, ...]
) -> int:
    if args.json:
        context.console.json(rows)
    else:
        context.console.table(head, [[row[name] for name in head] for row in rows])
    return 0


ACTIONS: dict[str, Action] = {
    "issues": _issues, "issue": _issue, "notices": _notices, "points": _points, "recipients": _recipients,
    "deliver": _deliver, "feedback": _feedback, "adoption": _adoption,
}  # fmt: skip
