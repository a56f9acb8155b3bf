"""Classifies what the warehouse holds and has not been labelled: batch by batch, resumable after a kill."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from classify.pipeline import ClassifierPipeline, build_classifier, vocabulary
from classify.quality import measured_quality
from classify.taxonomy.drafts import followed
from warehouse.database import Warehouse
from warehouse.desk.desk import Desk
from warehouse.home import Home
from warehouse.labelling import bake_corrections, count_pending, pending_documents, store_classifications
from warehouse.reference import ingest_quality, ingest_vocabulary

BATCH = 512
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class ClassifySummary:
    """What one run did."""

    documents: int
    with_department: int
    with_topic: int
    corrections: int  # librarian values that were newly baked in or taken out
    classifier_id: str


def classify_pending(home: Home, *, again: bool = False, progress: Progress | None = None) -> ClassifySummary:
    """Label every document this classifier has not seen (`again`: all); a second run does nothing.

    The warehouse is held for one batch at a time, so a kill loses at most the batch under way and other
    writers get their turn.
    """
    pipeline = build_classifier(home)
    total = _prepare(home, pipeline, again)
    documents = departments = topics = 0
    while True:
        with Warehouse.open(home) as warehouse:
            batch = next(pending_documents(warehouse, pipeline.classifier, batch=BATCH), None)
            if not batch:
                break
            answers = list(pipeline.classify(batch))
            store_classifications(warehouse, pipeline.classifier, answers)
        documents += len(answers)
        departments += sum(bool(answer.departments) for answer in answers)
        topics += sum(bool(answer.topics) for answer in answers)
        if progress is not None:
            progress("classify", documents, total)
    with Desk.open(home) as desk:
        corrections = desk.corrections(active=True)
    with Warehouse.open(home) as warehouse:
        baked = bake_corrections(warehouse, followed(corrections, pipeline.schemes.taxonomies))
    return ClassifySummary(documents, departments, topics, baked, pipeline.classifier.classifier_id)


def _prepare(home: Home, pipeline: ClassifierPipeline, again: bool) -> int:
    """Bring names and figures up to date and count the work; `again` marks everything as not yet seen."""
    sample = bool(home.settings.clock.now)
    classes, bodies = vocabulary(sample, home.settings.place.region, pipeline.schemes)
    with Warehouse.open(home) as warehouse:
        ingest_vocabulary(warehouse, classes, bodies)
        ingest_quality(warehouse, measured_quality())
        if again:
            with warehouse.transaction() as connection:
                connection.execute("update classified set classifier_id = ''")
        return count_pending(warehouse, pipeline.classifier)
