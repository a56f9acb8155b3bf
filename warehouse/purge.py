"""Removing documents for good: store by store from a journal, so that a killed purge is completed later.

The order keeps what later steps need: traces while the text is still known, the archive while its places
are, the crawl state (which knows both) last. Publications are made anew by the caller; `finish` removes the
old ones.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from warehouse.desk.desk import LOCAL, Desk
from warehouse.folders import (
    CURRENT,
    keep_newest,
    publication_ids,
    read_current,
    read_manifest,
    sweep,
)
from warehouse.home import Home
from warehouse.locks import work_lock
from warehouse.purge_plan import Plan, drop_journal, write_journal
from warehouse.purge_sqlite import Counts, purge_crawl_state, purge_desk
from warehouse.purge_stores import purge_archive, purge_bodies, purge_copies, purge_shown, purge_warehouse
from warehouse.purge_traces import desk_quotes, purge_traces, telling_words

Progress = Callable[[str, int, int], None]
STEPS = 7


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge did in one home or backup."""

    folder: Path
    documents: int
    captures: int
    stores: dict[str, Counts] = field(default_factory=dict)
    left: tuple[str, ...] = ()  # what it could not or would not reach, a sentence each


def purge_stores(home: Home, plan: Plan, progress: Progress, *, lock: bool = True) -> Purged:
    """Take what the plan names out of every store but the publications; started again it completes.

    `lock` is off for a backup, which nobody writes. The caller holds run and keeping locks of the home.
    """
    write_journal(home, plan)
    words = telling_words(home, plan, lock=lock)
    left = _left(home, plan, words)
    stores: dict[str, Counts] = {}
    stores["traces"], own = purge_traces(home, plan, words)
    left += [f"{name}: holds its words; it is a file of yours, look at it." for name in own]
    progress("purge", 1, STEPS)
    stores["archive"] = purge_archive(home, plan)
    progress("purge", 2, STEPS)
    if lock:
        with work_lock(home):
            _inside(home, plan, stores, progress)
    else:
        _inside(home, plan, stores, progress)
    stores["desk"] = purge_desk(home, plan)
    progress("purge", 6, STEPS)
    stores["crawl state"] = purge_crawl_state(home, plan)
    progress("purge", 7, STEPS)
    return Purged(home.root, len(plan.documents), len(plan.captures), stores, tuple(left))


def shown_replayed(home: Home) -> bool | None:
    """Whether what is published shows replayed documents; None when nothing is published.

    CURRENT may be missing or a manifest damaged: then the newest that can be read tells, else the settings.
    """
    held = publication_ids(home.published)
    current = read_current(home.published)
    for one in [current, *held] if current in held else held:
        manifest = read_manifest(home.published / str(one))
        if manifest is not None:
            return bool(manifest.get("replayed"))
    return home.settings.publishing.replayed if held else None


def finish(home: Home, plan: Plan, published: str | None, account: str = LOCAL) -> int:
    """Remove every publication but the new one (all of them when there is none), note the purge in the audit
    log, and let the journal go; returns how many publications went.
    """
    sweep(home.published)
    if published is None:
        (home.published / CURRENT).unlink(missing_ok=True)
        removed = publication_ids(home.published)
        for one in removed:
            shutil.rmtree(home.published / one)
    else:
        removed = keep_newest(home.published, 1)
    detail = {"reason": plan.reason, "documents": list(plan.documents), "captures": len(plan.captures)}
    with Desk.open(home) as desk:
        desk.audit("purge", account, plan.documents[0] if len(plan.documents) == 1 else "home", detail)
    drop_journal(home)
    return len(removed)


def _inside(home: Home, plan: Plan, stores: dict[str, Counts], progress: Progress) -> None:
    stores["warehouse"] = purge_warehouse(home, plan)
    progress("purge", 3, STEPS)
    stores["bodies"] = purge_bodies(home, plan)
    progress("purge", 4, STEPS)
    stores["copies"] = purge_shown(home, plan) | purge_copies(home)
    progress("purge", 5, STEPS)


def _left(home: Home, plan: Plan, words: tuple[str, ...]) -> list[str]:
    """What stays, in sentences for a person."""
    left = []
    if plan.kept:
        others = ", ".join(plan.kept_for[:5])
        left.append(
            f"{len(plan.kept)} archived records stay, because {len(plan.kept_for)} other documents rest on"
            f" them ({others}); purge with --shared to remove those too."
        )
    if plan.copies:
        left.append(
            f"{len(plan.copies)} other documents print the same text and stay: {', '.join(plan.copies[:5])}."
        )
    if quotes := desk_quotes(home, plan, words):
        left.append(f"{quotes} corrections of other documents quote it; they are people's work and stay.")
    left.append("Archived list pages that print its title stay; [retention] listings removes old ones.")
    left.append("Backups stay as they are; name them with --backup FOLDER.")
    left.append("Who has a page open keeps what was loaded, exports and bundles that left this machine too.")
    return left
