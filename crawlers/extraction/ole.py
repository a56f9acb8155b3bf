"""Old binary office files: one container format (OLE) for Word, Excel, PowerPoint and locked new files."""

from __future__ import annotations

import io
import struct

from xlrd import compdoc

_MARKS = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)
_DAMAGE = (
    compdoc.CompDocError,
    AssertionError,
    IndexError,
    ValueError,
    KeyError,
    TypeError,
    struct.error,
    RecursionError,
)
_ENCRYPTED = 0x0100  # flag of a Word file's header


def ole_kind(body: bytes) -> str:
    """`doc`, `xls`, `ppt`, `locked` (a new file inside a password's container) or `ole` for anything else.

    The outermost streams decide, because a text may hold a table of the other program and a table a text;
    in a damaged container any stream does.
    """
    outermost = _outermost(body)
    for stream, kind in _MARKS:
        if stream in outermost or (not outermost and stream.encode("utf-16-le") + b"\x00\x00" in body):
            return kind
    return "ole"


def is_locked_word(body: bytes) -> bool:
    """Whether a Word file's header says that the text is encrypted."""
    header = _stream(body, "WordDocument")[:12]
    return len(header) == 12 and bool(struct.unpack_from("<H", header, 10)[0] & _ENCRYPTED)


def _stream(body: bytes, name: str) -> bytes:
    """A stream of the container; empty when the container is damaged."""
    try:
        found = compdoc.CompDoc(body, logfile=io.StringIO()).get_named_stream(name)
    except _DAMAGE:
        return b""
    return bytes(found or b"")


def _outermost(body: bytes) -> frozenset[str]:
    """The names in the container's root; none when it is damaged."""
    try:
        entries = compdoc.CompDoc(body, logfile=io.StringIO()).dirlist
        return frozenset(entries[child].name for child in entries[0].children)
    except _DAMAGE:
        return frozenset()
