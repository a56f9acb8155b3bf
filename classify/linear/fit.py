"""Trains a linear model: support vectors on hashed rows, calibrated on the newest sixth of them."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from classify.linear.calibration import DOUBTS, calibrated
from classify.linear.features import Sample, Shape, hashed
from classify.linear.mixing import TERM_SHARES, Mixer, fitted_mix, points_table
from classify.linear.model import FORMAT, LinearModel, softened, with_votes
from classify.linear.telling import bucket_weights

TOLERANCE = 0.01  # ten times looser than the default: the same answers in half the time
MANY, LOOSE, LOOSEST = 4000, 0.1, 0.3  # for so many rows, and for a fit that only tells the temperature
Numbers = NDArray[np.int64]
Golds = tuple[Numbers, Numbers]  # the class of each row on the first level, and on the one that is learnt


def fit_model(
    samples: Sequence[Sample], labels: Sequence[Sequence[str]], names: dict[str, str],
    card: dict[str, Any], *,
    shape: Shape | None = None, vote_weight: float = 1.0, cost: float = 0.1, minimum: int = 2,
    balance: float = 1.0, even: bool = False, measured: bool = False,
    telling: float = 0.0, recent: float = 0.0, doubtful: bool = False, loose: float = LOOSE,
    parents: Mapping[str, str | None] | None = None,
) -> LinearModel:  # fmt: skip
    """A model of these rows, oldest first; each row has one label for every level, first level first.

    `parents` of a scheme whose terms vote: then the newest sixth also says how sure the mixture may be.
    `balance`: 1 weighs classes alike however rare they are, 0 documents alike. `even`: rows are learnt at
    one length, and the weights are made to fit rows of the mean length, so that scoring measures none;
    `measured`: rows are scored at length one too, votes apart. `telling`: n-grams weigh more the more they
    tell of the first level's class, to this power. `recent`: the newest row counts 1 plus this, the oldest 1
    less this. `doubtful`: the newest sixth may also say that no answer is certain.
    `loose`: how near to the best the hyperplanes of many rows must come.
    """
    shape = shape or Shape()
    votes = max((len(sample.votes) for sample in samples), default=0)
    settings = {
        **shape.as_card(),
        "votes": votes,
        "vote_weight": vote_weight,
        "cost": cost,
        "minimum": minimum,
        "balance": balance,
        "even": even,
        "measured": measured,
        "telling": telling,
        "recent": recent,
        "doubtful": doubtful,
        "loose": loose,
    }
    full = hashed(samples, shape)
    fitted, temperatures, doubts, classes, groups, held = [], [], [], [], [], []
    first = _numbers(labels, 0)[1]
    for level in range(len(labels[0])):
        codes, gold = _numbers(labels, level)
        fitted.append(_fit(full, samples, (first, gold), len(codes), settings))
        scores, temperature, doubt = _newest_sixth(full, samples, (first, gold), len(codes), settings)
        temperatures.append(temperature)
        doubts.append(doubt)
        held.append(softened(scores, temperature, doubt))
        classes += [(code, names.get(code, code)) for code in codes]
        groups.append(len(codes))
    buckets, idf = fitted[0][0], fitted[0][1]
    weights = np.hstack([one[2] for one in fitted])
    bias = np.concatenate([one[3] for one in fitted])
    card = {
        **card,
        **settings,
        "format": FORMAT,
        "temperatures": temperatures,
        "doubts": doubts,
        "groups": groups,
        "documents": len(samples),
    }
    if parents is not None and votes and len(held[0]):
        share, height = _mix(card, classes, parents, np.hstack(held), samples, labels)
        card.update(term_share=share, height=height)
    return LinearModel(card, tuple(classes), buckets, idf, weights, bias)


def _numbers(labels: Sequence[Sequence[str]], level: int) -> tuple[list[str], Numbers]:
    """The codes of a level in order, and of each row the number of its own."""
    codes = sorted({label[level] for label in labels})
    index = {code: number for number, code in enumerate(codes)}
    return codes, np.array([index[label[level]] for label in labels])


def _mix(
    card: dict[str, Any], classes: Sequence[tuple[str, str]], parents: Mapping[str, str | None],
    shares: NDArray[np.float32], samples: Sequence[Sample], labels: Sequence[Sequence[str]],
) -> tuple[float, float]:  # fmt: skip
    """How much terms count and how flat the mixture must be to be as sure as right, on the newest sixth.

    The exponent that the card names stays.
    """
    mixer = Mixer.of(classes, card["groups"], parents)
    newest = slice(len(samples) - len(shares), None)
    points = points_table([sample.votes for sample in samples[newest]], len(mixer.first))
    choices = (float(card["term_share"]),) if "term_share" in card else TERM_SHARES
    return fitted_mix(mixer, shares, points, [label[0] for label in labels[newest]], choices)


def _newest_sixth(
    full: sparse.csr_matrix,
    samples: Sequence[Sample],
    gold: Golds,
    height: int,
    settings: dict[str, Any],
) -> tuple[NDArray[np.float32], float, float]:
    """Scores of a model of the rest, temperature and doubt; none, 1.0 and 0.0 where the rows are few."""
    cut = len(samples) - max(len(samples) // 6, 1)
    first, own = gold
    if cut <= 20 or len(set(own[:cut].tolist())) < 2:
        return np.zeros((0, height), dtype=np.float32), 1.0, 0.0
    inner = _fit(full[:cut], samples[:cut], (first[:cut], own[:cut]), height, settings, LOOSEST)
    scores = _decide(inner, full[cut:], samples[cut:], settings)
    return scores, *calibrated(scores, own[cut:], DOUBTS if settings["doubtful"] else (0.0,))


Fitted = tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]


def _fit(
    full: sparse.csr_matrix,
    samples: Sequence[Sample],
    golds: Golds,
    height: int,
    settings: dict[str, Any],
    loose: float | None = None,
) -> Fitted:
    """Hyperplanes of these rows; of many rows `loose` is how near they must come, if not as set."""
    from sklearn.svm import LinearSVC

    first, gold = golds
    buckets, idf = bucket_weights(full, settings["minimum"], first, settings["telling"])
    rows = _rows(full, samples, buckets, idf, settings)
    rows, length = _evened(rows) if settings.get("even") else (rows, 1.0)
    present = sorted(set(gold.tolist()))
    weights = np.zeros((rows.shape[1], height), dtype=np.float32)
    bias = np.full(height, -2.0, dtype=np.float32)  # a class that these rows lack is never the answer
    if len(present) == 1:
        bias[present[0]] = 1.0
        return buckets, idf, weights, bias
    machine = LinearSVC(
        C=settings["cost"], class_weight=_class_weights(gold, settings["balance"]),
        random_state=0, tol=TOLERANCE if len(samples) < MANY else loose or settings["loose"], max_iter=1000,
    )  # fmt: skip
    recent = settings["recent"]
    with warnings.catch_warnings():  # 'train' says itself how few labels there are
        warnings.filterwarnings("ignore", "The number of unique classes is greater", UserWarning)
        machine.fit(
            rows, gold, sample_weight=np.linspace(1 - recent, 1 + recent, len(gold)) if recent else None
        )
    if len(present) == 2:
        weights[:, present[1]], bias[present[1]] = machine.coef_[0], machine.intercept_[0]
        weights[:, present[0]], bias[present[0]] = -machine.coef_[0], -machine.intercept_[0]
    else:
        weights[:, machine.classes_] = machine.coef_.T
        bias[machine.classes_] = machine.intercept_
    weights /= np.float32(length)
    return buckets, idf, weights, bias


def _rows(
    full: sparse.csr_matrix,
    samples: Sequence[Sample],
    buckets: NDArray[np.int32],
    idf: NDArray[np.float32],
    settings: dict[str, Any],
) -> sparse.csr_matrix:
    seen = full[:, buckets].multiply(idf).tocsr()
    if settings["measured"]:
        seen, _ = _evened(seen)
    return with_votes(seen, samples, settings["votes"], settings["vote_weight"])


def _evened(rows: sparse.csr_matrix) -> tuple[sparse.csr_matrix, float]:
    """The rows at length one, and their mean length before."""
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1), dtype=np.float64).ravel())
    scale = (1.0 / np.maximum(lengths, 1e-9)).astype(np.float32)
    return sparse.diags(scale).dot(rows).tocsr(), float(max(lengths.mean(), 1e-9))


def _class_weights(gold: NDArray[np.int64], balance: float) -> dict[int, float]:
    """Rare classes weigh more: the inverse of their share, to this power."""
    present, counts = np.unique(gold, return_counts=True)
    weights = (len(gold) / (len(present) * counts)) ** balance
    return dict(zip(present.tolist(), weights.tolist(), strict=True))


def _decide(
    fitted: Fitted, full: sparse.csr_matrix, samples: Sequence[Sample], settings: dict[str, Any]
) -> NDArray[np.float32]:
    buckets, idf, weights, bias = fitted
    rows = _rows(full, samples, buckets, idf, settings)
    return np.asarray(rows @ weights + bias, dtype=np.float32)
