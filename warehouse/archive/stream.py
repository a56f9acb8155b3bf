"""The records of any WARC file one after the other: plain, gzipped by record, as a whole or in odd members.

What is damaged is named with its place, and reading goes on at the next record that can be found.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from warehouse.errors import UserError

_MAGIC = b"\x1f\x8b\x08"
_VERSION = re.compile(rb"WARC/(0\.\d+|1\.\d+)\r?\n?$")
_PLAIN_START = re.compile(rb"(?<=\n)WARC/[01]\.\d")
_NAMED_SO = re.compile(r"\.warc(?:\.gz)?$", re.I)
_PIECE = 1 << 16
_MAX_OUT = 1 << 20  # what one step of unpacking may give
_MAX_LINE = 64_000
_MAX_LINES = 1_000
_NOTHING = "no record begins here"
_MAX_SKIPPED = 2_000_000_000  # of a record that is too large to be taken


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """One record as it stands in the file; field names are lower-case."""

    offset: int  # of the record, or of the gzip member it begins in
    fields: dict[str, str]
    block: bytes


@dataclass(frozen=True, slots=True)
class Damage:
    """A place of the file that gives no record, and why."""

    offset: int
    reason: str


class _Broken(Exception):
    """The bytes here are no record; the message says why."""


def is_warc(file: Path) -> bool:
    """Whether the file begins as a WARC file, packed or not; the name decides about an empty one."""
    try:
        with file.open("rb") as handle:
            head = handle.read(_PIECE)
    except OSError as error:
        raise UserError(f"{file}: the file cannot be read ({error.strerror}).") from error
    begin = _begins(head) if head.startswith(_MAGIC) else head
    return begin[:5] == b"WARC/" or (not begin and bool(_NAMED_SO.search(file.name)))


def warc_records(file: Path, max_block: int) -> Iterator[StoredRecord | Damage]:
    """Every record with at most `max_block` bytes of content, and every damage, in the order of the file."""
    try:
        handle = file.open("rb")
    except OSError as error:
        raise UserError(f"{file}: the file cannot be read ({error.strerror}).") from error
    with handle:
        stream = _Stream(handle)
        if stream.at_end():
            yield Damage(0, "the file holds no record")
        while not stream.at_end():
            try:
                yield _record(stream, max_block)
            except _TooLarge as large:
                yield Damage(stream.offset, str(large))
                if not stream.skip(large.rest):
                    stream.find_next()
            except _Differs as error:
                yield Damage(stream.offset, str(error))
            except (_Broken, zlib.error) as error:
                yield Damage(stream.offset, str(error))
                stream.find_next()


class _Differs(_Broken):
    """The record is whole, and the next one follows it; only its content is not what was written."""


class _TooLarge(_Broken):
    def __init__(self, size: int, limit: int) -> None:
        super().__init__(f"its {size:,} bytes are more than the {limit:,} that are taken")
        self.rest = size


def _record(stream: _Stream, max_block: int) -> StoredRecord:
    stream.mark()
    if not _VERSION.match(stream.line()):
        raise _Broken(_NOTHING)
    fields = _fields(stream)
    length = fields.get("content-length", "")
    if not length.isdigit():
        raise _Broken("it has no Content-Length")
    if int(length) > max_block:
        raise _TooLarge(int(length), max_block)
    offset, block = stream.offset, stream.take(int(length))
    if not stream.past_end_of_record():
        raise _Broken("its Content-Length does not fit its content")
    if not _as_stated(fields.get("warc-block-digest"), block):
        raise _Differs("its content differs from its digest")
    return StoredRecord(offset, fields, block)


def _fields(stream: _Stream) -> dict[str, str]:
    fields: dict[str, str] = {}
    last = ""
    for _ in range(_MAX_LINES):
        line = stream.line().rstrip(b"\r\n").decode("utf-8", "replace")
        if not line:
            return fields
        name, colon, value = line.partition(":")
        if line[0] in " \t" and last:
            fields[last] += " " + line.strip()
        elif colon:
            last = name.strip().lower()
            fields[last] = value.strip()
        else:
            raise _Broken("its head holds a line that is no field")
    raise _Broken("its head does not end")


def _as_stated(stated: str | None, block: bytes) -> bool:
    """Whether the block has the digest its record states; one in a form we do not know says nothing."""
    name, colon, value = (stated or "").partition(":")
    algorithm = name.strip().lower().replace("-", "")
    if not colon or algorithm not in {"sha1", "sha256", "sha512", "md5"}:
        return True
    found = hashlib.new(algorithm, block, usedforsecurity=False)
    forms = {found.hexdigest(), base64.b32encode(found.digest()).decode().lower().rstrip("=")}
    return value.strip().lower().rstrip("=") in forms


class _Stream:
    """The unpacked bytes of a file, with the place in the file where the present record begins."""

    def __init__(self, handle: BinaryIO) -> None:
        self._handle = handle
        self._packed = handle.read(3) == _MAGIC
        self._buffer = bytearray()
        self._waiting = b""
        self._unpacker: zlib._Decompress | None = None
        self._member = 0  # where the gzip member begins that the end of the buffer came from
        self._given = -1  # the member that a whole record was taken from last
        self.offset = 0
        handle.seek(0)

    def at_end(self) -> bool:
        """Whether nothing but line breaks is left; a member cut before it gave any record is something."""
        while True:
            self._buffer = self._buffer.lstrip(b"\r\n")
            if self._buffer:
                return False
            try:
                if not self._fill():
                    return self._unpacker is None or self._member == self._given
            except zlib.error:
                return False  # the next reading names it

    def mark(self) -> None:
        """Here begins a record."""
        self.offset = self._member if self._packed else self._handle.tell() - len(self._buffer)

    def line(self) -> bytes:
        """Up to and with the next line feed."""
        while (end := self._buffer.find(b"\n")) < 0:
            if len(self._buffer) > _MAX_LINE or not self._fill():
                ended = len(self._buffer) <= _MAX_LINE
                raise _Broken("the file ends inside its head" if ended else _NOTHING)
        found = bytes(self._buffer[: end + 1])
        del self._buffer[: end + 1]
        return found

    def take(self, length: int) -> bytes:
        """Exactly so many bytes."""
        while len(self._buffer) < length:
            if not self._fill():
                raise _Broken(f"the file ends after {len(self._buffer):,} of its {length:,} bytes")
        found = bytes(self._buffer[:length])
        del self._buffer[:length]
        return found

    def skip(self, length: int) -> bool:
        """Pass over so many bytes; False when that is too far, or breaks."""
        if length > _MAX_SKIPPED:
            return False
        try:
            while length > len(self._buffer):
                length -= len(self._buffer)
                self._buffer.clear()
                if not self._fill():
                    return True
        except zlib.error:
            return False
        del self._buffer[:length]
        return True

    def past_end_of_record(self) -> bool:
        """Whether two line breaks, the end of the file or (some tools forget the breaks) a record follow."""
        self._given = self._member
        try:
            while len(self._buffer) < 4 and self._fill():
                continue
            if self._buffer.startswith(b"\r\n\r\n"):
                del self._buffer[:4]
                return True
            while len(self._buffer.lstrip(b"\r\n")) < 5 and self._fill():
                continue
        except zlib.error:
            return True  # the record was whole; the damage is the next one's
        following = self._buffer.lstrip(b"\r\n")
        return not following or following.startswith(b"WARC/")

    def find_next(self) -> None:
        """Go to the next record after the present place, or to the end of the file."""
        place = self._next_packed() if self._packed else self._next_plain()
        self._handle.seek(0, 2)
        self._begin(self._handle.tell() if place is None else place)

    def _next_packed(self) -> int | None:
        for at in self._found(re.compile(re.escape(_MAGIC))):
            self._handle.seek(at)
            if _begins(self._handle.read(4096))[:5] == b"WARC/":
                return at
        return None

    def _next_plain(self) -> int | None:
        return next(self._found(_PLAIN_START), None)

    def _found(self, pattern: re.Pattern[bytes]) -> Iterator[int]:
        """Where the pattern stands after the present record's first byte; windows overlap by a little."""
        at = self.offset + 1
        while True:
            self._handle.seek(at - 1)
            window = self._handle.read(_MAX_OUT)
            for match in pattern.finditer(window, 1):
                yield at - 1 + match.start()
            if len(window) < _MAX_OUT:
                return
            at += len(window) - 16

    def _begin(self, place: int) -> None:
        self._handle.seek(place)
        self._buffer = bytearray()
        self._waiting = b""
        self._unpacker = None
        self._member = place

    def _fill(self) -> bool:
        """Add some bytes to the buffer; False at the end of the file."""
        if not self._packed:
            piece = self._handle.read(_PIECE)
            self._buffer += piece
            return bool(piece)
        while True:
            if not self._waiting:
                self._waiting = self._handle.read(_PIECE)
                if not self._waiting:
                    return False
            if self._unpacker is None:
                self._waiting = self._waiting.lstrip(b"\0")  # padding between members
                if not self._waiting:
                    continue
                self._member = self._handle.tell() - len(self._waiting)
                self._unpacker = zlib.decompressobj(zlib.MAX_WBITS + 16)
            piece = self._step()
            if piece:
                self._buffer += piece
                return True

    def _step(self) -> bytes:
        assert self._unpacker is not None
        piece = self._unpacker.decompress(self._waiting, _MAX_OUT)
        if self._unpacker.eof:
            self._waiting, self._unpacker = self._unpacker.unused_data, None
        else:
            self._waiting = self._unpacker.unconsumed_tail
        return piece


def _begins(packed: bytes) -> bytes:
    """The first bytes that a gzip member unpacks to; none when it is none."""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS + 16).decompress(packed, 16)
    except zlib.error:
        return b""
