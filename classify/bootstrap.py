"""Bootstrap intervals: how far a figure would move on other documents of the same kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

RESAMPLES, SEED, CHUNK = 1000, 0, 100
BOUNDS = (2.5, 97.5)  # an interval of 95 percent

Values = NDArray[np.float64]  # a row a document: a share, or the counts that a ratio needs
Figure = Callable[[Values], Values]  # sums over documents, a row a resample, to one figure each


def interval(values: Values, figure: Figure | None = None, resamples: int = RESAMPLES) -> tuple[float, float]:
    """The bounds within which 95 % of resamples of these documents fall; seeded, so it is always the same."""
    drawn = _resampled(_table(values), figure or mean, resamples)
    return _bounds(drawn)


def paired(first: Values, second: Values, figure: Figure | None = None) -> tuple[float, float]:
    """The interval of the difference of two models, both judged on the same resampled documents."""
    one, two = (_resampled(_table(values), figure or mean, RESAMPLES) for values in (first, second))
    return _bounds(one - two)


def mean_of_blocks(blocks: Sequence[Values], resamples: int = RESAMPLES) -> tuple[float, float]:
    """The interval of the mean over blocks, each resampled within itself."""
    drawn = [
        _resampled(_table(block), mean, resamples, seed=SEED + place) for place, block in enumerate(blocks)
    ]
    return _bounds(np.mean(drawn, axis=0))


def mean(sums: Values) -> Values:
    """The share: the sum of the first column over the number of documents."""
    return np.asarray(sums[:, 0] / sums[:, -1])


def micro_f1(sums: Values) -> Values:
    """F1 over all labels from (right, given + gold) a document."""
    return np.asarray(2 * sums[:, 0] / np.maximum(sums[:, 1], 1e-9))


def _table(values: Values) -> Values:
    """The columns with a last one that counts the documents."""
    table = values.reshape(len(values), -1)
    return np.hstack([table, np.ones((len(table), 1))])


def _resampled(table: Values, figure: Figure, resamples: int, seed: int = SEED) -> Values:
    return np.concatenate([figure(weights @ table) for weights in _draws(len(table), resamples, seed)])


def _draws(count: int, resamples: int, seed: int) -> Iterator[NDArray[np.float64]]:
    """How often each document is drawn, a chunk of resamples at a time."""
    source = np.random.default_rng(seed)
    for start in range(0, resamples, CHUNK):
        size = min(CHUNK, resamples - start)
        drawn = source.integers(0, count, size=(size, count)) + (np.arange(size) * count)[:, None]
        yield np.bincount(drawn.ravel(), minlength=size * count).reshape(size, count).astype(np.float64)


def _bounds(drawn: Values) -> tuple[float, float]:
    low, high = np.percentile(drawn, BOUNDS)
    return round(float(low), 4), round(float(high), 4)
