"""The second look of a model of several labels: each class of a document is judged beside all others.

A first score says how a text speaks for one class alone. Whether it is an answer also hangs on how the other
classes of the document stand, how frequent the class is, what its terms say, and which classes go together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classify.linear.features import Sample

TOGETHER = 40.0  # how strongly the classes' pull on each other is held back
DIGITS = 6  # of the numbers in a card
RAREST = 0.005  # a rarer class counts as one of this share

Table = NDArray[np.float64]
Scores = NDArray[np.float32] | Table


@dataclass(frozen=True)
class Second:
    """What turns first scores into probabilities."""

    weights: Table  # of each number that `_facts` gives for a pair of document and class
    offset: float
    usual: Table  # share of each class in training, as a logit
    centre: Table  # mean probability of each class in training
    pull: Table  # classes × classes: what a probability above its mean adds to the others

    @classmethod
    def fitted(cls, scores: Table, points: Table | None, gold: NDArray[np.bool_]) -> Second:
        """Learnt from scores of documents that their model had not seen."""
        from sklearn.linear_model import LogisticRegression

        usual = _logit(gold.mean(axis=0))
        facts = _facts(scores, points, usual)
        mean, spread = facts.mean(axis=0), facts.std(axis=0) + 1e-9
        machine = LogisticRegression(C=1e3, max_iter=400).fit((facts - mean) / spread, gold.ravel())
        weights = np.round(machine.coef_[0] / spread, DIGITS)
        offset = round(float(machine.intercept_[0] - (mean / spread * machine.coef_[0]).sum()), DIGITS)
        shares = _sigmoid(facts @ weights + offset).reshape(gold.shape)
        above = shares - shares.mean(axis=0)
        held = above.T @ above + TOGETHER * np.eye(gold.shape[1])
        pull = np.linalg.solve(held, above.T @ (gold - shares)).astype(np.float64).round(DIGITS)
        return cls(
            weights, offset, usual, np.round(shares.mean(axis=0), DIGITS), pull
        )  # fmt: skip

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Second:
        """From a card."""
        tables = (np.array(said[name], dtype=np.float64) for name in ("usual", "centre", "pull"))
        return cls(np.array(said["weights"], dtype=np.float64), float(said["offset"]), *tables)

    def as_card(self) -> dict[str, Any]:
        """Plain numbers."""
        names = ("weights", "usual", "centre", "pull")
        return {"offset": self.offset, **{name: getattr(self, name).tolist() for name in names}}

    def shares(self, scores: Scores, points: Table | None) -> NDArray[np.float32]:
        """Probability of each class, a row a document; None where the model was taught without terms."""
        first = _sigmoid(_facts(scores, points, self.usual) @ self.weights + self.offset)
        own = first.reshape(scores.shape)
        return np.clip(own + (own - self.centre) @ self.pull, 0.0, 1.0).astype(np.float32)

    def spoken(self, points: Table) -> Table:
        """How much a class's own terms add to the logarithm of its probability, a row a document."""
        plain, _, part = self.weights[-3:]
        found: Table = points * plain + _parts(points) * part
        return found


def class_points(samples: Sequence[Sample], columns: Sequence[int]) -> Table:
    """What terms say for each class, as logarithms: `columns` is its place among the votes, -1 for none."""
    table = np.zeros((len(samples), max(columns, default=-1) + 2))  # the last place stays empty: -1 finds it
    for row, sample in enumerate(samples):
        own = sample.votes[: table.shape[1] - 1]
        table[row, : len(own)] = own
    return np.log1p(np.maximum(table, 0.0))[:, np.asarray(columns, dtype=np.int64)]


def vote_columns(codes: Sequence[str], voting: Sequence[str]) -> list[int]:
    """The place of each class among those that terms vote for, -1 for one that has no terms."""
    place = {code: number for number, code in enumerate(voting)}
    return [place.get(code, -1) for code in codes]


def _facts(given: Scores, points: Table | None, usual: Table) -> Table:
    """For each pair of document and class the numbers by which it is judged, a row a pair."""
    scores: Table = np.asarray(given, dtype=np.float64)
    best = scores.max(axis=1, keepdims=True)
    total = np.maximum(scores, 0.0).sum(axis=1, keepdims=True)
    order = np.log1p((-scores).argsort(axis=1, kind="stable").argsort(axis=1, kind="stable"))
    facts = [
        scores, usual[None, :], total, best, order, scores - best,
        scores**2, scores * usual, scores * order, scores * total,
    ]  # fmt: skip
    if points is not None:
        most = points.max(axis=1, keepdims=True)
        facts += [points, points - most, _parts(points)]
    return np.stack([np.broadcast_to(one, scores.shape).ravel() for one in facts], axis=1)


def _parts(points: Table) -> Table:
    found: Table = points / np.maximum(points.sum(axis=1, keepdims=True), 1e-9)
    return found


def _logit(shares: Table) -> Table:
    held = np.clip(shares, RAREST, 1.0 - RAREST)
    return np.log(held / (1.0 - held)).astype(np.float64).round(DIGITS)


def _sigmoid(values: Table) -> Table:
    found: Table = 1.0 / (1.0 + np.exp(-np.clip(values, -30.0, 30.0)))
    return found
