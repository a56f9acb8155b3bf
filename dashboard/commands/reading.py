"""What verbs that read a publication share: opening it, dates as people type them, names to codes."""

from __future__ import annotations

import argparse
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dashboard.commands.verb import Context
from warehouse.clock import today
from warehouse.errors import NothingUsable, UserError
from warehouse.home import Home

if TYPE_CHECKING:
    from warehouse.publication import Publication

SPAN = re.compile(r"^(\d{1,5})([dwmy])$")
DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


def current_publication(context: Context) -> Publication:
    """The current publication; NothingUsable with the next command when nothing is published."""
    from warehouse.folders import publication_ids
    from warehouse.publication import Publication

    publication = Publication.current(context.home)
    if publication is None and (held := publication_ids(context.home.published)):
        raise NothingUsable(
            f"The publication {held[0]} in {context.home.root} {_fault(context.home, held[0])}"
        )
    if publication is None:
        raise NothingUsable(
            f"Nothing is published in {context.home.root} yet; type 'govbrief run' or 'govbrief publish'."
        )
    return publication


def _fault(home: Home, publication_id: str) -> str:
    """Why readers pass over a publication, and what to type."""
    from warehouse.folders import OLDEST_SCHEMA, SCHEMA_VERSION, read_manifest

    manifest = read_manifest(home.published / publication_id) or {}
    schema = manifest.get("schema_version")
    if isinstance(schema, int) and schema < OLDEST_SCHEMA:
        return "was made by an older version; type 'govbrief publish'."
    if isinstance(schema, int) and schema > SCHEMA_VERSION:
        return "was made by a newer version; update govbrief, or type 'govbrief publish' to make it anew."
    return "is damaged; type 'govbrief publish'."


def home_today(home: Home) -> date:
    """Today as the home's clock and time zone have it."""
    return today(home.clock, home.settings.place.timezone)


def parse_since(text: str, today_: date) -> date:
    """7d, 4w, 6m, 1y before today, or an ISO date."""
    span = SPAN.match(text.strip().lower())
    try:
        if span:
            return today_ - timedelta(days=int(span[1]) * DAYS[span[2]])
        return date.fromisoformat(text.strip())
    except (ValueError, OverflowError) as error:
        raise UserError(f"'{text}' is no date; write 7d, 4w, 6m, 1y or a day such as 2026-05-01.") from error


def add_filters(parser: argparse.ArgumentParser) -> None:
    """The filters that `search` and `export` share."""
    parser.add_argument("--department", metavar="NAME", help="issuing body, by code or full name")
    parser.add_argument(
        "--topic",
        metavar="NAME",
        help="topic class, by code, name or path; a first-level class covers its children",
    )
    parser.add_argument("--level", choices=("national", "provincial", "municipal", "county", "international"))
    parser.add_argument("--region", metavar="NAME", help="region as documents print it, such as 广东省")
    parser.add_argument("--source", metavar="ID", help="only documents of this source")
    parser.add_argument("--doc-type", metavar="KIND", help="kind of document, such as 通知")
    parser.add_argument(
        "--since", metavar="WHEN", help="published on or after: 7d, 4w, 6m, 1y or a day such as 2026-05-01"
    )
    parser.add_argument("--until", metavar="WHEN", help="published on or before, in the same forms")
    parser.add_argument(
        "--in-force",
        action="store_true",
        help="leave out documents known to be repealed, expired or withdrawn",
    )
    parser.add_argument(
        "--in-force-on", metavar="DAY", help="only documents known to have been in force on this day"
    )
    parser.add_argument("--validity", choices=("in-force", "amended", "repealed", "expired", "unknown"))
    parser.add_argument("--year", metavar="YEARS", help="published in this year or span: 2024, 2021-2024")
    parser.add_argument(
        "--has-attachment", action="store_true", default=None, help="only documents with attached files"
    )
    parser.add_argument(
        "--order", choices=("relevance", "newest"), default="relevance", help="default: %(default)s"
    )


def filters(publication: Publication, home: Home, args: argparse.Namespace) -> dict[str, object]:
    """The keyword arguments of `search` from the command line; names become codes."""
    from dashboard.briefing.subjects import find_subject

    now = home_today(home)
    return {
        "department": find_subject(publication, args.department, ("department",)).key
        if args.department
        else None,
        "topic": find_subject(publication, args.topic, ("topic",)).key if args.topic else None,
        "level": args.level,
        "region": args.region,
        "source": args.source,
        "doc_type": args.doc_type,
        "since": parse_since(args.since, now) if args.since else None,
        "until": parse_since(args.until, now) if args.until else None,
        "in_force": args.in_force,
        "in_force_on": parse_since(args.in_force_on, now) if args.in_force_on else None,
        "validity": args.validity,
        "year": args.year,
        "has_attachment": args.has_attachment,
        "order": "date" if args.order == "newest" else args.order,
    }
