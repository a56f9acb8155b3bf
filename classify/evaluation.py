"""Measures the classifier against labelled rows: `govbrief evaluate`. The gold field is never seen."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from classify.pipeline import build_classifier
from classify.rows import answers
from classify.training import FIELDS, Data, Labelled, gold_labels, rows_of, within
from warehouse.errors import NothingUsable, UserError

BINS = 10
RANKS = (1, 3, 5)
HIDDEN = (
    "department",
    "departments",
    "issuer",
    "topic",
    "topics",
    "topic_scheme",
    "provisional_topics",
    "department_norm",
)


@dataclass(frozen=True, slots=True)
class Judged:
    """One document: its gold codes (lead first) and our ranked codes with their scores."""

    gold: tuple[str, ...]
    ranked: tuple[str, ...]
    score: float

    @property
    def right(self) -> bool:
        return bool(self.ranked) and self.ranked[0] in self.gold


def evaluate(
    gold: Data, field: str | None = None, model: Path | None = None, *,
    since: date | None = None, until: date | None = None, use_model: bool = True,
) -> dict[str, Any]:  # fmt: skip
    """The figures of one field on labelled rows (or a JSONL file); of both when none is named.

    `model` is a model folder; without one the packaged model answers, or with `use_model=False` the terms.
    """
    if field is not None and field not in FIELDS:
        raise UserError(f"--field '{field}' is unknown; it is department or topic.")
    rows = [row for row in rows_of(gold) if within(row, since, until)]
    fields: dict[str, Any] = {}
    for one in (field,) if field else FIELDS:
        labelled, names, scheme = gold_labels(rows, one)
        if labelled:
            fields[one] = {
                "field": one,
                **evaluate_rows(labelled, names, scheme, one, model, use_model=use_model),
            }
    if not fields:
        raise NothingUsable("evaluate: no row carries a label of that field; check --gold and --field.")
    return dict(fields[field]) if field else {"rows": len(rows), "fields": fields}


def evaluate_rows(
    labelled: Sequence[Labelled], names: dict[str, str], scheme: str, field: str, model: Path | None = None,
    *, use_model: bool = True,
) -> dict[str, Any]:  # fmt: skip
    """The figures of one field; two-level topics at the first (`accuracy`) and both (`accuracy_both`)."""
    classifier = build_classifier(model=model, hide_published=True, use_model=use_model)
    bare = [{key: value for key, value in one.row.items() if key not in HIDDEN} for one in labelled]
    list(answers(classifier, bare[:1]))  # the pipeline is built before the clock starts
    started = time.process_time()
    given = list(answers(classifier, bare))
    seconds = time.process_time() - started
    judged = [
        Judged(
            one.every,
            tuple(label["code"] for label in answer[field]),
            answer[field][0]["score"] if answer[field] else 0.0,
        )
        for one, answer in zip(labelled, given, strict=True)
    ]
    figures: dict[str, Any] = {
        "classifier": classifier.classifier.model,
        "scheme": scheme,
        "documents_per_cpu_second": round(len(judged) / max(seconds, 1e-6), 1),
    }
    if scheme == "state-council" and field == "topic":
        figures["accuracy_both"] = _share(judged, lambda one: one.right)
        judged = [Judged(_tops(one.gold), _tops(one.ranked), one.score) for one in judged]
    return {**figures, **_figures(judged, names)}


def _tops(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code[:2] for code in codes))


def _figures(judged: Sequence[Judged], names: dict[str, str]) -> dict[str, Any]:
    labels = _per_label(judged, names)
    answered = [one for one in judged if one.ranked]
    micro = sum(one.right for one in judged)
    precision, recall = micro / max(len(answered), 1), micro / len(judged)
    return {
        "documents": len(judged),
        "coverage": round(len(answered) / len(judged), 4),
        "accuracy": _share(judged, lambda one: one.right),
        "accuracy_where_answered": _share(answered, lambda one: one.right),
        "micro_f1": round(2 * precision * recall / max(precision + recall, 1e-9), 4),
        "macro_f1": round(sum(label["f1"] for label in labels) / max(len(labels), 1), 4),
        "f1_at": {str(rank): _f1_at(judged, rank) for rank in RANKS},
        "found_in_first": {
            str(rank): _share(judged, lambda one, rank=rank: bool(set(one.ranked[:rank]) & set(one.gold)))  # type: ignore[misc]
            for rank in RANKS
        },
        "ece": _calibration(answered),
        "labels": labels,
        "confusions": _confusions(judged, names),
    }


def _share(judged: Sequence[Judged], test: Callable[[Judged], bool]) -> float:
    return round(sum(test(one) for one in judged) / max(len(judged), 1), 4)


def _per_label(judged: Sequence[Judged], names: dict[str, str]) -> list[dict[str, Any]]:
    """Support, precision, recall and F1 of each class by its lead label, most frequent first."""
    support = Counter(_credited(one) for one in judged)
    given = Counter(one.ranked[0] for one in judged if one.ranked)
    right = Counter(one.ranked[0] for one in judged if one.right)
    rows = []
    for code, count in support.most_common():
        precision, recall = right[code] / given[code] if given[code] else 0.0, right[code] / count
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        rows.append({
            "code": code, "name": names.get(code, code), "support": count, "given": given[code],
            "precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4),
        })  # fmt: skip
    return rows


def _credited(one: Judged) -> str:
    """The gold class a document counts under: the one we gave when it is among them, else the lead."""
    return one.ranked[0] if one.right else one.gold[0]


def _f1_at(judged: Sequence[Judged], rank: int) -> float:
    total = 0.0
    for one in judged:
        hits = len(set(one.ranked[:rank]) & set(one.gold))
        total += 2 * hits / (len(one.ranked[:rank]) + len(set(one.gold))) if hits else 0.0
    return round(total / max(len(judged), 1), 4)


def _calibration(answered: Sequence[Judged]) -> float:
    """Expected calibration error over ten equal bins of the score."""
    bins: list[list[Judged]] = [[] for _ in range(BINS)]
    for one in answered:
        bins[min(int(one.score * BINS), BINS - 1)].append(one)
    gaps = (abs(sum(x.right for x in b) - sum(x.score for x in b)) for b in bins if b)
    return round(sum(gaps) / max(len(answered), 1), 4)


def _confusions(judged: Sequence[Judged], names: dict[str, str]) -> list[dict[str, Any]]:
    pairs = Counter((one.gold[0], one.ranked[0] if one.ranked else "") for one in judged if not one.right)
    return [
        {
            "gold": names.get(gold, gold),
            "given": names.get(given, given) or "undetermined",
            "documents": count,
        }
        for (gold, given), count in pairs.most_common(10)
    ]
