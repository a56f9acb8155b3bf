"""Actions of `govbrief report` on drafts: list, new, show, save, check, export."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from dashboard.checking.check import report_as_json
from dashboard.commands.console import plain
from dashboard.commands.reading import current_publication
from dashboard.commands.set_in import tell_faces
from dashboard.commands.verb import Context
from dashboard.issuing.release import checked_draft, draft_file, kept_file, sentence
from warehouse.desk import Desk
from warehouse.desk.drafts.model import Draft
from warehouse.errors import EnvironmentProblem, NothingUsable, UserError

Action = Callable[[Context, Desk, argparse.Namespace], int]
_BINARY = ("docx", "pdf")


def account_of(desk: Desk, args: argparse.Namespace) -> str:
    """Who does it: the account that was named, else the person at this machine."""
    return str(args.account or desk.current_user().name)


def day_of(text: str | None, option: str) -> date | None:
    """A day as it was typed; a UserError when it is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"{option} {text}: write a day as 2026-05-01.") from error


def _list(context: Context, desk: Desk, args: argparse.Namespace) -> int:
    theme = None
    if args.theme is not None:
        from dashboard.briefing.subjects import find_subject

        theme = find_subject(current_publication(context), args.theme, ("theme",)).key
    drafts = desk.drafts.listed(args.state, theme)
    if args.json:
        context.console.json([_told(one) for one in drafts])
        return 0
    rows = [(one.draft_id, one.state, one.revision, one.template, one.theme, one.title) for one in drafts]
    context.console.table(("draft", "state", "version", "template", "theme", "title"), rows)
    return 0


def _new(context: Context, desk: Desk, args: argparse.Namespace) -> int:
    from dashboard.drafting.begin import begin

    account = account_of(desk, args)
    searches = [desk.searches.find(one, account).search_id for one in args.search]
    draft = begin(
        context.home, current_publication(context), desk, account, template=args.template, theme=args.theme,
        since=day_of(args.since, "--since"), until=day_of(args.until, "--until"), title=args.title,
        searches=searches,
    )  # fmt: skip
    if args.json:
        context.console.json(_told(draft))
    else:
        context.console.result(f"{draft.draft_id}  {draft.title}")
    return 0


def _show(context: Context, desk: Desk, args: argparse.Namespace) -> int:
    draft, text = desk.drafts.head(args.draft)
    if args.revision is not None:
        text = desk.drafts.text_of(args.draft, args.revision)
    if args.json:
        shown = args.revision if args.revision is not None else draft.revision
        context.console.json({**_told(draft), "shown": shown, "text": text})
    else:
        context.console.write(text)
    return 0


def _save(context: Context, desk: Desk, args: argparse.Namespace) -> int:
    text = _text_of(args.file)
    base = args.base if args.base is not None else desk.drafts.get(args.draft).revision
    saved = desk.drafts.save(args.draft, base, text, account_of(desk, args))
    if args.json:
        told = ("draft_id", "revision", "sent", "outcome", "conflicts", "others", "at")
        context.console.json({name: plain(getattr(saved, name)) for name in told})
    else:
        context.console.result(f"version {saved.revision}: {saved.outcome}")
    if saved.conflicts:
        context.console.say(f"{saved.conflicts} paragraphs were changed twice; both stand in the text.")
    return 0


def _check(context: Context, desk: Desk, args: argparse.Namespace) -> int:
    checked = checked_draft(context.home, current_publication(context), desk, args.draft)
    waived = {one.key for one in desk.issues.sign_off.waivers(args.draft)}
    if args.json:
        draft = {"draft_id": args.draft, "revision": checked.draft.revision}
        context.console.json({**draft, **report_as_json(checked.report, waived)})
    else:
        language = checked.draft.language
        rows = [
            ("waived" if one.key in waived else one.weight, one.key, sentence(one, language), one.text[:40])
            for one in checked.report.findings
        ]
        context.console.table(("weight", "key", "finding", "words"), rows)
    if not checked.report.stops:
        return 0
    context.console.say(f"{len(checked.report.stops)} findings forbid signing and export.")
    return NothingUsable.exit_code


def _export(context: Context, desk: Desk, args: argparse.Namespace) -> int:
    if (args.draft is None) == (args.issue is None):
        raise UserError("Name either the number of a draft or --issue with that of a signed issue.")
    if args.format in _BINARY and args.output is None:
        raise UserError(f"--format {args.format}: name a file with -o.")
    account = account_of(desk, args)
    if args.issue is not None:
        data = kept_file(desk, desk.issues.one(args.issue), args.format)
    else:
        publication = current_publication(context)
        made = draft_file(context.home, publication, desk, args.draft, args.format, account)
        data = made.data
        tell_faces(context.console, made)
    if args.output is None:
        context.console.write(data.decode("utf-8"))
    else:
        _write(args.output, data)
        context.console.say(f"{args.output}: {len(data):,} bytes")
    return 0


def _told(draft: Draft) -> dict[str, Any]:
    told: dict[str, Any] = plain(draft)
    return told


def _text_of(file: Path) -> str:
    try:
        if str(file) == "-":
            return sys.stdin.buffer.read().decode("utf-8")
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{file}: this cannot be read as a text in UTF-8.") from error


def _write(file: Path, data: bytes) -> None:
    try:
        file.write_bytes(data)
    except OSError as error:
        raise EnvironmentProblem(f"{file}: cannot be written ({error.strerror}).") from error


ACTIONS: dict[str, Action] = {
    "list": _list, "new": _new, "show": _show, "save": _save, "check": _check, "export": _export,
}  # fmt: skip
