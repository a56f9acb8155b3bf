"""The correction curve: batches of 25 drawn half by chance, half by doubt, beside what the seeds say."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classify.bench.ours import fit
from classify.bench.seeds import Shares, seed_shares, shares
from classify.bench.tasks import Example, Task

BATCH = 25
MOST_OF_A_CLASS = 3  # documents of one predicted class that doubt may bring into a batch
WEIGHTS = (1.0, 0.8, 0.6, 0.4, 0.2, 0.0)  # of the seeds, tried by cross-validation
FOLDS = 3
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
    pool, test = seed_shares(task)
    gold = np.array(
        [task.classes.index(one.labels[0]) if one.labels[0] in task.classes else -1 for one in task.test]
    )
    found = [_run(task, pool, test, gold, seed, reach) for seed in range(runs)]
    counts = [count for count, _ in found[0]]
    means = np.mean([[value for _, value in run] for run in found], axis=0)
    return Curve(tuple(zip(counts, (round(float(one), 4) for one in means), strict=True)), runs)


def _run(
    task: Task, pool: Shares, test: Shares, gold: NDArray[np.int64], seed: int, reach: int
) -> list[tuple[int, float]]:
    dice, chosen = random.Random(seed), list[int]()
    now, steps = pool, [(0, _hit(test, gold))]
    while len(chosen) < min(reach, len(task.train) - BATCH):
        chosen += _batch(now, set(chosen), dice)
        examples = [task.train[number] for number in chosen]
        if len({one.labels[0] for one in examples}) < 2:
            continue
        weight = _weight(task, examples, pool[chosen])
        model = fit(task, examples)
        now = weight * pool + (1 - weight) * shares(model, task, task.train)
        answer = weight * test + (1 - weight) * shares(model, task, task.test)
        steps.append((len(chosen), _hit(answer, gold)))
    return steps


def _hit(answer: Shares, gold: NDArray[np.int64]) -> float:
    return float((answer.argmax(axis=1) == gold).mean())


def _batch(now: Shares, taken: set[int], dice: random.Random) -> list[int]:
    """Half drawn by chance, half by the smallest margin, at most three of a predicted class."""
    free = [number for number in range(len(now)) if number not in taken]
    drawn = dice.sample(free, min(BATCH // 2, len(free)))
    ranked = np.sort(now, axis=1)
    margin = ranked[:, -1] - ranked[:, -2]
    predicted = now.argmax(axis=1)
    counts: Counter[int] = Counter()
    kept = set(drawn)
    for number in sorted(free, key=lambda one: float(margin[one])):
        if len(drawn) == BATCH:
            break
        if number not in kept and counts[int(predicted[number])] < MOST_OF_A_CLASS:
            counts[int(predicted[number])] += 1
            drawn.append(number)
    return drawn


def _weight(task: Task, examples: list[Example], seeds: Shares) -> float:
    """The seeds' weight with the best accuracy over three folds, never below the brake."""
    brake = max(0.0, 1 - len(examples) / (4 * len(task.classes)))
    gold = np.array([task.classes.index(one.labels[0]) for one in examples])
    fold = np.arange(len(examples)) % FOLDS
    learnt = np.zeros_like(seeds)
    for number in range(FOLDS):
        rest = [one for one, own in zip(examples, fold, strict=True) if own != number]
        if len({one.labels[0] for one in rest}) < 2:
            return 1.0
        asked = [one for one, own in zip(examples, fold, strict=True) if own == number]
        learnt[fold == number] = shares(fit(task, rest), task, asked)
    best = max(WEIGHTS, key=lambda weight: (_hit(weight * seeds + (1 - weight) * learnt, gold), weight))
    return max(best, brake)
