"""The linear model inside spaCy: sets doc.cats, ranks topics, fills a department no rule found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from classify.components.issuer import SCHEME, SURE
from classify.components.rerank import Ranker
from classify.components.state import Component, Findings, Votes, findings
from classify.components.subject import NO_SUBJECT, has_subject
from classify.explain import explain
from classify.linear.model import CARD, LinearModel, load_model
from classify.linear.packed import model_bytes, model_of
from classify.linear.sample import first_codes, sample_of
from classify.taxonomy.load import DEFAULT, Taxonomy, load_taxonomy, packaged_schemes
from warehouse.records import Evidence, Label

BATCH = 64
UNLIKELY = "topic: no class is likely enough, by its terms or by the model"


@Language.factory("linear_cats", default_config={"model": None, "taxonomy": None})
class LinearCats(Component):
    """Scores documents with a model that `govbrief train` made; without one it changes nothing.

    `taxonomy`: the scheme whose classes the model learnt, a name or a file; a model of another scheme
    names its classes as they stand in its card.
    """

    def __init__(self, nlp: Language, name: str, model: str | None, taxonomy: str | None) -> None:
        self.name, self.given = name, load_taxonomy(taxonomy or DEFAULT)
        self.explains_candidates = False  # as `classify --explain` asks; else only the classes given
        self.model: LinearModel | None = None
        if model and (Path(model) / CARD).is_file():  # a saved pipeline brings its own copy
            self.take(load_model(Path(model)))

    def __call__(self, doc: Doc) -> Doc:
        return next(iter(self.pipe([doc])))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH) -> Iterator[Doc]:
        """Documents in batches, so that one matrix product serves many."""
        waiting = iter(stream)
        while docs := list(islice(waiting, batch_size)):
            if self.model is not None:
                self._score(docs, self.model)
            yield from docs

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """The model's own two files: card and weights, no pickle."""
        if self.model is not None:
            self.model.save(Path(path))

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> LinearCats:
        if Path(path).is_dir():
            self.take(load_model(Path(path)))
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The same two files as bytes; none where there is no model."""
        return b"" if self.model is None else model_bytes(self.model)

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> LinearCats:
        if data:
            self.take(model_of(data))
        return self

    def take(self, model: LinearModel) -> None:
        """Make ready for this model: its scheme, the columns of its votes, its levels."""
        self.model = model
        self.taxonomy = _scheme_of(model, self.given)
        voting = self.taxonomy or self.given
        learnt = load_taxonomy(voting.scheme) if voting.scheme in packaged_schemes() else voting
        self.first = tuple(model.card.get("codes") or first_codes(learnt))  # whatever a home changed
        self.voting = voting
        self.ranker = Ranker(model, self.taxonomy) if model.field == "topic" else None

    def _score(self, docs: list[Doc], model: LinearModel) -> None:
        states = [findings(doc) for doc in docs]
        fields = model.card["fields"]
        samples = [sample_of(state, self.voting, self.first, fields) for state in states]
        codes = [code for code, _ in model.classes]
        rows = model.predict(samples)
        for doc, row in zip(docs, rows, strict=True):
            own = dict(zip(codes, row.tolist(), strict=True))
            doc.cats = {**doc.cats, **own} if doc.cats else own
        if self.ranker is None:
            for state, row in zip(states, rows, strict=True):
                _fill_department(state, model, row)
            return
        for state, labels in zip(states, self.ranker.topics(states, rows), strict=True):
            _take_topics(state, labels, str(model.card["scheme"]))
        explain(states, samples, self.ranker, self.first, self.explains_candidates)


def _scheme_of(model: LinearModel, given: Taxonomy) -> Taxonomy | None:
    """The scheme that a topic model learnt: the given one, a packaged one, or none that is known."""
    scheme = str(model.card["scheme"])
    if model.field != "topic" or given.scheme == scheme:
        return given
    return load_taxonomy(scheme) if scheme in packaged_schemes() else None


def _take_topics(state: Findings, labels: list[Label], scheme: str) -> None:
    """The model's classes take the place of what terms alone said of its scheme."""
    state.topics = labels + [label for label in state.topics if label.scheme != scheme]
    state.reasons = [reason for reason in state.reasons if not reason.startswith("topic:")]
    if not state.topics:
        said = has_subject(state, state.votes_of.get(scheme) or Votes({}, {}))
        state.reasons.append(UNLIKELY if said else NO_SUBJECT)


def _fill_department(state: Findings, model: LinearModel, row: NDArray[np.float32]) -> None:
    """The model answers where no rule does, and where it is surer than a rule that only guesses."""
    said = state.departments[0].score if state.departments else 0.0
    best = int(row.argmax())
    if said < SURE and row[best] >= max(said, float(model.card["threshold"])):
        state.departments = [_department(model, row, int(place)) for place in np.argsort(-row)[:3]]
        state.reasons = [reason for reason in state.reasons if not reason.startswith("department:")]


def _department(model: LinearModel, row: NDArray[np.float32], place: int) -> Label:
    code, name = model.classes[place]
    evidence = (Evidence("model", model.model_id),)
    return Label("department", SCHEME, code, name, round(float(row[place]), 4), "model", evidence)
