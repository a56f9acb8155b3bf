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


def both_clocks(work: Work) -> tuple[float, float]:
    """Milliseconds that one call took, and what it cost of all cores together: other work on the machine adds
    much to the first and little to the second.
    """
    began, spent = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - began) * 1000, (time.process_time() - spent) * 1000


def in_turns(pairs: Iterable[Sequence[Work]], rounds: int) -> list[list[float]]:
    """For each side the time of each of its works: in each of the `rounds` every work once, right beside its
    counterpart of the other sides; the quickest counts, which noise disturbed least.

    Rounds lie apart, so that a burst of other work does not meet every call of one. A first call of each is
    not counted: it brings files into memory.
    """
    listed = [tuple(pair) for pair in pairs]
    times: list[list[list[float]]] = [[[] for _ in pair] for pair in listed]
    for work in (work for pair in listed for work in pair):
        work()
    gc.collect()
    for _ in range(rounds):
        for pair, found in zip(listed, times, strict=True):
            for work, own in zip(pair, found, strict=True):
                own.append(milliseconds(work))
    sides = range(len(listed[0]) if listed else 0)
    return [[min(found[side]) for found in times] for side in sides]


def ratio(ours: float, reference: float) -> float:
    """Ours in parts of the reference."""
    return round(ours / reference, 2) if reference else 0.0
