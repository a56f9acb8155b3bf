"""Making a publication: everything readers need, checked, sealed and made current in one step, or nothing at
all.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from warehouse.bodies import DamagedBody
from warehouse.clock import today
from warehouse.database import Warehouse, disk_errors
from warehouse.draft import Draft, NeedsWhole, made_from, open_draft, settle, unsettle
from warehouse.errors import EnvironmentProblem, NothingUsable
from warehouse.facts import counts, describe, failed_checks, fill
from warehouse.folders import (
    SCHEMA_VERSION,
    keep_newest,
    new_id,
    partial_folder,
    point_at,
    publication_ids,
    read_current,
    seal,
    sweep,
)
from warehouse.home import Home
from warehouse.index_delta import link_index, update_index
from warehouse.manifest import body_segments, last_manifest, link_bodies, manifest_of
from warehouse.mending import delta_failed, drop_damaged_indexes
from warehouse.networks import Networks, carry_networks
from warehouse.past_delta import update_past
from warehouse.records import Theme
from warehouse.refusal import Refusal, clear_refusal, note_refusal, remedies
from warehouse.reprints import SHORTEST_TEXT
from warehouse.rows import sql
from warehouse.search.index import FIELDS_VERSION
from warehouse.suspicion import clear_mark
from warehouse.themes.load import check_organs, check_topics, load_themes

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class PublishSummary:
    """What publishing did; `unchanged` means that the publication before is still the current one."""

    publication_id: str
    documents: int
    counts: dict[str, int] = field(default_factory=dict)
    unchanged: bool = False
    refused: tuple[str, ...] = ()


class PublicationRefused(NothingUsable):
    """A rule about the data does not hold; the publication before stays current."""

    def __init__(self, message: str, refused: tuple[str, ...]) -> None:
        super().__init__(message)
        self.refused = refused


def publish(
    home: Home,
    *,
    replayed: bool = False,
    force: bool = False,
    whole: bool = False,
    progress: Progress | None = None,
    networks: Networks | None = None,
) -> PublishSummary:
    """Publish what the warehouse knows; PublicationRefused names the rule that does not hold.

    Only what changed since the current publication is written, into a copy of it; `whole` makes all anew.
    A kill, full disk or refusal leaves the current publication as it was. `force` allows a publication
    with less than half of the documents of the one before; `replayed` includes documents that were only
    replayed. `networks` makes ranks, communities and cascades of the citations (classify/network.py).
    """
    shown = replayed or home.settings.publishing.replayed
    report = progress or _silent
    if not whole:
        try:
            return _publish(home, shown, force, False, networks, report)
        except (NeedsWhole, DamagedBody, duckdb.Error):
            if not publication_ids(home.published):
                raise  # there was no copy to work on: the same would happen again
            report("whole", 0, 1)  # the copy could not be worked on, or shows what is to be blanked now
        except EnvironmentProblem as error:
            if not delta_failed(error):
                raise
            report("whole", 0, 1)  # the current publication is damaged, or the warehouse: the whole one tells
    else:
        shutil.rmtree(home.index, ignore_errors=True)  # publications hold its files by names of their own
    return _publish(home, shown, force, True, networks, report)


def _publish(
    home: Home, replayed: bool, force: bool, whole: bool, networks: Networks | None, report: Progress
) -> PublishSummary:
    with Warehouse.open(home) as w, disk_errors(home):
        sweep(home.published)
        _spare_threads(w)
        publication_id = new_id(home.published, home.bodies, home.clock.now())
        return _Making(w, publication_id, replayed, force, networks, report).make(whole)


def _spare_threads(w: Warehouse) -> None:
    """Work on few documents with one thread: to wake a second for each of 400 statements costs more."""
    if w.is_small():
        w.connection.execute("set threads = 1")


def _themes(w: Warehouse) -> tuple[Theme, ...]:
    """All themes; one of the home's own that names a class or a body nobody knows is refused by name."""
    themes = load_themes(w.home)
    own = [one for one in themes if (w.home.themes / f"{one.theme_id}.toml").is_file()]
    known = {str(row[0]) for row in w.connection.execute("select code from topic_class").fetchall()}
    if known:
        check_topics(own, known)
    bodies = {
        str(row[0])
        for row in w.connection.execute(
            "select code from body union select code from label where field = 'department'"
        ).fetchall()
    }
    if bodies:
        check_organs(own, bodies)
    return themes


@dataclass(slots=True)
class _Making:
    """One publication in the making."""

    w: Warehouse
    publication_id: str
    replayed: bool
    force: bool
    networks: Networks | None
    report: Progress

    def make(self, whole: bool) -> PublishSummary:
        """Put it together in a folder of its own, which goes away unless it becomes the current one."""
        published = self.w.home.published
        partial = partial_folder(published, self.publication_id)
        try:
            return self._make(partial, whole)
        finally:
            try:
                _detach(self.w)  # on a full disk it fails as what went before did
            finally:
                shutil.rmtree(partial, ignore_errors=True)

    def _make(self, partial: Path, whole: bool) -> PublishSummary:
        w, home = self.w, self.w.home
        before = last_manifest(home)
        created_at = home.clock.now()
        themes = _themes(w)
        day, sample = today(home.clock, home.settings.place.timezone), bool(home.settings.clock.now)
        mark = made_from(w, self.replayed, sample, themes)
        index_anew = drop_damaged_indexes(home)
        draft = open_draft(w, partial, before, mark, day, whole)
        self._terms(created_at, draft)
        bodies = fill(w, draft, themes, self.publication_id, self.report)
        failed = failed_checks(w.connection)
        if not failed:
            unsettle(w)
        carry_networks(w, None if failed else self.networks, draft)
        describe(w)
        update_past(
            w, partial, self.publication_id, lambda done, total: self.report("former versions", done, total)
        )
        told = draft.figures.mark(w.connection, home.settings.place.timezone, FIELDS_VERSION)
        figures = counts(w.connection)
        anew = draft.whole or index_anew or (before and set(before["segments"]) != set(body_segments(w)))
        if before is not None and not anew and before.get("fingerprint") == told:
            if not failed:
                clear_refusal(home.published)
            return self._unchanged(before, figures)
        if failed:
            self._refuse(failed, created_at, figures["documents"])
        return self._put_before_readers(partial, draft, created_at, told, figures, bodies)

    def _put_before_readers(
        self,
        partial: Path,
        draft: Draft,
        created_at: datetime,
        told: str,
        figures: dict[str, int],
        bodies: int,
    ) -> PublishSummary:
        w, home = self.w, self.w.home
        indexed = update_index(w, lambda done, total: self.report("index", done, total))
        segments = body_segments(w)
        link_index(w, partial / "index", figures["documents"])
        manifest = manifest_of(w, self.publication_id, created_at, self.replayed, told, figures, segments)
        w.connection.execute("checkpoint pub")
        _detach(w)
        link_bodies(home, partial, segments)
        seal(partial, manifest)
        point_at(home.published, self.publication_id)
        clear_mark(home.published)
        clear_refusal(home.published)
        settle(w, draft, self.publication_id)
        _note(w, self.publication_id, created_at, figures["documents"], "published")
        keep_newest(home.published, home.settings.publishing.keep)
        self.report("published", figures["documents"], figures["documents"])
        figures |= {"bodies_written": bodies, "index_changes": indexed, "written_anew": _affected(w)}
        return PublishSummary(self.publication_id, figures["documents"], figures)

    def _unchanged(self, before: dict[str, Any], figures: dict[str, int]) -> PublishSummary:
        """The current one stays, and with it what is known of it."""
        current = str(before["publication_id"])
        clear_mark(self.w.home.published)  # it was looked at, and is whole
        self.w.connection.execute(
            "insert or replace into publication_state values ('publication', $1)", [current]
        )
        return PublishSummary(current, figures["documents"], figures, unchanged=True)

    def _refuse(self, failed: dict[str, list[str]], created_at: datetime, documents: int) -> None:
        _note(self.w, self.publication_id, created_at, documents, "refused")
        told = "; ".join(f"{name} ({', '.join(examples)})" for name, examples in failed.items())
        current = read_current(self.w.home.published)
        stays = f"publication {current} stays current" if current else "nothing was published before"
        sentence = f"The publication was refused by the check {told}; {stays}. {remedies(failed)}"
        note_refusal(self.w.home.published, Refusal(created_at, sentence))
        raise PublicationRefused(sentence, tuple(failed))

    def _terms(self, created_at: datetime, draft: Draft) -> None:
        home, before = self.w.home, draft.before
        terms: list[Any] = [
            self.publication_id,
            created_at,
            draft.today,
            bool(home.settings.clock.now),
            self.replayed,
            self.force,
            home.settings.publishing.minimum_documents,
            before["documents"] if before else 0,
            bool(before and before["replayed"]),
            draft.whole,
            SHORTEST_TEXT,
            SCHEMA_VERSION,
        ]
        self.w.connection.execute(sql("views", "publishing"), terms)


def _detach(w: Warehouse) -> None:
    w.connection.execute("use warehouse")
    w.connection.execute("detach database if exists pub")


def _affected(w: Warehouse) -> int:
    row = w.connection.execute("select count(*) from affected").fetchone()
    return int(row[0]) if row else 0


def _note(w: Warehouse, publication_id: str, created_at: datetime, documents: int, outcome: str) -> None:
    w.connection.execute(
        "insert or replace into publication values (?, ?, ?, ?)",
        [publication_id, created_at, documents, outcome],
    )


def _silent(stage: str, done: int, total: int) -> None:
    """Progress for nobody."""
