"""Assembles the spaCy pipelines (one a language) and runs documents through them in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from spacy.language import Language

from classify.components import COMPONENTS, LABELLING
from classify.components.state import Findings, blank, findings, make_doc
from classify.departments.authority import authority
from classify.linear.model import CARD, read_card
from classify.taxonomy.choice import DEFAULT_SCHEMES, Schemes, chosen_schemes
from classify.taxonomy.load import LEAD_SCHEME
from classify.taxonomy.mapping import FILE, mapping_version
from warehouse.home import Home
from warehouse.identity import digest
from warehouse.records import Body, Classification, Classifier, StoredDocument, TopicClass

CODE_VERSION = "2"  # raise it when rules change what they answer
BATCH = 64
STARTER = Path(__file__).parent / "models" / "starter"


class ClassifierPipeline:
    """Everything classification does, for any number of documents."""

    def __init__(
        self,
        classifier: Classifier,
        hide_published: bool = False,
        models: Sequence[Path] = (),
        schemes: Schemes = DEFAULT_SCHEMES,
    ) -> None:
        self.classifier = classifier
        self.hide_published = hide_published
        self.models, self.schemes = tuple(models), schemes
        self._pipelines: dict[str, Language] = {}

    def pipeline(self, language: str) -> Language:
        """The spaCy pipeline for documents of this language, built when first needed."""
        name = "en" if language.startswith("en") else "zh"
        if name not in self._pipelines:
            self._pipelines[name] = build_pipeline(name, self._models_for(name), self.schemes)
        return self._pipelines[name]

    def _models_for(self, language: str) -> list[Path]:
        """The models that fit: one learnt from Chinese titles says nothing of English ones."""
        return [model for model in self.models if read_card(model)["words"] == (language == "en")]

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


def build_pipeline(
    language: str, models: Sequence[Path] = (), schemes: Schemes = DEFAULT_SCHEMES, mining: bool = True
) -> Language:
    """A blank spaCy pipeline with its components in order; `mining=False` leaves out the facts.

    The State Council scheme always votes, since a model may ask for it; it names classes only
    where it is chosen.
    """
    nlp: Language = blank(language)
    cards = [read_card(model) for model in models]
    ranks = schemes.has_lead and not any(card["field"] == "topic" for card in cards)
    lead = {"taxonomy": schemes.lead, "rank": ranks}
    for name in COMPONENTS if mining else LABELLING:
        nlp.add_pipe(name, config=lead if name == "gov_topic" else {})
    for number, what in enumerate(schemes.others, start=1):
        nlp.add_pipe("gov_topic", f"gov_topic_{number}", config={"taxonomy": what, "lead": False})
    for model, card in zip(models, cards, strict=True):
        config = {"model": str(model), "taxonomy": schemes.lead}
        nlp.add_pipe("linear_cats", f"linear_cats_{card['field']}", config=config)
    nlp.add_pipe("gov_schemes", config={"schemes": schemes.chosen, "mappings": schemes.mappings})
    return nlp


def build_classifier(
    home: Home | None = None, model: Path | None = None, hide_published: bool = False, use_model: bool = True,
    schemes: Schemes | None = None,
) -> ClassifierPipeline:  # fmt: skip
    """The classifier with taxonomies, authority file and models: the one named, the home's, ours.

    Its name changes when any of its parts does. `use_model=False`: rules and terms alone.
    `schemes`: others than the home's.
    """
    schemes = schemes or chosen_schemes(home)
    models = [one for one in _models(home, model) if _wanted(one, schemes)] if use_model else []
    taxonomy = "+".join(one.version for one in schemes.taxonomies)
    joined = mapping_version((FILE, *map(Path, schemes.mappings)))
    name = "+".join(str(read_card(one)["id"]) for one in models) or "terms"
    classifier_id = "cls-" + digest(name, taxonomy, joined, authority().version, CODE_VERSION, length=12)
    classifier = Classifier(classifier_id, name, taxonomy, authority().version, CODE_VERSION)
    return ClassifierPipeline(classifier, hide_published, models, schemes)


def _models(home: Home | None, named: Path | None) -> list[Path]:
    """One model a field: the one named, else the last by name in the home's folder, else the packaged one."""
    folders = sorted(home.models.iterdir()) if home is not None and home.models.is_dir() else []
    candidates = [STARTER, *folders]
    chosen = {str(read_card(one)["field"]): one for one in candidates if (one / CARD).is_file()}
    if named is not None:
        chosen[str(read_card(named)["field"])] = named
    return [chosen[field] for field in sorted(chosen)]


def _wanted(model: Path, schemes: Schemes) -> bool:
    """A model of the State Council scheme has nothing to say where that is not chosen."""
    card = read_card(model)
    return schemes.has_lead or card["field"] != "topic" or card["scheme"] != LEAD_SCHEME


def vocabulary(
    sample: bool = True, region: str = "", schemes: Schemes = DEFAULT_SCHEMES
) -> tuple[list[TopicClass], list[Body]]:
    """All classes of the schemes and the bodies to choose from: all of `region`, elsewhere the usual."""
    classes = [node.topic for taxonomy in schemes.taxonomies for node in taxonomy.nodes]
    return classes, authority().bodies(sample=sample, region=region)
