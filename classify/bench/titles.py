"""gov_titles in three time blocks, each judged by a model of everything older; title and number only."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classify.bench.scores import interval
from classify.components.citation import plain_title
from classify.pipeline import build_classifier
from classify.rows import answers
from classify.training import Labelled, gold_labels, read_rows, train, within

FILE = "zh/gov_titles.jsonl.gz"
SHOWN = ("id", "title", "doc_number", "unit", "lang", "jurisdiction")
BLOCKS = (
    (date(2019, 12, 31), date(2021, 7, 27)),
    (date(2021, 7, 27), date(2023, 8, 15)),
    (date(2023, 8, 15), date.max),
)
Marks = dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class Figure:
    """The mean of the blocks of one figure, with the bootstrap interval over all their titles."""

    value: float
    low: float
    high: float
    blocks: tuple[float, ...]
    sample: int


def title_figures(data: Path, most: int = 0) -> dict[str, Figure]:
    """Topics of ours and of a character machine, over the three blocks."""
    rows = list(read_rows(data / FILE))
    if most:
        rows = rows[:: max(len(rows) // most, 1)]
    blocks = [_block(rows, since, until) for since, until in BLOCKS]
    return {name: _mean([np.array(block[name]) for block in blocks]) for name in blocks[0]}


def _mean(blocks: Sequence[NDArray[np.float64]]) -> Figure:
    """Each block counts alike, whatever its size: the weights of the draw are as unequal as the blocks."""
    means = tuple(round(float(block.mean()), 4) for block in blocks)
    scale = [sum(map(len, blocks)) / (len(blocks) * len(block)) for block in blocks]
    low, high = interval(np.concatenate([block * one for block, one in zip(blocks, scale, strict=True)]))
    return Figure(
        round(float(np.mean(means)), 4), round(low, 4), round(high, 4), means, sum(map(len, blocks))
    )


def _block(rows: list[dict[str, Any]], since: date, until: date) -> Marks:
    tested = [row for row in rows if within(row, since, until)]
    seen = {plain_title(row["title"]) for row in tested}
    older = [row for row in rows if within(row, None, since) and plain_title(row["title"]) not in seen]
    with tempfile.TemporaryDirectory(prefix="govbrief-bench-") as folder:
        train(older, "topic", Path(folder) / "model")
        marks = _topic_marks(tested, Path(folder) / "model")
    return marks | _reference_marks(older, tested)


def _topic_marks(tested: list[dict[str, Any]], model: Path) -> Marks:
    labelled, _, _ = gold_labels(tested, "topic")
    given = _codes(labelled, "topic", model)
    firsts = [tuple(dict.fromkeys(code[:2] for code in row)) for row in given]
    gold = [one.gold[0][:2] for one in labelled]
    return {
        "topic-first-level": [float(bool(f) and f[0] == g) for f, g in zip(firsts, gold, strict=True)],
        "topic-first-three": [float(g in f[:3]) for f, g in zip(firsts, gold, strict=True)],
        "topic-both-levels": [
            float(bool(row) and row[0] in one.every) for row, one in zip(given, labelled, strict=True)
        ],
    }


def _reference_marks(older: list[dict[str, Any]], tested: list[dict[str, Any]]) -> Marks:
    """A balanced character machine on the title and the letters of the number."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    learnt, _, _ = gold_labels(older, "topic")
    asked, _, _ = gold_labels(tested, "topic")
    vector = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2)
    rows = vector.fit_transform([_letters(one.row) for one in learnt])
    fresh = vector.transform([_letters(one.row) for one in asked])
    found: Marks = {}
    for name, level in (("topic-first-level", 0), ("topic-both-levels", 1)):
        machine = LinearSVC(class_weight="balanced", random_state=0)
        machine.fit(rows, [one.gold[level] for one in learnt])
        best = machine.predict(fresh)
        found[f"{name} (sklearn-char)"] = [
            float(b == one.gold[level]) for b, one in zip(best, asked, strict=True)
        ]
    return found


def _letters(row: dict[str, Any]) -> str:
    number = row.get("doc_number") or ""
    return f"{row['title']} {''.join(sign for sign in number if not sign.isdigit())}"


def _codes(labelled: Sequence[Labelled], field: str, model: Path | None) -> list[tuple[str, ...]]:
    """Our codes of each row, best first, from what may be seen alone."""
    classifier = build_classifier(model=model, hide_published=True)
    bare = [{key: one.row[key] for key in SHOWN if key in one.row} for one in labelled]
    return [tuple(label["code"] for label in said[field]) for said in answers(classifier, bare)]
