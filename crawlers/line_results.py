"""What became of each line of an import, told batch by batch in the order of the files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from crawlers.extraction.imported import WrongLine
from crawlers.import_files import Line
from crawlers.shelving import Outcome
from warehouse.records import Document


@dataclass(frozen=True, slots=True)
class LineResult:
    """What became of one line of a file; of a refused one which field is wrong, why, and what to do."""

    file: str
    line: int
    outcome: Literal["new", "changed", "unchanged", "refused"]
    document_id: str | None = None
    title: str | None = None
    field: str | None = None
    reason: str | None = None
    remedy: str | None = None


class LineResults:
    """Gathers the results of one batch and tells them; without a hearer nothing is kept."""

    def __init__(self, hearer: Callable[[LineResult], None] | None) -> None:
        self._hearer = hearer
        self._batch: list[LineResult] = []
        self._places: dict[str, int] = {}

    def begin(self, files: Sequence[Path]) -> None:
        """The files to come, in the order in which their lines are told."""
        self._places = {str(file): place for place, file in enumerate(files)}

    def taken(self, line: Line, outcome: Outcome, document: Document) -> None:
        """A line that is held now."""
        self._add(LineResult(str(line.file), line.number, outcome, document.document_id, document.title))

    def refused(self, line: Line, error: WrongLine) -> None:
        """A line that was left out."""
        told = {"field": error.field, "reason": str(error), "remedy": error.remedy}
        self._add(LineResult(str(line.file), line.number, "refused", **told))

    def empty(self, file: Path) -> None:
        """A file without a line: told as its line 0."""
        why, remedy = "the file holds no line", "write or fetch it again"
        self._add(LineResult(str(file), 0, "refused", reason=why, remedy=remedy))

    def tell(self) -> None:
        """Tell what was gathered, file by file, line by line, and begin anew."""
        told = sorted(self._batch, key=lambda one: (self._places[one.file], one.line))
        self._batch = []
        if self._hearer:
            for one in told:
                self._hearer(one)

    def _add(self, result: LineResult) -> None:
        if self._hearer:
            self._batch.append(result)
