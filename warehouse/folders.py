"""The folder of publications: names, CURRENT, what a kill left behind, and how many are kept."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warehouse.archive.writer import fsync_folder

SCHEMA_VERSION = 10  # of facts.duckdb; readers refuse a newer one
OLDEST_SCHEMA = 10  # readers pass over an older one, until `publish` has made another
CURRENT = "CURRENT"
MANIFEST = "manifest.json"
FACTS = "facts.duckdb"
_ID = re.compile(r"^(\d{8}-\d{6})-(\d+)$")
_TORN = (".partial-", ".old-")


def new_id(published: Path, bodies: Path, at: datetime) -> str:
    """A publication id that comes after all others of its instant: the instant and a running number.

    Never that of a publication kept no longer, under a clock that stands still: who has it open would go on
    reading it under the new one's name.
    """
    stamp = at.astimezone(UTC).strftime("%Y%m%d-%H%M%S")
    files = (*published.glob(f"{stamp}-*"), *bodies.glob(f"{stamp}-*.seg"))
    numbers = [int(found.group(2)) for file in files if (found := _ID.match(file.name.removesuffix(".seg")))]
    return f"{stamp}-{max(numbers, default=0) + 1}"


def publication_ids(published: Path) -> list[str]:
    """The ids of complete publications, newest first."""
    if not published.is_dir():
        return []
    found = [match for entry in published.iterdir() if (match := _ID.match(entry.name))]
    found.sort(key=lambda match: (match.group(1), int(match.group(2))), reverse=True)
    return [match.group() for match in found]


def age_of(publication_id: str) -> tuple[str, int]:
    """A key that orders publications by age, oldest first; a name that is none comes before all."""
    found = _ID.match(publication_id)
    return (found.group(1), int(found.group(2))) if found else ("", 0)


def read_current(published: Path) -> str | None:
    """The id that CURRENT names, or None when there is none or it names nothing sensible."""
    try:
        text = (published / CURRENT).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return text if _ID.match(text) else None


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a publication folder, or None when it is missing or damaged."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) and manifest.get("publication_id") == folder.name else None


def partial_folder(published: Path, publication_id: str) -> Path:
    """Where a publication is put together before it gets its name."""
    folder = published / f".partial-{publication_id}"
    folder.mkdir(parents=True)
    return folder


def seal(partial: Path, manifest: Mapping[str, Any]) -> Path:
    """Write the manifest, put everything on the disk and give the folder its name; CURRENT does not move
    yet.
    """
    with (partial / MANIFEST).open("w", encoding="utf-8") as file:
        json.dump(manifest, file, ensure_ascii=False, indent=1)
    for folder, _, names in os.walk(partial):
        for name in names:
            _fsync_file(Path(folder) / name)
        fsync_folder(Path(folder))
    final = partial.parent / str(manifest["publication_id"])
    partial.rename(final)
    fsync_folder(final.parent)
    return final


def point_at(published: Path, publication_id: str) -> None:
    """Move CURRENT in one step: a reader sees the old publication or the new one, never neither."""
    waiting = published / f".{CURRENT}.new"
    with waiting.open("w", encoding="ascii") as file:
        file.write(publication_id + "\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(waiting, published / CURRENT)
    fsync_folder(published)


def keep_newest(published: Path, keep: int) -> list[str]:
    """Remove all but the newest `keep` publications and the current one; returns the ids removed."""
    current = read_current(published)
    removed = [one for one in publication_ids(published)[max(keep, 1) :] if one != current]
    for publication_id in removed:
        doomed = published / f".old-{publication_id}"
        (published / publication_id).rename(doomed)
        shutil.rmtree(doomed, ignore_errors=True)
    return removed


def sweep(published: Path) -> int:
    """Remove what a killed publishing left unfinished; returns how many folders went."""
    if not published.is_dir():
        return 0
    torn = [entry for entry in published.iterdir() if entry.name.startswith(_TORN)]
    for entry in torn:
        shutil.rmtree(entry, ignore_errors=True)
    return len(torn)


def _fsync_file(file: Path) -> None:
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
