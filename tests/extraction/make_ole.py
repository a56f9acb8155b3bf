"""Old binary containers (OLE) and presentations, written by hand for tests."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def container(streams: Mapping[str, bytes]) -> bytes:
    """A container with these outermost streams; small ones are padded to avoid the table of small sectors."""
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    sectors, chains, starts = [], [], {}
    for name, data in padded.items():
        starts[name] = len(sectors)
        pieces = [data[at : at + 512].ljust(512, b"\0") for at in range(0, len(data), 512)]
        chains += [*range(len(sectors) + 1, len(sectors) + len(pieces)), _END]
        sectors += pieces
    entries = [_entry("Root Entry", 5, child=1)]
    for number, (name, data) in enumerate(padded.items(), start=1):
        right = number + 1 if number < len(padded) else _FREE
        entries.append(_entry(name, 2, right=right, start=starts[name], size=len(data)))
    directory = b"".join(entries)
    directory += _entry("", 0) * (-len(entries) % 4)
    first = len(sectors)
    pieces = [directory[at : at + 512] for at in range(0, len(directory), 512)]
    chains += [*range(first + 1, first + len(pieces)), _END]
    sectors += pieces
    table = len(sectors)
    chains.append(_TABLE)
    assert len(chains) <= 128
    sectors.append(struct.pack("<128I", *chains, *[_FREE] * (128 - len(chains))))
    head = struct.pack("<8s16sHHHHH6sIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE,
                       9, 6, b"", 0, 1, first, 0, 4096, _END, 0, _END, 0, table)  # fmt: skip
    return head.ljust(512, b"\xff") + b"".join(sectors)


def _entry(
    name: str, kind: int, right: int = _FREE, child: int = _FREE, start: int = 0, size: int = 0
) -> bytes:
    words = name.encode("utf-16-le") + b"\0\0" if name else b""
    return struct.pack(
        "<64sHBBIII16sIQQIQ", words, len(words), kind, 1, _FREE, right, child, b"", 0, 0, 0, start, size
    )


def record(kind: int, data: bytes, instance: int = 0, group: bool = False) -> bytes:
    """A record of a presentation."""
    return struct.pack("<HHI", instance << 4 | (0xF if group else 0), kind, len(data)) + data


def presentation(slides: Sequence[tuple[str, str]], notes: str = "", locked: bool = False) -> bytes:
    """A presentation with a title (in the outline) and a box of text on every slide, notes on the first."""
    listed = b"".join(
        record(0x03F3, struct.pack("<IIIII", number + 2, 0, 1, 256 + number, 0))
        + record(0x0FA0, title.encode("utf-16-le"))
        for number, (title, _) in enumerate(slides)
    )
    lists = record(0x0FF0, listed, 0, True)
    if notes:
        lists += record(0x0FF0, record(0x03F3, struct.pack("<IIIII", 90, 0, 0, 300, 0)), 2, True)
    parts = {1: record(0x03E8, lists, 0, True)}
    for number, (_, text) in enumerate(slides):
        boxes = [record(0x0F9E, struct.pack("<I", 0)), record(0x0FA0, text.encode("utf-16-le"))]
        parts[number + 2] = record(0x03EE, _drawing(boxes), 0, True)
    if notes:
        owner = record(0x03F1, struct.pack("<II", 256, 0))
        parts[90] = record(0x03F0, owner + _drawing([record(0x0FA0, notes.encode("utf-16-le"))]), 0, True)
    stream, places = b"", {}
    for key, part in parts.items():
        places[key] = len(stream)
        stream += part
    directory = b"".join(struct.pack("<II", 1 << 20 | key, place) for key, place in places.items())
    at = len(stream)
    stream += record(0x1772, directory)
    edit = len(stream)
    stream += record(0x0FF5, struct.pack("<IIIIIII", 0, 0, 0, at, 1, 9, 0))
    token = 0xF3D1C4DF if locked else 0xE391C05F
    user = record(0x0FF6, struct.pack("<III", 20, token, edit))
    return container({"PowerPoint Document": stream, "Current User": user})


def _drawing(boxes: Sequence[bytes]) -> bytes:
    shapes = b"".join(record(0xF004, record(0xF00D, box), 0, True) for box in boxes)
    return record(0x040C, record(0xF002, record(0xF003, shapes, 0, True), 0, True), 0, True)
