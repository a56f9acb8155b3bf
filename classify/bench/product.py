"""What is measured of the product as it is shipped: speed of its pipelines and the file of a model."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.language import Language

from classify.bench.clock import ROUNDS, rounds
from classify.components import COMPONENTS, LABELLING
from classify.components.state import blank, make_doc
from classify.pipeline import STARTER, build_classifier
from classify.rows import stored_of_row
from classify.training import read_rows
from warehouse.records import StoredDocument

FILE = "zh/documents.jsonl.gz"
SIGNS, LONG = 1800, 4600  # characters of a document
DOCUMENTS = 600
STEP = 5  # every fifth document, so that laws and ministry papers both come


def speeds(data: Path, most: int = DOCUMENTS, count: int = ROUNDS) -> dict[str, float]:
    """Documents a CPU second: tokenizer and classifier, the whole pipeline with facts, the spans alone."""
    short, long = _documents(data, SIGNS, most), _documents(data, LONG, most // 2)
    classifier = build_classifier(hide_published=True)
    model_only = blank("zh")
    model_only.add_pipe("linear_cats", config={"model": str(STARTER)})
    spans = blank("zh")
    for name in (name for name in COMPONENTS if name not in LABELLING):
        spans.add_pipe(name)
    return {
        "classifier": _rate(lambda: _piped(model_only, short), short, count),
        "whole": _rate(lambda: sum(1 for _ in classifier.classify(short)), short, count),
        "spans": _rate(lambda: _piped(spans, long), long, count),
    }


def _documents(data: Path, length: int, most: int) -> list[StoredDocument]:
    rows = (row for row in read_rows(data / FILE) if row["unit"] == "document" and row.get("text"))
    chosen: list[StoredDocument] = []
    for number, row in enumerate(rows):
        if number % STEP == 0 and len(row["text"]) >= length:
            chosen.append(stored_of_row({**row, "text": row["text"][:length]}, number))
        if len(chosen) == most:
            break
    return chosen


def _piped(nlp: Language, documents: Iterable[StoredDocument]) -> int:
    with nlp.memory_zone():
        docs = (make_doc(nlp.vocab, stored, True) for stored in documents)
        return sum(1 for _ in nlp.pipe(docs, batch_size=64))


def _rate(work: Any, documents: list[StoredDocument], count: int) -> float:
    _, seconds = rounds(work, work, count)
    return round(len(documents) / sorted(seconds)[len(seconds) // 2], 1)
