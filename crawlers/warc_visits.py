"""Revisit records: which record or capture holds the content that such a visit did not store again.

WARC 1.1 lets a revisit name its original by address and date, which may be another address (the same bytes
were found there), or only by the digest of the payload.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from warehouse.archive.payload import UnusablePayload, http_answer
from warehouse.archive.reader import DamagedRecord, read_record
from warehouse.archive.stream import StoredRecord
from warehouse.crawl_state.shelf import CaptureShelf
from warehouse.records import Capture

_SIZES = {"sha1": 20, "sha256": 32, "sha512": 64, "md5": 16}  # bytes of a digest
_KEPT = ("warc-type", "content-type", "warc-truncated", "warc-segment-number")


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A revisit record: at this instant the address answered as an earlier record has it."""

    source_id: str
    url: str
    at: datetime
    original_at: datetime | None
    refers_to: str  # the address of the original, mostly the same
    digest: str | None  # of the payload, see `digest_key`

    def means(self, fetched_at: datetime) -> bool:
        """Whether a capture of this instant is the one referred to; without a date, any."""
        return self.original_at is None or abs(fetched_at - self.original_at) < timedelta(seconds=1)

    def filled(self, original: StoredRecord) -> StoredRecord:
        """The record of this visit as it would be with the original's content."""
        kept = {name: original.fields[name] for name in _KEPT if name in original.fields}
        date = f"{self.at:%Y-%m-%dT%H:%M:%S.%f}Z"
        return StoredRecord(
            original.offset, {**kept, "warc-target-uri": self.url, "warc-date": date}, original.block
        )


class Wanted:
    """The visits whose originals are still looked for."""

    def __init__(self, visits: Iterable[Unchanged]) -> None:
        self.visits = dict.fromkeys(visits)
        self._by_address: dict[str, list[Unchanged]] = defaultdict(list)
        self._by_digest: dict[str, list[Unchanged]] = defaultdict(list)
        for visit in self.visits:
            self._by_address[visit.refers_to].append(visit)
            if visit.digest:
                self._by_digest[visit.digest].append(visit)

    def met_by(self, record: StoredRecord, address: str, at: datetime | None) -> list[Unchanged]:
        """The visits that mean this record; they are wanted no longer."""
        if record.fields.get("warc-type", "").lower() not in ("response", "resource"):
            return []
        digests = self._digests(record)
        named = (
            visit
            for visit in self._by_address.get(address, ())
            if at is not None and visit.original_at and visit.means(at) and _agree(visit.digest, digests)
        )
        alike = (visit for digest in digests for visit in self._by_digest.get(digest, ()))
        found = [visit for visit in dict.fromkeys((*named, *alike)) if visit in self.visits]
        for visit in found:
            del self.visits[visit]
        return found

    def in_archive(self, archive: Path, shelf: CaptureShelf) -> Iterator[tuple[Unchanged, Capture]]:
        """Visits with a capture of their source that has their digest; only called when no file helped."""
        by_source: dict[str, dict[str, list[Unchanged]]] = defaultdict(lambda: defaultdict(list))
        for visit in self.visits:
            if visit.digest:
                by_source[visit.source_id][visit.digest].append(visit)
        for source_id, wanted in sorted(by_source.items()):
            for capture in (one for batch in shelf.every(source_id) for one in batch if wanted):
                for digest in _held_digests(archive, capture, wanted):
                    for visit in wanted.pop(digest, ()):
                        del self.visits[visit]
                        yield visit, capture

    def _digests(self, record: StoredRecord) -> set[str]:
        """What the record states of its payload, or the digests that are asked for."""
        stated = digest_key(record.fields)
        if stated or not self._by_digest:
            return {stated} if stated else set()
        try:
            web = "http" in record.fields.get("content-type", "")
            payload = http_answer(record.block)[2] if web else record.block
        except UnusablePayload:
            return set()
        return {_digest(name, payload) for name in {one.partition(":")[0] for one in self._by_digest}}


def _held_digests(archive: Path, capture: Capture, wanted: Iterable[str]) -> set[str]:
    """The digests of a capture of the kinds that are wanted; its bytes are read when its card does not do."""
    kinds = {one.partition(":")[0] for one in wanted} - {"sha256"}
    try:
        body = read_record(archive, capture.place).body if kinds else b""
    except DamagedRecord:
        return set()  # `verify` tells of it
    return {f"sha256:{capture.sha256}", *(_digest(kind, body) for kind in kinds)}


def digest_key(fields: Mapping[str, str]) -> str | None:
    """`algorithm:hex` of the payload's digest; None without one, for an unknown one, and for no payload."""
    name, _, value = fields.get("warc-payload-digest", "").strip().partition(":")
    name, value = name.strip().lower().replace("-", ""), value.strip()
    size = _SIZES.get(name)
    if size is None:
        return None
    try:
        packed = bytes.fromhex(value) if len(value) == 2 * size else _base32(value)
    except (ValueError, binascii.Error):
        return None
    key = f"{name}:{packed.hex()}"
    return None if len(packed) != size or key == _digest(name, b"") else key


def _base32(value: str) -> bytes:
    bare = value.rstrip("=").upper()
    return base64.b32decode(bare + "=" * (-len(bare) % 8))


def _digest(name: str, payload: bytes) -> str:
    return f"{name}:{hashlib.new(name, payload, usedforsecurity=False).hexdigest()}"


def _agree(wanted: str | None, found: set[str]) -> bool:
    """Whether digests, where both sides state one of the same kind, are the same."""
    if wanted is None:
        return True
    kind = wanted.partition(":")[0]
    return all(one == wanted for one in found if one.partition(":")[0] == kind)
