"""The archived copies behind the cited documents: inside the pack where that is allowed, else a card."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from dashboard.archive_bytes import charset_of, is_text
from dashboard.archived_copy import closed, read_copy
from dashboard.evidence.model import CitedSource, PackedOriginal
from warehouse.archive.reader import ArchivedRecord
from warehouse.bundle_manifest import RECEIVED
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.queries.pages_document import archived_capture, versions
from warehouse.records import ArchivePlace

LARGEST = 50_000_000  # bytes of one original
SHOWN = 60_000  # characters of an original's text that the viewer shows
_CARD = ("capture_id", "url", "status", "media_type", "sha256", "length", "warc_file", "warc_offset")


def packed_original(
    home: Home, publication: Publication, source: CitedSource, sha256_of_pin: str | None
) -> PackedOriginal:
    """The copy that the cited version was read from; of a version that was only imported, none."""
    row = _capture(publication, source, sha256_of_pin)
    if row is None:
        return PackedOriginal(None, b"", "gone" if source.row is None else "none", {})
    card = {**{name: row[name] for name in _CARD}, "fetched_at": row["fetched_at"].isoformat()}
    why = closed(row)
    if why is None and (publication.folder / RECEIVED).is_file():
        why = "elsewhere"
    if why is None and int(row["length"]) > LARGEST:
        why = "large"
    if why:
        return PackedOriginal(None, b"", why, card)
    place = ArchivePlace(row["warc_file"], row["warc_offset"], row["warc_length"])
    record = read_copy(home, place)
    if record is None or len(record.body) > LARGEST:
        return PackedOriginal(None, b"", "unreadable" if record is None else "large", card)
    digest = sha256(record.body).hexdigest()
    return PackedOriginal(
        _file(source, row), record.body, None, {**card, "body_sha256": digest, **_text(row, record)}
    )


def text_of(data: bytes, card: Mapping[str, Any]) -> str | None:
    """The letters of a packed original that is text, to be shown as letters; None for any other file."""
    charset = card.get("charset")
    return data.decode(str(charset), "replace") if charset else None


def _text(row: Mapping[str, Any], record: ArchivedRecord) -> dict[str, Any]:
    if not is_text(str(row["media_type"])):
        return {}
    return {"charset": charset_of(record) or "utf-8"}


def _file(source: CitedSource, row: Mapping[str, Any]) -> str:
    """A name under which no program runs the bytes: pages are text, everything else has no kind."""
    return f"originals/{source.name}.{'txt' if is_text(str(row['media_type'])) else 'bin'}"


def _capture(publication: Publication, source: CitedSource, digest: str | None) -> dict[str, Any] | None:
    """The capture of the cited version, else the latest whose bytes are those of the pin."""
    found = versions(publication, source.document_id) if source.row is not None else []
    named = [one for one in found if one["version_no"] == source.version_no]
    named += [one for one in found if digest and one["sha256"] == digest]
    captures = [one["capture_id"] for one in named if one["capture_id"]]
    if source.row is not None and source.version_no in (None, source.row["version_no"]):
        captures.insert(0, source.row["capture_id"])
    return next((row for one in captures if one and (row := archived_capture(publication, one))), None)
