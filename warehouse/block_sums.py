"""Whether the blocks of a DuckDB file fit their sums: reading all tables touches no index of keys."""

from __future__ import annotations

from pathlib import Path

import numpy as np

_HEAD = 3 * 4096  # bytes: the file's three headers
_BLOCK = 256 * 1024  # bytes, the first eight of them the sum of the rest
_FACTOR = np.uint64(0xBF58476D1CE4E5B9)  # DuckDB's sum: words times this, all xor-ed, and its start
_START = 5381


def damaged_blocks(file: Path) -> int:
    """How many blocks differ from their sum. 0 too where none fits: then the file sums in another way."""
    words, total, damaged = _BLOCK // 8, 0, 0
    with file.open("rb") as handle:
        handle.seek(_HEAD)
        while len(block := np.frombuffer(handle.read(_BLOCK), dtype="<u8")) == words:
            total += 1
            damaged += bool(block.any()) and not _fits(block)
    return damaged if damaged < total else 0


def _fits(block: np.ndarray) -> bool:
    made = int(np.bitwise_xor.reduce(block[1:] * _FACTOR)) ^ _START
    return made == int(block[0])
