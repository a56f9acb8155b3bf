"""Documents of a JSONL file for work that stores nothing: good lines go on, wrong ones are named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from warehouse.errors import UserError
from warehouse.jsonl import numbered_rows


def good_rows(file: Path, tell: Callable[[str], None]) -> Iterator[dict[str, Any]]:
    """The documents of the file in order; `tell` gets one sentence for each line that was left out."""
    from classify.rows import stored_of_row

    for line in numbered_rows(file):
        fault = line.fault
        if fault is None:
            try:
                stored_of_row(line.row, line.number)
            except UserError as error:
                fault = str(error).split(": ", 1)[1].rstrip(".") + "; mend or remove that line"
        if fault is None:
            yield line.row if line.row.get("id") else {**line.row, "id": f"row-{line.number}"}
        else:
            tell(f"{file}: line {line.number}: {fault}.")
