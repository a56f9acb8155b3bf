"""Small files are written whole or not at all: a full disk or a kill leaves the file that was there."""

from __future__ import annotations

import os
from pathlib import Path

from warehouse.archive.writer import fsync_folder


def write_whole(file: Path, text: str) -> None:
    """Put the text in place of the file in one step; when it cannot be written nothing is left behind."""
    part = file.with_name(f".{file.name}.part-{os.getpid()}")
    try:
        with part.open("wb") as handle:
            handle.write(text.encode("utf-8"))
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(part, file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    fsync_folder(file.parent)
