"""The linear model: a matrix over the buckets it has seen, kept as .npz without pickle beside a JSON card."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from classify.linear.features import Sample, Shape
from classify.linear.scores import Scorer
from classify.linear.second import Second, class_points
from warehouse.errors import UserError

CARD, WEIGHTS = "card.json", "weights.npz"
SEEN = "seen.npz"  # marks of what was learnt from (classify.seen)
FORMAT = 1
STEPS = 127  # as many as a signed byte counts


@dataclass(frozen=True)
class LinearModel:
    """Scores classes for samples; `predict` gives calibrated probabilities.

    Classes stand in groups, one a level: card["groups"] holds their sizes, first level first.
    A model of several labels a document (card["multi"]) has one group and one threshold; an older one has
    one a class.
    """

    card: dict[str, Any]
    classes: tuple[tuple[str, str], ...]  # (code, name)
    buckets: NDArray[np.int32]  # seen in training, ascending
    idf: NDArray[np.float32]
    weights: NDArray[np.float32]  # (buckets + votes) × classes
    bias: NDArray[np.float32]
    seen: NDArray[np.uint64] | None = field(default=None, kw_only=True)  # ascending; None: it does not tell
    steps: NDArray[np.float32] | None = field(default=None, kw_only=True)  # what weights are multiples of

    @property
    def field(self) -> str:
        return str(self.card["field"])

    @property
    def model_id(self) -> str:
        return str(self.card["id"])

    @property
    def multi(self) -> bool:
        """Whether a document may have several labels, each judged on its own."""
        return bool(self.card.get("multi"))

    def parts(self) -> tuple[tuple[LinearModel, float], ...]:
        """The models that it is made of, with their shares: itself."""
        return ((self, 1.0),)

    @property
    def thresholds(self) -> NDArray[np.float32]:
        """The probability from which each class is an answer."""
        given = self.card.get("thresholds") or [self.card["threshold"]] * len(self.classes)
        return np.asarray(given, dtype=np.float32)

    @cached_property
    def _scorer(self) -> Scorer:
        measured = bool(self.card.get("measured"))
        weights = self.weights[: len(self.buckets)]
        return Scorer.of(Shape.of(self.card), self.buckets, self.idf, weights, measured)

    @cached_property
    def second(self) -> Second | None:
        """What judges each class beside the others, of a model that learnt it."""
        return Second.of(self.card["second"]) if "second" in self.card else None

    def decide(self, samples: Sequence[Sample]) -> NDArray[np.float32]:
        """Raw scores, a row a sample."""
        scores = self._scorer.scores(samples) + self.bias
        votes = int(self.card["votes"])
        if votes:
            block = votes_block(samples, votes, float(self.card["vote_weight"]))
            scores += block @ self.weights[len(self.buckets) :]
        return scores

    def predict(self, samples: Sequence[Sample]) -> NDArray[np.float32]:
        """Probabilities, a row a sample; each group of classes (first level, second level) sums to one.

        Those of a model of several labels stand each for itself and have no sum.
        """
        scores = self.decide(samples)
        if self.second is not None:
            return self.second.shares(scores, self.points(samples))
        if self.multi:
            return sigmoid(scores, *self.card["sigmoid"])
        parts, at = [], 0
        doubts = self.card.get("doubts") or [0.0] * len(self.card["groups"])
        for width, *flat in zip(self.card["groups"], self.card["temperatures"], doubts, strict=True):
            parts.append(softened(scores[:, at : at + width], *flat))
            at += width
        return np.hstack(parts)

    def points(self, samples: Sequence[Sample]) -> NDArray[np.float64] | None:
        """What terms say for each class to the second look; None where they say nothing to it."""
        columns = self.card.get("second", {}).get("columns")
        return class_points(samples, columns) if columns else None

    def group(self, number: int) -> slice:
        """The columns of one group of classes."""
        start = sum(self.card["groups"][:number])
        return slice(start, start + self.card["groups"][number])

    def save(self, folder: Path) -> None:
        """Write the folder; weights as half floats or as small whole numbers of steps, the card as JSON."""
        folder.mkdir(parents=True, exist_ok=True)
        weights = self.weights.astype(np.float16) if self.steps is None else whole(self.weights, self.steps)
        kept: dict[str, Any] = {} if self.steps is None else {"steps": self.steps}
        np.savez_compressed(
            folder / WEIGHTS, buckets=self.buckets, idf=self.idf.astype(np.float16),
            weights=weights, bias=self.bias, **kept,
        )  # fmt: skip
        if self.seen is not None:
            np.savez_compressed(folder / SEEN, marks=self.seen)
        card = {**self.card, "classes": [list(one) for one in self.classes]}
        (folder / CARD).write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_card(folder: Path) -> dict[str, Any]:
    """The card alone, without the weights; a UserError says what is missing or does not fit."""
    try:
        card: dict[str, Any] = json.loads((folder / CARD).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UserError(
            f"{folder}: no model there ({CARD} is missing); make one with 'govbrief train'."
        ) from error
    except (ValueError, OSError) as error:
        raise UserError(f"{folder / CARD}: cannot be read ({error}); train the model again.") from error
    if card.get("format") != FORMAT:
        raise UserError(f"{folder}: the model has format {card.get('format')}, not {FORMAT}; train it again.")
    return card


def load_model(folder: Path) -> LinearModel:
    """The model in this folder; a UserError says what is missing or does not fit."""
    card = read_card(folder)
    if "mixed" in card:
        from classify.teaching.mixed import load_mixed  # which is made of two of these

        return load_mixed(folder, card)
    try:
        with np.load(folder / WEIGHTS, allow_pickle=False) as data:
            arrays = {name: data[name] for name in ("buckets", "idf", "weights", "bias")}
            steps = data["steps"].astype(np.float32) if "steps" in data else None
        seen = read_seen(folder)
    except (ValueError, KeyError, OSError) as error:
        raise UserError(f"{folder}: the weights cannot be read ({error}); train the model again.") from error
    classes = tuple((str(code), str(name)) for code, name in card.pop("classes"))
    weights = arrays["weights"].astype(np.float32)
    if steps is not None:
        weights *= steps
    return LinearModel(
        card, classes, arrays["buckets"], arrays["idf"].astype(np.float32), weights,
        arrays["bias"].astype(np.float32),
        seen=seen, steps=steps,
    )  # fmt: skip


def read_seen(folder: Path) -> NDArray[np.uint64] | None:
    """The marks of what a model learnt from, without its weights; None for one that does not tell."""
    if not (folder / SEEN).is_file():
        return None
    try:
        with np.load(folder / SEEN, allow_pickle=False) as data:
            return np.asarray(data["marks"], dtype=np.uint64)
    except (ValueError, KeyError, OSError, BadZipFile) as error:
        raise UserError(f"{folder / SEEN}: cannot be read ({error}); train the model again.") from error


def given_classes(model: LinearModel, row: NDArray[np.float32]) -> list[int]:
    """The places of the classes that a row of a model of several labels gives, likeliest first.

    Where none reaches its threshold, card["at_least_one"] says whether the nearest to its own is given.
    """
    margins = row / np.maximum(model.thresholds, np.float32(1e-6))
    places = [int(place) for place in np.argsort(-row) if margins[place] >= 1]
    if not places and model.card.get("at_least_one") and row.max() > 0:
        places = [int(margins.argmax())]
    return places


def stepped(weights: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The weights rounded to at most 127 steps of each class either way, and how large its step is.

    They take a quarter of the room of half floats, and what is written is what was judged.
    """
    steps = (np.abs(weights).max(axis=0, initial=1e-6) / STEPS).astype(np.float32)
    return whole(weights, steps).astype(np.float32) * steps, steps


def whole(weights: NDArray[np.float32], steps: NDArray[np.float32]) -> NDArray[np.int8]:
    """How many steps each weight is."""
    counts: NDArray[np.int8] = np.rint(weights / steps).astype(np.int8)
    return counts


def with_votes(
    rows: sparse.csr_matrix, samples: Sequence[Sample], votes: int, weight: float
) -> sparse.csr_matrix:
    """The rows with the terms' votes as further columns, normalised to one weight."""
    if not votes:
        return rows
    block = sparse.csr_matrix(votes_block(samples, votes, weight))
    return sparse.hstack([rows, block], format="csr", dtype=np.float32)


def votes_block(samples: Sequence[Sample], votes: int, weight: float) -> NDArray[np.float32]:
    """The terms' votes of each sample, their logarithms normalised to one weight."""
    none = (0.0,) * votes
    given = [(*sample.votes, *none[len(sample.votes) :]) for sample in samples]
    block = np.log1p(np.array(given, dtype=np.float32).reshape(len(samples), votes))
    norms = np.linalg.norm(block, axis=1, keepdims=True)
    block *= np.float32(weight) / np.maximum(norms, np.float32(1e-9))
    return block


def softened(scores: NDArray[np.float32], temperature: float, doubt: float) -> NDArray[np.float32]:
    """Row-wise probabilities of scores at this temperature; the share `doubt` is spread over all classes."""
    shares = softmax(scores / np.float32(temperature))
    if doubt:
        shares *= np.float32(1 - doubt)
        shares += np.float32(doubt / scores.shape[1])
    return shares


def softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Row-wise probabilities of scores."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    total: NDArray[np.float32] = shifted / shifted.sum(axis=1, keepdims=True)
    return total


def sigmoid(scores: NDArray[np.float32], slope: float, offset: float) -> NDArray[np.float32]:
    """Probabilities of scores, each for itself."""
    clipped = np.clip(np.float32(slope) * scores + np.float32(offset), -30, 30)
    return np.asarray(1.0 / (1.0 + np.exp(-clipped)), dtype=np.float32)


def seen_buckets(rows: sparse.csr_matrix, minimum: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Buckets that at least `minimum` documents hold, with their inverse document frequency."""
    counts = np.bincount(rows.indices, minlength=rows.shape[1])
    kept = np.flatnonzero(counts >= minimum).astype(np.int32)
    idf = np.log((1.0 + rows.shape[0]) / (1.0 + counts[kept])) + 1.0
    return kept, idf.astype(np.float32)
