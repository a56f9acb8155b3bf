"""Old binary office files: one container format (OLE) for Word, Excel, PowerPoint and locked new files.

A reader of our own, because xlrd's follows the chains of a damaged container in circles without end.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cached_property

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKS = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)
_ENCRYPTED = 0x0100  # flag of a Word file's header
_LAST = 0xFFFFFFFA  # sector numbers from here on mean the end of a chain, or nothing
_STREAM, _ROOT = 2, 5
_MINI = 64  # bytes of a sector of the small streams


class DamagedOle(Exception):
    """A container whose tables contradict themselves."""


def ole_kind(body: bytes) -> str:
    """`doc`, `xls`, `ppt`, `locked` (a new file inside a password's container) or `ole` for anything else.

    The outermost streams decide, because a text may hold a table of the other program and a table a text;
    in a damaged container any stream does.
    """
    try:
        outermost = set(Container(body).streams)
    except DamagedOle:
        outermost = set()
    for stream, kind in _MARKS:
        if stream in outermost or (not outermost and stream.encode("utf-16-le") + b"\x00\x00" in body):
            return kind
    return "ole"


def is_locked_word(body: bytes) -> bool:
    """Whether a Word file's header says that the text is encrypted; a damaged container says nothing."""
    try:
        header = Container(body).read("WordDocument")[:12]
    except DamagedOle:
        return False
    return len(header) == 12 and bool(struct.unpack_from("<H", header, 10)[0] & _ENCRYPTED)


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class Container:
    """The outermost streams of a container by their names."""

    def __init__(self, body: bytes) -> None:
        if len(body) < 512 or not body.startswith(SIGNATURE):
            raise DamagedOle("it has no header")
        self._body = body
        shift = struct.unpack_from("<H", body, 30)[0]
        if shift not in (9, 12):
            raise DamagedOle("its sectors have no possible size")
        self._size = 1 << shift
        self._count = max(0, len(body) // self._size)
        self._table = self._allocation()
        self.streams = self._directory()

    def read(self, name: str) -> bytes:
        """A stream's bytes; DamagedOle when there is none or its chain is broken."""
        entry = self.streams.get(name)
        if entry is None:
            raise DamagedOle(f"there is no stream {name}")
        if entry.size >= struct.unpack_from("<I", self._body, 56)[0]:
            return self._chained(entry.start)[: entry.size]
        sectors = _chain(entry.start, self._small_table)
        return b"".join(self._small[at * _MINI : (at + 1) * _MINI] for at in sectors)[: entry.size]

    def _sector(self, number: int) -> bytes:
        return self._body[(number + 1) * self._size : (number + 2) * self._size]

    def _chained(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in _chain(start, self._table))

    def _allocation(self) -> list[int]:
        """For every sector the next one of its chain."""
        places = list(struct.unpack_from("<109I", self._body, 76))
        further, seen = struct.unpack_from("<I", self._body, 68)[0], set[int]()
        while further < self._count and further not in seen:
            seen.add(further)
            numbers = _numbers(self._sector(further))
            places += numbers[:-1]
            further = numbers[-1] if numbers else _LAST
        used = [place for place in places if place < self._count]
        if len(used) > self._count:
            raise DamagedOle("its table of sectors is longer than the file")
        return [number for place in used for number in _numbers(self._sector(place))]

    def _directory(self) -> dict[str, _Entry]:
        data = self._chained(struct.unpack_from("<I", self._body, 48)[0])
        entries = [_entry(data[at : at + 128]) for at in range(0, len(data) - 127, 128)]
        if not entries or entries[0].kind != _ROOT:
            raise DamagedOle("it has no root")
        self._root = entries[0]
        found: dict[str, _Entry] = {}
        waiting, seen = [self._root.child], set[int]()
        while waiting:
            number = waiting.pop()
            if number < len(entries) and number not in seen:
                seen.add(number)
                entry = entries[number]
                waiting += (entry.left, entry.right)
                if entry.kind == _STREAM:
                    found[entry.name] = entry
        return found

    @cached_property
    def _small(self) -> bytes:
        return self._chained(self._root.start)

    @cached_property
    def _small_table(self) -> list[int]:
        return _numbers(self._chained(struct.unpack_from("<I", self._body, 60)[0]))


def _chain(start: int, table: list[int]) -> list[int]:
    """The sectors of a chain in order; a chain that comes back to itself is damage."""
    sectors: list[int] = []
    seen: set[int] = set()
    while start < _LAST:
        if start in seen or start >= len(table):
            raise DamagedOle("a chain of sectors is broken")
        seen.add(start)
        sectors.append(start)
        start = table[start]
    return sectors


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _entry(data: bytes) -> _Entry:
    length = min(struct.unpack_from("<H", data, 64)[0], 64)
    name = data[: max(length - 2, 0)].decode("utf-16-le", "replace")
    left, right, child = struct.unpack_from("<3I", data, 68)
    start, size = struct.unpack_from("<2I", data, 116)
    return _Entry(name, data[66], left, right, child, start, size)
