"""`govbrief duties`: who must do what by when, with its state; as a table, JSON, a calendar file or CSV."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.commands.reading import current_publication, home_today, parse_since
from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import UserError

if TYPE_CHECKING:
    from dashboard.deadlines.wish import Wish
    from warehouse.publication import Publication

FORMATS = ("table", "json", "ics", "csv")
_OF = ("dated", "returning", "undated")
_STATES = ("due", "past", "overdue", "evidence", "ended", "all")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--of",
        choices=_OF,
        default="dated",
        help="duties with a day, limits that return, or limits that name no day (default: %(default)s)",
    )
    parser.add_argument(
        "--state",
        choices=_STATES,
        default="due",
        help="of dated ones: past: the day is over; overdue: and no evidence was found; evidence: a later"
        " document was; ended: the document was repealed, expired or withdrawn (default: %(default)s)",
    )
    parser.add_argument(
        "--days", type=int, default=90, metavar="N", help="how far from today (default: %(default)s)"
    )
    parser.add_argument("--since", metavar="DAY", help="due on this day or later, instead of --days")
    parser.add_argument("--until", metavar="DAY", help="due on this day or earlier, instead of --days")
    parser.add_argument("--bearer", metavar="NAME", help="body that has to act, by code or name")
    parser.add_argument("--department", metavar="NAME", help="issuing body, by code or name")
    parser.add_argument("--theme", metavar="NAME", help="theme, by id or name")
    parser.add_argument("--topic", metavar="NAME", help="topic class, by code, name or path")
    parser.add_argument("--region", metavar="NAME", help="region as documents print it, such as 广东省")
    parser.add_argument("--limit", type=int, default=1000, metavar="N", help="default: %(default)s")
    parser.add_argument(
        "--format", choices=FORMATS, help="else the ending of FILE says it (.json .ics .csv), else table"
    )
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write there instead of printing")
    parser.add_argument(
        "--alarm", type=int, metavar="DAYS", help="ics: let each event ring so many days before its day"
    )
    parser.add_argument("--language", choices=("zh", "en"), help="ics: language (default: the home's)")
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    form = _format(args)
    publication = current_publication(context)
    wish = _wish(context, publication, args)
    if form == "table":
        _print_table(context, publication, wish, args.limit)
        return 0
    text = "".join(_text(context, publication, wish, form, args))
    if args.output is None:
        context.console.write(text)
    else:
        _write(args.output, text)
    return 0


def _format(args: argparse.Namespace) -> str:
    """The form asked for; UserError for two at once, or for options that it has no place for."""
    ending = args.output.suffix.lower().lstrip(".") if args.output else ""
    form: str = args.format or ("json" if args.json else "")
    if args.json and form != "json":
        raise UserError(f"--json and --format {form} are two forms; leave one out.")
    if not form and args.output and ending not in FORMATS:
        raise UserError(f"{args.output}: name the form with --format json, ics or csv.")
    form = form or ending or "table"
    if form == "table" and args.output:
        raise UserError("A table is printed; name --format json, ics or csv for a file.")
    if form == "ics" and args.of == "undated":
        raise UserError("A calendar has no place for limits without a day; write them as csv or json.")
    if args.alarm is not None and (form != "ics" or not 0 <= args.alarm <= 90):
        raise UserError(f"--alarm {args.alarm}: it belongs to --format ics and takes 0 to 90 days.")
    if args.limit < 1:
        raise UserError(f"--limit {args.limit}: give a number of 1 or more.")
    return form


def _wish(context: Context, publication: Publication, args: argparse.Namespace) -> Wish:
    from dashboard.briefing.subjects import find_subject
    from dashboard.deadlines.wish import UnknownValue, known_of, read_wish

    def code(text: str | None, kind: Any) -> str:
        return find_subject(publication, text, (kind,)).key if text else ""

    now = home_today(context.home)
    given = {
        "of": args.of, "state": args.state, "days": str(args.days),
        "from": _day(args.since, now), "to": _day(args.until, now),
        "who": code(args.bearer, "department"), "d": code(args.department, "department"),
        "theme": code(args.theme, "theme"), "topic": code(args.topic, "topic"), "region": args.region or "",
    }  # fmt: skip
    try:
        return read_wish(given, known_of(publication))
    except UnknownValue as unknown:
        raise UserError(
            f"'{unknown.value}' names nothing in publication {publication.publication_id}; --days takes 1 to"
            " 3700, --since comes before --until, and --region is written as documents print it."
        ) from unknown


def _day(text: str | None, now: date) -> str:
    return parse_since(text, now).isoformat() if text else ""


def _print_table(context: Context, publication: Publication, wish: Wish, limit: int) -> None:
    from dashboard.deadlines.routes import judged_lines

    lines = judged_lines(context.home, publication, wish, limit)
    context.console.table(
        ("due", "days", "working", "state", "who", "what", "document", "evidence"),
        [
            (
                one.row["due"] or one.row["due_printed"], one.days, one.working_days, one.state,
                ", ".join(one.row["who"] or ()), one.row["what"], one.row["title"],
                "; ".join(proof.title for proof in one.proofs[:2]),
            )
            for one, _ in lines
        ],
    )  # fmt: skip
    context.console.say(
        f"{len(lines):,} mined duties of publication {publication.publication_id}; 'overdue' means that no"
        " evidence was found in what is held."
    )


def _text(
    context: Context, publication: Publication, wish: Wish, form: str, args: argparse.Namespace
) -> Iterator[str]:
    import json

    from dashboard.commands.console import plain
    from dashboard.deadlines.ics import calendar_file
    from dashboard.deadlines.routes import judged_lines
    from dashboard.deadlines.told import as_object, csv_file

    lines = judged_lines(context.home, publication, wish, args.limit)
    if form == "ics":
        language = args.language or context.home.settings.place.language
        yield from calendar_file(publication, lines, language, args.alarm)
        return
    objects = [as_object(publication, *one) for one in lines]
    if form == "csv":
        yield from csv_file(objects)
    else:
        yield json.dumps(plain(objects), ensure_ascii=False, indent=2) + "\n"


def _write(file: Path, text: str) -> None:
    from warehouse.files import in_place_of

    if file.is_dir():
        raise UserError(f"{file} is a folder; name a file in it.")
    with in_place_of(file) as part:
        part.write_bytes(text.encode("utf-8"))


VERB = Verb(
    name="duties",
    help="List who must do what by when, with the state of each duty and what was found to show for it.",
    run=_run,
    arguments=_arguments,
    note="Duties are mined by rules: candidates; a calendar file leaves out those that people rejected.",
)
