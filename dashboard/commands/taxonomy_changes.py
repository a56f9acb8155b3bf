"""Changes of topic schemes: `govbrief taxonomy draft`, `preview`, `publish`, `rollback`, `history`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dashboard.commands.console import plain
from dashboard.commands.verb import Context, add_json
from warehouse.errors import UserError
from warehouse.home import Home

LISTED = 20  # lines of one kind of change a person sees; --json has all


def change_arguments(action: Callable[..., argparse.ArgumentParser]) -> None:
    """The actions and their options."""
    drafted = action("draft", help="write a draft: a copy of a scheme as it is in force, or a template")
    drafted.add_argument("name", nargs="?", metavar="NAME", help="name of the draft (else the scheme's)")
    drafted.add_argument("--from", dest="from_scheme", metavar="SCHEME", help="the scheme to copy")
    previewed = action("preview", help="what a draft changes, and which documents it would move")
    previewed.add_argument("draft", metavar="FILE|NAME")
    previewed.add_argument(
        "--sample", type=int, metavar="N", help="look at so many documents at most (1000); 0: at none"
    )
    published = action("publish", help="bring a draft into force; the version before is kept")
    published.add_argument("draft", metavar="FILE|NAME")
    published.add_argument("--note", default="", metavar="TEXT", help="why, kept in the history")
    back = action("rollback", help="bring the version before back into force, or the one named")
    back.add_argument("scheme", metavar="SCHEME")
    back.add_argument("--to", metavar="VERSION", help="a version such as state-council-1, or packaged")
    listed = action("history", help="which version came into force when, and by whom")
    listed.add_argument("scheme", nargs="?", metavar="SCHEME")
    for one in (previewed, published, back, listed):
        add_json(one)


def _draft(context: Context, args: argparse.Namespace) -> int:
    from classify.taxonomy.drafts import new_draft

    if not (args.name or args.from_scheme):
        raise UserError(
            "'taxonomy draft' needs a NAME for a scheme of your own, or --from SCHEME to change one."
        )
    file = new_draft(context.home, args.name or args.from_scheme, args.from_scheme)
    context.console.result(f"Wrote {file}; change it, then 'govbrief taxonomy preview {file.stem}'.")
    return 0


def _preview(context: Context, args: argparse.Namespace) -> int:
    from classify.taxonomy.drafts import as_published, draft_change, draft_file, in_force, obstacles
    from classify.taxonomy.load import load_taxonomy
    from classify.taxonomy.preview import SAMPLE, effect

    home = context.home
    file = draft_file(home, args.draft)
    new = load_taxonomy(file)
    change = draft_change(home, file)
    sample = SAMPLE if args.sample is None else max(args.sample, 0)
    with TemporaryDirectory() as folder:
        changed = as_published(file, change, Path(folder))
        moved = effect(home, in_force(home, new.scheme), changed, 0 if change.labels_stay else sample)
    hinders = obstacles(home, change, new)
    if args.json:
        context.console.json(
            {"draft": file, "change": change, "labels_stay": change.labels_stay, "effect": moved,
             "obstacles": hinders}
        )  # fmt: skip
        return 0
    for line in _change_lines(change):
        context.console.result(line)
    for line in _effect_lines(moved, change.labels_stay):
        context.console.result(line)
    for sentence in hinders:
        context.console.error(sentence)
    return 0


def _change_lines(change: Any) -> Iterator[str]:
    kinds: dict[str, list[str]] = {
        "added": [f"{one.code} {one.after}" for one in change.added],
        "removed": [f"{one.code} {one.before}" for one in change.removed],
        "renamed": [f"{one.code} {one.before} -> {one.after}" for one in change.renamed],
        "merged": [f"{', '.join(one.replaced)} -> {one.code} {one.name}" for one in change.merged],
        "old name kept": [f"{one.name} -> {one.code}" for one in change.kept_names],
        "word moved": [f"{one.term}: {one.before} -> {one.after}" for one in change.moved_terms],
        "word added": [f"{one.term}: {one.after}" for one in change.added_terms],
        "word removed": [f"{one.term}: {one.before}" for one in change.removed_terms],
        "note changed": list(change.changed_notes),
    }
    for kind, lines in kinds.items():
        yield from (f"{kind}: {line}" for line in lines[:LISTED])
        if len(lines) > LISTED:
            yield f"{kind}: {len(lines) - LISTED} more; --json lists all"
    if not any(kinds.values()):
        yield f"{change.scheme}: no class, name, word or note differs."


def _effect_lines(moved: Any, labels_stay: bool) -> Iterator[str]:
    if labels_stay:
        yield "No document moves: nothing changed that decides a label."
        return
    whole = "all" if moved.looked_at == moved.documents else "a steady sample"
    yield (
        f"By terms and rules alone, {moved.moved} of {moved.looked_at} documents looked at would move"
        f" ({whole} of {moved.documents} in the warehouse)."
    )
    for move in moved.moves[:LISTED]:
        before, after = (move.before or "no class"), (move.after or "no class")
        names = f"{move.before_name or '-'} -> {move.after_name or '-'}"
        yield f"{move.documents}: {before} -> {after} ({names}); such as {move.examples[0]}"


def _publish(context: Context, args: argparse.Namespace) -> int:
    from classify.taxonomy.drafts import draft_file
    from classify.taxonomy.versions import publish_draft

    home = context.home
    file = draft_file(home, args.draft)
    before = file.read_bytes()
    version = publish_draft(home, file, _account(home), args.note)
    if file.read_bytes() != before:
        context.console.say(
            f"Old names of classes were written into {file}: documents that print them keep their class."
        )
    return _said(context, args, version)


def _rollback(context: Context, args: argparse.Namespace) -> int:
    from classify.taxonomy.versions import roll_back

    return _said(context, args, roll_back(context.home, args.scheme, _account(context.home), args.to))


def _said(context: Context, args: argparse.Namespace, version: Any) -> int:
    if args.json:
        context.console.json(version)
        return 0
    context.console.result(
        f"{version.name} is in force for {version.scheme} with {version.classes} classes"
        f" (before: {version.before or 'nothing'}); 'govbrief classify' labels the documents anew."
    )
    settings = context.home.settings.classify.schemes
    if settings and version.scheme not in settings:
        context.console.say(
            f"[classify] schemes in govbrief.toml does not name {version.scheme} yet; add it."
        )
    return 0


def _history(context: Context, args: argparse.Namespace) -> int:
    from classify.taxonomy.versions import history

    versions = history(context.home, args.scheme)
    if args.json:
        context.console.json(versions)
        return 0
    head = ("at", "scheme", "action", "name", "before", "classes", "by", "note")
    context.console.table(head, [[plain(one)[key] for key in head] for one in versions])
    return 0


def _account(home: Home) -> str:
    from warehouse.desk import Desk

    with Desk.open(home) as desk:
        return desk.current_user().name


CHANGES: dict[str | None, Callable[[Context, argparse.Namespace], int]] = {
    "draft": _draft,
    "preview": _preview,
    "publish": _publish,
    "rollback": _rollback,
    "history": _history,
}
