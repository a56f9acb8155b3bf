"""Writing of WARC 1.1 records, each its own gzip member, so that one record is read by seeking to it."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from warehouse.archive.record import http_head, member, new_record_id, record, warcinfo
from warehouse.clock import Clock
from warehouse.errors import EnvironmentProblem
from warehouse.records import ArchivePlace

ROLL_AT = 1_000_000_000


class ArchiveWriter:
    """One process's open archive file; a record counts as kept only after `sync`."""

    def __init__(self, archive: Path, run_id: str, clock: Clock, roll_at: int = ROLL_AT) -> None:
        self._archive = archive
        self._run_id = re.sub(r"[^A-Za-z0-9._-]", "-", run_id)
        self._clock = clock
        self._roll_at = roll_at
        self._file: BinaryIO | None = None
        self._name = ""
        self._info = ""  # record id of the open file's warcinfo
        self._end = 0

    def write_response(
        self,
        url: str,
        status: int,
        headers: Sequence[tuple[str, str]],
        body: bytes,
        at: datetime,
        ip: str | None = None,
    ) -> ArchivePlace:
        """Append an HTTP response as it was received, from the machine `ip` where that is known; the body may
        still carry its Content-Encoding.
        """
        block = http_head(status, headers, body) + body
        fields = {"WARC-IP-Address": ip} if ip else {}
        return self._append("response", url, "application/http; msgtype=response", block, body, at, fields)

    def write_resource(self, uri: str, media_type: str, body: bytes, at: datetime) -> ArchivePlace:
        """Append bytes that did not come by HTTP: an imported line, a handed-in file, a replayed page."""
        return self._append("resource", uri, media_type or "application/octet-stream", body, body, at, {})

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

    def _append(
        self,
        kind: str,
        uri: str,
        content_type: str,
        block: bytes,
        payload: bytes,
        at: datetime,
        fields: dict[str, str],
    ) -> ArchivePlace:
        if self._file is not None and self._end >= self._roll_at:
            self.close()
        if self._file is None:
            self._open_next()
        told = {**fields, "WARC-Warcinfo-ID": self._info}
        packed = member(record(kind, uri, content_type, block, payload, at, told))
        start = self._end
        self._write(packed)
        return ArchivePlace(self._name, start, len(packed))

    def _write(self, packed: bytes) -> None:
        assert self._file is not None
        try:
            self._file.write(packed)
        except OSError as error:
            self._file.truncate(self._end)
            self._file.seek(self._end)
            raise self._refused(error) from error
        self._end += len(packed)

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
        self._info = new_record_id()
        said = (("isPartOf", self._run_id), ("robots", "obey"))
        self._write(member(warcinfo(self._info, path.name, self._clock.now(), said)))

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
