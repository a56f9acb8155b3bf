"""A library without any label, as the product meets it: documents read, and a seed of what their terms say.

Reading, seed, learning and ranking are the product's own (classify/teaching): nothing here learns anything.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from classify.bench.tasks import Example, Task
from classify.components.rerank import Ranker
from classify.linear.mixing import Shares
from classify.linear.model import LinearModel
from classify.linear.sample import sample_of
from classify.rows import stored_of_row
from classify.taxonomy.choice import named_schemes
from classify.taxonomy.load import Taxonomy
from classify.teaching.labels import Lesson, read_states
from classify.teaching.learn import Course, Read
from classify.teaching.seeds import FIELDS, SAMPLE, seed_of_states, vote_columns

DEPARTMENTS = Path(__file__).parent / "department-seeds.toml"  # a scheme as a home's own would be
SCHEMES = {
    "en-topic": "crs-policy-areas",
    "zh-theme": "guangdong-service-themes",
    "zh-competence": str(DEPARTMENTS),
}
BATCH = 512


@dataclass(frozen=True, slots=True)
class Library:
    """Training and test documents of a task as the product reads them, their labels kept apart."""

    course: Course
    pool: Read
    test: Read

    def shares(self, model: LinearModel, read: Read) -> Shares:
        """How likely each first-level class is, a row a document, columns as in `course.codes`."""
        ranker = Ranker(model, self.course.taxonomy)
        parts = []
        for at in range(0, len(read.states), BATCH):
            some = slice(at, at + BATCH)
            parts.append(ranker.first_level(read.states[some], model.predict(read.samples[some])))
        codes, rows = parts[0][0], np.concatenate([rows for _, rows in parts])
        return rows[:, [codes.index(code) for code in self.course.codes]]

    def accuracy(self, model: LinearModel) -> float:
        """How often the likeliest class of a test document is its own."""
        best = self.shares(model, self.test).argmax(axis=1)
        said = [self.course.codes[place] for place in best]
        gold = [one.gold[0] for one in self.test.lessons]
        return float(np.mean([one == other for one, other in zip(said, gold, strict=True)]))

    def lessons(self, places: Sequence[int]) -> Read:
        """These documents of the pool with their labels, as a librarian has corrected them."""
        pool = self.pool
        return Read(
            [pool.lessons[place] for place in places],
            [pool.states[place] for place in places],
            [pool.samples[place] for place in places],
        )


def library(task: Task) -> Library:
    """Read the task's documents, and learn the seed from what terms say of a sample of its training part."""
    what = SCHEMES[task.name]
    schemes = named_schemes([what])
    taxonomy = schemes.taxonomies[0]
    codes = vote_columns(taxonomy)

    def read(examples: Sequence[Example], stem: str) -> Read:
        lessons = [
            _lesson(one, f"{stem}-{number}", task.language, taxonomy) for number, one in enumerate(examples)
        ]
        states = list(read_states((one.stored for one in lessons), schemes))
        return Read(lessons, states, [sample_of(state, taxonomy, codes, FIELDS) for state in states])

    pool, test = read(task.train, "train"), read(task.test, "test")
    drawn = random.Random(0).sample(pool.states, min(SAMPLE, len(pool.states)))
    seed = seed_of_states(drawn, taxonomy, task.language)
    return Library(Course(what, taxonomy, seed, codes), pool, test)


def _lesson(example: Example, name: str, language: str, taxonomy: Taxonomy) -> Lesson:
    """The document without its label, and the label beside it; one that the scheme lacks is never right."""
    row = {"id": name, "title": example.title, "text": example.body, "lang": language}
    code = taxonomy.code_of(example.labels[0]) or ""
    return Lesson(stored_of_row(row, 1), (code, code), "librarian", random=False)
