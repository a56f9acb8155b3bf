"""`govbrief backup` and `restore`: a checked copy of the whole home, and back into an empty folder."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.commands.console import plain
from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import UserError

if TYPE_CHECKING:
    from dashboard.commands.verify import VerifyAnswer
    from warehouse.backup import Copy


def _backup_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", type=Path, metavar="FOLDER", help="where to put the copy; a new folder is made below it"
    )
    parser.add_argument(
        "--keep",
        type=int,
        metavar="N",
        help="afterwards keep only the newest N backups of this home",
    )
    parser.add_argument(
        "--verify", action="store_true", help="read the copy back and check it as 'verify COPY' does"
    )
    add_json(parser)


def _backup(context: Context, args: argparse.Namespace) -> int:
    from warehouse.backup import back_up

    home = context.home
    if args.folder.resolve().is_relative_to(home.root):
        raise UserError(f"{args.folder} lies inside the home; choose a folder outside, best on another disk.")
    if args.keep is not None and args.keep < 1:
        raise UserError(f"--keep must be 1 or more, not {args.keep}.")
    answer = back_up(home, args.folder, context.console.progress, args.keep)
    for sentence in answer.damaged:
        context.console.error(f"{sentence}; 'govbrief verify' names the captures.")
    for name in answer.copied_anew:
        context.console.error(
            f"{answer.reused_from}/{name}: it is not what was written there, the new backup holds a copy of"
            " its own; remove that older backup, and look at the disk."
        )
    checked = _checked(context, answer.folder) if args.verify else None
    if args.json:
        context.console.json({**plain(answer), "verified": checked.json() if checked else None})
    else:
        for line in _lines(answer):
            context.console.result(line)
    return max(3 if answer.damaged else 0, checked.exit_code if checked else 0)


def _checked(context: Context, folder: Path) -> VerifyAnswer:
    from dashboard.commands.verify import tell, verify_folder

    answer = verify_folder(context, folder)
    for line in answer.lines():
        context.console.say(line)
    tell(context, answer.checked)
    return answer


def _lines(answer: Copy) -> list[str]:
    shared = f"; the rest is shared with {answer.reused_from}" if answer.reused_from else ""
    return [
        f"{answer.folder}: {answer.files} files, {answer.bytes:,} bytes",
        f"  new: {answer.new_files} files, {answer.new_bytes:,} bytes{shared}",
        *(f"  removed: {name}" for name in answer.removed),
    ]


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a copy that 'backup' made")
    add_json(parser)


def _restore(context: Context, args: argparse.Namespace) -> int:
    from warehouse.restore import restore

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
    note="Crawls, a run, dashboards and people writing go on meanwhile. A second backup into the same FOLDER"
    " shares what did not change with the one before; each is complete in itself.",
)
RESTORE = Verb(
    name="restore",
    help="Make a home from a backup, after every file's checksum was compared.",
    run=_restore,
    arguments=_restore_arguments,
)
