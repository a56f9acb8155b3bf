"""Copying files as fast as the file system allows, hashing them, copying an SQLite store that is in use."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

BLOCK = 1 << 20
_FICLONE = 0x40049409  # Linux: share the blocks of another file (btrfs, xfs)
_CANNOT = {errno.EXDEV, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOTTY, errno.EPERM}


def copy_file(source: Path, target: Path, size: int | None = None) -> int:
    """Copy a file, or its first `size` bytes, with its times and rights; returns the bytes copied.

    The blocks are shared where the file system can, else the kernel copies them. Never to be used on a DuckDB
    or SQLite file that this process has open: closing it would drop the database's lock.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as read, target.open("wb") as write:
        length = os.fstat(read.fileno()).st_size if size is None else size
        if size is not None or not _cloned(read.fileno(), write.fileno()):
            _copied(read.fileno(), write.fileno(), length)
        write.flush()
        os.fsync(write.fileno())
    shutil.copystat(source, target)
    return length


def copy_database(source: Path, target: Path) -> None:
    """Copy an SQLite store that others may be writing, as of one moment; the copy is one file, no log."""
    if not source.is_file():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        closing(sqlite3.connect(f"file:{quote(str(source))}?mode=ro", uri=True, timeout=30)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)
        new.execute("pragma journal_mode = delete")
    shutil.copymode(source, target)
    with target.open("rb") as handle:
        os.fsync(handle.fileno())


def link_or_copy(source: Path, target: Path) -> bool:
    """A second name for an unchanging file, True, or a copy where the file system has no such names."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
        return True
    except OSError:
        copy_file(source, target)
        return False


def file_digest(file: Path) -> str:
    """SHA-256 of a file; "missing" when it is not there."""
    digest = sha256()
    try:
        with file.open("rb") as handle:
            while block := handle.read(BLOCK):
                digest.update(block)
    except FileNotFoundError:
        return "missing"
    return digest.hexdigest()


def all_files(root: Path) -> list[Path]:
    """Every file below a folder by its path from there, sorted; links are not followed and not named."""
    found: list[Path] = []
    for folder, _, names in os.walk(root):
        found += [
            Path(folder, name).relative_to(root) for name in names if not Path(folder, name).is_symlink()
        ]
    return sorted(found)


def _cloned(source: int, target: int) -> bool:
    try:
        fcntl.ioctl(target, _FICLONE, source)
        return True
    except OSError:
        return False


def _copied(source: int, target: int, length: int) -> None:
    left = length
    try:
        while left > 0:
            moved = os.copy_file_range(source, target, min(left, 1 << 30))
            if not moved:
                break
            left -= moved
    except OSError as error:
        if error.errno not in _CANNOT:
            raise
        _read_and_written(source, target, left)
        return
    if left:
        raise OSError(errno.EIO, f"the file ends {left} bytes early")


def _read_and_written(source: int, target: int, left: int) -> None:
    while left > 0:
        block = os.read(source, min(left, BLOCK))
        if not block:
            raise OSError(errno.EIO, f"the file ends {left} bytes early")
        left -= len(block)
        view = memoryview(block)
        while view:
            view = view[os.write(target, view) :]
