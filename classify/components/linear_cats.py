"""The linear model inside spaCy: sets doc.cats, ranks topics, fills a department no rule found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from classify.components.issuer import SCHEME
from classify.components.rerank import Levels, levels_of, model_topics
from classify.components.state import Component, Findings, findings
from classify.linear.model import CARD, LinearModel, load_model
from classify.linear.sample import first_codes, sample_of
from classify.taxonomy.load import DEFAULT, Taxonomy, load_taxonomy, packaged_schemes
from warehouse.records import Evidence, Label

BATCH = 64


@Language.factory("linear_cats", default_config={"model": None, "taxonomy": None})
class LinearCats(Component):
    """Scores documents with a model that `govbrief train` made; without one it changes nothing.

    `taxonomy`: the scheme whose classes the model learnt, a name or a file; a model of another scheme
    names its classes as they stand in its card.
    """

    def __init__(self, nlp: Language, name: str, model: str | None, taxonomy: str | None) -> None:
        self.name, self.given = name, load_taxonomy(taxonomy or DEFAULT)
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

    def take(self, model: LinearModel) -> None:
        """Make ready for this model: its scheme, the columns of its votes, its levels."""
        self.model = model
        self.taxonomy = _scheme_of(model, self.given)
        voting = self.taxonomy or self.given
        packaged = voting.scheme in packaged_schemes() and "codes" not in model.card
        learnt = load_taxonomy(voting.scheme) if packaged else voting  # whatever a home changed
        self.first = tuple(model.card.get("codes") or first_codes(learnt))
        self.voting = voting
        self.levels: Levels = (
            levels_of(model, self.taxonomy) if self.taxonomy and model.field == "topic" else {}
        )

    def _score(self, docs: list[Doc], model: LinearModel) -> None:
        states = [findings(doc) for doc in docs]
        fields = model.card["fields"]
        samples = [sample_of(state, self.voting, self.first, fields) for state in states]
        codes = [code for code, _ in model.classes]
        for doc, state, row in zip(docs, states, model.predict(samples), strict=True):
            doc.cats = {**doc.cats, **dict(zip(codes, row.tolist(), strict=True))}
            if model.field == "department":
                _fill_department(state, model, row)
            else:
                self._add_topics(state, model, row)

    def _add_topics(self, state: Findings, model: LinearModel, row: NDArray[np.float32]) -> None:
        """The model's classes take the place of what terms alone said of its scheme."""
        scheme = model.card["scheme"]
        others = [label for label in state.topics if label.scheme != scheme]
        state.topics = model_topics(state, model, row, self.taxonomy, self.levels) + others
        state.reasons = [reason for reason in state.reasons if not reason.startswith("topic:")]
        if not state.topics:
            state.reasons.append("topic: no class is likely enough, by its terms or by the model")


def _scheme_of(model: LinearModel, given: Taxonomy) -> Taxonomy | None:
    """The scheme that a topic model learnt: the given one, a packaged one, or none that is known."""
    scheme = str(model.card["scheme"])
    if model.field != "topic" or given.scheme == scheme:
        return given
    return load_taxonomy(scheme) if scheme in packaged_schemes() else None


def _fill_department(state: Findings, model: LinearModel, row: NDArray[np.float32]) -> None:
    if state.departments:
        return
    best = int(row.argmax())
    if row[best] >= float(model.card["threshold"]):
        state.departments = [_department(model, row, int(place)) for place in np.argsort(-row)[:3]]
        state.reasons = [reason for reason in state.reasons if not reason.startswith("department:")]


def _department(model: LinearModel, row: NDArray[np.float32], place: int) -> Label:
    code, name = model.classes[place]
    evidence = (Evidence("model", model.model_id),)
    return Label("department", SCHEME, code, name, round(float(row[place]), 4), "model", evidence)
