"""Reading of one archived record by its place, and cutting back what a kill tore."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from warehouse.archive.unpacking import GZIP, ZLIB, Unpackable, inflated
from warehouse.errors import GovbriefError
from warehouse.records import ArchivePlace

MAX_RECORD_BYTES = 256_000_000  # decompressed; our own writer's records stay far below
_GZIP_MAGIC = b"\x1f\x8b"


class DamagedRecord(GovbriefError):
    """A record of the archive is not where its card says, or cannot be read; the message names file and
    offset.
    """


@dataclass(frozen=True, slots=True)
class ArchivedRecord:
    """One archived response or resource; header names are lower-case, the body is decoded."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes
    at: datetime


def read_record(archive: Path, place: ArchivePlace, max_bytes: int = MAX_RECORD_BYTES) -> ArchivedRecord:
    """The record at `place`; DamagedRecord when it is missing, cut, no record or above `max_bytes`."""
    try:
        raw = _unpacked(_read_member(archive, place), max_bytes, place)
        head, _, rest = raw.partition(b"\r\n\r\n")
        fields = _headers(head.decode("utf-8", "replace").split("\r\n")[1:])
        block = rest[: int(fields["content-length"])]
        at = datetime.fromisoformat(fields["warc-date"].replace("Z", "+00:00")).astimezone(UTC)
        url, kind = fields["warc-target-uri"], fields["warc-type"]
    except (KeyError, ValueError, OSError) as error:
        raise DamagedRecord(f"{place.file}: no readable record at byte {place.offset} ({error}).") from error
    if kind != "response":
        return ArchivedRecord(url, 200, {"content-type": fields.get("content-type", "")}, block, at)
    status, headers, body = _http(block)
    return ArchivedRecord(url, status, headers, _decoded(body, headers, max_bytes, place), at)


def read_raw(archive: Path, place: ArchivePlace) -> tuple[dict[str, str], bytes]:
    """The fields of the record at `place` as they are written, and its block; DamagedRecord as above."""
    try:
        raw = _unpacked(_read_member(archive, place), MAX_RECORD_BYTES, place)
        head, _, rest = raw.partition(b"\r\n\r\n")
        lines = (line.partition(":") for line in head.decode("utf-8", "replace").split("\r\n")[1:])
        fields = {name.strip(): value.strip() for name, colon, value in lines if colon}
        return fields, rest[: int(fields["Content-Length"])]
    except (KeyError, ValueError, OSError) as error:
        raise DamagedRecord(f"{place.file}: no readable record at byte {place.offset} ({error}).") from error


def cut_torn_tail(archive: Path, file: str, committed_end: int) -> int:
    """Cut `file` back to its last committed byte, remove it if there is none; returns the bytes cut."""
    path = _inside(archive, file)
    try:
        torn = path.stat().st_size - committed_end
    except FileNotFoundError:
        return 0
    if committed_end <= 0:
        path.unlink()  # also the empty file of a writer that was killed before its first record
        return torn
    if torn <= 0:
        return 0
    with path.open("r+b") as handle:
        handle.truncate(committed_end)
        os.fsync(handle.fileno())
    return torn


def _read_member(archive: Path, place: ArchivePlace) -> bytes:
    if not 0 < place.length <= MAX_RECORD_BYTES:
        raise ValueError(f"a length of {place.length} bytes is not plausible")
    with _inside(archive, place.file).open("rb") as handle:
        member = os.pread(handle.fileno(), place.length, place.offset)
    if len(member) != place.length:
        raise ValueError(f"{len(member)} of {place.length} bytes are there")
    return member


def _inside(archive: Path, file: str) -> Path:
    path = (archive / file).resolve()
    if not path.is_relative_to(archive.resolve()):
        raise ValueError("the file lies outside the archive")
    return path


def _unpacked(packed: bytes, max_bytes: int, place: ArchivePlace, bits: int = GZIP) -> bytes:
    """All members of `packed`; DamagedRecord above `max_bytes`, ValueError for a torn or damaged stream."""
    try:
        return inflated(packed, bits, max_bytes)
    except Unpackable as problem:
        if problem.code == "too-large":
            raise DamagedRecord(
                f"{place.file}: the record at byte {place.offset} unpacks to more than {max_bytes} bytes; "
                "it is not read."
            ) from problem
        cut = problem.code == "truncated-body"
        raise ValueError("the record is cut short" if cut else str(problem)) from problem


def _headers(lines: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            key = name.strip().lower()
            found[key] = f"{found[key]}, {value.strip()}" if key in found else value.strip()
    return found


def _http(block: bytes) -> tuple[int, dict[str, str], bytes]:
    head, _, body = block.partition(b"\r\n\r\n")
    lines = head.decode("utf-8", "replace").split("\r\n")
    return int(lines[0].split(" ")[1]), _headers(lines[1:]), body


def _decoded(body: bytes, headers: dict[str, str], max_bytes: int, place: ArchivePlace) -> bytes:
    """The body without its Content-Encoding; a crawler may have stored it decoded already, the bytes tell."""
    encoding = headers.get("content-encoding", "").strip().lower()
    try:
        if encoding in {"gzip", "x-gzip"} and body.startswith(_GZIP_MAGIC):
            return _unpacked(body, max_bytes, place)
        if encoding == "deflate":
            return _unpacked(body, max_bytes, place, ZLIB)
    except ValueError:
        return body  # stored decoded, or cut by the server: the extractor judges the bytes
    return body
