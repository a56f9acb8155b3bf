"""The container of old office files (OLE 2): streams in sectors of 512 bytes, chained by a table."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from itertools import accumulate

_SECTOR = 512
_FREE, _END, _TABLE, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_SMALL = 4096  # shorter streams would need a second table; ours are filled up to this length
_WORD = bytes.fromhex("0609020000000000c000000000000046")  # class of a Word 97 document
_STREAM, _ROOT = 2, 5


def container(streams: Mapping[str, bytes]) -> bytes:
    """The file that holds these streams (three at most), each filled with zeros to 4,096 bytes or more."""
    contents = [_filled(stream) for stream in streams.values()]
    lengths = [len(content) // _SECTOR for content in contents]
    tables = _table_sectors(sum(lengths) + 1)
    starts = list(accumulate(lengths, initial=tables + 1))
    chains = [_TABLE] * tables + [_END]
    for start, length in zip(starts, lengths, strict=False):
        chains += [*range(start + 1, start + length), _END]
    chains += [_FREE] * (tables * _SECTOR // 4 - len(chains))
    directory = _directory(list(streams), starts, [len(content) for content in contents])
    return _header(tables) + struct.pack(f"<{len(chains)}I", *chains) + directory + b"".join(contents)


def _filled(stream: bytes) -> bytes:
    length = max(_SMALL, -(-len(stream) // _SECTOR) * _SECTOR)
    return stream.ljust(length, b"\0")


def _table_sectors(others: int) -> int:
    """How many sectors of 128 numbers it takes to number all sectors, their own included."""
    tables = 1
    while tables * 128 < others + tables:
        tables += 1
    return tables


def _header(tables: int) -> bytes:
    places = [*range(tables), *[_FREE] * (109 - tables)]
    return struct.pack(
        "<8s16s5H6x3I4x5I109I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\0" * 16,
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, tables, tables),  # sectors of the directory (not counted), of the table, the directory's first
        *(_SMALL, _END, 0, _END, 0),
        *places,
    )


def _directory(names: list[str], starts: list[int], sizes: list[int]) -> bytes:
    """The root and its streams as a tree: shorter names to the left."""
    order = sorted(range(len(names)), key=lambda at: (len(names[at]), names[at].upper()))
    entries = [_entry("Root Entry", _ROOT, _NONE, order[-1] + 1, _END, 0)]
    for at, name in enumerate(names):
        place = order.index(at)
        left = order[place - 1] + 1 if place else _NONE
        entries.append(_entry(name, _STREAM, left, _NONE, starts[at], sizes[at]))
    unused = struct.pack("<64x4x3I48x", _NONE, _NONE, _NONE)
    return b"".join(entries) + unused * (_SECTOR // 128 - len(entries))


def _entry(name: str, kind: int, left: int, child: int, start: int, size: int) -> bytes:
    return struct.pack(
        "<64sHBB3I16s4x16xII4x",
        name.encode("utf-16-le"),
        2 * len(name) + 2,
        *(kind, 1, left, _NONE, child),
        _WORD if kind == _ROOT else b"",
        *(start, size),
    )
