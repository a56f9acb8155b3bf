"""The reference: TF-IDF of characters or words and a linear support vector machine of scikit-learn."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from typing import Any

import numpy as np

from classify.bench.clock import ROUNDS, rounds, timed
from classify.bench.scores import Answer, Ranked
from classify.bench.tasks import Example, Task, group_fifth, newest_fifth

TOP = 20
WORDS = r"(?u)[^\W_]+|#"
GRID = np.round(np.arange(-1.0, 0.6, 0.05), 2)  # decision values tried as the threshold of several labels


def answer(task: Task, kind: str, count: int = ROUNDS) -> Answer:
    """Train and ask one reference, `char` or `word`; of several labels one against the rest."""
    texts = [one.text for one in task.train]
    (vector, machine), spent = timed(lambda: _fit(task, kind, texts, task.train))
    tested = [one.text for one in task.test]
    scores, seconds = rounds(
        lambda: _scores(vector, machine, tested), lambda: _scores(vector, machine, tested[:1]), count
    )
    classes = list(machine.classes_)
    threshold = _threshold(task, kind) if task.multi else None
    ranked = tuple(_ranked(row, classes) for row in scores)
    given = tuple(
        tuple(label for label, score in row if threshold is not None and score >= threshold)
        or (() if task.multi else (row[0][0],))
        for row in ranked
    )
    return Answer(f"sklearn-{kind}", ranked, given, spent, seconds, len(pickle.dumps((vector, machine))))


def _fit(task: Task, kind: str, texts: list[str], examples: Sequence[Example]) -> tuple[Any, Any]:
    from sklearn.svm import LinearSVC

    vector = _vectorizer(task, kind)
    rows = vector.fit_transform(texts)
    if not task.multi:
        machine = LinearSVC(class_weight="balanced", random_state=0)
        return vector, machine.fit(rows, [one.labels[0] for one in examples])
    return vector, _OneEach(task.classes).fit(rows, examples)


def _vectorizer(task: Task, kind: str) -> Any:
    """Characters two to four for Chinese and three to five for English, or words and pairs of words."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    shared = {"sublinear_tf": True, "min_df": 2, "dtype": np.float32}
    if kind == "char" and task.language == "zh":
        return TfidfVectorizer(analyzer="char", ngram_range=(1, 3), **shared)
    if kind == "char":
        return TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), **shared)
    if task.language == "zh":
        return TfidfVectorizer(tokenizer=_cut, token_pattern=None, ngram_range=(1, 2), **shared)
    return TfidfVectorizer(token_pattern=WORDS, ngram_range=(1, 2), **shared)


def _cut(text: str) -> list[str]:
    import rjieba

    words: list[str] = rjieba.cut(text)
    return words


class _OneEach:
    """One machine a class on rows that all share."""

    def __init__(self, classes: Sequence[str]) -> None:
        self.classes_ = list(classes)

    def fit(self, rows: Any, examples: Sequence[Example]) -> _OneEach:
        from sklearn.svm import LinearSVC

        coefficients, offsets = [], []
        for label in self.classes_:
            own = np.array([label in one.labels for one in examples])
            if own.all() or not own.any():  # older documents may lack a class altogether
                coefficients.append(np.zeros(rows.shape[1], dtype=np.float32))
                offsets.append(1.0 if own.all() else -1.0)
                continue
            machine = LinearSVC(random_state=0).fit(rows, own)
            coefficients.append(machine.coef_[0].astype(np.float32))
            offsets.append(float(machine.intercept_[0]))
        self.coefficients, self.offsets = np.stack(coefficients).T, np.array(offsets)
        return self

    def decision_function(self, rows: Any) -> Any:
        return rows @ self.coefficients + self.offsets


def _scores(vector: Any, machine: Any, texts: list[str]) -> Any:
    scores = machine.decision_function(vector.transform(texts))
    return np.stack([-scores, scores], axis=1) if scores.ndim == 1 else scores


def _ranked(row: Any, classes: list[str]) -> Ranked:
    order = np.argsort(-row, kind="stable")[:TOP]
    return [(classes[place], float(row[place])) for place in order]


def _threshold(task: Task, kind: str) -> float:
    """The decision value with the best F1 on a fifth of the training documents, drawn as the test was."""
    newest = task.split == "time"
    older, newer = newest_fifth(task.train) if newest else group_fifth(task.train, 1)
    vector, machine = _fit(task, kind, [one.text for one in older], older)
    scores = _scores(vector, machine, [one.text for one in newer])
    gold = np.array([[label in one.labels for label in task.classes] for one in newer])
    best = [2 * (gold & (scores >= at)).sum() / ((scores >= at).sum() + gold.sum()) for at in GRID]
    return float(GRID[int(np.argmax(best))])
