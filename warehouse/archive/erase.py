"""Taking records out of archive files: in their place stands a record of the same length that says so.

The file keeps its length, so every other record stays where capture cards, publications and backups say.
"""

from __future__ import annotations

import ctypes
import os
import struct
import zlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from warehouse.archive.record import joined, new_record_id
from warehouse.copying import copy_file
from warehouse.records import ArchivePlace

_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # a gzip member without name or time
_STORED = 65_535  # the most bytes of one unpacked deflate block
_STEP = 1 << 20
_PAGE = 4096
_PUNCH_AND_KEEP_SIZE = 3  # Linux: FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE


def erase_records(file: Path, places: Collection[ArchivePlace], addresses: Collection[str]) -> int:
    """Overwrite the records at `places`, and all others that state one of `addresses`; returns their bytes.

    A file with several names (backups share theirs) is copied first. Not while somebody writes the file.
    """
    if not file.is_file():
        return 0
    own_file(file)
    erased = 0
    with file.open("r+b") as handle:
        size = os.fstat(handle.fileno()).st_size
        for place in places:
            if place.offset + place.length <= size:
                _overwrite(handle.fileno(), place.offset, place.length)
                erased += place.length
        for start, length in _stating(handle.fileno(), size, addresses) if addresses else ():
            _overwrite(handle.fileno(), start, length)
            erased += length
        os.fsync(handle.fileno())
    return erased


def _overwrite(handle: int, start: int, length: int) -> None:
    """Write the filler, and give whole pages of its zeros back to the disk where the file system can."""
    content = filler(length)
    os.pwrite(handle, content, start)
    at = -(-start // _PAGE) * _PAGE
    while at + _PAGE <= start + length:
        if not content[at - start : at - start + _PAGE].strip(b"\0"):
            _punch(handle, at)
        at += _PAGE


def _punch(handle: int, start: int) -> None:
    """Best effort: where it is refused, the zeros stay on the disk."""
    libc = ctypes.CDLL(None, use_errno=True)
    fallocate = getattr(libc, "fallocate", None)
    if fallocate is not None:
        fallocate(handle, _PUNCH_AND_KEEP_SIZE, ctypes.c_longlong(start), ctypes.c_longlong(_PAGE))


def own_file(file: Path) -> None:
    """Make sure that the file has no second name through which a change would show elsewhere."""
    if file.stat().st_nlink > 1:
        part = file.with_name(f".{file.name}.part-{os.getpid()}")
        copy_file(file, part)
        os.replace(part, file)


def filler(length: int) -> bytes:
    """A gzip member of exactly this many bytes: a record that says that one was removed, and zeros."""
    head = {
        "WARC-Type": "metadata",
        "WARC-Record-ID": new_record_id(),
        "WARC-Date": "1970-01-01T00:00:00Z",
        "WARC-Target-URI": "urn:govbrief:purged",
        "Content-Type": "application/octet-stream",
    }
    room = length - len(_HEAD) - 8
    blocks = max(-(-room // (_STORED + 5)), 1)
    payload = room - 5 * blocks
    for digits in range(1, 10):
        empty = len(joined({**head, "Content-Length": "0" * digits}, b""))
        block = payload - empty
        if block >= 0 and len(str(block)) == digits:
            return _packed(joined({**head, "Content-Length": str(block)}, bytes(block)), blocks)
    return _empty(length)


def _packed(record: bytes, blocks: int) -> bytes:
    """The record in so many unpacked blocks, the last ones perhaps empty."""
    pieces = [_HEAD]
    for number in range(blocks):
        part = record[number * _STORED : (number + 1) * _STORED]
        pieces += [struct.pack("<BHH", int(number == blocks - 1), len(part), len(part) ^ 0xFFFF), part]
    return b"".join(pieces) + struct.pack("<II", zlib.crc32(record), len(record) & 0xFFFFFFFF)


def _empty(length: int) -> bytes:
    """For a place too short for a record, or of an unlucky length: members that hold nothing."""
    extra = length - 22
    if extra < 0:
        return bytes(length)
    if extra > _STORED:
        return _empty(30_000) + filler(length - 30_000)
    head = b"\x1f\x8b\x08\x04\x00\x00\x00\x00\x00\xff" + struct.pack("<H", extra) + bytes(extra)
    return head + b"\x03\x00" + bytes(8)


def _stating(handle: int, size: int, addresses: Collection[str]) -> Iterator[tuple[int, int]]:
    """Places of members whose record states an address: a killed crawl may have left a second one."""
    wanted = {f"\r\nWARC-Target-URI: {address}\r\n".encode() for address in addresses}
    start = 0
    while start < size:
        head, length = _member(handle, start, size)
        if not length:
            return
        if any(line in head for line in wanted):
            yield start, length
        start += length


def _member(handle: int, start: int, size: int) -> tuple[bytes, int]:
    """The first bytes of the record in the member at `start`, and the member's length; 0 when it is torn."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS + 16)
    head, at = b"", start
    while not unpacker.eof:
        block = os.pread(handle, min(_STEP, size - at), at)
        if not block:
            return b"", 0
        at += len(block)
        try:
            text = unpacker.decompress(block)
        except zlib.error:
            return b"", 0
        if len(head) < 4096:
            head += text[: 4096 - len(head)]
    return head.partition(b"\r\n\r\n")[0] + b"\r\n", at - len(unpacker.unused_data) - start


def by_file(places: Collection[ArchivePlace]) -> Mapping[str, list[ArchivePlace]]:
    """The places of each archive file."""
    found: dict[str, list[ArchivePlace]] = {}
    for place in places:
        found.setdefault(place.file, []).append(place)
    return found
