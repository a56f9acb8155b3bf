"""How far two people agree: percent, Cohen's kappa with an interval, and the same for each class."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.desk.bulk.second import Pair
from warehouse.intervals import wilson

FEWEST = 30  # documents judged twice below which no figure is given
FEWEST_OF_CLASS = 5  # documents to which either person gave the class
_DRAWS, _TAIL = 1000, 0.025

Said = tuple[str, str]  # the code of the first person and of the second


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on one field, on first-level or whole classes."""

    documents: int  # both said a class
    agreed: int
    low: float  # of the share, 95 %, after Wilson
    high: float
    kappa: float | None  # None: undefined, both gave one and the same class to everything
    kappa_low: float | None  # 95 %, by drawing the documents again 1,000 times
    kappa_high: float | None
    unsaid: int  # the second person could not say

    @property
    def share(self) -> float:
        return self.agreed / self.documents


@dataclass(frozen=True, slots=True)
class OfClass:
    """Agreement on one class against all others."""

    code: str
    documents: int  # either person gave it
    agreed: int  # both did
    kappa: float | None


def said_of(pairs: Sequence[Pair], first_level: bool) -> list[Said]:
    """The codes of those pairs in which both people said a class."""
    both = [(str(one.first["code"]), str(one.second["code"])) for one in pairs if one.second is not None]
    return [(_top(a), _top(b)) for a, b in both] if first_level else both


def agreement(pairs: Sequence[Pair], first_level: bool = False, fewest: int = FEWEST) -> Agreement | None:
    """The agreement of documents judged twice; None where there are fewer than `fewest`."""
    said = said_of(pairs, first_level)
    if len(said) < max(fewest, 1):
        return None
    agreed = sum(a == b for a, b in said)
    low, high = wilson(agreed / len(said), len(said))
    bounds = _drawn_again(said)
    return Agreement(len(said), agreed, low, high, kappa(said), *bounds, len(pairs) - len(said))


def kappa(said: Sequence[Said]) -> float | None:
    """Cohen (1960): how much more two people agree than their habits alone would make them."""
    n = len(said)
    if not n:
        return None
    observed = sum(a == b for a, b in said) / n
    first, second = Counter(a for a, _ in said), Counter(b for _, b in said)
    expected = sum(first[code] * second[code] for code in first) / (n * n)
    return None if expected >= 1 else (observed - expected) / (1 - expected)


def by_class(pairs: Sequence[Pair], first_level: bool = True, fewest: int = FEWEST_OF_CLASS) -> list[OfClass]:
    """Each class that either person gave to at least `fewest` documents, the least agreed first."""
    said = said_of(pairs, first_level)
    found = []
    for code in {code for pair in said for code in pair}:
        told = [("in" if a == code else "out", "in" if b == code else "out") for a, b in said]
        either = sum("in" in one for one in told)
        if either >= fewest:
            found.append(OfClass(code, either, told.count(("in", "in")), kappa(told)))
    return sorted(found, key=lambda one: (one.agreed / one.documents, one.code))


def _drawn_again(said: Sequence[Said]) -> tuple[float | None, float | None]:
    lot = random.Random(1960)
    draws = (kappa(lot.choices(said, k=len(said))) for _ in range(_DRAWS))
    values = sorted(value for value in draws if value is not None)
    if not values:
        return None, None
    return values[int(_TAIL * len(values))], values[int((1 - _TAIL) * len(values)) - 1]


def _top(code: str) -> str:
    """The first level of a class; bodies have none above them."""
    head, dash, tail = code.partition("-")
    return head if dash and head.isdigit() and tail[:1].isdigit() else code
