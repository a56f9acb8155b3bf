"""`govbrief searches`: searches kept under a name, and what each found since it was last asked."""

from __future__ import annotations

import argparse
from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from dashboard.commands.reading import add_filters, current_publication, filters, home_today, parse_since
from dashboard.commands.verb import Context, Verb, add_actions, add_json
from warehouse.errors import UserError

if TYPE_CHECKING:
    from warehouse.desk import Desk
    from warehouse.desk.searches import SavedSearch
    from warehouse.publication import Publication
    from warehouse.saved_searches import News

Row = dict[str, Any]


def _arguments(parser: argparse.ArgumentParser) -> None:
    action = add_actions(parser)
    listed = action("list", help="list the saved searches with what is wrong with any")
    add_json(listed)
    shown = action("show", help="show what one asks")
    shown.add_argument("search", metavar="SEARCH", help="its number or name")
    add_json(shown)
    saved = action("save", help="keep a search under a name")
    saved.add_argument("name", metavar="NAME")
    saved.add_argument("query", metavar="QUERY", help="as in 'search'; '' for the filters alone")
    add_filters(saved)
    saved.add_argument("--note", default="", help="what it is for")
    saved.add_argument("--shared", action="store_true", help="everybody who uses this home sees it")
    saved.add_argument("--replace", action="store_true", help="ask something else under a name that is taken")
    add_json(saved)
    run = action("run", help="run one or all on the current publication and tell what is new")
    run.add_argument("search", nargs="?", metavar="SEARCH", help="its number or name (default: all)")
    run.add_argument(
        "--since",
        metavar="WHEN",
        help="after a position that an earlier answer gave, a publication, or a day (default: since saved)",
    )
    add_json(run)
    removed = action("remove", help="take one off the list; its page puts it back")
    removed.add_argument("search", metavar="SEARCH", help="its number or name")
    add_json(removed)


def _run(context: Context, args: argparse.Namespace) -> int:
    from warehouse.desk import Desk

    carried_out = {"list": _list, "show": _show, "save": _save, "run": _news, "remove": _remove}
    with Desk.open(context.home) as desk:
        carried_out[args.action](context, desk, args)
    return 0


def _list(context: Context, desk: Desk, args: argparse.Namespace) -> None:
    from warehouse.publication import Publication

    publication = Publication.current(context.home)
    rows = [_told(one, publication) for one in desk.searches.listed(desk.current_user().name)]
    if args.json:
        context.console.json(rows)
        return
    lines = [(r["id"], r["name"], r["query"], _filters_told(r), r["problem"]) for r in rows]
    context.console.table(("id", "name", "query", "filters", "what is wrong"), lines)


def _show(context: Context, desk: Desk, args: argparse.Namespace) -> None:
    from warehouse.publication import Publication

    saved = desk.searches.find(args.search, desk.current_user().name)
    _answer(context, args, _told(saved, Publication.current(context.home)))


def _save(context: Context, desk: Desk, args: argparse.Namespace) -> None:
    from warehouse import saved_searches
    from warehouse.desk.asked import asked

    publication, account = current_publication(context), desk.current_user().name
    chosen = filters(publication, context.home, args)
    wanted = asked(args.query, {name: value for name, value in chosen.items() if name != "order" and value})
    held = [one for one in desk.searches.listed(account) if (one.name, one.owner) == (args.name, account)]
    if held and args.replace:
        saved = saved_searches.change(publication, desk, held[0], wanted, account)
    else:
        saved = saved_searches.save(
            publication, desk, args.name, wanted, account, note=args.note, shared=args.shared
        )
    _answer(context, args, _told(saved, publication))


def _news(context: Context, desk: Desk, args: argparse.Namespace) -> None:
    from warehouse.saved_searches import new_since

    publication, account = current_publication(context), desk.current_user().name
    since = _since(context, args.since)
    wanted = [desk.searches.find(args.search, account)] if args.search else desk.searches.listed(account)
    rows = [_news_told(publication, new_since(publication, desk, one, since)) for one in wanted]
    if args.json:
        context.console.json(rows)
        return
    for row in rows:
        context.console.result(
            f"{row['id']} {row['name']}: {len(row['new'])} new, {len(row['changed'])} changed"
        )
        if row["problem"]:
            context.console.result(f"  {row['problem']}")
        for one in (*row["new"], *row["changed"]):
            context.console.result(f"  {one['published'] or '-'}  {one['title']}  {one['id']}")
    context.console.say(f"{len(rows)} saved searches, publication {publication.publication_id}.")


def _remove(context: Context, desk: Desk, args: argparse.Namespace) -> None:
    account = desk.current_user().name
    saved = desk.searches.remove(desk.searches.find(args.search, account).search_id, account)
    _answer(context, args, _told(saved, None))


def _since(context: Context, text: str | None) -> Any:
    """A position, a publication that a listing names, or the first instant of a day at the library."""
    from warehouse.folders import age_of

    if text is None or (age_of(text) > ("", 0)):
        return text
    if text.isdecimal():
        return int(text)
    try:
        day = parse_since(text, home_today(context.home))
    except UserError as error:
        raise UserError(
            f"--since: '{text}' is no position, publication or day; write 12, 20260601-010000-1 or 7d."
        ) from error
    return datetime.combine(day, time.min, ZoneInfo(context.home.settings.place.timezone))


def _answer(context: Context, args: argparse.Namespace, row: Row) -> None:
    if args.json:
        context.console.json(row)
        return
    context.console.result(f"{row['id']} {row['name']}: {row['query'] or '(no words)'}")
    if row["filters"]:
        context.console.result(f"  {_filters_told(row)}")
    if row["note"]:
        context.console.result(f"  {row['note']}")
    if row["problem"]:
        context.console.result(f"  {row['problem']}")


def _told(saved: SavedSearch, publication: Publication | None) -> Row:
    from warehouse.saved_searches import problem_of

    problem = problem_of(publication, saved) if publication else saved.wrong
    return {
        "id": saved.search_id,
        "name": saved.name,
        "note": saved.note,
        "query": saved.asked.query if saved.asked else None,
        "filters": dict(saved.asked.filters) if saved.asked else {},
        "order": saved.asked.order if saved.asked else None,
        "owner": saved.owner,
        "shared": saved.shared,
        "created_at": saved.created_at,
        "changed_at": saved.changed_at,
        "last_run_at": saved.last_run_at,
        "publication_id": saved.publication_id,
        "problem": str(problem) if problem else None,
        "removed_at": saved.removed_at,
    }


def _news_told(publication: Publication, news: News) -> Row:
    from warehouse.queries.pages_listing import documents_of

    titles = {row["document_id"]: row for row in documents_of(publication, (*news.new, *news.changed))}

    def line(document_id: str) -> Row:
        row = titles.get(document_id, {})  # what was withdrawn since has no title any more
        return {"id": document_id, "title": row.get("title"), "published": row.get("published")}

    return {
        "id": news.saved.search_id,
        "name": news.saved.name,
        "publication_id": news.publication_id,
        "position": news.position,
        "new": [line(one) for one in news.new],
        "changed": [line(one) for one in news.changed],
        "problem": str(news.problem) if news.problem else None,
    }


def _filters_told(row: Row) -> str:
    return ", ".join(f"{name}={value}" for name, value in row["filters"].items())


VERB = Verb(
    name="searches",
    help="List, save, run and remove searches that are kept under a name.",
    run=_run,
    arguments=_arguments,
    note="'run' tells each document once: ask on with --since and the position of the answer before.",
)
