"""What became of each line of an import: the first ones as sentences, all of them as a list in JSON."""

from __future__ import annotations

import json
import tempfile
from contextlib import ExitStack
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any

from dashboard.commands.console import Console, plain

if TYPE_CHECKING:
    from crawlers.intake import LineResult

SHOWN = 100  # lines that a person is told one by one


class LineReports:
    """Hears of every line and holds none of them: for JSON they wait in a file that has no name."""

    def __init__(self, console: Console, as_json: bool) -> None:
        self._console = console
        self._as_json = as_json
        self._stack = ExitStack()
        self._waiting: IO[str] | None = None
        self._number = 0

    def __enter__(self) -> LineReports:
        if self._as_json:
            self._waiting = self._stack.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def tell(self, line: LineResult) -> None:
        """One line; a refused one is named on standard error when the import has ended."""
        self._number += 1
        if self._waiting:
            self._waiting.write(json.dumps(plain(line), ensure_ascii=False) + "\n")
        elif self._number <= SHOWN and line.outcome != "refused":
            self._console.result(f"{line.file}: line {line.line}: {line.outcome}: {_one_line(line.title)}")

    def end(self, summary: Any) -> None:
        """The whole answer in JSON, `results` last; for a person how many lines were not told."""
        if self._waiting:
            self._write(json.dumps(plain(summary), ensure_ascii=False, indent=2))
        elif self._number > SHOWN:
            self._console.result(f"… and {self._number - SHOWN:,} more lines; --json tells of each.")

    def _write(self, summary: str) -> None:
        assert self._waiting is not None
        self._waiting.seek(0)
        self._console.result(summary.removesuffix("\n}") + ',\n  "results": [')
        before = ""
        for line in self._waiting:
            if before:
                self._console.result(f"    {before},")
            before = line.rstrip("\n")
        if before:
            self._console.result(f"    {before}")
        self._console.result("  ]\n}")


def _one_line(title: str | None) -> str:
    """A title as a terminal may show it: crawled text gives it no orders."""
    return "".join(character for character in title or "" if character.isprintable())
