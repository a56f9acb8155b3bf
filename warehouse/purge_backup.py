"""Purging backups: each is treated as the home it holds, then its list of checksums is written anew."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from warehouse.backup import CRAWL_STATE, DESK
from warehouse.backup_list import LIST, backups_in, is_backup, read_list, write_list
from warehouse.copying import all_files, file_digest
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.purge import Progress, Purged, finish, purge_stores
from warehouse.purge_plan import Plan, Wish, make_plan, read_journal

_MADE_MEANWHILE = ("locks", "tmp", "cache", "logs", "backups")
Publish = Callable[[Home], str | None]


def backups_named(folders: Sequence[Path]) -> list[Path]:
    """The backups that were named, and those inside folders that were; a UserError for a folder with none."""
    found: list[Path] = []
    for folder in folders:
        inside = [folder] if is_backup(folder) else [one.folder for one in backups_in(folder)]
        if not inside:
            raise UserError(
                f"{folder} holds no backup; name a folder that 'govbrief backup' made or wrote into."
            )
        found += inside
    return list(dict.fromkeys(found))


def purge_backup(folder: Path, plan: Plan, wish: Wish, publish: Publish, progress: Progress) -> Purged | None:
    """Remove from one backup what was removed from its home; None when it holds nothing of it.

    Killed in the middle it does not fit its checksums and cannot be restored until this is done again.
    """
    listed = read_list(folder)
    home = Home.open(folder)
    here = read_journal(home) or make_plan(home, wish, plan.reason, lock=False)
    if not here.documents and not here.captures:
        return None
    done = purge_stores(home, here, progress, lock=False)
    finish(home, here, publish(home))
    for name in _MADE_MEANWHILE:
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in (CRAWL_STATE, DESK):
        _settle(folder / name)
    digests = {
        name.as_posix(): file_digest(folder / name) for name in all_files(folder) if name.as_posix() != LIST
    }
    made_at = datetime.fromisoformat(listed.made_at) if listed.made_at else home.clock.now()
    write_list(folder, digests, listed.home, made_at)
    return done


def _settle(file: Path) -> None:
    """One file again, without a log beside it."""
    if file.is_file():
        with closing(sqlite3.connect(file, timeout=30)) as connection:
            connection.execute("pragma journal_mode = delete")
