"""The most central sentences of a document, without saying the same twice: TextRank, then MMR.

Mihalcea and Tarau, TextRank (2004); Carbonell and Goldstein, maximal marginal relevance (1998). Sentences are
alike by the pairs of signs (Chinese) or the words (English) that they share.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

DAMPING = 0.85
ROUNDS = 30
TRADE = 0.6  # weight of centrality against newness when choosing
_MOST_PAIRS = 4_000_000  # beyond, a matrix product is the cheaper way
MOST = 400  # sentences compared; of a longer document every n-th
Numbers = np.ndarray[Any, Any]
_WORD = re.compile(r"[a-z][a-z'-]*[a-z]")
_PLAIN = frozenset(
    [
        *(
            "the",
            "of",
            "and",
            "to",
            "in",
            "or",
            "for",
            "that",
            "by",
            "is",
            "on",
            "be",
            "as",
            "with",
            "such",
            "any",
        ),
        *(
            "shall",
            "an",
            "at",
            "from",
            "this",
            "which",
            "are",
            "it",
            "not",
            "other",
            "may",
            "was",
            "has",
            "have",
        ),
        *(
            "its",
            "been",
            "were",
            "than",
            "their",
            "will",
            "would",
            "no",
            "but",
            "if",
            "all",
            "these",
            "those",
        ),
    ]
)


def central(texts: Sequence[str], language: str, budget: int, over: bool = False) -> list[int]:
    """Places of the sentences that say most, in order of choice, together at most `budget` characters.

    At least one, as soon as there is a sentence at all, even if it alone is longer. `over`: the last one may
    reach beyond the budget, for whoever cuts all to one length.
    """
    if not texts:
        return []
    places = [int(at) for at in np.unique(np.linspace(0, len(texts) - 1, min(len(texts), MOST)).astype(int))]
    alike = likeness([texts[at] for at in places], language)
    chosen = _choose(ranked(alike), alike, [len(texts[at]) for at in places], budget, over)
    return [places[at] for at in chosen]


def likeness(texts: Sequence[str], language: str) -> Numbers:
    """How much each two sentences share, 0 to 1 (cosine with inverse sentence frequency); 0 with itself."""
    terms, owner = _words(texts) if language.startswith("en") else _pairs(texts)
    count = len(texts)
    if not len(terms):
        return np.zeros((count, count))
    cells, times = np.unique(terms * count + owner, return_counts=True)
    terms, owner = cells // count, cells % count
    spread = np.bincount(terms)
    weight = times * np.log(1 + count / spread)[terms]
    weight /= np.sqrt(np.bincount(owner, weight**2, count))[owner]
    shared = spread[terms] > 1  # a term of one sentence likens it to none, but makes it longer
    alike = _products(terms[shared], owner[shared], weight[shared], count)
    np.fill_diagonal(alike, 0.0)
    return alike


def _products(terms: Numbers, owner: Numbers, weight: Numbers, count: int) -> Numbers:
    """The sum of the weights' products for each two sentences; `terms` ascend.

    Few sentences share a term, so pairs are counted; a matrix product would wake all cores for little work.
    """
    spread = np.bincount(terms)
    if int((spread**2).sum()) > _MOST_PAIRS:
        matrix = np.zeros((count, len(spread)), dtype=np.float32)
        matrix[owner, terms] = weight
        return np.asarray(matrix @ matrix.T, dtype=float)
    partners = spread[terms]
    first = np.repeat(np.arange(len(terms)), partners)
    begin = (np.cumsum(spread) - spread)[terms]
    second = np.arange(len(first)) + np.repeat(begin - (np.cumsum(partners) - partners), partners)
    sums = np.bincount(owner[first] * count + owner[second], weight[first] * weight[second], count * count)
    return np.asarray(sums.reshape(count, count), dtype=float)


def ranked(alike: Numbers) -> Numbers:
    """The score of each sentence, 1 for the most central."""
    total = alike.sum(axis=0)
    passing = np.divide(alike, total, out=np.zeros_like(alike), where=total > 0)
    scores = np.full(len(alike), 1.0 / len(alike))
    for _ in range(ROUNDS):
        scores = (1 - DAMPING) / len(alike) + DAMPING * (passing @ scores)
    return np.asarray(scores / max(float(scores.max()), 1e-9))


def _choose(scores: Numbers, alike: Numbers, lengths: Sequence[int], budget: int, over: bool) -> list[int]:
    chosen: list[int] = []
    taken = np.zeros(len(scores))  # how like to what is chosen already
    waiting = np.zeros(len(scores))
    sizes = np.array(lengths)
    left = budget
    while left > 0 and len(chosen) < len(scores):
        free = waiting if over else np.where(sizes <= left, waiting, -np.inf)
        worth = TRADE * scores - (1 - TRADE) * taken + free
        best = int(np.argmax(worth))
        if worth[best] == -np.inf:
            break
        chosen.append(best)
        left -= lengths[best]
        waiting[best] = -np.inf
        taken = np.maximum(taken, alike[best])
    return chosen or [int(np.argmax(scores))]


def _pairs(texts: Sequence[str]) -> tuple[Numbers, Numbers]:
    """Numbers of the pairs of neighbouring signs, and the sentence each stands in; no punctuation."""
    codes = np.frombuffer("\n".join(texts).encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.int64)
    owner = np.cumsum(codes == 10)
    first, second = codes[:-1], codes[1:]
    plain = (first >= 0x3400) & (first <= 0x9FFF) & (second >= 0x3400) & (second <= 0x9FFF)
    _, terms = np.unique(first[plain] << 16 | second[plain], return_inverse=True)
    return terms, owner[:-1][plain]


def _words(texts: Sequence[str]) -> tuple[Numbers, Numbers]:
    known: dict[str, int] = {}
    terms: list[int] = []
    owner: list[int] = []
    for number, text in enumerate(texts):
        for word in _WORD.findall(text.lower()):
            if word not in _PLAIN:
                terms.append(known.setdefault(word, len(known)))
                owner.append(number)
    return np.array(terms, dtype=np.int64), np.array(owner, dtype=np.int64)
