"""How the board ranks precedents: a logistic weighting of a few features that judgements move, one by
one.

It begins with weights of our own and takes one step of gradient ascent on the likelihood for each
judgement that holds, in the order made (online logistic regression, Bottou 1998). The same judgements
give the same weights, so anybody can see what each of them changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp

STEP = 0.5  # how far one judgement moves the weights
FEATURES = (
    "likeness",
    "met",
    "same_class",
    "other_place",
    "later",
    "problem_confidence",
    "measure_confidence",
)
BEGIN: Mapping[str, float] = {
    "bias": -3.0, "likeness": 4.0, "met": 2.0, "same_class": 0.6, "other_place": 0.4, "later": 0.3,
    "problem_confidence": 1.0, "measure_confidence": 1.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ranking:
    """The weights now, and from how many judgements they were learnt."""

    weights: Mapping[str, float]
    learnt_from: int = 0

    def score(self, features: Mapping[str, float]) -> float:
        """How probably a person would confirm a pair with these features, 0 to 1."""
        told = sum(self.weights[name] * features.get(name, 0.0) for name in FEATURES)
        return 1 / (1 + exp(-(self.weights["bias"] + told)))

    def moved(self) -> dict[str, float]:
        """How far judgements have moved each weight, those that moved alone."""
        moves = {name: round(value - BEGIN[name], 3) for name, value in self.weights.items()}
        return {name: move for name, move in moves.items() if move}


def learnt(judged: Iterable[tuple[Mapping[str, float], bool]]) -> Ranking:
    """The ranking after these judgements (features, whether confirmed), in their order."""
    weights = dict(BEGIN)
    count = 0
    for features, confirmed in judged:
        wrong = float(confirmed) - Ranking(weights).score(features)
        weights["bias"] += STEP * wrong
        for name in FEATURES:
            weights[name] += STEP * wrong * features.get(name, 0.0)
        count += 1
    return Ranking({name: round(value, 6) for name, value in weights.items()}, count)
