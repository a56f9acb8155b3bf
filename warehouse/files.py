"""Small files are written whole or not at all: a full disk or a kill leaves the file that was there."""

from __future__ import annotations

import os
from pathlib import Path

from warehouse.archive.writer import fsync_folder


def write_whole(file: Path, text: str) -> None:
    """Put the text in place of the file in one step; when it cannot be written nothing is left behind."""
    write_bytes_whole(file, text.encode("utf-8"))


def write_bytes_whole(file: Path, content: bytes, mode: int = 0o644) -> None:
    """As `write_whole`, for bytes; `mode` are the rights of the new file, less what the umask takes."""
    part = file.with_name(f".{file.name}.part-{os.getpid()}")
    try:
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(part, file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    fsync_folder(file.parent)
