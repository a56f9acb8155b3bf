"""The log file of a home: what is said on stderr, with the time, turned over by size."""

from __future__ import annotations

import fcntl
import logging
import os
from itertools import pairwise
from pathlib import Path

from warehouse.clock import Clock
from warehouse.home import Home


class LogFile:
    """Appends lines; several processes may write at once, one of them turns the file over."""

    def __init__(self, file: Path, max_bytes: int, keep: int, clock: Clock) -> None:
        self._file, self._max_bytes, self._keep, self._clock = file, max_bytes, keep, clock

    @classmethod
    def of(cls, home: Home) -> LogFile | None:
        """The log file that the settings of a home name; None when they name none."""
        log = home.settings.log
        return cls(home.root / log.file, log.max_bytes, log.keep, home.clock) if log.file else None

    def write(self, text: str) -> None:
        """Append a line; OSError when the file cannot be written."""
        at = self._clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        line = f"{at} [{os.getpid()}] {' '.join(text.split())}\n".encode()
        self._file.parent.mkdir(parents=True, exist_ok=True)
        lock = self._file.with_name(f".{self._file.name}.lock")
        with lock.open("ab") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            if self._file.exists() and self._file.stat().st_size + len(line) > self._max_bytes:
                self._turn_over()
            with self._file.open("ab") as handle:
                handle.write(line)

    def _turn_over(self) -> None:
        """`.1` becomes `.2` and so on, the file `.1`; what lies beyond the number kept is removed."""
        older = [self._aside(number) for number in range(1, self._keep + 1)]
        for newer, old in reversed(list(pairwise(older))):
            if newer.exists():
                newer.replace(old)
        self._file.replace(older[0])

    def _aside(self, number: int) -> Path:
        return self._file.with_name(f"{self._file.name}.{number}")


class LibraryWarnings(logging.Handler):
    """Warnings of libraries go into the log file too."""

    def __init__(self, log: LogFile) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """One warning as one line."""
        try:
            self._log.write(f"{record.levelname} {record.name}: {record.getMessage()}")
        except OSError:
            return  # stderr has the warning all the same
