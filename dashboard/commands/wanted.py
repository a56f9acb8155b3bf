"""`govbrief wanted` and `duplicates`: what is cited and not held, what is held more than once."""

from __future__ import annotations

import argparse

from dashboard.commands.reading import current_publication
from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import UserError

_RELATIONS = ("basis", "forwards", "prints", "amends", "repeals", "implements", "mentions")


def _wanted_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--limit", type=int, default=50, metavar="N", help="default: %(default)s")
    parser.add_argument("--department", metavar="NAME", help="who probably issued it, by code or full name")
    parser.add_argument("--kind", choices=_RELATIONS, help="only what is cited in this relation")
    add_json(parser)


def _wanted(context: Context, args: argparse.Namespace) -> int:
    from dashboard.commands.chain import catalogue_of
    from warehouse.queries.wanted import wanted_list, wanted_total

    _at_least_one(args.limit)
    publication = current_publication(context)
    rows = wanted_list(publication, department=args.department, kind=args.kind, limit=args.limit)
    offered: dict[str, str] = {}
    for source in catalogue_of(context.home).sources.values():
        record = source.to_record()
        if record.department_code:
            offered.setdefault(record.department_code, record.source_id)
    for row in rows:
        row["source_id"] = row["source_id"] or offered.get(row["department_code"] or "")
    if args.json:
        context.console.json({"total": wanted_total(publication), "wanted": rows})
        return 0
    context.console.table(
        ("cited by", "until", "number", "title", "probably issued by", "source"),
        [
            (r["cited_by"], r["last_cited"] or "", r["target_number"] or "", r["target_title"] or "",
             r["department_name"] or "", r["source_id"] or "")
            for r in rows
        ],
    )  # fmt: skip
    return 0


def _duplicates_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--kind",
        choices=("exact", "near", "excerpt"),
        help="exact: same number and title, or the same text; near: found by likeness; "
        "excerpt: one stands in the other",
    )
    parser.add_argument("--limit", type=int, default=100, metavar="N", help="default: %(default)s")
    add_json(parser)


def _duplicates(context: Context, args: argparse.Namespace) -> int:
    from warehouse.queries.wanted import duplicate_groups, excerpts

    _at_least_one(args.limit)
    publication = current_publication(context)
    groups = [] if args.kind == "excerpt" else duplicate_groups(publication, kind=args.kind, limit=args.limit)
    parts = excerpts(publication, args.limit) if args.kind in (None, "excerpt") else []
    if args.json:
        context.console.json({"groups": groups, "excerpts": parts})
        return 0
    for group in groups:
        alike = "" if group["similarity"] is None else f", similarity {group['similarity']:.2f}"
        context.console.result(f"{group['kind']}{alike}")
        for one in group["documents"]:
            context.console.result(f"  {one['source_id']}  {one['published'] or ''}  {one['title']}")
    for part in parts:
        context.console.result(f"excerpt: {part['title']} ({part['source_id']}) in {part['other_title']}")
    return 0


def _at_least_one(limit: int) -> None:
    if limit < 1:
        raise UserError(f"--limit {limit}: give a number of 1 or more.")


WANTED = Verb(
    name="wanted",
    help="List what the published documents cite and nobody holds, the most cited first.",
    run=_wanted,
    arguments=_wanted_arguments,
    note="All spellings of one target are one row; it goes when its document arrives.",
)
DUPLICATES = Verb(
    name="duplicates",
    help="List groups of documents that are copies of one another, and excerpts.",
    run=_duplicates,
    arguments=_duplicates_arguments,
    note="The issuing organ's own copy stands first in its group.",
)
