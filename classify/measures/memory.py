"""Memory over a long run: 100,000 documents through the whole pipeline, no two of them alike.

What a pipeline keeps of each document (strings of a vocabulary, caches of names) shows only after many. Real
documents lend their paragraphs; each is turned and numbered, so that no paragraph is met twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from classify.gold import read_rows
from classify.measures.topics import DOCUMENTS
from classify.pipeline import build_classifier
from classify.rows import stored_of_row
from warehouse.records import Quality, StoredDocument

LENT, CHARACTERS = 1_000, 1_800
EARLY, DOCUMENTS_READ = 10_000, 100_000
_STATUS = Path("/proc/self/status")


def memory_figures(folder: Path, on: str, early: int = EARLY, count: int = DOCUMENTS_READ) -> list[Quality]:
    """Resident megabytes after `count` documents, and after `early` of them in the note; none off Linux."""
    if not _STATUS.is_file():
        return []
    rows = [row for row in read_rows(folder / DOCUMENTS) if row.get("text")][:LENT]
    classifier = build_classifier(hide_published=True)
    resident = {}
    for number, _ in enumerate(classifier.classify(_documents(rows, count)), start=1):
        if number in (early, count):
            resident[number] = resident_megabytes()
    note = (
        f"megabytes resident after {count:,} documents of which no paragraph is like another, texts cut at "
        f"{CHARACTERS} characters; after {early:,} of them {resident[early]:.0f}"
    )
    data = f"data/zh/{DOCUMENTS}"
    return [Quality("classify-memory-megabytes", round(resident[count]), count, data, on, note)]


def resident_megabytes() -> float:
    """What this process holds in memory now, in millions of bytes."""
    line = next(one for one in _STATUS.read_text().splitlines() if one.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024 / 1e6


def _documents(rows: Sequence[dict[str, Any]], count: int) -> Iterator[StoredDocument]:
    for number in range(1, count + 1):
        row = rows[number % len(rows)]
        yield stored_of_row({**row, "text": _turned(row["text"][:CHARACTERS], number)}, number)


def _turned(text: str, number: int) -> str:
    """The text's paragraphs, each begun elsewhere and closed with a number of its own."""
    paragraphs = []
    for index, paragraph in enumerate(text.split("\n")):
        cut = number % (len(paragraph) + 1)
        paragraphs.append(f"{paragraph[cut:]}{paragraph[:cut]}{number}.{index}")
    return "\n".join(paragraphs)
