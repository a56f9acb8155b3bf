"""Making a publication: everything readers need, checked, sealed and made current in one step, or nothing at
all.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from warehouse.body_delta import write_bodies
from warehouse.clock import today
from warehouse.database import Warehouse, disk_errors
from warehouse.errors import NothingUsable
from warehouse.facts import counts, failed_checks, fill, fingerprint
from warehouse.folders import (
    FACTS,
    SCHEMA_VERSION,
    keep_newest,
    new_id,
    partial_folder,
    point_at,
    publication_ids,
    read_current,
    read_manifest,
    seal,
    sweep,
)
from warehouse.home import Home
from warehouse.index_delta import link_index, update_index
from warehouse.networks import Networks, carry_networks
from warehouse.past_delta import update_past
from warehouse.personal.places import keep_places
from warehouse.publication import Publication
from warehouse.records import Theme
from warehouse.rows import sql
from warehouse.stable_views import define_stable_views
from warehouse.themes.load import check_organs, check_topics, load_themes
from warehouse.version_changes import update_changes

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
    progress: Progress | None = None,
    networks: Networks | None = None,
) -> PublishSummary:
    """Publish what the warehouse knows; PublicationRefused names the rule that does not hold.

    A kill, a full disk or a refusal leaves the current publication as it was. `force` allows a publication
    with less
    than half of the documents of the one before; `replayed` includes documents that were only replayed.
    `networks` makes ranks, communities and cascades of the resolved citations (classify/network.py).
    """
    report = progress or _silent
    with Warehouse.open(home) as w, disk_errors(home):
        sweep(home.published)
        publication_id = new_id(home.published, home.bodies, home.clock.now())
        partial = partial_folder(home.published, publication_id)
        try:
            shown = replayed or home.settings.publishing.replayed
            return _make(w, partial, publication_id, shown, force, networks, report)
        finally:
            shutil.rmtree(partial, ignore_errors=True)


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


def _make(
    w: Warehouse,
    partial: Path,
    publication_id: str,
    replayed: bool,
    force: bool,
    networks: Networks | None,
    report: Progress,
) -> PublishSummary:
    home = w.home
    before = _last_manifest(home)
    created_at = home.clock.now()
    _attach(w, partial / FACTS)
    _terms(w, publication_id, created_at, replayed, force, before)
    w.connection.execute(sql("views", "selected"))
    update_changes(w)
    keep_places(w)
    bodies = write_bodies(w, publication_id, lambda done, total: report("bodies", done, total))
    fill(w, _themes(w), SCHEMA_VERSION, lambda done, total: report("themes", done, total))
    carry_networks(w, networks)
    update_past(w, partial, publication_id, lambda done, total: report("former versions", done, total))
    mark = fingerprint(w)
    figures = counts(w.connection)
    if before is not None and before.get("fingerprint") == mark:
        w.connection.execute("detach pub")
        return PublishSummary(str(before["publication_id"]), figures["documents"], figures, unchanged=True)
    _check(w, publication_id, created_at, figures["documents"])
    indexed = update_index(w, lambda done, total: report("index", done, total))
    segments = _segments(w)
    link_index(w, partial / "index", figures["documents"])
    manifest = _manifest(w, publication_id, created_at, replayed, mark, figures, segments)
    w.connection.execute("checkpoint pub")
    w.connection.execute("detach pub")
    _link_bodies(home, partial, segments)
    seal(partial, manifest)
    point_at(home.published, publication_id)
    _note(w, publication_id, created_at, figures["documents"], "published")
    keep_newest(home.published, home.settings.publishing.keep)
    report("published", figures["documents"], figures["documents"])
    figures |= {"bodies_written": bodies, "index_changes": indexed}
    return PublishSummary(publication_id, figures["documents"], figures)


def _last_manifest(home: Home) -> dict[str, Any] | None:
    """The manifest of the current publication, if readers can use it."""
    current = read_current(home.published)
    if current is None or current not in publication_ids(home.published):
        return None
    folder = home.published / current
    manifest = read_manifest(folder)
    usable = (
        manifest is not None
        and manifest["schema_version"] == SCHEMA_VERSION
        and _is_readable(folder, manifest)
    )
    return manifest if usable else None


def _is_readable(folder: Path, manifest: dict[str, Any]) -> bool:
    """Whether readers can open the publication; a damaged one is no reason to say that nothing changed."""
    if not (folder / FACTS).is_file():
        return False
    try:
        publication = Publication(folder, manifest)
        publication.rows("select count(*) from publication, document")
        publication.close()
    except (duckdb.Error, OSError, KeyError, ValueError, TypeError):
        return False
    return True


def _attach(w: Warehouse, file: Path) -> None:
    escaped = str(file).replace("'", "''")
    w.connection.execute(f"attach '{escaped}' as pub")
    w.connection.execute("use pub")
    w.connection.execute(sql("views", "publication_schema"))
    define_stable_views(w.connection)
    w.connection.execute("use warehouse")


def _terms(
    w: Warehouse,
    publication_id: str,
    created_at: datetime,
    replayed: bool,
    force: bool,
    before: dict[str, Any] | None,
) -> None:
    home = w.home
    terms: list[Any] = [
        publication_id,
        created_at,
        today(home.clock, home.settings.place.timezone),
        bool(home.settings.clock.now),
        replayed,
        force,
        home.settings.publishing.minimum_documents,
        before["documents"] if before else 0,
        bool(before and before["replayed"]),
    ]
    w.connection.execute(sql("views", "publishing"), terms)


def _check(w: Warehouse, publication_id: str, created_at: datetime, documents: int) -> None:
    failed = failed_checks(w.connection)
    if not failed:
        return
    w.connection.execute("detach pub")
    _note(w, publication_id, created_at, documents, "refused")
    told = "; ".join(f"{name} ({', '.join(examples)})" for name, examples in failed.items())
    current = read_current(w.home.published)
    stays = f"publication {current} stays current" if current else "nothing was published before"
    raise PublicationRefused(f"The publication was refused by the check {told}; {stays}.", tuple(failed))


def _note(w: Warehouse, publication_id: str, created_at: datetime, documents: int, outcome: str) -> None:
    w.connection.execute(
        "insert or replace into publication values (?, ?, ?, ?)",
        [publication_id, created_at, documents, outcome],
    )


def _segments(w: Warehouse) -> list[str]:
    rows = w.connection.execute(
        "select segment from pub.document union select segment from pub.past_body order by segment"
    ).fetchall()
    return [row[0] for row in rows]


def _link_bodies(home: Home, partial: Path, segments: list[str]) -> None:
    folder = partial / "bodies"
    folder.mkdir()
    for name in segments:
        try:
            os.link(home.bodies / name, folder / name)
        except FileNotFoundError as error:
            raise NothingUsable(
                f"{home.bodies / name}: the body segment is missing; "
                "restore it from a backup or extract again."
            ) from error
        except OSError:
            shutil.copyfile(home.bodies / name, folder / name)  # a file system without hard links


def _manifest(
    w: Warehouse, publication_id: str, created_at: datetime, replayed: bool, mark: str,
    figures: dict[str, int], segments: list[str],
) -> dict[str, Any]:  # fmt: skip
    row = w.connection.execute("select data_until, classifiers, sample from pub.publication").fetchone()
    assert row is not None
    return {
        "publication_id": publication_id,
        "created_at": created_at.astimezone(UTC).isoformat(),
        "schema_version": SCHEMA_VERSION,
        "documents": figures["documents"],
        "sources": figures["sources"],
        "counts": figures,
        "data_until": row[0].astimezone(UTC).isoformat() if row[0] else None,
        "classifiers": row[1],
        "sample": row[2],
        "replayed": replayed,
        "fingerprint": mark,
        "segments": {name: (w.home.bodies / name).stat().st_size for name in segments},
    }


def _silent(stage: str, done: int, total: int) -> None:
    """Progress for nobody."""
