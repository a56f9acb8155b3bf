"""`govbrief backup` and `restore`: a checked copy of the whole home, and back into an empty folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import UserError


def _backup_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", type=Path, metavar="FOLDER", help="where to put the copy; a new folder is made below it"
    )
    add_json(parser)


def _backup(context: Context, args: argparse.Namespace) -> int:
    from warehouse.backup import back_up

    home = context.home
    if args.folder.resolve().is_relative_to(home.root):
        raise UserError(f"{args.folder} lies inside the home; choose a folder outside, best on another disk.")
    answer = back_up(home, args.folder, context.console.progress)
    if args.json:
        context.console.json(answer)
    else:
        context.console.result(f"{answer.folder}: {answer.files} files, {answer.bytes:,} bytes")
    return 0


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a copy that 'backup' made")
    add_json(parser)


def _restore(context: Context, args: argparse.Namespace) -> int:
    from warehouse.backup import restore

    if not context.home_option:
        raise UserError("'restore' needs --home FOLDER, an empty or new folder that becomes the home.")
    answer = restore(args.folder, Path(context.home_option), context.console.progress)
    if args.json:
        context.console.json(answer)
    else:
        context.console.result(f"{answer.folder}: {answer.files} files, {answer.bytes:,} bytes")
    return 0


BACKUP = Verb(
    name="backup",
    help="Copy the home, desk and archive included, into a new folder with a list of checksums.",
    run=_backup,
    arguments=_backup_arguments,
    note="It waits for nobody: while a run is under way it ends with 75.",
)
RESTORE = Verb(
    name="restore",
    help="Make a home from a backup, after every file's checksum was compared.",
    run=_restore,
    arguments=_restore_arguments,
)
