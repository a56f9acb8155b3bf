"""Which measures of other places answer a problem: sentences of the same class that share its rarer
terms.

Terms are pairs of Chinese signs or English words; each weighs the logarithm of how rare it is among the
sentences compared, and two sentences are as alike as the angle between them is small (cosine; Salton
and Buckley 1988). A place "met the same" when a problem sentence of its document is alike too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from math import log, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

MOST = 6  # precedents of a problem
OF_A_REGION = 2
LEAST = 0.1  # likeness of a precedent
MET = 0.15  # likeness from which on another place met the same
COMMON = 0.03  # a term that so many of the sentences hold says nothing
_HAN = re.compile(r"[一-鿿]+")
_WORD = re.compile(r"[a-z][a-z'-]{3,}")
_EMPTY = frozenset((
    "this", "that", "with", "from", "have", "will", "been", "would", "which", "their", "they", "such",
    "shall", "other", "these", "more", "than", "into", "also", "were", "about", "under", "when", "where",
    "there", "what", "some", "only", "over", "must", "each", "being", "most", "many", "between", "because",
    "after", "before",
))  # fmt: skip
_JOINING = frozenset("的了和与及等对在为将于其该本各以或并由从向是有不我你要应")

Match = tuple[str, str, str | None, int, float, list[str], bool, bool, float, bool]


class Passage(NamedTuple):
    """A sentence on the board; `kind` is problem or measure."""

    passage_id: str
    document_id: str
    kind: str
    sentence: str
    paragraph: int
    start: int
    confidence: float
    day: date | None
    topic: str | None
    topic1: str
    region: str
    department: str | None
    language: str


def precedents(passages: Iterable[Passage]) -> Iterator[Match]:
    """For every problem its precedents, the likest first; `passages` are ordered by class and language."""
    for _, group in groupby(passages, lambda one: (one.topic1, one.language)):
        yield from _of_class(list(group))


def terms_of(sentence: str) -> list[str]:
    """The terms of a sentence, each once, as they follow each other."""
    found = [
        run[at : at + 2]
        for run in _HAN.findall(sentence)
        for at in range(len(run) - 1)
        if run[at] not in _JOINING and run[at + 1] not in _JOINING
    ]
    found += [word for word in _WORD.findall(sentence.lower()) if word not in _EMPTY]
    return list(dict.fromkeys(found))


def shared_terms(one: str, other: str, most: int = 6) -> list[str]:
    """What two sentences share, pairs of signs joined to the words they come from; the longest first."""
    found: list[str] = []
    for run in _HAN.findall(one):
        at = 0
        while at < len(run) - 1:
            stop = at
            while stop < len(run) and run[stop] not in _JOINING and run[at : stop + 1] in other:
                stop += 1
            if stop - at > 1:
                found.append(run[at:stop])
            at = max(stop, at + 1)
    words = set(_WORD.findall(other.lower())) - _EMPTY
    found += [word for word in _WORD.findall(one.lower()) if word in words]
    return sorted(dict.fromkeys(found), key=lambda term: (-len(term), term))[:most]


@dataclass(slots=True)
class _Index:
    """Sentences by their terms."""

    passages: list[Passage]
    weights: dict[str, float]
    postings: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    lengths: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))

    def fill(self, terms: list[list[str]]) -> None:
        """Note where each term stands and how long each sentence is."""
        places: dict[str, list[int]] = defaultdict(list)
        for number, held in enumerate(terms):
            for term in held:
                if term in self.weights:
                    places[term].append(number)
        self.postings = {term: np.array(found, dtype=np.int64) for term, found in places.items()}
        squares = (sum(self.weights.get(term, 0.0) ** 2 for term in held) for held in terms)
        self.lengths = np.array([sqrt(square) or 1.0 for square in squares])

    def alike(self, terms: list[str]) -> NDArray[np.float64]:
        """How alike each sentence is to one with these terms, 0 to 1."""
        sums = np.zeros(len(self.passages))
        square = 0.0
        for term in terms:
            weight = self.weights.get(term, 0.0)
            square += weight * weight
            if weight and term in self.postings:
                sums[self.postings[term]] += weight * weight
        return sums / (self.lengths * (sqrt(square) or 1.0))


def _of_class(passages: list[Passage]) -> Iterator[Match]:
    terms = [terms_of(one.sentence) for one in passages]
    weights = _weights(terms)
    problems = [number for number, one in enumerate(passages) if one.kind == "problem"]
    wrong = {(one.document_id, one.sentence): one.confidence for one in passages if one.kind == "problem"}
    measures = [
        number
        for number, one in enumerate(passages)
        if one.kind == "measure" and one.confidence > wrong.get((one.document_id, one.sentence), 0.0)
    ]
    if not problems or not measures:
        return
    done = _Index([passages[number] for number in measures], weights)
    done.fill([terms[number] for number in measures])
    told = _Index([passages[number] for number in problems], weights)
    told.fill([terms[number] for number in problems])
    for number in problems:
        yield from _of_problem(passages[number], terms[number], done, told)


def _weights(terms: list[list[str]]) -> dict[str, float]:
    counts: dict[str, int] = defaultdict(int)
    for held in terms:
        for term in held:
            counts[term] += 1
    total = len(terms)
    most = max(COMMON * total, 3)
    return {term: log(1 + total / count) for term, count in counts.items() if 1 < count <= most}


def _of_problem(problem: Passage, terms: list[str], done: _Index, told: _Index) -> Iterator[Match]:
    met: dict[str, tuple[float, Passage]] = {}
    likeness = told.alike(terms)
    for number in np.flatnonzero(likeness >= MET).tolist():
        one = told.passages[number]
        if _elsewhere(problem, one) and likeness[number] > met.get(one.document_id, (0.0, one))[0]:
            met[one.document_id] = float(likeness[number]), one
    alike = done.alike(terms)
    best: dict[str, tuple[float, Passage]] = {}
    for number in np.flatnonzero(alike >= LEAST / 2).tolist():
        one = done.passages[number]
        if not _elsewhere(problem, one):
            continue
        known = met.get(one.document_id)
        score = float(alike[number]) + (known[0] / 2 if known else 0.0)
        if score >= LEAST and score > best.get(one.document_id, (0.0, one))[0]:
            best[one.document_id] = score, one
    order = sorted(best.values(), key=lambda found: (-found[0], found[1].passage_id))
    yield from _few(problem, order, met)


def _few(
    problem: Passage, order: list[tuple[float, Passage]], met: dict[str, tuple[float, Passage]]
) -> Iterator[Match]:
    regions: dict[str, int] = defaultdict(int)
    place = 0
    for score, one in order:
        shared = shared_terms(problem.sentence, one.sentence)
        known = met.get(one.document_id)
        if regions[one.region] >= OF_A_REGION or not (shared or known):
            continue
        regions[one.region] += 1
        place += 1
        yield (
            problem.passage_id, one.passage_id, known[1].passage_id if known else None, place,
            round(min(score, 1.0), 4), shared, one.topic is not None and one.topic == problem.topic,
            one.region != problem.region, round(known[0], 4) if known else 0.0,
            bool(one.day and problem.day and one.day >= problem.day),
        )  # fmt: skip
        if place == MOST:
            return


def _elsewhere(problem: Passage, other: Passage) -> bool:
    """Another document of another place, or of another body of the same place."""
    if other.document_id == problem.document_id:
        return False
    return other.region != problem.region or (
        other.department is not None and other.department != problem.department
    )
