"""Whether the files of an index are as tantivy wrote them, by the CRC-32 in each file's foot."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

_META = "meta.json"
_PARTS = ("fast", "fieldnorm", "idx", "pos", "store", "term")  # of every segment
_MAGIC = 1337  # tantivy's last four bytes of a file; before them the length of its foot, a line of JSON
_CHUNK = 1 << 20  # bytes


def damaged_files(folder: Path, read: set[tuple[int, int]] | None = None) -> list[str]:
    """Names of files of the last commit that are missing or differ from their sum; all of them are read.

    Whole files are noted in `read` by device and inode, and those noted there are not read once more.
    """
    known = set() if read is None else read
    try:
        meta = json.loads((folder / _META).read_text(encoding="utf-8"))
        names = list(_names(meta))
    except (OSError, ValueError, KeyError, TypeError):
        return [_META]
    return [name for name in names if not _is_whole(folder / name, known)]


def size_of(folder: Path) -> int:
    """Bytes of the files in a folder; 0 when there is none."""
    return sum(file.stat().st_size for file in folder.iterdir() if file.is_file()) if folder.is_dir() else 0


def _names(meta: dict[str, Any]) -> Iterator[str]:
    for segment in meta["segments"]:
        name = str(segment["segment_id"]).replace("-", "")
        yield from (f"{name}.{part}" for part in _PARTS)
        deletes = segment.get("deletes")
        if deletes:
            yield f"{name}.{deletes['opstamp']}.del"


def _is_whole(file: Path, known: set[tuple[int, int]]) -> bool:
    try:
        with file.open("rb") as handle:
            card = os.fstat(handle.fileno())
            size, inode = card.st_size, (card.st_dev, card.st_ino)
            if inode in known:
                return True
            handle.seek(size - 8)
            length, magic = (int.from_bytes(handle.read(4), "little") for _ in range(2))
            if magic != _MAGIC or length > size - 8:
                return False
            body = size - 8 - length
            handle.seek(body)
            told = json.loads(handle.read(length))["crc"]
            handle.seek(0)
            whole = bool(_sum(handle, body) == told)
            if whole:
                known.add(inode)
            return whole
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _sum(handle: IO[bytes], length: int) -> int:
    crc = 0
    while length:
        chunk = handle.read(min(_CHUNK, length))
        if not chunk:
            return -1
        crc = zlib.crc32(chunk, crc)
        length -= len(chunk)
    return crc
