"""Assembles the spaCy pipelines (one a language) and runs documents through them in batches."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from spacy.language import Language

from classify.components import COMPONENTS, LABELLING
from classify.components.state import Findings, blank, findings, language_of, make_doc
from classify.departments.authority import authority, authority_of
from classify.linear.model import CARD, read_card
from classify.taxonomy.choice import DEFAULT_SCHEMES, Schemes, chosen_schemes
from classify.taxonomy.load import LEAD_SCHEME, OWN_SCHEME, load_taxonomy, packaged_schemes
from classify.taxonomy.mapping import FILE, mapping_version
from warehouse.home import Home
from warehouse.identity import digest
from warehouse.models import folders_in_use
from warehouse.records import Body, Classification, Classifier, Label, StoredDocument, TopicClass

CODE_VERSION = "10"  # raise it when rules change what they answer
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
        """The spaCy pipeline for documents of this language, `zh` or `en`, built when first needed."""
        if language not in self._pipelines:
            self._pipelines[language] = build_pipeline(language, self.models_for(language), self.schemes)
        return self._pipelines[language]

    def models_for(self, language: str) -> list[Path]:
        """The models that fit: one learnt from Chinese titles says nothing of English ones."""
        return [model for model in self.models if read_card(model)["words"] == (language == "en")]

    def classify(self, documents: Iterable[StoredDocument]) -> Iterator[Classification]:
        """One Classification for each document, in order; memory stays bounded by the batch."""
        for answer, _ in self.with_scores(documents):
            yield answer

    def with_scores(
        self, documents: Iterable[StoredDocument]
    ) -> Iterator[tuple[Classification, dict[str, float]]]:
        """The same with the models' probability of every class they know (`doc.cats`), given or not."""
        waiting = iter(documents)
        while batch := list(islice(waiting, BATCH)):
            with _uncollected():
                answers = self._classify_batch(batch)
            yield from answers

    def _classify_batch(self, batch: list[StoredDocument]) -> list[tuple[Classification, dict[str, float]]]:
        answers: dict[int, tuple[Classification, dict[str, float]]] = {}
        groups: dict[str, list[int]] = {}
        for index, stored in enumerate(batch):
            groups.setdefault(language_of(stored), []).append(index)
        for language, indexes in groups.items():
            nlp = self.pipeline(language)
            with nlp.memory_zone():
                some = (batch[index] for index in indexes)
                docs = (make_doc(nlp.vocab, one, self.hide_published, marked=False) for one in some)
                for index, doc in zip(indexes, nlp.pipe(docs, batch_size=BATCH), strict=True):
                    answers[index] = self._answer(findings(doc)), dict(doc.cats)
        return [answers[index] for index in range(len(batch))]

    def _answer(self, state: Findings) -> Classification:
        own = self.classifier.classifier_id
        return Classification(
            document_id=state.document.document_id, reading_id=state.stored.reading_id,
            departments=tuple([_by(label, own) for label in state.departments]),
            topics=tuple([_by(label, own) for label in state.topics]),
            number=state.number, doc_type=state.doc_type, citations=tuple(state.citations),
            duties=tuple(state.duties), facts=tuple(state.facts), reasons=tuple(state.reasons),
            routes=tuple(state.routes),
        )  # fmt: skip


def _by(label: Label, classifier_id: str) -> Label:
    """The label under the name of the classifier that gave it; `replace` takes three times as long."""
    return Label(
        label.field, label.scheme, label.code, label.name, label.score, label.basis, label.evidence,
        classifier_id, label.given,
    )  # fmt: skip


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector of cycles, which would look through a batch's thousands of live records again
    and again; the records of a batch hold none, and what is left is collected behind it."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def build_pipeline(
    language: str, models: Sequence[Path] = (), schemes: Schemes = DEFAULT_SCHEMES, mining: bool = True
) -> Language:
    """A blank spaCy pipeline with its components in order; `mining=False` leaves out the facts.

    The State Council scheme always votes, since a model may ask for it; it names classes only
    where it is chosen.
    """
    nlp: Language = blank(language)
    cards = [read_card(model) for model in models]
    learnt = {str(card["scheme"]) for card in cards if card["field"] == "topic"}
    files = scheme_files(schemes, learnt)
    stands_alone = not learnt <= {taxonomy.scheme for taxonomy in schemes.taxonomies}
    ranks = schemes.has_lead and LEAD_SCHEME not in learnt and not stands_alone
    for name in COMPONENTS if mining else LABELLING:
        nlp.add_pipe(name, config={"taxonomy": schemes.lead, "rank": ranks} if name == "gov_topic" else {})
    for number, (scheme, what) in enumerate(files.items(), start=1):
        config = {"taxonomy": what, "lead": False, "rank": what in schemes.chosen and scheme not in learnt}
        nlp.add_pipe("gov_topic", f"gov_topic_{number}", config=config)
    for model, card in zip(models, cards, strict=True):
        scheme, field = str(card["scheme"]), str(card["field"])
        plain = field == "department" or scheme == LEAD_SCHEME
        config = {"model": str(model), "taxonomy": files.get(scheme, schemes.lead)}
        nlp.add_pipe("linear_cats", f"linear_cats_{field}{'' if plain else '_' + scheme}", config=config)
    nlp.add_pipe("gov_schemes", config={"schemes": schemes.chosen, "mappings": schemes.mappings})
    if mining:
        nlp.add_pipe("gov_routing")  # last: it asks for duties, departments and topics
    return nlp


def scheme_files(schemes: Schemes, learnt: Iterable[str] = ()) -> dict[str, str]:
    """The schemes beside the State Council's whose terms vote: the chosen and what models learnt."""
    files = {load_taxonomy(what).scheme: what for what in schemes.others}
    packaged = packaged_schemes()
    for scheme in sorted(set(learnt) - {LEAD_SCHEME}):
        if scheme in packaged:
            files.setdefault(scheme, scheme)
    return files


def build_classifier(
    home: Home | None = None, model: Path | None = None, hide_published: bool = False, use_model: bool = True,
    schemes: Schemes | None = None,
) -> ClassifierPipeline:  # fmt: skip
    """The classifier with taxonomies, authority file and models: the one named, the home's, ours.

    Its name changes when any of its parts does. `use_model=False`: rules and terms alone.
    `schemes`: others than the home's.
    """
    schemes, known = schemes or chosen_schemes(home), authority_of(home)
    found = _models(home, model) if use_model else []
    models = [one for one in found if one == model or _wanted(one, schemes)]
    taxonomy = "+".join(one.version for one in schemes.taxonomies)
    joined = mapping_version((FILE, *map(Path, schemes.mappings)))
    name = "+".join(str(read_card(one)["id"]) for one in models) or "terms"
    classifier_id = "cls-" + digest(name, taxonomy, joined, known.version, CODE_VERSION, length=12)
    classifier = Classifier(classifier_id, name, taxonomy, known.version, CODE_VERSION)
    return ClassifierPipeline(classifier, hide_published, models, schemes)


def _models(home: Home | None, named: Path | None) -> list[Path]:
    """One model a field, scheme and language: the one the home uses, else the packaged one.

    One that is named stands alone for its field in its language.
    """
    folders = folders_in_use(home) if home is not None else []
    packaged = sorted(one for one in STARTER.parent.iterdir() if one.is_dir())
    chosen = {_what(one): one for one in (*packaged, *folders) if (one / CARD).is_file()}
    if named is not None:
        field, scheme, words = _what(named)
        chosen = {key: one for key, one in chosen.items() if (key[0], key[2]) != (field, words)}
        chosen[field, scheme, words] = named
    return [chosen[key] for key in sorted(chosen)]


def _what(model: Path) -> tuple[str, str, bool]:
    """What a model says something of: field, scheme, and whether in English."""
    card = read_card(model)
    return str(card["field"]), str(card["scheme"]), bool(card["words"])


def _wanted(model: Path, schemes: Schemes) -> bool:
    """A model has nothing to say where its scheme is not chosen, save one of a person's own classes."""
    card = read_card(model)
    if card["field"] != "topic" or card["scheme"] == OWN_SCHEME:
        return True
    return any(taxonomy.scheme == card["scheme"] for taxonomy in schemes.taxonomies)


def vocabulary(
    sample: bool = True, region: str = "", schemes: Schemes = DEFAULT_SCHEMES
) -> tuple[list[TopicClass], list[Body]]:
    """All classes of the schemes and the bodies to choose from: all of `region`, elsewhere the usual."""
    classes = [node.topic for taxonomy in schemes.taxonomies for node in taxonomy.nodes]
    return classes, authority().bodies(sample=sample, region=region)
