"""Writing of WARC 1.1 records, each its own gzip member, so that one record is read by seeking to it."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import uuid
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from warehouse.clock import Clock
from warehouse.errors import EnvironmentProblem
from warehouse.records import ArchivePlace

ROLL_AT = 1_000_000_000
_LEVEL = 6  # level 9 costs three times the time for two hundredths of the size
_CONTROL = re.compile(r"[\x00-\x20\x7f]")
_LINE_BREAK = re.compile(r"[\r\n\x00]+")


class ArchiveWriter:
    """One process's open archive file; a record counts as kept only after `sync`."""

    def __init__(self, archive: Path, run_id: str, clock: Clock, roll_at: int = ROLL_AT) -> None:
        self._archive = archive
        self._run_id = re.sub(r"[^A-Za-z0-9._-]", "-", run_id)
        self._clock = clock
        self._roll_at = roll_at
        self._file: BinaryIO | None = None
        self._name = ""
        self._end = 0

    def write_response(
        self, url: str, status: int, headers: Sequence[tuple[str, str]], body: bytes, at: datetime
    ) -> ArchivePlace:
        """Append an HTTP response as it was received; the body may still carry its Content-Encoding."""
        block = _http_head(status, headers, len(body)) + body
        return self._append(_record("response", url, "application/http; msgtype=response", block, body, at))

    def write_resource(self, uri: str, media_type: str, body: bytes, at: datetime) -> ArchivePlace:
        """Append bytes that did not come by HTTP: an imported line, a handed-in file, a replayed page."""
        return self._append(
            _record("resource", uri, media_type or "application/octet-stream", body, body, at)
        )

    def sync(self) -> None:
        """Put everything written so far on the disk; only then may capture rows name it."""
        if self._file is None:
            return
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise self._refused(error) from error

    def close(self) -> None:
        """Sync and let go of the file; a later write opens the next one."""
        if self._file is not None:
            try:
                self.sync()
            finally:
                self._file.close()
                self._file = None

    def __enter__(self) -> ArchiveWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _append(self, record: bytes) -> ArchivePlace:
        if self._file is not None and self._end >= self._roll_at:
            self.close()
        if self._file is None:
            self._open_next()
        member = _member(record)
        start = self._end
        self._write(member)
        return ArchivePlace(self._name, start, len(member))

    def _write(self, member: bytes) -> None:
        assert self._file is not None
        try:
            self._file.write(member)
        except OSError as error:
            self._file.truncate(self._end)
            self._file.seek(self._end)
            raise self._refused(error) from error
        self._end += len(member)

    def _open_next(self) -> None:
        month = self._clock.now().astimezone(UTC).strftime("%Y-%m")
        folder = self._archive / month
        try:
            folder.mkdir(parents=True, exist_ok=True)
            number = 1
            while True:
                path = folder / f"{self._run_id}-{number:04d}.warc.gz"
                try:
                    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o644)
                    break
                except FileExistsError:
                    number += 1
            fsync_folder(folder)
        except OSError as error:
            raise self._refused(error) from error
        self._file, self._name, self._end = os.fdopen(handle, "r+b", 1 << 20), f"{month}/{path.name}", 0
        self._write(_member(_warcinfo(path.name, self._clock.now())))

    def _refused(self, error: OSError) -> EnvironmentProblem:
        return EnvironmentProblem(
            f"{self._archive}: the archive cannot be written ({error.strerror}); "
            "nothing that was reported as kept is lost, make room and start again."
        )


def fsync_folder(folder: Path) -> None:
    """Make a new or renamed name in `folder` outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _member(record: bytes) -> bytes:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS + 16)
    return packer.compress(record) + packer.flush()


def _record(kind: str, uri: str, content_type: str, block: bytes, payload: bytes, at: datetime) -> bytes:
    digest = base64.b32encode(hashlib.sha256(payload).digest()).decode("ascii")
    head = (
        "WARC/1.1\r\n"
        f"WARC-Type: {kind}\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid.uuid4()}>\r\n"
        f"WARC-Date: {_instant(at)}\r\n"
        f"WARC-Target-URI: {_CONTROL.sub(_percent, uri)}\r\n"
        f"WARC-Payload-Digest: sha256:{digest}\r\n"
        f"Content-Type: {_LINE_BREAK.sub(' ', content_type)}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode("utf-8", "replace") + block + b"\r\n\r\n"


def _warcinfo(name: str, at: datetime) -> bytes:
    block = b"software: govbrief\r\nformat: WARC File Format 1.1\r\n"
    head = (
        "WARC/1.1\r\nWARC-Type: warcinfo\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid.uuid4()}>\r\nWARC-Date: {_instant(at)}\r\n"
        f"WARC-Filename: {name}\r\n"
        "Content-Type: application/warc-fields\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode("utf-8") + block + b"\r\n\r\n"


def _http_head(status: int, headers: Sequence[tuple[str, str]], length: int) -> bytes:
    """The status line and headers; those that no longer fit the body as stored keep their value under
    X-Archive-Orig.
    """
    try:
        reason = HTTPStatus(status).phrase
    except ValueError:
        reason = "Unknown"
    lines = [f"HTTP/1.1 {status} {reason}"]
    for name, value in headers:
        clean = _LINE_BREAK.sub(" ", value).strip()
        stale = name.lower() == "transfer-encoding" or (
            name.lower() == "content-length" and clean != str(length)
        )
        lines.append(f"{'X-Archive-Orig-' if stale else ''}{_LINE_BREAK.sub(' ', name)}: {clean}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "replace")


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _percent(match: re.Match[str]) -> str:
    return f"%{ord(match.group()):02X}"
