"""What a verb may write: results on stdout, everything about the work itself on stderr."""

from __future__ import annotations

import json
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

PROGRESS_SECONDS = 2.0


def plain(value: Any) -> Any:
    """The value as JSON has it: records as objects, dates and instants in ISO 8601, tuples as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(entry) for entry in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    return value.item() if hasattr(value, "item") else str(value)


class Console:
    """Standard output and error of one command; `quiet` silences what is not an error."""

    def __init__(self, out: TextIO | None = None, err: TextIO | None = None, quiet: bool = False) -> None:
        self.stdout = out or sys.stdout
        self.stderr = err or sys.stderr
        self.quiet = quiet
        self._said: dict[str, float] = {}
        self._log: Callable[[str], None] | None = None

    def log_to(self, log: Callable[[str], None] | None) -> None:
        """Keep what is said and what went wrong in a log as well, whether quiet or not."""
        self._log = log

    def log(self, text: str) -> None:
        """A line for the log alone; a log that cannot be written is said once and left."""
        if self._log is None:
            return
        try:
            self._log(text)
        except OSError as error:
            self._log = None
            print(f"{error.filename}: the log cannot be written ({error.strerror}).", file=self.stderr)

    def result(self, text: str) -> None:
        """One line of the answer, on stdout."""
        print(text, file=self.stdout)

    def write(self, text: str) -> None:
        """Text of the answer as it is, ending in one newline."""
        self.stdout.write(text if text.endswith("\n") else text + "\n")

    def json(self, value: Any) -> None:
        """The answer as indented JSON with readable Chinese."""
        self.result(json.dumps(plain(value), ensure_ascii=False, indent=2))

    def json_line(self, value: Any) -> None:
        """One JSON object on one line, for JSONL."""
        self.result(json.dumps(plain(value), ensure_ascii=False))

    def table(self, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Rows in columns that line up, wide Chinese characters counted as two."""
        lines = [[_cell(value) for value in row] for row in rows]
        widths = [
            max((_width(line[i]) for line in (list(head), *lines)), default=0) for i in range(len(head))
        ]
        for line in (list(head), ["-" * width for width in widths], *lines):
            self.result(
                "  ".join(_pad(text, width) for text, width in zip(line, widths, strict=True)).rstrip()
            )

    def say(self, text: str) -> None:
        """A remark for the person at the terminal, on stderr."""
        self.log(text)
        if not self.quiet:
            print(text, file=self.stderr, flush=True)

    def error(self, text: str) -> None:
        """One sentence that says what went wrong and what to do, on stderr."""
        self.log(text)
        print(text, file=self.stderr, flush=True)

    def progress(self, stage: str, done: int, total: int) -> None:
        """How far a stage is; at most one line every two seconds a stage, and one at its end."""
        now = time.monotonic()
        finished = total > 0 and done >= total
        if not finished and now - self._said.setdefault(stage, now) < PROGRESS_SECONDS:
            return
        self._said[stage] = now
        self.say(f"{stage}: {done:,}" + (f" of {total:,}" if total else ""))


def _cell(value: Any) -> str:
    text = "" if value is None else str(plain(value))
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
