"""What is told of a publication in its manifest, and the body segments it shares with those before it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from warehouse.copying import link_or_copy
from warehouse.database import Warehouse
from warehouse.errors import EnvironmentProblem, NothingUsable
from warehouse.folders import FACTS, SCHEMA_VERSION, publication_ids, read_current, read_manifest
from warehouse.home import Home
from warehouse.mending import facts_are_damaged
from warehouse.publication import Publication
from warehouse.suspicion import is_marked


def last_manifest(home: Home) -> dict[str, Any] | None:
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
        try:
            publication.rows("select count(*) from publication, document")
            if is_marked(folder.parent) and facts_are_damaged(publication):
                return False
        finally:
            publication.close()
    except (duckdb.Error, OSError, KeyError, ValueError, TypeError, EnvironmentProblem):
        return False
    return True


def body_segments(w: Warehouse) -> list[str]:
    """The segments in which bodies of the publication being made lie, by name."""
    rows = w.connection.execute(
        "select segment from pub.document union select segment from pub.past_body order by segment"
    ).fetchall()
    return [row[0] for row in rows]


def link_bodies(home: Home, partial: Path, segments: list[str]) -> None:
    """Link the segments into the folder of the publication; NothingUsable when one is missing."""
    folder = partial / "bodies"
    folder.mkdir()
    for name in segments:
        try:
            link_or_copy(home.bodies / name, folder / name)
        except FileNotFoundError as error:
            raise NothingUsable(
                f"{home.bodies / name}: the body segment is missing; "
                "restore it from a backup or extract again."
            ) from error


def manifest_of(
    w: Warehouse, publication_id: str, created_at: datetime, replayed: bool, mark: str,
    figures: dict[str, int], segments: list[str],
) -> dict[str, Any]:  # fmt: skip
    """What manifest.json says of the publication in the making; `mark` is the fingerprint of its rows."""
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
