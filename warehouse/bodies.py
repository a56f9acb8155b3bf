"""Masked bodies in immutable segments: compressed one by one, hard-linked into publications."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from warehouse.archive.writer import fsync_folder
from warehouse.errors import GovbriefError

_MAX_BODY = 64_000_000
_LEVEL = 6


class DamagedBody(GovbriefError):
    """A body segment is missing, cut or damaged; the message names it. Publishing writes it anew."""


@dataclass(frozen=True, slots=True)
class BodyPlace:
    """Where one body lies."""

    segment: str
    start: int
    length: int


class SegmentWriter:
    """Writes one new segment; it exists for readers only once its places are committed."""

    def __init__(self, folder: Path, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.name = name
        self._folder = folder
        self._file = (folder / name).open("xb")
        self._end = 0

    def add(self, paragraphs: tuple[str, ...]) -> BodyPlace:
        """Append one body."""
        packed = zlib.compress("\n".join(paragraphs).encode("utf-8"), _LEVEL)
        self._file.write(packed)
        place = BodyPlace(self.name, self._end, len(packed))
        self._end += len(packed)
        return place

    def __enter__(self) -> SegmentWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
        finally:
            self._file.close()
        fsync_folder(self._folder)


class Segments:
    """Segments opened for reading; their files may be deleted meanwhile, what is open stays readable."""

    def __init__(self, folder: Path, names: Iterator[str] | tuple[str, ...]) -> None:
        self._folder = folder
        self._handles = {name: os.open(folder / name, os.O_RDONLY) for name in names}

    def read(self, place: BodyPlace) -> tuple[str, ...]:
        """The numbered paragraphs at `place`; safe from any thread."""
        handle = self._handles.get(place.segment)
        if handle is None:
            raise DamagedBody(f"{self._folder / place.segment}: the body segment is missing")
        try:
            text = _unpacked(handle, place.start, place.length)
        except (zlib.error, UnicodeDecodeError) as error:
            raise DamagedBody(
                f"{self._folder / place.segment}: the body at byte {place.start} is damaged or cut"
            ) from error
        return tuple(text.split("\n")) if text else ()

    def close(self) -> None:
        """Let go of the files."""
        while self._handles:
            os.close(self._handles.popitem()[1])


def is_whole(file: Path, places: Iterable[tuple[int, int]]) -> bool:
    """Whether every body at (start, length) of a segment can be read: zlib compares each with its sum."""
    try:
        handle = os.open(file, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        for start, length in places:
            _unpacked(handle, start, length)
    except (zlib.error, UnicodeDecodeError, OSError):
        return False
    finally:
        os.close(handle)
    return True


def _unpacked(handle: int, start: int, length: int) -> str:
    """The text at a place; zlib.error when it is damaged or cut, which is no empty text."""
    unpacker = zlib.decompressobj()
    text = unpacker.decompress(os.pread(handle, length, start), _MAX_BODY)
    if not unpacker.eof:
        raise zlib.error("the body ends too early")
    return text.decode("utf-8")
