"""Recall of mined facts against 100 real documents that two readers marked completely.

The readers worked by docs/marking-guideline.md, before anything was tuned. `marks/facts-100.jsonl` holds ids,
a hash of each text and code-point offsets, no text. A mark is found when a span of ours of its kind overlaps
it; each span of ours finds one mark at most, the one it overlaps most.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classify.measures.marked import MARKS as FOLDER
from classify.measures.marked import documents, marked_texts, paragraph_starts, print_figures
from classify.pipeline import build_classifier
from classify.rows import stored_of_row
from warehouse.records import Classification, Fact, Quality, StoredDocument

MARKS = FOLDER / "facts-100.jsonl"
KINDS = ("number", "citation", "deadline", "duty")

Span = tuple[int, int]
Spans = Mapping[str, list[Span]]


@dataclass(frozen=True, slots=True)
class Marked:
    """One document with the spans of both readers, by kind."""

    row: dict[str, Any]
    readers: tuple[Spans, Spans]


def marked_documents(rows: Iterable[dict[str, Any]], marks: Path = MARKS) -> list[Marked]:
    """The marked documents among the rows; a UserError names one whose text is another than was marked."""
    lines = [json.loads(line) for line in marks.read_text(encoding="utf-8").splitlines()]
    found = []
    for line, row in zip(lines, marked_texts(rows, lines, marks), strict=True):
        first, second = (_spans(line["readers"].get(reader, {})) for reader in ("1", "2"))
        found.append(Marked(row, (first, second)))
    return found


def recall_figures(marked: list[Marked], on: str) -> list[Quality]:
    """Recall by kind (mean of both readers), their agreement, and how many of our spans met no mark."""
    ours = list(_mined(marked))
    figures = []
    for kind in KINDS:
        shares, sizes = [], []
        for reader in (0, 1):
            hits = [
                matched(our[kind], one.readers[reader][kind]) for our, one in zip(ours, marked, strict=True)
            ]
            sizes.append(sum(len(one.readers[reader][kind]) for one in marked))
            shares.append(sum(hits) / max(sizes[-1], 1))
        agreed = agreement(marked, kind)
        met, sure = _sure(ours, marked, kind)
        about = (
            f"two readers: {shares[0]:.3f} and {shares[1]:.3f}; their agreement (F1) {agreed:.3f}; "
            f"of what both marked {met} of {sure}"
        )
        figures.append(_quality(f"recall-{kind}", sum(shares) / 2, sizes[0], on, about))
        figures.append(
            _quality(
                f"met-by-a-mark-{kind}",
                *_met(ours, marked, kind),
                on,
                "share of our spans that a mark of either reader overlaps",
            )
        )
    return figures


def agreement(marked: list[Marked], kind: str) -> float:
    """F1 of the readers against each other."""
    pairs = sum(matched(one.readers[0][kind], one.readers[1][kind]) for one in marked)
    return 2 * pairs / max(sum(len(reader[kind]) for one in marked for reader in one.readers), 1)


def matched(ours: Iterable[Span], marks: Iterable[Span]) -> int:
    """How many marks are found, each span of ours finding one at most; the largest overlaps come first."""
    ours, marks = list(ours), list(marks)
    pairs = sorted(
        ((min(a[1], b[1]) - max(a[0], b[0]), i, j) for i, a in enumerate(ours) for j, b in enumerate(marks)),
        key=lambda one: (-one[0], one[1], one[2]),
    )
    used: set[int] = set()
    found: set[int] = set()
    for overlap, i, j in pairs:
        if overlap > 0 and i not in used and j not in found:
            used.add(i)
            found.add(j)
    return len(found)


def _mined(marked: list[Marked]) -> Iterator[dict[str, list[Span]]]:
    classifier = build_classifier(hide_published=True)
    stored = [stored_of_row(one.row, number) for number, one in enumerate(marked, 1)]
    for document, answer in zip(stored, classifier.classify(stored), strict=True):
        yield spans_of(document, answer)


def spans_of(stored: StoredDocument, answer: Classification) -> dict[str, list[Span]]:
    """Our spans by kind, as offsets into the text."""
    starts = paragraph_starts(stored)
    found: dict[str, list[Span]] = defaultdict(list)

    def add(kind: str, paragraph: int, start: int, end: int) -> None:
        found[kind].append((starts[paragraph] + start, starts[paragraph] + end))

    for citation in answer.citations:
        add(
            "citation" if citation.target_title else "number",
            citation.paragraph,
            citation.start,
            citation.end,
        )
    for fact in answer.facts:
        if fact.kind == "number":
            add("number", fact.paragraph, fact.start, fact.end)
    bound = [(one.paragraph, one.start, one.end) for one in answer.duties if one.due_printed]
    for fact in answer.facts:  # a limit that binds nobody, of a right or an appeal, is no duty
        if fact.kind == "deadline" and not _within(fact, bound):
            add("deadline", fact.paragraph, fact.start, fact.end)
    for duty in answer.duties:
        if duty.due_printed:
            add("deadline", duty.paragraph, duty.start, duty.end)
        add("duty", *_clause(stored, duty))
    return found


def _within(fact: Fact, bound: list[tuple[int, int, int]]) -> bool:
    return any(
        fact.paragraph == paragraph and start <= fact.start and fact.end <= end
        for paragraph, start, end in bound
    )


def _clause(stored: StoredDocument, duty: Any) -> tuple[int, int, int]:
    """Where the duty's clause stands; its span is that of its time limit where it has one."""
    paragraph = stored.document.paragraphs[duty.paragraph]
    start = paragraph.find(duty.sentence.split("\n")[0])
    return (
        (duty.paragraph, start, start + len(duty.sentence))
        if start >= 0
        else (duty.paragraph, duty.start, duty.end)
    )


def _met(ours: list[dict[str, list[Span]]], marked: list[Marked], kind: str) -> tuple[float, int]:
    total = sum(len(one[kind]) for one in ours)
    hits = 0
    for our, one in zip(ours, marked, strict=True):
        marks = [span for reader in one.readers for span in reader[kind]]
        hits += sum(_overlaps(span, marks) for span in our[kind])
    return hits / max(total, 1), total


def _sure(ours: list[dict[str, list[Span]]], marked: list[Marked], kind: str) -> tuple[int, int]:
    """Marks of the first reader that the second shares: how many a span of ours overlaps, and all of them."""
    met = total = 0
    for our, one in zip(ours, marked, strict=True):
        first, second = (reader[kind] for reader in one.readers)
        sure = [span for span in first if _overlaps(span, second)]
        total += len(sure)
        met += sum(_overlaps(span, our[kind]) for span in sure)
    return met, total


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(min(span[1], end) > max(span[0], start) for start, end in others)


def _spans(given: Mapping[str, list[list[int]]]) -> Spans:
    return {kind: [(start, end) for start, end in given.get(kind, ())] for kind in KINDS}


def _quality(name: str, value: float, sample: int, on: str, about: str) -> Quality:
    return Quality(name, round(value, 4), sample, "100 documents of data/zh and data/en", on, about)


def measure_recall(data: Path, on: str) -> list[Quality]:
    """The figures over the marked documents in `data` (zh/ and en/)."""
    return recall_figures(marked_documents(documents(data)), on)


def main() -> int:
    """Print the figures; the data folder is named on the command line."""
    return print_figures("classify.measures.recall", __doc__, measure_recall)


if __name__ == "__main__":
    raise SystemExit(main())
