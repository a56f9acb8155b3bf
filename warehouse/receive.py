"""Taking in a bundle: signature first, every file against its signed hash, then CURRENT moves in one step."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import duckdb
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from warehouse.archive.writer import fsync_folder
from warehouse.bundle_manifest import (
    MAGIC,
    MOST_MANIFEST,
    MOST_SIGNATURE,
    RECEIVED,
    BadBundle,
    BundleManifest,
    read_manifest_bytes,
    read_signature,
)
from warehouse.bundle_unpack import exactly, unpack
from warehouse.copying import file_digest
from warehouse.errors import EnvironmentProblem, GovbriefError, UserError
from warehouse.folders import (
    MANIFEST,
    keep_newest,
    partial_folder,
    point_at,
    publication_ids,
    read_current,
    read_manifest,
    sweep,
)
from warehouse.home import Home
from warehouse.locks import work_lock
from warehouse.publication import Publication
from warehouse.search.index import all_ids, open_index
from warehouse.signing import signature_fits, trusted_keys
from warehouse.suspicion import clear_mark

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Received:
    """What was taken in."""

    publication_id: str
    documents: int
    files: int
    carried: int  # files that came in the bundle, whole or in part; the rest was here
    key: str  # fingerprint of the signer
    unchanged: bool = False  # it was held already


def is_received(folder: Path) -> bool:
    """Whether a publication came as a bundle."""
    return (folder / RECEIVED).is_file()


def current_is_received(home: Home) -> bool:
    """Whether what readers see in this home came as a bundle."""
    current = read_current(home.published)
    return current is not None and is_received(home.published / current)


def receive(home: Home, file: Path, progress: Progress | None = None, *, replace: bool = False) -> Received:
    """Take in a bundle and make its publication current; BadBundle leaves CURRENT where it was.

    `replace` allows it in a home that publishes by itself.
    """
    keys = trusted_keys(home)
    with work_lock(home), _opened(file) as bundle:
        sweep(home.published)
        signed, mark = _signed_part(bundle, keys)
        manifest = read_manifest_bytes(signed)
        files = len(manifest.files)
        if _held_already(home, manifest, replace):
            return Received(manifest.publication_id, manifest.documents, files, 0, mark, unchanged=True)
        partial = partial_folder(home.published, manifest.publication_id)
        try:
            unpack(home, bundle, manifest, partial, progress)
            _write_through(partial / RECEIVED, signed)
            _open_once(partial, manifest)
            _name(home, partial, manifest)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    carried = sum(one.carried != "none" for one in manifest.files)
    return Received(manifest.publication_id, manifest.documents, files, carried, mark)


def _signed_part(bundle: IO[bytes], keys: Mapping[str, Ed25519PublicKey]) -> tuple[bytes, str]:
    """The manifest, once its signature by a trusted key fits, and the fingerprint of that key."""
    if bundle.read(len(MAGIC)) != MAGIC:
        raise BadBundle("This is no bundle of govbrief; nothing was taken in.")
    signed = _part(bundle, MOST_MANIFEST)
    mark, signature = read_signature(_part(bundle, MOST_SIGNATURE))
    if mark not in keys:
        raise BadBundle(
            f"The bundle is signed with the key {mark[:80]}, which this home does not trust; compare it with"
            " the publisher and type 'govbrief receive --trust KEYFILE'."
        )
    if not signature_fits(keys[mark], signature, signed):
        raise BadBundle("The bundle's signature does not fit what it says; nothing was taken in.")
    return signed, mark


def _part(bundle: IO[bytes], most: int) -> bytes:
    length = int.from_bytes(exactly(bundle, 8), "big")
    if length > most:
        raise BadBundle("The bundle's head is larger than any; nothing was taken in.")
    return exactly(bundle, length)


def _held_already(home: Home, manifest: BundleManifest, replace: bool) -> bool:
    """Whether it is current already; BadBundle for an older one, UserError in a home with its own."""
    held_here = publication_ids(home.published)
    current, lost = read_current(home.published), False
    if current not in held_here:
        current, lost = _newest(home, held_here), True
    if current is None:
        return False
    folder = home.published / current
    if not is_received(folder) and not replace:
        raise UserError(
            f"{home.root} publishes by itself ({current}); receive into a home of its own, or add --replace."
        )
    if current == manifest.publication_id:
        return not lost and _is_whole(folder, manifest)  # taken in again it becomes current again, and whole
    held = read_manifest(folder)
    if held and held["created_at"] and is_received(folder) and _instant(held) >= manifest.created_at:
        raise BadBundle(
            f"The bundle's publication {manifest.publication_id} is older than {current}, which is held;"
            " nothing was taken in."
        )
    return False


def _is_whole(folder: Path, manifest: BundleManifest) -> bool:
    """Whether every file of the publication still has its signed hash."""
    return all(file_digest(folder / one.path) == one.sha256 for one in manifest.files)


def _newest(home: Home, held: list[str]) -> str | None:
    """The newest publication that is there; one whose manifest can be read before others."""
    readable = (one for one in held if read_manifest(home.published / one) is not None)
    return next(readable, held[0] if held else None)


def _instant(held: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(str(held["created_at"]))


def _open_once(partial: Path, manifest: BundleManifest) -> None:
    """Readers must be able to use it: facts, bodies and index, with as many documents as was signed."""
    try:
        told = read_manifest_of(partial, manifest.publication_id)
        publication = Publication(partial, told)
        try:
            documents = publication.rows("select count(*) as n from document")[0]["n"]
            indexed = sum(1 for _ in all_ids(open_index(publication.index_folder)))
        finally:
            publication.close()
    except (duckdb.Error, OSError, KeyError, ValueError, TypeError, GovbriefError) as error:
        raise BadBundle(f"The bundle's publication cannot be opened ({error}).") from error
    if not documents == indexed == manifest.documents:
        raise BadBundle(
            f"The bundle's publication holds {documents} documents and {indexed} in its index, not"
            f" {manifest.documents}; nothing was taken in."
        )


def read_manifest_of(folder: Path, publication_id: str) -> dict[str, Any]:
    """The publication's own manifest in a folder that has not got its name yet; ValueError for another's."""
    told: Any = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    if not isinstance(told, dict) or told.get("publication_id") != publication_id:
        raise ValueError("its manifest names another publication")
    return told


def _name(home: Home, partial: Path, manifest: BundleManifest) -> None:
    """Everything on the disk, the folder its name, CURRENT on it, and no more than are kept."""
    for folder in [partial, *(one for one in partial.rglob("*") if one.is_dir())]:
        fsync_folder(folder)
    final = home.published / manifest.publication_id
    if final.exists():
        shutil.rmtree(final)  # held once, and not current: perhaps damaged, perhaps of this home itself
    partial.rename(final)
    fsync_folder(home.published)
    point_at(home.published, manifest.publication_id)
    clear_mark(home.published)
    keep_newest(home.published, home.settings.publishing.keep)


def _write_through(file: Path, content: bytes) -> None:
    with file.open("xb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())


@contextmanager
def _opened(file: Path) -> Iterator[IO[bytes]]:
    """The bundle to read; a file that cannot be, and a disk that is full, in one sentence."""
    try:
        handle = file.open("rb")
    except OSError as error:
        raise UserError(f"{file} cannot be read ({error.strerror}); name the bundle's file.") from error
    with handle:
        try:
            yield handle
        except OSError as error:
            raise EnvironmentProblem(
                f"{error.filename or file}: not taken in ({error.strerror}); what was current stays."
            ) from error
