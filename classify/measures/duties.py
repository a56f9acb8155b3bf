"""Duties of 200 real clauses that two readers marked: F1 of task, body and limit.

The readers worked by docs/marking-guideline-briefing.md. `marks/duties-200.jsonl` holds document ids,
offsets of the clause and of the readers' quotations (code points), a hash of each text, and no text. Of
each clause the duties that both readers marked count: their quotations of the act overlap. Clauses in
which they disagree whether there is a duty are left out. Each duty of ours meets one marked duty at
most; bodies and limits are compared for the pairs that met, and those of duties that were missed or
invented count against us as well. `marks/duties-development.jsonl` has the same form with one reader, who
wrote the rules and tuned them on it (`--development`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
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
from warehouse.records import Duty, Quality, StoredDocument

HELD_OUT = MARKS / "duties-200.jsonl"
DEVELOPMENT = MARKS / "duties-development.jsonl"
SLOTS = ("task", "body", "limit")
_BY_TWO = "marked by two machine readers before any tuning; those on which they agree count"
_DATA = "clauses of data/zh and data/en"


@dataclass(frozen=True, slots=True)
class Told:
    """One duty as texts: who, what, until when."""

    who: tuple[str, ...]
    what: str
    limit: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause with its document and the duties that both readers found in it."""

    row: dict[str, Any]
    start: int
    end: int
    duties: tuple[Told, ...]


@dataclass
class Score:
    """Right, invented and missed ones of a slot."""

    right: int = 0
    invented: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where nothing was right."""
        return 2 * self.right / max(2 * self.right + self.invented + self.missed, 1)


def marked_clauses(rows: Iterable[dict[str, Any]], marks: Path = HELD_OUT) -> list[Clause]:
    """The clauses on which the readers agree; a UserError names one whose text is another than was marked."""
    lines = [json.loads(line) for line in marks.read_text(encoding="utf-8").splitlines()]
    found = []
    for line, row in zip(lines, marked_texts(rows, lines, marks), strict=True):
        first, *others = ([_told(row, one) for one in reader] for reader in line["readers"])
        if all(bool(first) == bool(other) for other in others):
            sure = tuple(one for one in first if all(_met(one, other) for other in others))
            found.append(Clause(row, line["start"], line["end"], sure))
    return found


def _met(one: Told, others: list[Told]) -> bool:
    return any(_overlap(one.what, other.what) for other in others)


def duty_figures(clauses: list[Clause], on: str, name: str = "duty", who: str = _BY_TWO) -> list[Quality]:
    """F1 of each slot over the clauses, which `who` tells the readers of."""
    scores = {slot: Score() for slot in SLOTS}
    for clause, ours in zip(clauses, _found(clauses), strict=True):
        count(scores, ours, list(clause.duties))
    figures = []
    for slot, score in scores.items():
        note = (
            f"{who}; {len(clauses)} clauses: "
            f"{score.right} right, {score.invented} too many, {score.missed} missed"
        )
        figures.append(
            Quality(f"{name}-{slot}-f1", round(score.f1, 4), score.right + score.missed, _DATA, on, note)
        )
    return figures


def count(scores: dict[str, Score], ours: list[Told], marked: list[Told]) -> None:
    """Add one clause: each marked duty is met by one of ours at most, the one whose act overlaps it most."""
    left = list(ours)
    for want in marked:
        best = max(left, key=lambda one: shared(one.what, want.what), default=None)
        if best is None or not _overlap(best.what, want.what):
            _missed(scores, want)
            continue
        left.remove(best)
        scores["task"].right += 1
        _compare(scores["body"], best.who, want.who)
        _compare(scores["limit"], (best.limit,) if best.limit else (), (want.limit,) if want.limit else ())
    for one in left:
        scores["task"].invented += 1
        scores["body"].invented += bool(one.who)
        scores["limit"].invented += bool(one.limit)


def _missed(scores: dict[str, Score], want: Told) -> None:
    scores["task"].missed += 1
    scores["body"].missed += bool(want.who)
    scores["limit"].missed += bool(want.limit)


def _compare(score: Score, ours: tuple[str, ...], marked: tuple[str, ...]) -> None:
    if any(_overlap(one, other) for one in ours for other in marked):
        score.right += 1
        return
    score.invented += bool(ours)
    score.missed += bool(marked)


def shared(one: str, other: str) -> int:
    """The length of the longest text that both hold."""
    if len(one) > len(other):
        one, other = other, one
    for length in range(len(one), 0, -1):
        if any(one[at : at + length] in other for at in range(len(one) - length + 1)):
            return length
    return 0


def _overlap(one: str, other: str) -> bool:
    """Whether two quotations are of one thing: half of the shorter one stands in the other."""
    one, other = "".join(one.split()), "".join(other.split())
    return bool(one and other) and 2 * shared(one, other) >= min(len(one), len(other))


def _told(row: dict[str, Any], mark: dict[str, Any]) -> Told:
    def words(span: list[Any]) -> str:
        text = str(row["title"] if len(span) > 2 else row["text"])
        return text[span[0] : span[1]]

    limit = words(mark["deadline"]) if mark["deadline"] else ""
    return Told(tuple(words(one) for one in mark["who"]), words(mark["what"]), limit)


def _found(clauses: list[Clause]) -> Iterator[list[Told]]:
    classifier = build_classifier(hide_published=True)
    stored = [stored_of_row(one.row, number) for number, one in enumerate(clauses, 1)]
    for clause, document, answer in zip(clauses, stored, classifier.classify(stored), strict=True):
        yield [_ours(duty) for duty in answer.duties if _inside(clause, document, duty)]


def _inside(clause: Clause, stored: StoredDocument, duty: Duty) -> bool:
    """Whether what is to be done stands in the clause."""
    start = paragraph_starts(stored)[duty.paragraph]
    paragraph = stored.document.paragraphs[duty.paragraph]
    said = max(paragraph.rfind(duty.sentence, 0, duty.start + len(duty.sentence)), 0)  # it may stand twice
    at = paragraph.find(duty.what, said)
    place = start + (at if at >= 0 else duty.start)
    return clause.start <= place < clause.end


def _ours(duty: Duty) -> Told:
    return Told(tuple(duty.who), duty.what, duty.due_printed or "")


def measure_duties(data: Path, on: str) -> list[Quality]:
    """The figures over the marked clauses of `data` (zh/ and en/); nothing where none were marked."""
    return duty_figures(marked_clauses(documents(data)), on) if HELD_OUT.is_file() else []


def development_duties(data: Path, on: str) -> list[Quality]:
    """The figures of the clauses that the rules were tuned on."""
    return duty_figures(marked_clauses(documents(data), DEVELOPMENT), on, "duty-development", TUNED)


def main() -> int:
    """Print the figures; the data folder is named on the command line."""
    return print_figures("classify.measures.duties", __doc__, measure_duties, development_duties)


if __name__ == "__main__":
    raise SystemExit(main())
