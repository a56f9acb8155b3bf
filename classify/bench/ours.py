"""Our side: the linear model of classify/linear, with settings frozen before any test document was read."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from classify.bench.clock import ROUNDS, rounds, timed
from classify.bench.scores import Answer, Ranked
from classify.bench.settings import settings_of
from classify.bench.tasks import Example, Task
from classify.bench.voting import voted
from classify.linear.features import Sample
from classify.linear.fit import fit_model
from classify.linear.fit_multi import fit_multi
from classify.linear.model import LinearModel, given_classes, load_model

TOP = 20
BATCH = 512


def fit(task: Task, examples: Sequence[Example] | None = None) -> LinearModel:
    """Our model of these examples (default: all of the training part), oldest first."""
    chosen = task.train if examples is None else examples
    samples = samples_of(task, chosen)
    settings = settings_of(task.name, task.language)
    card: dict[str, Any] = {"id": f"bench-{task.name}", "field": "topic", "scheme": "bench", "threshold": 0.0}
    common: dict[str, Any] = {"shape": settings.shape, "cost": settings.cost, "minimum": settings.minimum}
    if task.multi:
        card["codes"] = list(task.classes)
        samples = voted(task.name, task.classes, samples)
        return fit_multi(samples, [one.labels for one in chosen], {}, card, **common)
    labels = [one.labels[:1] for one in chosen]
    return fit_model(
        samples, labels, {}, card, balance=settings.balance, even=settings.even,
        measured=settings.measured, telling=settings.telling, recent=settings.recent,
        doubtful=settings.doubtful, loose=settings.loose, **common,
    )  # fmt: skip


def samples_of(task: Task, examples: Sequence[Example]) -> list[Sample]:
    """What our model of this task sees of these examples."""
    samples = [one.sample for one in examples]
    if not settings_of(task.name, task.language).joined:
        return samples
    return [replace(one, body=f"{one.title}\n{one.body}") for one in samples]


def answer(task: Task, count: int = ROUNDS) -> tuple[Answer, LinearModel]:
    """Train and ask ours: seconds from the texts, in the form that this side reads, to the scores."""
    model, spent = timed(lambda: fit(task))
    tested = samples_of(task, task.test)
    shares, seconds = rounds(
        lambda: _predict(task, model, tested), lambda: _predict(task, model, tested[:1]), count
    )
    names = [code for code, _ in model.classes]
    ranked = tuple(_ranked(row, names) for row in shares)
    given = (
        tuple(tuple(names[place] for place in given_classes(model, row)) for row in shares)
        if task.multi
        else tuple((row[0][0],) for row in ranked)
    )
    size, _ = round_trip(model, voted(task.name, task.classes, tested[:200]))
    return Answer("ours", ranked, given, spent, seconds, size), model


def round_trip(model: LinearModel, samples: Sequence[Sample]) -> tuple[int, float]:
    """Bytes on disk, and the largest difference of a probability after writing and reading."""
    with tempfile.TemporaryDirectory(prefix="govbrief-bench-") as folder:
        path = Path(folder) / "model"
        model.save(path)
        size = sum(file.stat().st_size for file in path.iterdir())
        apart = np.abs(load_model(path).predict(samples) - model.predict(samples)).max()
    return size, float(apart)


def _predict(task: Task, model: LinearModel, samples: Sequence[Sample]) -> Any:
    samples = voted(task.name, task.classes, samples)  # counting terms is part of the answer
    parts = [model.predict(samples[at : at + BATCH]) for at in range(0, len(samples), BATCH)]
    return np.concatenate(parts)


def _ranked(row: Any, names: Sequence[str]) -> Ranked:
    order = np.argsort(-row, kind="stable")[:TOP]
    return [(names[place], float(row[place])) for place in order]
