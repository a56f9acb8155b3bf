"""How much each bucket counts before learning: how rare it is, and how much it tells of the class."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from classify.linear.model import seen_buckets

DOUBT = 2.0  # documents of the usual mixture of classes that every bucket is thought to have seen besides


def bucket_weights(
    rows: sparse.csr_matrix, minimum: int, gold: NDArray[np.int64], telling: float
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Buckets that at least `minimum` documents hold, with the weight of each.

    The weight is the inverse document frequency, times how far the classes of the bucket's documents are from
    those of all (relative entropy) to the power `telling`; 0: rarity alone.
    """
    buckets, idf = seen_buckets(rows, minimum)
    if not telling:
        return buckets, idf
    apart = _entropy(rows[:, buckets], gold)
    return buckets, np.asarray(idf * apart**telling, dtype=np.float32)


def _entropy(rows: sparse.csr_matrix, gold: NDArray[np.int64]) -> NDArray[np.float64]:
    """The relative entropy of the classes of each column's documents, against those of all documents."""
    _, numbers = np.unique(gold, return_inverse=True)
    classes = sparse.csr_matrix((np.ones(len(gold)), (numbers, np.arange(len(gold)))))
    held = sparse.csr_matrix((np.ones(rows.nnz), rows.indices, rows.indptr), shape=rows.shape)
    counts = (classes @ held).toarray()
    usual = np.bincount(numbers)[:, None] / len(gold)
    shares = (counts + DOUBT * usual) / (counts.sum(axis=0) + DOUBT)
    found: NDArray[np.float64] = (shares * np.log(shares / usual)).sum(axis=0)
    return np.maximum(found, 0.0)
