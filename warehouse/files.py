"""Files are written whole or not at all: a full disk or a kill leaves the file that was there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.archive.writer import fsync_folder
from warehouse.errors import EnvironmentProblem


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


@contextmanager
def in_place_of(file: Path) -> Iterator[Path]:
    """A file beside `file`, to be written inside; it takes that one's place when all is well, else it goes.

    EnvironmentProblem when the disk or its rights forbid it; what stood there stays then.
    """
    target = file.resolve()
    part = target.with_name(f".{target.name}.part-{os.getpid()}")
    with write_errors(file):
        try:
            yield part
            with part.open("rb") as written:
                os.fsync(written.fileno())
            os.replace(part, target)
            fsync_folder(target.parent)
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def write_errors(file: Path) -> Iterator[None]:
    """What keeps `file` from being written, in one sentence; a reader who went away is no fault of ours."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise EnvironmentProblem(
            f"{file}: cannot be written ({error.strerror}); choose another place or make room."
        ) from error
