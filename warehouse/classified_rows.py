"""What classification says of one document, as rows of the warehouse's tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from warehouse.content import title_key
from warehouse.records import Classification, Classifier, Label

Row = tuple[Any, ...]


def classified_row(one: Classification, classifier: Classifier) -> Row:
    """The row of `done`: what was classified, its number taken apart and its kind."""
    number = one.number
    parts = (number.normal, number.organ, number.year, number.serial) if number else (None, None, None, None)
    return (
        one.document_id,
        one.reading_id,
        classifier.classifier_id,
        *parts,
        one.doc_type,
        list(one.reasons),
    )


def label_rows(one: Classification) -> Iterator[Row]:
    """Departments, then topics, each ranked from 1."""
    for labels in (one.departments, one.topics):
        for rank, label in enumerate(labels, start=1):
            yield (
                one.document_id, label.field, rank, label.scheme, label.code, label.name, label.score,
                label.basis, _evidence(label), label.classifier_id, label.given,
            )  # fmt: skip


def citation_rows(one: Classification) -> Iterator[Row]:
    """One a citation, with the key under which titles are looked up."""
    for c in one.citations:
        yield (
            c.fact_id, one.document_id, c.kind, c.sentence, c.paragraph, c.start, c.end, c.target_title,
            c.target_number, title_key(c.target_title) or None,
        )  # fmt: skip


def duty_rows(one: Classification) -> Iterator[Row]:
    """One a duty."""
    for d in one.duties:
        yield (
            d.fact_id, one.document_id, d.sentence, d.paragraph, d.start, d.end, list(d.who), d.what,
            d.due, d.due_printed, d.value, d.strength,
        )  # fmt: skip


def fact_rows(one: Classification) -> Iterator[Row]:
    """One a fact."""
    for f in one.facts:
        yield (
            f.fact_id, one.document_id, f.kind, f.value, f.sentence, f.paragraph, f.start, f.end, f.rule
        )  # fmt: skip


def route_rows(one: Classification) -> Iterator[Row]:
    """One a body or class that it gives work to, or the one that says why to nobody."""
    for r in one.routes:
        yield (
            r.fact_id, one.document_id, r.code, r.name, r.reason, r.paragraph, r.start, r.end, r.rule
        )  # fmt: skip


def _evidence(label: Label) -> str:
    return json.dumps([asdict(evidence) for evidence in label.evidence], ensure_ascii=False)
