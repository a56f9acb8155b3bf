"""From an exception to one sentence and an exit code; the unforeseen leaves its traceback in a log."""

from __future__ import annotations

import errno
import tempfile
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from warehouse.errors import GovbriefError
from warehouse.home import Home

ENVIRONMENT = 5
DISK_WORDS = (
    "no space left on device",
    "database or disk is full",
    "disk quota exceeded",
    "could not write all bytes",
)
DAMAGE_WORDS = ("corrupt database file", "database disk image is malformed", "file is not a database")
_WHICH = "type 'govbrief verify': it says which one, and how to put it right."
MACHINE_ERRORS = {
    errno.ENOSPC: "the disk is full; make room and run the same command again",
    errno.EDQUOT: "the disk quota is used up; make room and run the same command again",
    errno.EROFS: "the file system is read-only; choose another folder with --home",
    errno.EACCES: "permission is missing; change the owner or the rights of the file",
    errno.EPERM: "permission is missing; change the owner or the rights of the file",
    errno.EFBIG: "a file may not grow that large here; raise the limit with 'ulimit -f'",
    errno.EADDRINUSE: "the port is in use; choose another one with --port",
    errno.EMFILE: "too many files are open; raise the limit with 'ulimit -n'",
}


def explain(error: BaseException) -> tuple[int, str] | None:
    """Exit code and sentence of a foreseen failure, anywhere among the causes; None for a fault of ours."""
    for cause in _chain(error):
        if isinstance(cause, GovbriefError):
            return cause.exit_code, str(cause)
    for cause in _chain(error):
        if any(words in str(cause).lower() for words in DISK_WORDS):
            return (
                ENVIRONMENT,
                "The disk is full; make room and run the same command again. Nothing kept so far is lost.",
            )
        if isinstance(cause, OSError) and cause.errno in MACHINE_ERRORS:
            name = f"{cause.filename}: " if cause.filename else ""
            sentence = f"{name}{MACHINE_ERRORS[cause.errno]}."
            return ENVIRONMENT, sentence[:1].upper() + sentence[1:] if not name else sentence
        if any(words in str(cause).lower() for words in DAMAGE_WORDS):
            said = str(cause).splitlines()[0][:200]
            return ENVIRONMENT, f"A database file is damaged ({said}); {_WHICH}"
    return None


def write_traceback(error: BaseException, home: Home | None) -> Path | None:
    """Keep an unforeseen error's traceback in the home's logs, or in the temporary folder."""
    text = "".join(traceback.format_exception(error))
    folders = [home.root / "logs"] if home else []
    for folder in (*folders, Path(tempfile.gettempdir())):
        file = folder / f"govbrief-error-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.log"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        except OSError:
            continue  # the next folder may take it; the sentence on stderr is printed in any case
        return file
    return None


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
