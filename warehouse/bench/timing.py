"""Timing on a machine that others use too: both sides in turns, medians and 95th percentiles."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Spread:
    """Milliseconds of several calls."""

    middle: float
    late: float  # 95 of 100 calls took no longer
    calls: int


def spread(milliseconds: Sequence[float]) -> Spread:
    """Median and 95th percentile."""
    ordered = sorted(milliseconds)
    place = min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))
    return Spread(round(median(ordered), 3), round(ordered[place], 3), len(ordered))


def milliseconds(work: Work) -> float:
    """How long one call took."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def in_turns(pairs: Iterable[Sequence[Work]], rounds: int) -> list[list[float]]:
    """For each side the time of each of its works: every work `rounds` times in turn with its counterpart
    of the other sides, and the quickest of them, which noise disturbed least.

    A first call of each is not counted: it brings files into memory.
    """
    listed = [tuple(pair) for pair in pairs]
    best: list[list[float]] = [[] for _ in listed[0]] if listed else []
    gc.collect()
    for pair in listed:
        for work in pair:
            work()
        times = [[milliseconds(work) for work in pair] for _ in range(rounds)]
        for side, found in enumerate(zip(*times, strict=True)):
            best[side].append(min(found))
    return best


def ratio(ours: float, reference: float) -> float:
    """Ours in parts of the reference."""
    return round(ours / reference, 2) if reference else 0.0
