"""Figures of a classifier from judged documents: overall with intervals, a label at a time, calibration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any

import numpy as np

from classify.bootstrap import Values, interval, micro_f1

BINS = 10
RANKS = (1, 3, 5)
CONFUSIONS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """One document: its gold codes (lead first), our answer, every class by likelihood, the first's score."""

    gold: tuple[str, ...]
    given: tuple[str, ...]  # the answer, best first; empty for "undetermined"
    score: float = 0.0
    likely: tuple[str, ...] = ()  # further classes that were not likely enough to be given

    @property
    def ranked(self) -> tuple[str, ...]:
        return self.likely or self.given

    @property
    def right(self) -> bool:
        return bool(self.given) and self.given[0] in self.gold


def figures(judged: Sequence[Judged], names: dict[str, str], multi: bool = False) -> dict[str, Any]:
    """All figures of these documents.

    With `multi` each document has several labels of one rank: F1 is over all of them. Else the first answer
    counts, right when it is any gold class.
    """
    labels = _set_labels(judged, names) if multi else _lead_labels(judged, names)
    answered = [one for one in judged if one.given]
    counts = set_counts(judged) if multi else lead_counts(judged)
    totals = counts.sum(axis=0, keepdims=True)
    right = right_values(judged)
    return {
        "documents": len(judged),
        "coverage": round(len(answered) / max(len(judged), 1), 4),
        "accuracy": share(judged, lambda one: one.right),
        "accuracy_where_answered": share(answered, lambda one: one.right),
        "micro_f1": round(float(micro_f1(totals)[0]), 4),
        "macro_f1": round(sum(label["f1"] for label in labels) / max(len(labels), 1), 4),
        "f1_at": {str(rank): _f1_at(judged, rank) for rank in RANKS},
        "ndcg_at": {str(rank): _ndcg_at(judged, rank) for rank in RANKS},
        "found_in_first": {str(rank): round(float(found_values(judged, rank).mean()), 4) for rank in RANKS},
        "ece": calibration_error(answered),
        "intervals": {
            "accuracy": interval(right),
            "micro_f1": interval(counts, micro_f1),
            "found_in_first_3": interval(found_values(judged, 3)),
        },
        "calibration": _calibration(answered),
        "labels": labels,
        "confusions": _confusions(judged, names),
    }


def share(judged: Sequence[Judged], test: Callable[[Judged], bool]) -> float:
    """The share of documents of which this is true."""
    return round(sum(test(one) for one in judged) / max(len(judged), 1), 4)


def right_values(judged: Sequence[Judged]) -> Values:
    """1.0 for each document whose first answer is right."""
    return np.array([float(one.right) for one in judged])


def found_values(judged: Sequence[Judged], rank: int) -> Values:
    """1.0 for each document with a gold class among the first of ours."""
    return np.array([float(bool(set(one.ranked[:rank]) & set(one.gold))) for one in judged])


def set_counts(judged: Sequence[Judged]) -> Values:
    """Of each document: labels given and right, and labels given plus gold ones."""
    rows = ((len({*one.given} & {*one.gold}), len({*one.given}) + len({*one.gold})) for one in judged)
    return np.array(list(rows), dtype=np.float64)


def lead_counts(judged: Sequence[Judged]) -> Values:
    """The same where the first answer alone counts."""
    return np.array([(float(one.right), bool(one.given) + 1.0) for one in judged], dtype=np.float64)


def calibration_error(answered: Sequence[Judged]) -> float:
    """Expected calibration error over ten equal bins of the score."""
    bins = _calibration(answered, 9)
    gaps = sum(abs(float(one["right"]) - float(one["score"])) * int(one["documents"]) for one in bins)
    return round(gaps / max(len(answered), 1), 4)


def _calibration(answered: Sequence[Judged], digits: int = 4) -> list[dict[str, Any]]:
    """Bins of the score: documents, mean score and share that was right."""
    bins: list[list[Judged]] = [[] for _ in range(BINS)]
    for one in answered:
        bins[min(int(one.score * BINS), BINS - 1)].append(one)
    return [
        {
            "from": round(place / BINS, 1),
            "documents": len(found),
            "score": round(sum(one.score for one in found) / len(found), digits),
            "right": round(sum(one.right for one in found) / len(found), digits),
        }
        for place, found in enumerate(bins)
        if found
    ]


def _lead_labels(judged: Sequence[Judged], names: dict[str, str]) -> list[dict[str, Any]]:
    """Each class by the lead label: the gold one counts, or ours when it is among the gold ones."""
    support = Counter(one.given[0] if one.right else one.gold[0] for one in judged)
    given = Counter(one.given[0] for one in judged if one.given)
    right = Counter(one.given[0] for one in judged if one.right)
    return _table(support, given, right, names)


def _set_labels(judged: Sequence[Judged], names: dict[str, str]) -> list[dict[str, Any]]:
    support = Counter(code for one in judged for code in set(one.gold))
    given = Counter(code for one in judged for code in set(one.given))
    right = Counter(code for one in judged for code in set(one.given) & set(one.gold))
    return _table(support, given, right, names)


def _table(
    support: Counter[str], given: Counter[str], right: Counter[str], names: dict[str, str]
) -> list[dict[str, Any]]:
    """Support, precision, recall and F1 of each class, most frequent first."""
    rows = []
    for code, count in support.most_common():
        precision, recall = right[code] / given[code] if given[code] else 0.0, right[code] / count
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        rows.append({
            "code": code, "name": names.get(code, code), "support": count, "given": given[code],
            "precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4),
        })  # fmt: skip
    return rows


def _f1_at(judged: Sequence[Judged], rank: int) -> float:
    total = 0.0
    for one in judged:
        hits = len(set(one.ranked[:rank]) & set(one.gold))
        total += 2 * hits / (len(one.ranked[:rank]) + len(set(one.gold))) if hits else 0.0
    return round(total / max(len(judged), 1), 4)


def _ndcg_at(judged: Sequence[Judged], rank: int) -> float:
    """Gain of the gold classes by their rank among ours, over the best possible."""
    total = 0.0
    for one in judged:
        gold = set(one.gold)
        gain = sum(1 / log2(place + 2) for place, code in enumerate(one.ranked[:rank]) if code in gold)
        total += gain / sum(1 / log2(place + 2) for place in range(min(rank, len(gold))))
    return round(total / max(len(judged), 1), 4)


def _confusions(judged: Sequence[Judged], names: dict[str, str]) -> list[dict[str, Any]]:
    """The most frequent pairs of a gold class and what was given in its place."""
    pairs: Counter[tuple[str, str]] = Counter()
    for one in judged:
        if not one.right:
            pairs[one.gold[0], one.given[0] if one.given else ""] += 1
    return [
        {
            "gold": names.get(gold, gold),
            "given": names.get(given, given) or "undetermined",
            "documents": count,
        }
        for (gold, given), count in pairs.most_common(CONFUSIONS)
    ]
