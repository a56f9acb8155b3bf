"""Weighs a model's probabilities and the terms' votes together: first level, then children of one class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

# Chosen on titles of 2019-12-31 to 2021-07-27 and to 2023-08-15, each judged by a model of what is older.
TERM_SHARE = 0.5  # exponent of the terms' votes beside the model, first level
CHILD_SHARE = 0.7  # the same for the second level
STRANGE_SHARE = 20.0  # the same for a kind of issuer that the model has never seen: the terms decide
SUMMED = 0.25  # how much of a first-level class is the sum of its second-level classes
UNSEEN = 0.002  # the model's share of a class that it has not learnt, so that terms alone can name it
SMOOTHING = 0.5  # points every class has, so that no term rules a class out
TERM_SHARES = (0.0, 0.1, 0.2, 0.35, 0.5, 0.7)  # what is tried for other schemes
ENOUGH = 600  # so many documents tell exponent and height
HEIGHTS = tuple(round(0.7 + 0.1 * step, 1) for step in range(12))

Shares = NDArray[np.float64]


@dataclass(frozen=True)
class Mixer:
    """Columns of a scheme's classes in a model, ready to mix."""

    first: tuple[str, ...]  # first-level codes in printed order
    known: NDArray[np.bool_]  # which of them the model has learnt
    sums: Shares  # model's classes × first level: what of each probability counts for each class
    children: Mapping[str, tuple[tuple[str, ...], NDArray[np.int64]]]  # codes and columns, -1 when not learnt

    @classmethod
    def of(
        cls, classes: Sequence[tuple[str, str]], groups: Sequence[int], parents: Mapping[str, str | None]
    ) -> Mixer:
        """The mixer of a model with these classes, in groups of one level each."""
        first = tuple(code for code, parent in parents.items() if parent is None)
        place = {code: number for number, code in enumerate(first)}
        sums = np.zeros((len(classes), len(first)))
        two = len(groups) > 1
        column: dict[str, int] = {}
        for number, (code, _) in enumerate(classes):
            top = parents.get(code) or code
            if top in place:
                lower = number >= groups[0]
                sums[number, place[top]] = SUMMED if lower else (1.0 - SUMMED if two else 1.0)
            if number >= groups[0]:
                column[code] = number
        children = {
            code: tuple(child for child, parent in parents.items() if parent == code) for code in first
        }
        places = {
            code: (below, np.array([column.get(child, -1) for child in below], dtype=np.int64))
            for code, below in children.items()
            if below
        }
        known: NDArray[np.bool_] = np.asarray(sums.any(axis=0))
        return cls(first, known, sums, places)

    def top(self, rows: NDArray[np.float32], points: Shares, share: Shares, height: float) -> Shares:
        """Shares of the first-level classes, a row a document, from its model's row and its terms' points.

        A large exponent decides the order and is taken back in the height, so that it makes nothing certain.
        """
        model = np.where(self.known, rows.astype(np.float64) @ self.sums, UNSEEN)
        terms = np.log(points + SMOOTHING)
        terms -= np.log((points + SMOOTHING).sum(axis=1, keepdims=True))
        logs = np.log(np.maximum(model, 1e-9)) + share[:, None] * terms
        return _shares(logs / (np.maximum(share, 1.0) * height)[:, None])

    @cached_property
    def _below(self) -> tuple[dict[str, int], NDArray[np.int64], NDArray[np.int64]]:
        """The place of each second-level code, its column in the model, and the places under each class."""
        codes = [child for below, _ in self.children.values() for child in below]
        place = {code: number for number, code in enumerate(codes)}
        columns = np.concatenate([np.zeros(0, np.int64), *(own for _, own in self.children.values())])
        most = max((len(below) for below, _ in self.children.values()), default=0)
        table = np.full((len(self.first), most), len(codes), dtype=np.int64)  # one place more, never likely
        for row, code in enumerate(self.first):
            below = self.children[code][0] if code in self.children else ()
            table[row, : len(below)] = [place[child] for child in below]
        return place, columns, table

    def lower(
        self, rows: NDArray[np.float32], points: Sequence[Mapping[str, float]], share: Shares
    ) -> list[list[str]]:
        """For each document the likeliest second-level class under each first-level one.

        A class that has none stands for itself. `points` are those of second-level codes.
        """
        place, columns, table = self._below
        if not len(columns):
            return [list(self.first)] * len(rows)
        model = np.where(columns < 0, UNSEEN, rows[:, columns].astype(np.float64))
        given = np.full(model.shape, SMOOTHING)
        for row, spoken in enumerate(points):
            for code, own in spoken.items():
                if code in place:
                    given[row, place[code]] += own
        logs = np.full((len(rows), len(columns) + 1), -np.inf)
        logs[:, :-1] = np.log(np.maximum(model, 1e-9)) + share[:, None] * np.log(given)
        best = logs[:, table].argmax(axis=2)
        below = [self.children[code][0] if code in self.children else (code,) for code in self.first]
        return [[codes[at] for codes, at in zip(below, chosen, strict=True)] for chosen in best.tolist()]


def fitted_mix(
    mixer: Mixer,
    rows: NDArray[np.float32],
    points: Shares,
    gold: Sequence[str],
    choices: Sequence[float] = TERM_SHARES,
) -> tuple[float, float]:
    """Exponent of the terms and height with which the mixed shares lose least on these rows."""
    place = {code: number for number, code in enumerate(mixer.first)}
    kept = [number for number, code in enumerate(gold) if code in place][-ENOUGH:]
    if not kept:
        return choices[0], 1.0
    truth = np.array([place[gold[number]] for number in kept])

    def loss(pair: tuple[float, float]) -> float:
        mixed = mixer.top(rows[kept], points[kept], np.full(len(kept), pair[0]), pair[1])
        return float(-np.log(np.maximum(mixed[np.arange(len(truth)), truth], 1e-9)).mean())

    return min(((share, height) for share in choices for height in HEIGHTS), key=loss)


def points_table(given: Sequence[Sequence[float]], width: int) -> Shares:
    """The votes of documents as a table; a document without any has a row of zeros."""
    table = np.zeros((len(given), width))
    for row, points in enumerate(given):
        table[row, : len(points)] = points
    return table


def _shares(logs: Shares) -> Shares:
    shifted = np.exp(logs - logs.max(axis=1, keepdims=True))
    total: Shares = shifted / shifted.sum(axis=1, keepdims=True)
    return total
