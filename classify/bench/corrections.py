"""The correction curve: sittings drawn and learnt from by the product itself, beside what the seeds say."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from classify.bench.seeds import Library, library
from classify.bench.tasks import Task
from classify.linear.mixing import Shares
from classify.teaching.learn import learn
from warehouse.desk.sittings import SIZE
from warehouse.queries.teaching import Candidate
from warehouse.sittings import draw

BATCH = SIZE  # documents of a sitting, fewer where the brake finds no more
REACH = 300  # corrections to which the curve goes


@dataclass(frozen=True, slots=True)
class Curve:
    """Accuracy on the test documents after so many corrections; `steps[0]` is that of the seeds alone."""

    steps: tuple[tuple[int, float], ...]
    runs: int

    @property
    def seeds(self) -> float:
        return self.steps[0][1]

    @property
    def last(self) -> float:
        return self.steps[-1][1]

    @property
    def worst_step(self) -> float:
        """The lowest accuracy after any batch, less that of the seeds."""
        return min(value for _, value in self.steps) - self.seeds


def curve(task: Task, runs: int = 2, reach: int = REACH) -> Curve:
    """The mean of several runs that draw by other seeds."""
    known = library(task)
    found = [_run(known, run, reach) for run in range(runs)]
    sittings = zip(*found, strict=False)  # as many as every run had
    means = ((one[0][0], round(float(np.mean([value for _, value in one])), 4)) for one in sittings)
    return Curve(tuple(means), runs)


def _run(known: Library, run: int, reach: int) -> list[tuple[int, float]]:
    """Sittings one after the other, each drawn by what was learnt of those before it."""
    chosen: list[int] = []
    now = known.shares(known.course.seed, known.pool)
    steps = [(0, known.accuracy(known.course.seed))]
    while len(chosen) < min(reach, len(now) - BATCH):
        chosen += _batch(now, known.course.codes, set(chosen), f"{run} {len(chosen)}")
        del chosen[reach:]
        model, _ = learn(known.course, known.lessons(chosen))
        now = known.shares(model, known.pool)
        steps.append((len(chosen), known.accuracy(model)))
    return steps


def _batch(now: Shares, codes: tuple[str, ...], taken: Collection[int], lot: str) -> list[int]:
    """One sitting of documents that were in none before, those drawn by chance first."""
    ranked = np.sort(now, axis=1)
    found = [
        Candidate(str(number), codes[row.argmax()], None, float(best), float(best - second))
        for number, (row, (second, best)) in enumerate(zip(now, ranked[:, -2:], strict=True))
        if number not in taken
    ]
    drawn = sorted(draw(found, BATCH, lot), key=lambda one: one.drawn != "random")
    return [int(one.document_id) for one in drawn]
