"""The actions of `govbrief report` with what each takes."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from dashboard.commands.verb import add_actions, add_json

Action = Callable[..., argparse.ArgumentParser]
# As drafts, issues and files have them; a test compares, so that the help need not open those rooms.
STATES = ("draft", "review", "signed", "dropped")
FORMATS = ("md", "json", "docx", "pdf")
CHANNELS = ("paper", "mail", "intranet", "meeting", "other")
FEEDBACK = ("read", "adopted", "instruction", "remark")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """All actions, those on drafts before those on issues."""
    action = add_actions(parser)
    _drafts(action)
    _sign_off(action)
    _issues(action)
    _spread(action)


def _drafts(action: Action) -> None:
    listed = action("list", help="list the drafts, the last changed first")
    listed.add_argument("--state", choices=STATES)
    listed.add_argument("--theme", metavar="NAME", help="of one theme, by id or name")
    add_json(listed)
    new = action("new", help="begin a draft from a template, its sections filled from the publication")
    new.add_argument("template", metavar="TEMPLATE", help="such as weekly")
    new.add_argument("--theme", required=True, metavar="NAME", help="a theme, by id or name")
    new.add_argument("--title", default="", help="default: the template's name and the theme")
    new.add_argument("--since", metavar="DAY", help="first day told (default: the template's period)")
    new.add_argument("--until", metavar="DAY", help="last day told (default: today)")
    new.add_argument(
        "--search", action="append", default=[], metavar="SEARCH", help="a saved search, by number or name"
    )
    _who(new)
    add_json(new)
    shown = action("show", help="print the text of a draft")
    _draft(shown)
    shown.add_argument("--revision", type=int, metavar="N", help="an earlier version")
    add_json(shown)
    saved = action("save", help="keep a text over a draft; what others wrote meanwhile is merged")
    _draft(saved)
    saved.add_argument("file", metavar="FILE", type=Path, help="Markdown in UTF-8; - reads standard input")
    saved.add_argument(
        "--base", type=int, metavar="N", help="the version it was written over (default: head)"
    )
    _who(saved)
    add_json(saved)
    checked = action(
        "check", help="check quotations, figures and sources of a draft; code 4 when it may not out"
    )
    _draft(checked)
    add_json(checked)
    out = action("export", help="write a draft that its check lets out, marked as draft, or a signed issue")
    out.add_argument("draft", nargs="?", type=int, metavar="DRAFT", help="number of the draft")
    out.add_argument("--issue", type=int, metavar="ISSUE", help="a signed issue instead, as it was signed")
    out.add_argument("--format", choices=FORMATS, default="md", help="default: %(default)s")
    out.add_argument("-o", "--output", type=Path, metavar="FILE", help="docx and pdf need one")
    _who(out)


def _sign_off(action: Action) -> None:
    for name, help in (
        ("submit", "give the head of a draft to review"),
        ("return", "give a draft in review back to its authors; needs --remark"),
        ("approve", "sign a draft in review: it gets its number and is frozen"),
    ):
        step = action(name, help=help)
        _draft(step)
        step.add_argument("--remark", default="", help="what is said with it")
        step.add_argument("--revision", type=int, metavar="N", help="refuse when the head is another version")
        if name == "approve":
            step.add_argument(
                "--corrects", type=int, metavar="ISSUE", help="the issue that this one replaces"
            )
        _who(step)
        add_json(step)
    waived = action("waive", help="let a finding of a draft in review stand, with the reason")
    _draft(waived)
    waived.add_argument("key", metavar="KEY", help="of the finding, as 'report check' prints it")
    waived.add_argument("--remark", required=True, help="why it may stand")
    _who(waived)
    add_json(waived)
    withdrawn = action("withdraw", help="take a signed issue back, with the reason; its number stays with it")
    _issue(withdrawn)
    withdrawn.add_argument("--remark", required=True, help="why")
    _who(withdrawn)
    add_json(withdrawn)


def _issues(action: Action) -> None:
    listed = action("issues", help="list the signed issues, the latest first")
    _series(listed)
    listed.add_argument("--year", type=int, metavar="YEAR")
    add_json(listed)
    one = action("issue", help="tell all of a signed issue: steps, files, notices, distribution, feedback")
    _issue(one)
    add_json(one)
    pack = action("pack", help="write the evidence pack of a signed issue; see 'govbrief verify-pack'")
    _issue(pack)
    pack.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE", help="the .zip file to write"
    )
    notices = action(
        "notices", help="tell which cited documents were repealed or changed since an issue was signed"
    )
    notices.add_argument("--issue", type=int, metavar="ISSUE", help="of one issue (default: all)")
    add_json(notices)
    points = action("points", help="list what the issues of a series left open, or close a point")
    _series(points)
    points.add_argument(
        "--close", type=int, metavar="POINT", help="say that this point is done; needs --note"
    )
    points.add_argument("--note", default="", help="how it was done")
    points.add_argument("--all", action="store_true", help="those done as well")
    _who(points)
    add_json(points)


def _spread(action: Action) -> None:
    listed = action("recipients", help="list who gets a series, put somebody on the list or take one off")
    _series(listed)
    listed.add_argument("--add", metavar="NAME", help="somebody for the list of --series")
    listed.add_argument("--channel", choices=CHANNELS, default="paper", help="default: %(default)s")
    listed.add_argument("--address", default="", help="kept sealed")
    listed.add_argument("--remove", type=int, metavar="RECIPIENT", help="take off the list")
    _who(listed)
    add_json(listed)
    handed = action("deliver", help="note that an issue was handed to recipients of its series")
    _issue(handed)
    to = handed.add_mutually_exclusive_group(required=True)
    to.add_argument("--to", type=int, action="append", metavar="RECIPIENT")
    to.add_argument("--all", action="store_true", help="to all on the list who have not got it")
    handed.add_argument("--how", choices=CHANNELS, help="default: as the list says")
    handed.add_argument("--day", metavar="DAY", help="default: today")
    handed.add_argument("--note", default="")
    _who(handed)
    add_json(handed)
    said = action("feedback", help="note what somebody made of an issue, or list it")
    _issue(said)
    said.add_argument("--kind", choices=FEEDBACK, help="without it, what was noted is listed")
    said.add_argument("--by", default="", metavar="NAME", help="who said it")
    said.add_argument(
        "--recipient", type=int, metavar="RECIPIENT", help="instead of --by: counts in the figures"
    )
    said.add_argument("--text", default="")
    said.add_argument("--day", metavar="DAY", help="default: today")
    said.add_argument("--remove", type=int, metavar="FEEDBACK", help="take out what was noted wrongly")
    _who(said)
    add_json(said)
    figures = action(
        "adoption", help="tell how many of those delivered were read and adopted, by series and year"
    )
    add_json(figures)
    layout = action(
        "layout", help="measure a PDF or DOCX of ours against GB/T 9704-2012; code 4 when it differs"
    )
    layout.add_argument("file", type=Path, metavar="FILE", help="a report that was exported or signed")
    add_json(layout)


def _draft(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("draft", type=int, metavar="DRAFT", help="number of the draft")


def _issue(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("issue", type=int, metavar="ISSUE", help="number of the issue in 'report issues'")


def _series(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--series", metavar="NAME", help="of one series")


def _who(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--account", metavar="NAME", help="who does it (default: the person at this machine)")
