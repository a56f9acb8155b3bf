"""What a bundle says of itself: its publication, every file with its hash, what the receiver must hold."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from warehouse.errors import NothingUsable
from warehouse.folders import FACTS, MANIFEST, OLDEST_SCHEMA, SCHEMA_VERSION

FORMAT = 1
# A bundle is these bytes, then length (8 bytes, big-endian) and content of the signed manifest, the same of
# its signature, then what is carried of each file in the manifest's order: no name stands outside of it.
MAGIC = b"govbrief bundle 1\n"
RECEIVED = "received.json"  # stands in a publication that came as a bundle: what was signed, and by whom
# DuckDB writes its files in blocks of this many bytes after a head; two publications share most of them.
HEAD, BLOCK = 12_288, 262_144
MOST_MANIFEST, MOST_SIGNATURE = 64_000_000, 10_000
MOST_FILES = 100_000
_PART = re.compile(r"^[A-Za-z0-9_.][A-Za-z0-9_.-]{0,120}$")
_ID = re.compile(r"^\d{8}-\d{6}-\d{1,6}$")
_HASH = re.compile(r"^[0-9a-f]{64}$")


@dataclass(frozen=True, slots=True)
class BundledFile:
    """One file of the publication: carried whole, as the blocks that changed, or held by the receiver."""

    path: str
    bytes: int
    sha256: str
    carried: str  # whole | blocks | none
    base: str | None = None  # of blocks: SHA-256 of the file that the other blocks are taken from
    changed: tuple[int, ...] = ()  # numbers of the carried blocks


@dataclass(frozen=True, slots=True)
class BundleManifest:
    """What is signed."""

    publication_id: str
    created_at: datetime
    schema_version: int
    documents: int
    files: tuple[BundledFile, ...]
    made_at: str
    format: int = FORMAT


class BadBundle(NothingUsable):
    """A bundle that is not taken in; what was current stays."""


def manifest_bytes(manifest: BundleManifest) -> bytes:
    """The manifest as it is signed."""
    told = {**asdict(manifest), "created_at": manifest.created_at.isoformat()}
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()


def signature_bytes(key: str, signature: bytes) -> bytes:
    """The signature with the fingerprint of its key."""
    return json.dumps({"key": key, "signature": base64.b64encode(signature).decode()}).encode()


def read_signature(content: bytes) -> tuple[str, bytes]:
    """Fingerprint and signature; BadBundle when there are none."""
    try:
        told = json.loads(content)
        return str(told["key"]), base64.b64decode(told["signature"], validate=True)
    except (ValueError, KeyError, TypeError) as error:
        raise BadBundle("The bundle has no signature that can be read; nothing was taken in.") from error


def read_manifest_bytes(content: bytes) -> BundleManifest:
    """The manifest of a bundle whose signature fits; BadBundle for anything this version cannot use."""
    try:
        told = json.loads(content)
        if told["format"] != FORMAT:
            raise BadBundle(f"The bundle has format {told['format']}; use the version that made it.")
        files = tuple(_file(one) for one in told["files"])
        manifest = BundleManifest(
            str(told["publication_id"]), datetime.fromisoformat(told["created_at"]),
            int(told["schema_version"]), int(told["documents"]), files, str(told["made_at"]),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError) as error:
        raise BadBundle(f"The bundle's manifest cannot be read ({error}); nothing was taken in.") from error
    _check(manifest)
    return manifest


def block_span(number: int, size: int) -> tuple[int, int]:
    """Where a block of a file of `size` bytes begins and how long it is; block 0 is the head."""
    start = HEAD + (number - 1) * BLOCK if number else 0
    return start, min(BLOCK if number else HEAD, size - start)


def block_count(size: int) -> int:
    """How many blocks a file has."""
    return (1 if size else 0) + max(-(-(size - HEAD) // BLOCK), 0)


def block_hashes(file: Path) -> list[str]:
    """The first half of each block's SHA-256, in order."""
    found = []
    with file.open("rb") as handle:
        block = handle.read(HEAD)
        while block:
            found.append(sha256(block).hexdigest()[:32])
            block = handle.read(BLOCK)
    return found


def _file(told: dict[str, Any]) -> BundledFile:
    return BundledFile(
        str(told["path"]), int(told["bytes"]), str(told["sha256"]), str(told["carried"]), told["base"],
        tuple(int(one) for one in told["changed"]),
    )  # fmt: skip


def _check(manifest: BundleManifest) -> None:
    names = [one.path for one in manifest.files]
    if not _ID.match(manifest.publication_id) or manifest.created_at.tzinfo is None:
        raise BadBundle("The bundle names no publication; nothing was taken in.")
    if not OLDEST_SCHEMA <= manifest.schema_version <= SCHEMA_VERSION:
        raise BadBundle(
            f"The bundle's publication has schema {manifest.schema_version}, this version reads"
            f" {OLDEST_SCHEMA} to {SCHEMA_VERSION}; use the same version of govbrief on both sides."
        )
    if len(names) > MOST_FILES or len(set(names)) < len(names) or not {FACTS, MANIFEST} <= set(names):
        raise BadBundle("The bundle's list of files is not that of a publication; nothing was taken in.")
    for one in manifest.files:
        if not _is_plain(one.path) or one.path == RECEIVED:
            raise BadBundle(f"The bundle names the file '{one.path[:80]}', which no publication has.")
        if one.bytes < 0 or not _HASH.match(one.sha256) or one.carried not in ("whole", "blocks", "none"):
            raise BadBundle(f"The bundle's entry of {one.path} is odd; nothing was taken in.")
        odd = any(not 0 <= number < block_count(one.bytes) for number in one.changed)
        if odd or (one.carried == "blocks") != bool(one.base and _HASH.match(one.base)):
            raise BadBundle(f"The bundle's blocks of {one.path} are odd; nothing was taken in.")


def _is_plain(path: str) -> bool:
    parts = path.split("/")
    return len(parts) <= 3 and all(_PART.match(part) and part not in (".", "..") for part in parts)
