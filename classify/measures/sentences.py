"""Problem and measure sentences: precision and recall on real sentences that two readers marked.

The readers worked by docs/marking-guideline-briefing.md, before and apart from the rules.
`marks/sentences-300.jsonl` holds document ids, code-point offsets, the hash of each text and both
readers' labels (problem, measure, both, none); figures rest on the rows on which they agree, and an
agreement that chance would give is taken off (Cohen's kappa). `marks/sentences-development.jsonl` has
the same form with one reader: the one who wrote the rules, which were tuned on it. A sentence of ours
is that of a row when they share half of the shorter one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classify.measures.marked import (
    MARKS,
    TUNED,
    documents,
    marked_texts,
    paragraph_starts,
    print_figures,
)
from classify.pipeline import build_classifier
from classify.rows import stored_of_row
from warehouse.intervals import wilson
from warehouse.records import Fact, Quality

HELD_OUT = MARKS / "sentences-300.jsonl"
DEVELOPMENT = MARKS / "sentences-development.jsonl"
KINDS = ("problem", "measure")
_DATA = "sentences of data/zh and data/en"


@dataclass(frozen=True, slots=True)
class Row:
    """One marked sentence with its document: where it stands and what each reader called it."""

    document: dict[str, Any]
    start: int
    end: int
    stratum: str
    readers: tuple[str, ...]

    def agreed(self) -> bool:
        """Whether all readers call it the same."""
        return len(set(self.readers)) == 1

    def holds(self, kind: str, reader: int = 0) -> bool:
        """Whether a reader calls it a sentence of this kind."""
        return self.readers[reader] in (kind, "both")


@dataclass(slots=True)
class Count:
    """Sentences of one kind: rightly found, wrongly found, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of right ones among those found; 1 when none was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of those there that were found; 1 when there was none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def marked_rows(rows: Iterable[dict[str, Any]], marks: Path = HELD_OUT) -> list[Row]:
    """The marked sentences; a UserError names one whose text is another than was marked."""
    lines = [json.loads(line) for line in marks.read_text(encoding="utf-8").splitlines()]
    return [
        Row(document, line["start"], line["end"], line["stratum"], tuple(line["readers"]))
        for line, document in zip(lines, marked_texts(rows, lines, marks), strict=True)
    ]


def sentence_counts(rows: list[Row]) -> dict[tuple[str, str], Count]:
    """(kind, stratum) -> counts over the rows on which the readers agree; the stratum "" is all of them."""
    counts: dict[tuple[str, str], Count] = {(kind, ""): Count() for kind in KINDS}
    sure = [row for row in rows if row.agreed()]
    found = _found(sure)
    for row in sure:
        ours = {
            kind
            for start, end, kind in found[row.document["id"]]
            if 2 * (min(end, row.end) - max(start, row.start)) > min(end - start, row.end - row.start)
        }
        for kind in KINDS:
            for stratum in ("", row.stratum):
                _add(counts.setdefault((kind, stratum), Count()), kind in ours, row.holds(kind))
    return counts


def _add(count: Count, found: bool, there: bool) -> None:
    count.right += found and there
    count.wrong += found and not there
    count.missed += there and not found


def _found(rows: list[Row]) -> dict[str, list[tuple[int, int, str]]]:
    """Problem and measure sentences of each document by its id, as offsets of its text, wherever they stand.

    A sentence that a document says twice is told once, at its first place; the readers met it at any.
    """
    marked = list({row.document["id"]: row.document for row in rows}.values())
    stored = [stored_of_row(one, number) for number, one in enumerate(marked, 1)]
    answers = build_classifier(hide_published=True).classify(stored)
    found: dict[str, list[tuple[int, int, str]]] = {}
    for one, read, answer in zip(marked, stored, answers, strict=True):
        starts = paragraph_starts(read)
        found[one["id"]] = [
            (starts[number] + at, starts[number] + at + fact.end - fact.start, fact.kind)
            for fact in answer.facts
            if fact.kind in KINDS
            for number, at in _places(read.document.paragraphs, fact)
        ]
    return found


def _places(paragraphs: Sequence[str], fact: Fact) -> Iterator[tuple[int, int]]:
    """Paragraph and offset of each place where the words of the fact stand."""
    words = paragraphs[fact.paragraph][fact.start : fact.end]
    for number, paragraph in enumerate(paragraphs):
        at = paragraph.find(words)
        while at >= 0:
            yield number, at
            at = paragraph.find(words, at + 1)


def kappa(rows: list[Row], kind: str) -> float:
    """Agreement of two readers whether a sentence is of this kind, beyond chance (Cohen 1960)."""
    total = max(len(rows), 1)
    same = sum(row.holds(kind, 0) == row.holds(kind, 1) for row in rows) / total
    first, second = (sum(row.holds(kind, reader) for row in rows) / total for reader in (0, 1))
    chance = first * second + (1 - first) * (1 - second)
    return (same - chance) / (1 - chance) if chance < 1 else 1.0


def sentence_figures(rows: list[Row], on: str, name: str = "sentences") -> list[Quality]:
    """Precision and recall of each kind with 95 % intervals, and the agreement of two readers."""
    counts = sentence_counts(rows)
    several = len(rows[0].readers) > 1
    sure = sum(row.agreed() for row in rows)
    who = "marked by two machine readers apart from the rules" if several else TUNED
    about = f"{sure} of {len(rows)} sentences on which they agree" if several else f"{sure} sentences"
    figures = []
    for kind in KINDS:
        count = counts[kind, ""]
        for what, value, sample in (
            ("precision", count.precision, count.right + count.wrong),
            ("recall", count.recall, count.right + count.missed),
        ):
            low, high = wilson(value, sample)
            note = (
                f"{who}; {about}; "
                f"95 % interval {low:.2f} to {high:.2f}; "
                f"by kind of document: {_by_stratum(counts, kind, what)}"
            )
            figures.append(Quality(f"{name}-{kind}-{what}", round(value, 4), sample, _DATA, on, note))
        if several:
            note = "Cohen's kappa of the two machine readers whether a sentence is one"
            figures.append(
                Quality(f"{name}-{kind}-agreement", round(kappa(rows, kind), 4), len(rows), _DATA, on, note)
            )
    return figures


def _by_stratum(counts: dict[tuple[str, str], Count], kind: str, what: str) -> str:
    told = []
    for stratum in sorted(stratum for one, stratum in counts if one == kind and stratum):
        count = counts[kind, stratum]
        sample = count.right + (count.wrong if what == "precision" else count.missed)
        if sample:
            told.append(f"{stratum} {getattr(count, what):.2f} of {sample}")
    return ", ".join(told)


def measure_sentences(data: Path, on: str) -> list[Quality]:
    """The figures of the held-out sentences; nothing before there are any."""
    return sentence_figures(marked_rows(documents(data)), on) if HELD_OUT.is_file() else []


def development_sentences(data: Path, on: str) -> list[Quality]:
    """The figures of the sentences that the rules were tuned on."""
    return sentence_figures(marked_rows(documents(data), DEVELOPMENT), on, "sentences-development")


def main() -> int:
    """Print the figures; the data folder is named on the command line."""
    return print_figures("classify.measures.sentences", __doc__, measure_sentences, development_sentences)


if __name__ == "__main__":
    raise SystemExit(main())
