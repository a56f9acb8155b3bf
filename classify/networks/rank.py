"""PageRank of one relation's citations, by power iteration on a sparse matrix.

Page, Brin, Motwani and Winograd, The PageRank Citation Ranking (1999). The answer is networkx.pagerank's,
without building its graph of Python objects first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array

DAMPING = 0.85
TOLERANCE = 1e-9  # of the whole vector, in the sum of absolute changes
MOST_ROUNDS = 200
Numbers = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Ranks:
    """The documents of one relation that are cited, the most important first."""

    node: Numbers  # as in the edges
    place: Numbers  # 1 = the first; equal scores share a place
    score: Numbers  # PageRank: all documents of the relation, cited or not, together make 1
    cited_by: Numbers  # documents that cite it


def rank(source: Numbers, target: Numbers) -> Ranks:
    """Rank what `source` cites in `target`, one edge a pair."""
    nodes, places = np.unique(np.concatenate([source, target]), return_inverse=True)
    first, second = places[: len(source)], places[len(source) :]
    scores = np.round(pagerank(first, second, len(nodes)), 12)
    cited_by = np.bincount(second, minlength=len(nodes))
    cited = np.flatnonzero(cited_by)
    order = cited[np.lexsort((nodes[cited], -scores[cited]))]
    sorted_scores = scores[order]
    place = np.searchsorted(-sorted_scores, -sorted_scores, side="left") + 1
    return Ranks(nodes[order], place, sorted_scores, cited_by[order])


def pagerank(source: Numbers, target: Numbers, count: int) -> Numbers:
    """PageRank of nodes 0 to `count` - 1; a node that cites nothing passes its weight on to all alike."""
    if not count:
        return np.zeros(0)
    out = np.bincount(source, minlength=count).astype(float)
    share = np.divide(1.0, out, out=np.zeros(count), where=out > 0)
    passing = csr_array((share[source], (target, source)), shape=(count, count))
    silent = np.flatnonzero(out == 0)
    scores = np.full(count, 1.0 / count)
    for _ in range(MOST_ROUNDS):
        spread = (1.0 - DAMPING + DAMPING * float(scores[silent].sum())) / count
        following = DAMPING * (passing @ scores) + spread
        moved = float(np.abs(following - scores).sum())
        scores = following
        if moved < TOLERANCE:
            break
    return scores / float(scores.sum())
