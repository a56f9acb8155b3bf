"""Writing a publication as one signed file for an isolated network, with only what the receiver lacks."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from warehouse.bundle_manifest import (
    BLOCK,
    MAGIC,
    RECEIVED,
    BundledFile,
    BundleManifest,
    block_hashes,
    block_span,
    manifest_bytes,
    signature_bytes,
)
from warehouse.copying import all_files, file_digest
from warehouse.errors import NothingUsable, UserError
from warehouse.files import in_place_of
from warehouse.folders import FACTS, publication_ids, read_current, read_manifest
from warehouse.home import Home
from warehouse.locks import work_lock
from warehouse.signing import fingerprint, signing_key

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Held:
    """What the receiving home has: hashes of files, and the blocks of its newest facts file."""

    files: Collection[str] = ()
    facts: str | None = None
    blocks: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that was written."""

    file: Path
    publication_id: str
    bytes: int
    files: int
    left_out: int  # files that the receiver holds already
    key: str  # fingerprint


@dataclass(slots=True)
class _Writing:
    """The publication being bundled and what goes along."""

    folder: Path
    held: Held
    entries: list[BundledFile] = field(default_factory=list)


def write_bundle(
    home: Home, target: Path, *, since: str | None = None, have: Path | None = None,
    progress: Progress | None = None,
) -> Bundle:  # fmt: skip
    """Write the current publication to `target` in one step, signed with the home's key.

    `since` names a publication that both sides hold, `have` a file that `receive --have` wrote; what they
    hold is left out. No publication is removed meanwhile.
    """
    key = signing_key(home)
    with work_lock(home):
        current = read_current(home.published)
        manifest = read_manifest(home.published / current) if current else None
        if current is None or manifest is None:
            raise NothingUsable("Nothing is published in this home that could be bundled; publish first.")
        made = _Writing(home.published / current, _held(home, since, have))
        _list_files(made, progress)
        signed = manifest_bytes(_manifest(home, manifest, made))
        with in_place_of(target) as part:
            _write(part, made, signed, signature_bytes(fingerprint(key.public_key()), key.sign(signed)))
    left = sum(one.carried == "none" for one in made.entries)
    size, mark = target.stat().st_size, fingerprint(key.public_key())
    return Bundle(target, current, size, len(made.entries), left, mark)


def what_is_held(home: Home) -> dict[str, Any]:
    """What `receive --have` prints: hashes of all published files here, and the current facts' blocks."""
    current = read_current(home.published)
    files = {
        digest
        for one in publication_ids(home.published)
        for digest in _digests(home.published / one).values()
    }
    facts = home.published / current / FACTS if current else None
    held = facts is not None and facts.is_file()
    return {
        "format": 1,
        "publication_id": current,
        "files": sorted(files),
        "facts": file_digest(facts) if facts and held else None,
        "blocks": block_hashes(facts) if facts and held else [],
    }


def _held(home: Home, since: str | None, have: Path | None) -> Held:
    if since:
        folder = home.published / since
        if since not in publication_ids(home.published):
            kept = ", ".join(publication_ids(home.published))
            raise UserError(f"The publication {since} is not kept here; there are {kept}.")
        facts = folder / FACTS
        return Held(set(_digests(folder).values()), file_digest(facts), block_hashes(facts))
    if have is None:
        return Held()
    try:
        told = json.loads(have.read_text(encoding="utf-8"))
        return Held({str(one) for one in told["files"]}, told["facts"], [str(one) for one in told["blocks"]])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(f"{have} is not what 'govbrief receive --have' writes; make it anew.") from error


def _digests(folder: Path) -> dict[str, str]:
    names = (name.as_posix() for name in all_files(folder))
    return {name: file_digest(folder / name) for name in names if name != RECEIVED}


def _list_files(made: _Writing, progress: Progress | None) -> None:
    names = [name.as_posix() for name in all_files(made.folder) if name.as_posix() != RECEIVED]
    for done, name in enumerate(names, start=1):
        made.entries.append(_entry(made, name))
        if progress:
            progress("bundle", done, len(names))


def _entry(made: _Writing, name: str) -> BundledFile:
    file = made.folder / name
    size, digest = file.stat().st_size, file_digest(file)
    if digest in made.held.files:
        return BundledFile(name, size, digest, "none")
    if name == FACTS and made.held.facts:
        before = dict(enumerate(made.held.blocks))
        hashes = block_hashes(file)
        changed = tuple(number for number, one in enumerate(hashes) if before.get(number) != one)
        if len(changed) < len(hashes):
            return BundledFile(name, size, digest, "blocks", made.held.facts, changed)
    return BundledFile(name, size, digest, "whole")


def _manifest(home: Home, manifest: dict[str, Any], made: _Writing) -> BundleManifest:
    return BundleManifest(
        str(manifest["publication_id"]), datetime.fromisoformat(manifest["created_at"]),
        int(manifest["schema_version"]), int(manifest["documents"]), tuple(made.entries),
        home.clock.now().astimezone(UTC).isoformat(),
    )  # fmt: skip


def _write(part: Path, made: _Writing, signed: bytes, signature: bytes) -> None:
    with part.open("wb") as out:
        out.write(MAGIC)
        for content in (signed, signature):
            out.write(len(content).to_bytes(8, "big"))
            out.write(content)
        for one in made.entries:
            if one.carried != "none":
                _carry(made.folder / one.path, one, out)


def _carry(file: Path, one: BundledFile, out: IO[bytes]) -> None:
    """The whole file, or its changed blocks one after the other."""
    with file.open("rb") as handle:
        if one.carried == "whole":
            shutil.copyfileobj(handle, out, BLOCK)
        for number in one.changed:
            start, length = block_span(number, one.bytes)
            handle.seek(start)
            out.write(handle.read(length))
