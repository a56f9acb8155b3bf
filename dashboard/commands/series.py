"""`govbrief series`: which document numbers are held, which are missing, and what people know of those."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from dashboard.commands.reading import current_publication
from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import UserError
from warehouse.number_states import BY, GAP_STATES, MARK_STATES

if TYPE_CHECKING:
    from warehouse.records import ParsedNumber


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", nargs="?", choices=("list", "gaps", "mark"), default="list", help="default: %(default)s"
    )
    parser.add_argument("number", nargs="?", metavar="NUMBER", help="mark: the number, in any bracket")
    parser.add_argument(
        "--organ", metavar="WORD", help="number word such as 国办发, or a body by code or name"
    )
    parser.add_argument("--year", type=int, metavar="YYYY", help="only series of this year")
    parser.add_argument("--source", metavar="ID", help="only series of which this source holds a number")
    parser.add_argument(
        "--state",
        metavar="STATE",
        help=f"gaps: only {', '.join(GAP_STATES)}; mark: {', '.join(MARK_STATES)} (none takes a mark back)",
    )
    parser.add_argument("--note", default="", metavar="TEXT", help="mark: why, or who said so")
    parser.add_argument("--by", choices=BY, help="list: totals per organ, year or source instead of series")
    parser.add_argument("--limit", type=int, default=1000, metavar="N", help="default: %(default)s")
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    if args.limit < 1:
        raise UserError(f"--limit {args.limit}: give a number of 1 or more.")
    if args.what != "mark" and args.number:
        raise UserError(
            f"'{args.number}': only 'govbrief series mark' takes a number; --organ narrows a listing."
        )
    return {"list": _list, "gaps": _gaps, "mark": _mark}[args.what](context, args)


def _list(context: Context, args: argparse.Namespace) -> int:
    from warehouse.queries.series import series_list, series_totals

    publication = current_publication(context)
    rows: list[dict[str, Any]]
    table: list[tuple[Any, ...]]
    if args.by:
        rows = series_totals(publication, args.by)[: args.limit]
        table = [
            (r["key"] or "-", r["series"], r["held"], r["highest"], f"{r['coverage']:.0%}") for r in rows
        ]
        heads: tuple[str, ...] = (args.by, "series", "held", "highest", "coverage")
    else:
        rows = series_list(
            publication, organ=args.organ, year=args.year, source=args.source, limit=args.limit
        )
        table = [
            (r["word"], r["year"] or "-", r["held"], r["highest"], f"{r['coverage']:.0%}", r["missing"],
             ", ".join(r["marks"]))
            for r in rows
        ]  # fmt: skip
        heads = ("series", "year", "held", "highest", "coverage", "missing", "marks")
    if args.json:
        context.console.json(rows)
    else:
        context.console.table(heads, table)
    return 0


def _gaps(context: Context, args: argparse.Namespace) -> int:
    from warehouse.desk.desk import Desk
    from warehouse.queries.series import number_of, series_gaps

    if args.state and args.state not in GAP_STATES:
        raise UserError(f"--state {args.state}: write one of {', '.join(GAP_STATES)}.")
    publication = current_publication(context)
    with Desk.open(context.home) as desk:
        marks = desk.number_marks.holding()
    rows = series_gaps(
        publication, marks, organ=args.organ, year=args.year, source=args.source, state=args.state,
        limit=args.limit,
    )  # fmt: skip
    if args.json:
        context.console.json(rows)
        return 0
    table = []
    for row in rows:
        first, last = (number_of(row, row[end]) for end in ("first_serial", "last_serial"))
        said = first if first == last else f"{first} - {row['last_serial']}"
        between = f"{row['before_day'] or ''} - {row['after_day'] or ''}"
        table.append((said, row["missing"], row["state"], between, len(row["cited_by"]) or "", row["note"]))
    context.console.table(("missing", "numbers", "state", "issued between", "cited by", "note"), table)
    return 0


def _mark(context: Context, args: argparse.Namespace) -> int:
    from classify.components.number import parse_number
    from warehouse.desk.desk import Desk
    from warehouse.queries.series import series_form

    if not args.number or not args.state:
        raise UserError(
            "Name the number and --state, as in: govbrief series mark 石政办发〔2025〕15号 --state cancelled"
            " --note '县政府办电话答复'."
        )
    parsed = parse_number(args.number)
    if parsed is None or parsed.serial is None:
        raise UserError(
            f"'{args.number}' does not read as a document number; write it as 石政办发〔2025〕15号."
        )
    warning = "" if args.state == "none" else _doubt(context, parsed)
    with Desk.open(context.home) as desk:
        mark = desk.number_marks.give(series_form(parsed), args.state, args.note, desk.current_user().name)
    if warning:
        context.console.say(warning)
    if args.json:
        context.console.json(mark)
    else:
        context.console.result(f"{mark.number}: {mark.state}")
    return 0


def _doubt(context: Context, number: ParsedNumber) -> str:
    """What to say of a number that is missing nowhere; a UserError when a document bears it."""
    from warehouse.publication import Publication
    from warehouse.queries.series import standing

    publication = Publication.current(context.home)
    where = standing(publication, number) if publication else "no-series"
    if where == "held":
        raise UserError(f"{number.normal} is held; only a number that no document bears can be marked.")
    return {
        "missing": "",
        "outside": f"{number.normal} lies outside its series as published; look whether it is typed right.",
        "no-series": f"Nothing published bears a number of the series of {number.normal};"
        " look whether it is typed right.",
    }[where]


VERB = Verb(
    name="series",
    help="List series of document numbers, the gaps in them, or mark a number that nobody will ever get.",
    run=_run,
    arguments=_arguments,
    note="A gap tells between which days the number was issued and what is known of it.",
)
