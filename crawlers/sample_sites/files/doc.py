"""A small Word 97 file: UTF-16 text behind a header, and a table that says where its one piece lies."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from crawlers.sample_sites.files.container import container

_TEXT_AT = 0x400  # the header ends before
_LENGTHS, _PLACES = 0x40, 0x9A  # counts of characters; offset and length of each table
_STYLES, _PIECES = 1, 33  # the numbers of the style sheet and of the piece table among them
_STYLE_COUNT = 15  # the fixed styles of Word 97, of which only the first is filled in


def doc_bytes(title: str, paragraphs: Sequence[str]) -> bytes:
    """The DOC of a title and paragraphs; rows of `|` become cells set off by tabs."""
    text = "".join(f"{_plain(line)}\r" for line in (title, *paragraphs))
    encoded = text.encode("utf-16-le")
    length = len(encoded) // 2
    piece = struct.pack("<IIHIH", 0, length, 0, _TEXT_AT, 0)
    pieces, styles = b"\x02" + struct.pack("<I", len(piece)) + piece, _styles()
    header = _header(length, {_STYLES: (0, len(styles)), _PIECES: (len(styles), len(pieces))})
    return container({"1Table": styles + pieces, "WordDocument": header.ljust(_TEXT_AT, b"\0") + encoded})


def _plain(line: str) -> str:
    if line.startswith("|"):
        return "\t".join(cell.strip() for cell in line.strip("|").split("|"))
    return line.removeprefix("## ").lstrip(">").strip()


def _styles() -> bytes:
    """A style sheet with the style Normal; antiword reads beyond its memory when there is none."""
    name = "Normal"
    normal = struct.pack("<4H2x", 0, 0xFFF1, 2, 32) + struct.pack("<H", len(name)) + name.encode("utf-16-le")
    normal += struct.pack("<4H", 0, 2, 0, 0)  # end of the name; paragraph format of two bytes; no font format
    information = struct.pack("<9H", _STYLE_COUNT, 10, 1, 91, _STYLE_COUNT, 0, 0, 0, 0)
    sheet = struct.pack("<H", len(information)) + information + struct.pack("<H", len(normal)) + normal
    return sheet + b"\0\0" * (_STYLE_COUNT - 1)


def _header(length: int, tables: dict[int, tuple[int, int]]) -> bytes:
    """The file information block of Word 97, Chinese text, tables in the stream 1Table."""
    block = bytearray(_PLACES + 8 * 93 + 2)
    end = _TEXT_AT + 2 * length
    struct.pack_into("<4H", block, 0, 0xA5EC, 0x00C1, 0, 0x0804)
    struct.pack_into("<2H", block, 0x0A, 0x1200, 0x00C1)
    struct.pack_into("<2I", block, 0x18, _TEXT_AT, end)
    struct.pack_into("<H", block, 0x20, 14)
    struct.pack_into("<2H", block, 0x3C, 0x0804, 22)
    struct.pack_into("<I", block, _LENGTHS, end)
    struct.pack_into("<I", block, _LENGTHS + 12, length)
    struct.pack_into("<H", block, _PLACES - 2, 93)
    for number, place in tables.items():
        struct.pack_into("<2I", block, _PLACES + 8 * number, *place)
    return bytes(block)
