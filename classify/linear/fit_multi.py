"""Trains a model of several labels a document.

Of up to some thousands of documents by ridge regression and a second look at each class beside the others,
both judged on documents left out; of more by one hyperplane a class, with a threshold from the newest sixth.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from classify.linear.features import Sample, Shape, hashed
from classify.linear.fit import TOLERANCE, Fitted
from classify.linear.model import FORMAT, LinearModel, seen_buckets, sigmoid, stepped, with_votes
from classify.linear.ridge import ridge
from classify.linear.second import Second, class_points, vote_columns

ENOUGH = 6  # the newest sixth of so many rows can say something of a threshold
FEWEST_ROWS, MOST_ROWS = 100, 4000  # documents of which each is left out in turn
MOST_PAIRS = 400_000  # of documents and classes, beyond which the second look would take too much memory
STEADY = 0.004  # thresholds whose F1 is so near to the best are alike: their middle is taken
USUAL_THRESHOLD = 0.3  # where the rows are too few to tune one; a choice
GRID = np.round(np.arange(0.02, 0.95, 0.01), 3).astype(np.float32)


def fit_multi(
    samples: Sequence[Sample], labels: Sequence[Sequence[str]], names: dict[str, str],
    card: dict[str, Any], *,
    shape: Shape | None = None, vote_weight: float = 1.0, cost: float = 0.3, minimum: int = 2,
    fewest: int = 2, balanced: bool = False,
) -> LinearModel:  # fmt: skip
    """A model of these rows, oldest first; a row's labels are all the classes it belongs to.

    Classes with fewer than `fewest` documents are left out. `balanced` weighs each class as if it were half.
    """
    shape = shape or Shape()
    counts = Counter(code for row in labels for code in set(row))
    codes = sorted(code for code, count in counts.items() if count >= fewest)
    gold = indicator(labels, codes)
    settings = {
        **shape.as_card(),
        "votes": max((len(sample.votes) for sample in samples), default=0),
        "vote_weight": vote_weight,
        "cost": cost,
        "minimum": minimum,
        "balanced": balanced,
    }
    full = hashed(samples, shape)
    if FEWEST_ROWS <= len(samples) <= MOST_ROWS and gold.size <= MOST_PAIRS:
        voting = card.get("codes", ()) if settings["votes"] else ()
        settings.update(votes=0, learner="ridge")  # terms speak in the second look alone
        (buckets, idf, exact, bias), tuned = _fit_twice(full, samples, gold, settings, codes, voting)
    else:
        buckets, idf, exact, bias = _fit_each(full, samples, gold, settings)
        tuned = _tuned(full, samples, gold, settings)
    weights, steps = stepped(exact)
    card = {
        **card,
        **settings,
        **tuned,
        "format": FORMAT,
        "multi": True,
        "temperatures": [1.0],
        "groups": [len(codes)],
        "documents": len(samples),
    }
    classes = tuple((code, names.get(code, code)) for code in codes)
    halves = idf.astype(np.float16).astype(np.float32)  # as they are written
    return LinearModel(card, classes, buckets, halves, weights, bias, steps=steps)


def indicator(labels: Sequence[Sequence[str]], codes: Sequence[str]) -> NDArray[np.bool_]:
    """A row a document and a column a class: true where the document has the label."""
    place = {code: number for number, code in enumerate(codes)}
    gold = np.zeros((len(labels), len(codes)), dtype=np.bool_)
    for row, own in enumerate(labels):
        gold[row, [place[code] for code in own if code in place]] = True
    return gold


def _fit_twice(
    full: sparse.csr_matrix, samples: Sequence[Sample], gold: NDArray[np.bool_], settings: dict[str, Any],
    codes: Sequence[str], voting: Sequence[str],
) -> tuple[Fitted, dict[str, Any]]:  # fmt: skip
    """First scores by ridge regression, and the second look at the scores of rows left out."""
    buckets, idf = seen_buckets(full, settings["minimum"])
    weights, bias, left_out = ridge(full[:, buckets].multiply(idf).tocsr(), gold)
    columns = vote_columns(codes, voting) if voting else []
    points = class_points(samples, columns) if voting else None
    second = Second.fitted(left_out, points, gold)
    slope, offset = _sigmoid_fit(left_out.astype(np.float32), gold)
    told = {
        "sigmoid": [slope, offset],
        "second": {**second.as_card(), "columns": columns},
        "threshold": steady_threshold(second.shares(left_out, points), gold),
        "at_least_one": bool(gold.any(axis=1).all()),
    }
    return (buckets, idf, weights, bias), told


def steady_threshold(shares: NDArray[np.float32], gold: NDArray[np.bool_]) -> float:
    """The middle of the thresholds whose F1 over all classes is next to the best: no lucky peak decides."""
    true = float(gold.sum())
    found = []
    for at in GRID:
        given = shares >= at
        found.append(_f1(float((given & gold).sum()), float(given.sum()), true))
    near = GRID[np.array(found) >= max(found) - STEADY]
    return round(float(near.mean()), 3)


def _fit_each(
    full: sparse.csr_matrix, samples: Sequence[Sample], gold: NDArray[np.bool_], settings: dict[str, Any]
) -> Fitted:
    from sklearn.svm import LinearSVC

    buckets, idf = seen_buckets(full, settings["minimum"])
    rows = _rows(full, samples, buckets, idf, settings)
    weights = np.zeros((rows.shape[1], gold.shape[1]), dtype=np.float32)
    bias = np.full(gold.shape[1], -2.0, dtype=np.float32)  # a class that these rows lack is never the answer
    for column in range(gold.shape[1]):
        positive = int(gold[:, column].sum())
        if positive in (0, len(gold)):
            bias[column] = 2.0 if positive else -2.0
            continue
        machine = LinearSVC(
            C=settings["cost"], class_weight="balanced" if settings["balanced"] else None,
            random_state=0, tol=TOLERANCE, max_iter=1000,
        )  # fmt: skip
        machine.fit(rows, gold[:, column])
        weights[:, column], bias[column] = machine.coef_[0], machine.intercept_[0]
    return buckets, idf, weights, bias


def _rows(
    full: sparse.csr_matrix,
    samples: Sequence[Sample],
    buckets: NDArray[np.int32],
    idf: NDArray[np.float32],
    settings: dict[str, Any],
) -> sparse.csr_matrix:
    seen = full[:, buckets].multiply(idf).tocsr()
    return with_votes(seen, samples, settings["votes"], settings["vote_weight"])


def _tuned(
    full: sparse.csr_matrix, samples: Sequence[Sample], gold: NDArray[np.bool_], settings: dict[str, Any]
) -> dict[str, Any]:
    """Sigmoid and threshold, from a model of all but the newest sixth judged on that sixth."""
    held = len(samples) // 6
    if held < ENOUGH:
        return {"sigmoid": [4.0, 0.0], "threshold": USUAL_THRESHOLD, "at_least_one": True}
    cut = len(samples) - held
    buckets, idf, weights, bias = _fit_each(full[:cut], samples[:cut], gold[:cut], settings)
    rows = _rows(full[cut:], samples[cut:], buckets, idf, settings)
    scores = np.asarray(rows @ weights + bias, dtype=np.float32)
    slope, offset = _sigmoid_fit(scores, gold[cut:])
    shares = sigmoid(scores, slope, offset)
    threshold, one = best_threshold(shares, gold[cut:])
    return {"sigmoid": [slope, offset], "threshold": threshold, "at_least_one": one}


def _sigmoid_fit(scores: NDArray[np.float32], gold: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and offset that make the scores probabilities, by logistic regression on one number."""
    from sklearn.linear_model import LogisticRegression

    flat, truth = scores.reshape(-1, 1), gold.reshape(-1)
    if truth.all() or not truth.any():
        return 4.0, 0.0
    machine = LogisticRegression(C=1e4).fit(flat, truth)
    return round(float(machine.coef_[0, 0]), 4), round(float(machine.intercept_[0]), 4)


def best_threshold(shares: NDArray[np.float32], gold: NDArray[np.bool_]) -> tuple[float, bool]:
    """The threshold of best F1 over all classes, and whether a document without any gets its nearest class.

    One for all classes: on the newest fifths of the training parts of two tasks, thresholds of each class,
    held back by the pool of all, were one to three points worse.
    """
    alone = gold[np.arange(len(shares)), shares.argmax(axis=1)]  # whether the nearest class is right
    true, found = float(gold.sum()), []
    for at in GRID:
        given = shares >= at
        right, many = float((given & gold).sum()), float(given.sum())
        empty = ~given.any(axis=1)
        found.append((_f1(right, many, true), False, float(at)))
        found.append(
            (_f1(right + float(alone[empty].sum()), many + float(empty.sum()), true), True, float(at))
        )
    _, one, at = max(found)  # of equals the strictest
    return round(at, 3), one


def _f1(right: float, given: float, true: float) -> float:
    return 2 * right / max(given + true, 1e-9)
