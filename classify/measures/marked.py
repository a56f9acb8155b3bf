"""What the measures on marked texts share: the documents, the check of their texts, and the printing."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from classify.gold import read_rows
from warehouse.clock import SystemClock, today
from warehouse.errors import UserError
from warehouse.records import Quality, StoredDocument

MARKS = Path(__file__).parent.parent / "marks"
TUNED = "marked by who wrote the rules, which were tuned on it"  # what figures of development rows say

Measure = Callable[[Path, str], list[Quality]]  # data folder, day -> figures


def document_files(data: Path) -> tuple[Path, ...]:
    """The files of real documents in a data folder, Chinese first."""
    return tuple(data / language / "documents.jsonl.gz" for language in ("zh", "en"))


def documents(data: Path) -> Iterator[dict[str, Any]]:
    """The real documents of a data folder as rows."""
    return read_rows(*document_files(data))


def marked_texts(
    rows: Iterable[dict[str, Any]], lines: Iterable[Mapping[str, Any]], marks: Path
) -> Iterator[dict[str, Any]]:
    """The document of each line of marks; a UserError names one whose text is another than was marked."""
    lines = list(lines)
    wanted = {line["id"] for line in lines}
    by_id = {row["id"]: row for row in rows if row["id"] in wanted}
    for line in lines:
        row = by_id.get(line["id"])
        if row is None or sha256(row["text"].encode()).hexdigest() != line["sha256"]:
            raise UserError(f"{marks}: the text of {line['id']} is not the one that was marked.")
        yield row


def paragraph_starts(stored: StoredDocument, at: int = 0) -> list[int]:
    """Where each paragraph begins in the text, the first of them at `at`."""
    starts = []
    for paragraph in stored.document.paragraphs:
        starts.append(at)
        at += len(paragraph) + 1
    return starts


def print_figures(
    module: str, about: str | None, held_out: Measure, development: Measure | None = None
) -> int:
    """Print a measure's figures of the data folder that the command line names; always 0.

    `--development` is understood where there is such a measure: the rows that the rules were tuned on.
    """
    parser = argparse.ArgumentParser(prog=f"python -m {module}", description=about)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    if development is not None:
        parser.add_argument("--development", action="store_true", help="the rows the rules were tuned on")
    args = parser.parse_args()
    measure = development if development is not None and args.development else held_out
    for one in measure(args.data, today(SystemClock(), "UTC").isoformat()):
        print(f"{one.name}\t{one.value}\t{one.sample}\t{one.note}")
    return 0
