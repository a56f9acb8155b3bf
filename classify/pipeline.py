"""Assembles the spaCy pipelines (one a language) and runs documents through them in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from spacy.language import Language

from classify.components import COMPONENTS, LABELLING
from classify.components.state import Findings, blank, findings, make_doc
from classify.departments.authority import authority
from classify.linear.model import CARD, load_model
from classify.taxonomy.load import load_taxonomy
from warehouse.home import Home
from warehouse.identity import digest
from warehouse.records import Body, Classification, Classifier, StoredDocument, TopicClass

CODE_VERSION = "1"  # raise it when rules change what they answer
BATCH = 64
STARTER = Path(__file__).parent / "models" / "starter"


class ClassifierPipeline:
    """Everything classification does, for any number of documents."""

    def __init__(self, classifier: Classifier, hide_published: bool, model: Path | None = None) -> None:
        self.classifier = classifier
        self.hide_published = hide_published
        self.model = model
        self._pipelines: dict[str, Language] = {}

    def pipeline(self, language: str) -> Language:
        """The spaCy pipeline for documents of this language, built when first needed."""
        name = "en" if language.startswith("en") else "zh"
        if name not in self._pipelines:
            self._pipelines[name] = build_pipeline(name, self._model_for(name))
        return self._pipelines[name]

    def _model_for(self, language: str) -> Path | None:
        """The model where it fits: one learnt from Chinese titles says nothing of English ones."""
        if self.model is None:
            return None
        return self.model if load_model(self.model).card["words"] == (language == "en") else None

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


def build_pipeline(language: str, model: Path | None = None, mining: bool = True) -> Language:
    """A blank spaCy pipeline with its components in order; `mining=False` leaves out the facts."""
    nlp: Language = blank(language)
    for name in COMPONENTS if mining else LABELLING:
        nlp.add_pipe(name)
    if model is not None:
        nlp.add_pipe("linear_cats", config={"model": str(model)})
    return nlp


def build_classifier(
    home: Home | None = None, model: Path | None = None, hide_published: bool = False, use_model: bool = True
) -> ClassifierPipeline:
    """The classifier with taxonomy, authority file and a model: the one named, the home's, ours.

    Its name changes when any of its parts does. `use_model=False`: rules and terms alone.
    """
    taxonomy, bodies = load_taxonomy().version, authority().version
    chosen = (model or home_model(home) or STARTER) if use_model else None
    if model is None and chosen is not None and not (chosen / CARD).is_file():
        chosen = None
    name = load_model(chosen).model_id if chosen else "terms"
    classifier_id = "cls-" + digest(name, taxonomy, bodies, CODE_VERSION, length=12)
    return ClassifierPipeline(
        Classifier(classifier_id, name, taxonomy, bodies, CODE_VERSION), hide_published, chosen
    )


def home_model(home: Home | None) -> Path | None:
    """The topic model that the home uses: the last by name in its models folder; None without one."""
    if home is None or not home.models.is_dir():
        return None
    found = [folder for folder in sorted(home.models.iterdir()) if (folder / CARD).is_file()]
    return found[-1] if found else None


def vocabulary(sample: bool = True, region: str = "") -> tuple[list[TopicClass], list[Body]]:
    """All classes of the scheme and the bodies to choose from: all of `region`, the usual ones elsewhere."""
    return [node.topic for node in load_taxonomy().nodes], authority().bodies(sample=sample, region=region)
