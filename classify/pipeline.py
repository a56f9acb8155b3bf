"""Assembles the spaCy pipelines (one a language) and runs documents through them in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from spacy.language import Language

from classify.components import COMPONENTS
from classify.components.state import Findings, blank, findings, make_doc
from classify.departments.authority import authority
from classify.taxonomy.load import load_taxonomy
from warehouse.home import Home
from warehouse.identity import digest
from warehouse.records import Body, Classification, Classifier, StoredDocument, TopicClass

CODE_VERSION = "1"  # raise it when rules change what they answer
BATCH = 64


class ClassifierPipeline:
    """Everything classification does, for any number of documents."""

    def __init__(self, classifier: Classifier, hide_published: bool) -> None:
        self.classifier = classifier
        self.hide_published = hide_published
        self._pipelines: dict[str, Language] = {}

    def pipeline(self, language: str) -> Language:
        """The spaCy pipeline for documents of this language, built when first needed."""
        name = "en" if language.startswith("en") else "zh"
        if name not in self._pipelines:
            self._pipelines[name] = build_pipeline(name)
        return self._pipelines[name]

    def classify(self, documents: Iterable[StoredDocument]) -> Iterator[Classification]:
        """One Classification for each document, in order; memory stays bounded by the batch."""
        waiting = iter(documents)
        while batch := list(islice(waiting, BATCH)):
            yield from self._classify_batch(batch)

    def _classify_batch(self, batch: list[StoredDocument]) -> list[Classification]:
        answers: dict[int, Classification] = {}
        groups: dict[str, list[int]] = {}
        for index, stored in enumerate(batch):
            groups.setdefault("en" if stored.document.language.startswith("en") else "zh", []).append(index)
        for language, indexes in groups.items():
            nlp = self.pipeline(language)
            with nlp.memory_zone():
                docs = (make_doc(nlp.vocab, batch[index], self.hide_published) for index in indexes)
                for index, doc in zip(indexes, nlp.pipe(docs, batch_size=BATCH), strict=True):
                    answers[index] = self._answer(findings(doc))
        return [answers[index] for index in range(len(batch))]

    def _answer(self, state: Findings) -> Classification:
        own = self.classifier.classifier_id
        return Classification(
            document_id=state.document.document_id, reading_id=state.stored.reading_id,
            departments=tuple(replace(label, classifier_id=own) for label in state.departments),
            topics=tuple(replace(label, classifier_id=own) for label in state.topics),
            number=state.number, doc_type=state.doc_type, citations=tuple(state.citations),
            duties=tuple(state.duties), facts=tuple(state.facts), reasons=tuple(state.reasons),
        )  # fmt: skip


def build_pipeline(language: str) -> Language:
    """A blank spaCy pipeline of this language with every component in its order."""
    nlp = blank(language)
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def build_classifier(
    home: Home | None = None, model: Path | None = None, hide_published: bool = False
) -> ClassifierPipeline:
    """The classifier with the packaged taxonomy and authority file; its name changes when any of its parts does."""
    taxonomy, bodies = load_taxonomy().version, authority().version
    name = "terms"
    classifier_id = "cls-" + digest(name, taxonomy, bodies, CODE_VERSION, length=12)
    return ClassifierPipeline(Classifier(classifier_id, name, taxonomy, bodies, CODE_VERSION), hide_published)


def vocabulary(sample: bool = True, region: str = "") -> tuple[list[TopicClass], list[Body]]:
    """All classes of the scheme and the bodies to choose from: all of `region`, the usual ones elsewhere."""
    return [node.topic for node in load_taxonomy().nodes], authority().bodies(sample=sample, region=region)
