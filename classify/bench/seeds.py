"""What our seed words say of documents without any label: the start of a library that has none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from classify.bench.ours import fit
from classify.bench.tasks import Example, Task
from classify.components.state import blank, findings, make_doc
from classify.components.topic import TermVote
from classify.linear.model import LinearModel
from classify.rows import stored_of_row
from classify.strict import read_toml
from classify.taxonomy.load import load_taxonomy

SCHEMES = {"en-topic": "crs-policy-areas", "zh-theme": "guangdong-service-themes"}
DEPARTMENTS = Path(__file__).parent / "department-seeds.toml"
TITLE_POINTS = 3.0  # of a seed word in a title, beside 1 and more in the body
CLEAR = 1.3  # the best class needs so many times the points of the next to be a pseudo-label
Shares = NDArray[np.float64]
Points = Callable[[Example], dict[str, float]]


def votes(task: Task, examples: Sequence[Example]) -> Shares:
    """Points of every class (a column in the order of task.classes) by seed words alone, a row an example."""
    points = _scheme_points(task) if task.name in SCHEMES else _department_points()
    place = {label: number for number, label in enumerate(task.classes)}
    found = np.zeros((len(examples), len(task.classes)))
    for row, example in enumerate(examples):
        for label, number in points(example).items():
            if label in place:
                found[row, place[label]] += number
    return found


def seed_shares(task: Task) -> tuple[Shares, Shares]:
    """What the seeds say of training and test documents: the vote, and one round of learning from it."""
    train, test = votes(task, task.train), votes(task, task.test)
    ranked = np.sort(train, axis=1)
    clear = np.flatnonzero((ranked[:, -1] > 0) & (ranked[:, -1] >= CLEAR * ranked[:, -2]))
    pseudo = [
        Example(one.title, one.body, (task.classes[int(train[row].argmax())],), one.day)
        for row, one in ((int(row), task.train[int(row)]) for row in clear)
    ]
    model = fit(task, pseudo)
    first = (shares(model, task, task.train) + normalised(train)) / 2
    return first, (shares(model, task, task.test) + normalised(test)) / 2


def shares(model: LinearModel, task: Task, examples: Sequence[Example]) -> Shares:
    """The model's probabilities in the columns of task.classes; a class it never met has none."""
    given = model.predict([one.sample for one in examples])
    place = {label: number for number, label in enumerate(task.classes)}
    found = np.zeros((len(examples), len(task.classes)))
    for number, (code, _) in enumerate(model.classes):
        found[:, place[code]] = given[:, number]
    return found


def normalised(points: Shares) -> Shares:
    """Rows that sum to one; a row without any point says nothing of any class."""
    total = points.sum(axis=1, keepdims=True)
    result: Shares = np.where(total > 0, points / np.maximum(total, 1e-9), 1.0 / points.shape[1])
    return result


def _scheme_points(task: Task) -> Points:
    taxonomy = load_taxonomy(SCHEMES[task.name])
    voter, vocab = TermVote(taxonomy, task.language), blank(task.language).vocab
    names = {code: label for label in task.classes if (code := taxonomy.code_of(label))}

    def points(example: Example) -> dict[str, float]:
        stored = stored_of_row({"title": example.title, "text": example.body, "lang": task.language}, 1)
        state = findings(make_doc(vocab, stored))
        said = voter.vote(state, example.body).points
        return {names[code]: number for code, number in said.items() if code in names}

    return points


def _department_points() -> Points:
    terms: dict[str, list[str]] = {one["name"]: one["terms"] for one in read_toml(DEPARTMENTS)["department"]}

    def points(example: Example) -> dict[str, float]:
        found: dict[str, float] = {}
        for name, words in terms.items():
            for word in words:
                count = example.body.count(word)
                title = TITLE_POINTS if word in example.title else 0.0
                if count or title:
                    weight = min(len(word), 4) / 2
                    found[name] = found.get(name, 0.0) + weight * (title + np.log2(1 + count))
        return found

    return points
