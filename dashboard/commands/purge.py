"""`govbrief purge`: remove documents for good from archive, stores, publications and backups."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.commands.console import plain
from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import NothingUsable, UserError
from warehouse.home import Home

if TYPE_CHECKING:
    from warehouse.purge import Purged
    from warehouse.purge_plan import Plan, Wish


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", nargs="*", metavar="ID", help="document_id or capture_id, as pages and --json print them"
    )
    parser.add_argument("--source", metavar="ID", help="everything that came from this source")
    parser.add_argument("--reason", help="why, for audit log and tombstone; without personal data")
    parser.add_argument(
        "--shared", action="store_true", help="also the documents that rest on the same archived record"
    )
    parser.add_argument(
        "--backup",
        type=Path,
        action="append",
        default=[],
        metavar="FOLDER",
        help="also in this backup, or in all backups inside this folder; may be given several times",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would go and stop")
    parser.add_argument("--yes", action="store_true", help="do it; without it nothing is removed")
    parser.add_argument(
        "--continue",
        dest="go_on",
        action="store_true",
        help="complete a purge that was killed; name its backups again",
    )
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    from warehouse.locks import keeping_lock, run_lock
    from warehouse.purge_backup import backups_named
    from warehouse.purge_plan import read_journal
    from warehouse.purge_stores import living_runs

    home = context.home
    _refuse_received(home)
    copies = backups_named(args.backup)
    with run_lock(home), keeping_lock(home):
        living_runs(home)
        journal = read_journal(home)
        if journal and not args.go_on:
            raise UserError(
                "A purge was interrupted; type 'govbrief purge --continue --yes' to complete it first."
            )
        wish = _wish(args, journal)
        plan = journal or _plan(home, wish, args.reason or "", bool(copies))
        if args.dry_run or not args.yes:
            return _rehearse(context, args, plan, copies)
        done = [_purge_home(context, home, plan)] if plan.documents or plan.captures else []
        for folder in copies:
            done += _purge_copy(context, folder, plan, wish)
    return _tell(context, args, plan, done)


def _refuse_received(home: Home) -> None:
    """What came as a bundle is purged where it was made: nothing here could make a publication without it."""
    from warehouse.receive import current_is_received

    if not home.warehouse_file.is_file() and current_is_received(home):
        raise UserError(
            f"What is published in {home.root} came as a bundle; nothing was removed. Purge it at the sender,"
            " then set '[publishing] keep = 1' in govbrief.toml here and type 'govbrief receive FILE' with"
            " the sender's next bundle, which removes the publications before."
        )


def _wish(args: argparse.Namespace, journal: Plan | None) -> Wish:
    from warehouse.purge_plan import Wish

    if journal:
        return Wish(journal.documents, journal.captures, shared=True, strict=False)
    if not args.what and not args.source:
        raise UserError(
            "There is nothing to complete."
            if args.go_on
            else "Name a document_id, a capture_id or --source ID."
        )
    if not (args.reason or "").strip() and not args.dry_run:
        raise UserError(
            "--reason is missing: say in a few words why, such as --reason 'court order 12/2026'."
        )
    captures = tuple(one for one in args.what if one.startswith("cap-"))
    documents = tuple(one for one in args.what if one not in captures)
    return Wish(documents, captures, args.source, args.shared)


def _plan(home: Home, wish: Wish, reason: str, with_copies: bool) -> Plan:
    """The plan for the home; what was purged here before may still be asked of backups."""
    from warehouse.crawl_state.purged import purged_documents
    from warehouse.purge_plan import make_plan

    gone = purged_documents(home)
    loose = with_copies and bool(wish.documents) and set(wish.documents) <= gone
    return make_plan(home, replace(wish, strict=not loose), reason)


def _purge_home(context: Context, home: Home, plan: Plan) -> dict[str, Any]:
    from warehouse.purge import finish, purge_stores

    done = purge_stores(home, plan, context.console.progress)
    publication_id = _publish(context, home)
    return _told(done, publication_id, finish(home, plan, publication_id))


def _purge_copy(context: Context, folder: Path, plan: Plan, wish: Wish) -> list[dict[str, Any]]:
    from warehouse.purge_backup import purge_backup

    documents = tuple({*plan.documents, *wish.documents})
    asked = replace(wish, documents=documents, captures=plan.captures or wish.captures, strict=False)
    made: list[str | None] = []

    def publish(home: Home) -> str | None:
        made.append(_publish(context, home))
        return made[-1]

    done = purge_backup(folder, plan, asked, publish, context.console.progress)
    if done is None:
        context.console.say(f"{folder} holds nothing of it.")
        return []
    return [_told(done, made[-1], 0)]


def _publish(context: Context, home: Home) -> str | None:
    """A publication without what went; None when nothing is left that could be published."""
    from dashboard.commands.chain import publish_step
    from warehouse.purge import shown_replayed

    shown = shown_replayed(home)
    if not home.warehouse_file.is_file() or shown is None:
        return None
    try:
        summary = publish_step(
            home, context.console, replayed=shown, force=True, whole=True, over_received=True
        )
    except NothingUsable as refused:
        context.console.error(f"{refused} What was published before is removed all the same.")
        return None
    return str(summary.publication_id)


def _told(done: Purged, publication_id: str | None, removed: int) -> dict[str, Any]:
    return {**plain(done), "publication_id": publication_id, "publications_removed": removed}


def _rehearse(context: Context, args: argparse.Namespace, plan: Plan, copies: list[Path]) -> int:
    if args.json:
        context.console.json(_answer(plan, True, []))
    else:
        for line in (*_lines(plan), *(f"backup: {folder}" for folder in copies)):
            context.console.result(line)
    if args.dry_run:
        return 0
    context.console.error("Nothing was removed; add --yes to do it.")
    return 2


def _tell(context: Context, args: argparse.Namespace, plan: Plan, done: list[dict[str, Any]]) -> int:
    if args.json:
        context.console.json(_answer(plan, False, done))
    else:
        for line in (*_lines(plan), *(line for one in done for line in _done_lines(one))):
            context.console.result(line)
    unpublished = any(one["publication_id"] is None and one["publications_removed"] for one in done)
    return 3 if plan.kept or unpublished else 0


def _answer(plan: Plan, dry_run: bool, done: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "reason": plan.reason,
        "documents": plan.documents,
        "captures": len(plan.captures),
        "records_kept": len(plan.kept),
        "kept_for": plan.kept_for,
        "same_text": plan.copies,
        "purged": done,
    }


def _lines(plan: Plan) -> list[str]:
    lines = [
        f"{len(plan.documents)} documents, {len(plan.readings)} readings, {len(plan.captures)} captures,"
        f" {len(plan.segments)} body segments: {', '.join(plan.documents[:5])}"
    ]
    if plan.kept:
        lines.append(f"  {len(plan.kept)} records are shared with {', '.join(plan.kept_for[:5])}")
    if plan.copies:
        lines.append(f"  the same text stands in {', '.join(plan.copies[:5])}")
    return lines


def _done_lines(one: dict[str, Any]) -> list[str]:
    stores = [
        f"  {name}: " + ", ".join(f"{what} {count:,}" for what, count in counts.items())
        for name, counts in one["stores"].items()
        if counts
    ]
    now = one["publication_id"] or "none, nothing is left to publish"
    return [str(one["folder"]), *stores, f"  publication: {now}", *(f"  {line}" for line in one["left"])]


VERB = Verb(
    name="purge",
    help="Remove documents for good from archive, stores, publications and named backups.",
    run=_run,
    arguments=_arguments,
    note="What went is not fetched again. A killed purge is completed with --continue. Ends with 3 when"
    " records stay because others rest on them, or nothing is left to publish.",
)
