"""Whether the review queue's order teaches faster than chance: `python -m classify.bench.queue_order`.

Documents are labelled in rounds of a sitting's size, in the queue's order or drawn by lot; after each round
the product learns and is asked about test documents that nobody labels.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from pathlib import Path
from typing import Literal

import numpy as np

from classify.bench.seeds import Library, library
from classify.bench.tasks import load_task
from classify.linear.mixing import Shares
from classify.teaching.learn import learn
from warehouse.desk.sittings import SIZE
from warehouse.intervals import wilson
from warehouse.review import spread, worth

Order = Literal["queue", "lot"]
ORDERS: tuple[Order, ...] = ("queue", "lot")
REACH = 200


def curve(known: Library, order: Order, run: int, reach: int) -> list[tuple[int, float]]:
    """Labels given and the accuracy after them; the first is that of the seeds alone."""
    lot = random.Random(run)
    chosen = lot.sample(range(len(known.pool.lessons)), SIZE)  # both orders begin alike
    steps = [(0, known.accuracy(known.course.seed))]
    while True:
        model, _ = learn(known.course, known.lessons(chosen))
        steps.append((len(chosen), known.accuracy(model)))
        if len(chosen) >= reach:
            return steps
        left = [place for place in range(len(known.pool.lessons)) if place not in set(chosen)]
        if order == "lot":
            chosen += lot.sample(left, SIZE)
        else:
            chosen += _first(known, known.shares(model, known.pool), chosen, left)


def _first(known: Library, now: Shares, chosen: list[int], left: list[int]) -> list[int]:
    """The first documents of the queue: by what their labels are worth, classes taking turns."""
    examples = Counter(known.pool.lessons[place].gold[0] for place in chosen)
    codes = known.course.codes
    ranked = np.sort(now, axis=1)

    def value(place: int) -> float:
        margin = float(ranked[place, -1] - ranked[place, -2])
        return worth(margin, examples[codes[now[place].argmax()]], False, 0)

    best = sorted(left, key=lambda place: (-value(place), place))
    order = spread([codes[now[place].argmax()] for place in best])
    return [best[number] for number in order[:SIZE]]


def labels_needed(steps: list[tuple[int, float]], accuracy: float) -> int | None:
    """The labels after which the accuracy is reached for the first time; None when it never is."""
    return next((labels for labels, reached in steps if reached >= accuracy), None)


def main(arguments: list[str] | None = None) -> int:
    """Print both curves of each run as JSON, with the size of the test and the interval at the end."""
    parser = argparse.ArgumentParser(prog="python -m classify.bench.queue_order", description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    parser.add_argument("--task", default="zh-theme")
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--reach", type=int, default=REACH)
    args = parser.parse_args(arguments)
    known = library(load_task(args.task, args.data))
    documents = len(known.test.lessons)
    for run in range(args.runs):
        curves = {order: curve(known, order, run, args.reach) for order in ORDERS}
        goal = min(steps[-1][1] for steps in curves.values())
        told: dict[str, object] = {
            "task": args.task, "run": run, "test": documents, "pool": len(known.pool.lessons),
            "goal": round(goal, 4),
            **{
                order: {
                    "needed": labels_needed(steps, goal), "last": round(steps[-1][1], 4),
                    "interval": wilson(steps[-1][1], documents), "steps": steps,
                }
                for order, steps in curves.items()
            },
        }  # fmt: skip
        print(json.dumps(told), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
