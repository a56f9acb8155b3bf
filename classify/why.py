"""Why one document of a warehouse has its classes: who settled them, and what the program says for itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from classify.components.linear_cats import LinearCats
from classify.components.state import language_of
from classify.pipeline import ClassifierPipeline, build_classifier
from classify.rows import label_json
from classify.taxonomy.drafts import followed
from warehouse.database import Warehouse
from warehouse.desk import Desk
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.labelling import documents_of
from warehouse.records import Classification, Correction, Label, StoredDocument

FIELDS = ("department", "topic")
_BAKED = "select field, code from label where document_id = ? and basis = 'librarian'"


def why(home: Home, document_id: str) -> dict[str, Any]:
    """The document's classes as `classify --explain` tells them (docs/json.md); stores nothing.

    `settled`: what a person or the site said, which outranks the program; `department` and `topic`: what a
    classification gives; `program`: what it would give without the site's own classes. A UserError where
    the warehouse holds no such document.
    """
    with Warehouse.open(home) as warehouse:
        found = [one for batch in documents_of(warehouse, [document_id], 1) for one in batch]
        baked = dict(warehouse.connection.execute(_BAKED, [document_id]).fetchall())
    if not found:
        raise UserError(
            f"--explain {document_id}: the warehouse holds no such document; 'search' prints ids."
        )
    stored = found[0]
    pipeline = build_classifier(home)
    with Desk.open(home) as desk:
        corrections = followed(desk.corrections(document_id), pipeline.schemes.taxonomies)
    given = _classified(pipeline, stored)
    alone = _classified(build_classifier(home, hide_published=True), stored)
    return {
        "id": document_id,
        "title": stored.document.title,
        "classifier": pipeline.classifier.model,
        "settled": [*_corrected(corrections, baked), *_published(given)],
        **_labels(given),
        "program": _labels(alone),
        "reasons": list(alone.reasons),
    }


def _classified(pipeline: ClassifierPipeline, stored: StoredDocument) -> Classification:
    """What the classifier says of one document, candidates explained too."""
    nlp = pipeline.pipeline(language_of(stored))
    for _, component in nlp.pipeline:
        if isinstance(component, LinearCats):
            component.explains_candidates = True
    return next(pipeline.classify([stored]))


def _corrected(corrections: Sequence[Correction], baked: dict[str, str]) -> Iterator[dict[str, Any]]:
    """What people said; `waits`: the next run makes it the document's label."""
    for one in corrections:
        if one.field in FIELDS:
            code = str(one.value["code"])
            yield {
                "field": one.field,
                "basis": "librarian",
                "code": code,
                "name": str(one.value["name"]),
                "by": one.account,
                "at": one.created_at,
                "note": one.note,
                "confirmed": one.confirms,
                "waits": baked.get(one.field) != code,
            }


def _published(given: Classification) -> Iterator[dict[str, Any]]:
    for label in (*given.departments, *given.topics):
        if label.basis == "published":
            printed = label.evidence[0].text if label.evidence else label.name
            yield {
                "field": label.field,
                "basis": "published",
                "code": label.code,
                "name": label.name,
                "printed": printed,
            }


def _labels(answer: Classification) -> dict[str, list[dict[str, Any]]]:
    return {
        "department": [_label(label) for label in answer.departments],
        "topic": [_label(label) for label in answer.topics],
    }


def _label(label: Label) -> dict[str, Any]:
    shares = [one.weight for one in label.evidence if one.weight is not None]
    rest = {"other_signs": round(max(1.0 - sum(shares), 0.0), 3)} if shares else {}
    return {**label_json(label), **rest}
