"""Figures of one side on one task, and the paired bootstrap interval of two sides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ranked = Sequence[tuple[str, float]]  # classes of one document with their scores, best first
BINS = 10
DRAWS = 1000
SURE = 0.95


@dataclass(frozen=True, slots=True)
class Answer:
    """What one side said of every test document, and what that cost in CPU seconds."""

    side: str
    ranked: tuple[Ranked, ...]
    given: tuple[tuple[str, ...], ...]  # the labels of each document by the side's own threshold
    train_seconds: float
    seconds: tuple[float, ...]  # one a round
    bytes: int = 0

    @property
    def rate(self) -> float:
        """Documents a CPU second, median of the rounds."""
        return len(self.ranked) / max(float(np.median(self.seconds)), 1e-9)


Gold = Sequence[tuple[str, ...]]


def right(answer: Answer, gold: Gold) -> NDArray[np.bool_]:
    """Whether the best class is the gold one, a document each."""
    return np.array(
        [bool(row) and row[0][0] in own[:1] for row, own in zip(answer.ranked, gold, strict=True)], dtype=bool
    )


def accuracy(answer: Answer, gold: Gold) -> float:
    return float(right(answer, gold).mean())


def macro_f1(answer: Answer, gold: Gold) -> float:
    """Mean F1 of the classes of the test documents and of the answers."""
    best = [row[0][0] if row else "" for row in answer.ranked]
    own = [labels[0] for labels in gold]
    found = []
    for label in sorted({*own, *best} - {""}):
        hits = sum(b == o == label for b, o in zip(best, own, strict=True))
        found.append(2 * hits / max(best.count(label) + own.count(label), 1))
    return float(np.mean(found))


def micro_f1(answer: Answer, gold: Gold) -> float:
    """F1 over all labels that a side gives by its own threshold."""
    hits = sum(len(set(given) & set(own)) for given, own in zip(answer.given, gold, strict=True))
    return 2 * hits / max(sum(map(len, answer.given)) + sum(map(len, gold)), 1)


def f1_at(answer: Answer, gold: Gold, rank: int) -> float:
    """Mean F1 of the first `rank` classes of each document."""
    total = 0.0
    for row, own in zip(answer.ranked, gold, strict=True):
        first = {label for label, _ in row[:rank]}
        total += 2 * len(first & set(own)) / max(len(first) + len(own), 1)
    return total / len(gold)


def ndcg_at(answer: Answer, gold: Gold, rank: int) -> float:
    """Mean normalised discounted gain of the first `rank` classes."""
    discount = 1 / np.log2(np.arange(2, rank + 2))
    total = 0.0
    for row, own in zip(answer.ranked, gold, strict=True):
        gains = [label in own for label, _ in row[:rank]]
        best = discount[: min(len(own), rank)].sum()
        total += float((discount[: len(gains)] * gains).sum() / best)
    return total / len(gold)


def calibration_error(answer: Answer, gold: Gold) -> float:
    """Expected calibration error over ten equal bins of the best class's score."""
    score = np.array([row[0][1] if row else 0.0 for row in answer.ranked])
    bins = np.minimum((score * BINS).astype(int), BINS - 1)
    gap = right(answer, gold) - score
    return float(sum(abs(gap[bins == one].sum()) for one in range(BINS)) / len(score))


def coverage_at(answer: Answer, gold: Gold, sure: float = SURE) -> float:
    """The largest share of documents, surest first, that are right at least this often."""
    order = np.argsort([-(row[0][1] if row else 0.0) for row in answer.ranked], kind="stable")
    rate = right(answer, gold)[order].cumsum() / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(rate >= sure)
    return float((enough[-1] + 1) / len(order)) if len(enough) else 0.0


def interval(values: NDArray[np.float64], seed: int = 0) -> tuple[float, float]:
    """95 % bootstrap interval of the mean; of a pair of sides, give the differences."""
    dice = np.random.default_rng(seed)
    means = [values[dice.integers(0, len(values), len(values))].mean() for _ in range(DRAWS)]
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


Measure = Callable[[Answer, Gold], float]
SINGLE: dict[str, Measure] = {"accuracy": accuracy, "macro_f1": macro_f1}
MULTI: dict[str, Measure] = {
    "f1_at_5": lambda answer, gold: f1_at(answer, gold, 5),
    "ndcg_at_5": lambda answer, gold: ndcg_at(answer, gold, 5),
    "micro_f1": micro_f1,
}


def figures(answer: Answer, gold: Gold, multi: bool) -> dict[str, float]:
    """Every figure of this kind of task, with speed, training and size."""
    found = {name: round(measure(answer, gold), 4) for name, measure in (MULTI if multi else SINGLE).items()}
    return found | {
        "documents_per_cpu_second": round(answer.rate, 1),
        "train_cpu_seconds": round(answer.train_seconds, 2),
        "bytes": answer.bytes,
    }
