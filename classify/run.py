"""Classifies what the warehouse holds and has not been labelled: batch by batch, resumable after a kill."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from classify.departments.authority import authority
from classify.pipeline import ClassifierPipeline, build_classifier, vocabulary
from classify.quality import measured_evaluations, measured_quality
from classify.taxonomy.drafts import followed
from classify.teaching.own import own_quality
from warehouse.database import Warehouse
from warehouse.desk.desk import Desk
from warehouse.home import Home
from warehouse.labelling import bake_corrections, count_pending, pending_documents, store_classifications
from warehouse.lineage import BodyStep, ingest_lineage
from warehouse.reference import ingest_evaluations, ingest_quality, ingest_vocabulary

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
        own = own_quality(home, desk)
    with Warehouse.open(home) as warehouse:
        ingest_quality(warehouse, own)
        baked = bake_corrections(warehouse, followed(corrections, pipeline.schemes.taxonomies))
    return ClassifySummary(documents, departments, topics, baked, pipeline.classifier.classifier_id)


def _prepare(home: Home, pipeline: ClassifierPipeline, again: bool) -> int:
    """Bring names and figures up to date and count the work; `again`: all, or what a stopped run left."""
    sample = bool(home.settings.clock.now)
    classes, bodies = vocabulary(sample, home.settings.place.region, pipeline.schemes)
    with Warehouse.open(home) as warehouse:
        ingest_vocabulary(warehouse, classes, bodies)
        ingest_lineage(warehouse, lineage_steps(sample=sample, region=home.settings.place.region))
        ingest_quality(warehouse, measured_quality())
        ingest_evaluations(warehouse, measured_evaluations())
        if again:
            _mark_all(warehouse)
        return count_pending(warehouse, pipeline.classifier)


def _mark_all(warehouse: Warehouse) -> None:
    """Every document is to be seen anew; where a run that was to do so was stopped, the rest of it is."""
    with warehouse.transaction() as connection:
        left = connection.execute("select 1 from classified where classifier_id = '' limit 1").fetchone()
        if left is None:
            connection.execute("update classified set classifier_id = ''")


def lineage_steps(*, sample: bool, region: str = "") -> Iterator[BodyStep]:
    """What became of every body, of `region` the cities' too, one step for each pair of bodies it joins."""
    for lineage in authority().lineages(region):
        for step in lineage.steps:
            for before, after in product(step.before, step.after):
                if sample or not before.startswith(("xs-", "xm-")):
                    yield BodyStep(before, after, step.kind, step.day, step.basis, step.what)
