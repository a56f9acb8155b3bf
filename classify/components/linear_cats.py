"""The linear model inside spaCy: sets doc.cats, re-ranks topics, fills a department no rule found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from classify.components.issuer import SCHEME
from classify.components.state import Component, Findings, Votes, findings
from classify.components.topic import RANKED, by_level, merged_evidence, published_labels
from classify.linear.model import LinearModel, load_model
from classify.linear.sample import first_codes, sample_of
from classify.taxonomy.load import Taxonomy, load_taxonomy
from warehouse.records import Evidence, Label

TERM_SHARE = 0.5  # exponent of the terms' votes beside the model; fitted on title blocks before 2023-08-15
CHILD_SHARE = 0.5
SMALLEST = 0.005  # a class less likely than this is not listed
BATCH = 64
Children = dict[str, list[int]]


@Language.factory("linear_cats", default_config={"model": None})
class LinearCats(Component):
    """Scores documents with a model that `govbrief train` made; without one it changes nothing."""

    def __init__(self, nlp: Language, name: str, model: str | None) -> None:
        self.name, self.taxonomy = name, load_taxonomy()
        self.first = first_codes(self.taxonomy)
        self.model: LinearModel | None = load_model(Path(model)) if model else None

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
            self.model = load_model(Path(path))
        return self

    def _score(self, docs: list[Doc], model: LinearModel) -> None:
        states = [findings(doc) for doc in docs]
        fields = model.card["fields"]
        samples = [sample_of(state, self.taxonomy, self.first, fields) for state in states]
        own = _children(model, self.taxonomy) if model.card["scheme"] == self.taxonomy.scheme else {}
        for doc, state, row in zip(docs, states, model.predict(samples), strict=True):
            doc.cats = {code: float(share) for (code, _), share in zip(model.classes, row, strict=True)}
            if model.field == "department":
                _fill_department(state, model, row)
            elif model.card["scheme"] == self.taxonomy.scheme:
                state.topics = rerank(state, model, row, self.taxonomy, own) + state.topics
                if not state.topics:
                    state.reasons.append("topic: no class is likely enough, by its terms or by the model")
            else:
                state.topics = _plain_topics(model, row)


def rerank(
    state: Findings, model: LinearModel, row: NDArray[np.float32], taxonomy: Taxonomy, own: Children
) -> list[Label]:
    """Published classes, then the model's with the terms' votes weighed in; each with its best child."""
    votes = state.votes or Votes({}, {})
    points, child_points = by_level(votes, taxonomy)
    columns = model.group(0)
    codes = [code for code, _ in model.classes[columns]]
    first = _weighed(row[columns], np.array([points.get(code, 0.0) for code in codes]), TERM_SHARE)
    published = published_labels(state, taxonomy)
    labels = list(published)
    if first.max() < float(model.card["threshold"]) or not (state.document.title.strip() or points):
        return labels
    for place in np.argsort(-first)[:RANKED]:
        if first[place] < SMALLEST:
            break
        code = codes[place]
        chosen = _best_child(code, model, row, child_points, own)
        if chosen in {label.code for label in published}:
            continue
        evidence = merged_evidence(state, votes, (code, chosen)) or (
            Evidence("title", state.document.title[:60]),
        )
        path = taxonomy.topic(chosen).path
        labels.append(
            Label("topic", taxonomy.scheme, chosen, path, round(float(first[place]), 4), "model", evidence)
        )
    return labels


def _weighed(
    shares: NDArray[np.float32], points: NDArray[np.float64], exponent: float
) -> NDArray[np.float64]:
    terms = (points + 0.5) / (points + 0.5).sum()
    weighed = np.maximum(shares.astype(np.float64), 1e-9) * terms**exponent
    total: NDArray[np.float64] = weighed / weighed.sum()
    return total


def _best_child(
    parent: str, model: LinearModel, row: NDArray[np.float32], points: dict[str, float], own: Children
) -> str:
    """The likeliest second-level class of this parent, terms weighed in; the parent when it has none."""
    places = own.get(parent)
    if places is None:
        return parent
    codes = [model.classes[place][0] for place in places]
    weighed = _weighed(row[places], np.array([points.get(code, 0.0) for code in codes]), CHILD_SHARE)
    return codes[int(weighed.argmax())]


def _children(model: LinearModel, taxonomy: Taxonomy) -> Children:
    """Columns of the second-level classes under each first-level one."""
    columns = range(*model.group(1).indices(len(model.classes)))
    found: dict[str, list[int]] = {}
    for place in columns:
        parent = taxonomy.parents[model.classes[place][0]]
        if parent is not None:
            found.setdefault(parent, []).append(place)
    return found


def _plain_topics(model: LinearModel, row: NDArray[np.float32]) -> list[Label]:
    threshold = float(model.card["threshold"])
    order = [place for place in np.argsort(-row)[:RANKED] if row[place] >= threshold / 4]
    if not order or row[order[0]] < threshold:
        return []
    return [_label("topic", model, row, place) for place in order]


def _fill_department(state: Findings, model: LinearModel, row: NDArray[np.float32]) -> None:
    if state.departments:
        return
    best = int(row.argmax())
    if row[best] >= float(model.card["threshold"]):
        state.departments = [_label("department", model, row, place) for place in np.argsort(-row)[:3]]
        state.reasons = [reason for reason in state.reasons if not reason.startswith("department:")]


def _label(field: str, model: LinearModel, row: NDArray[np.float32], place: int) -> Label:
    code, name = model.classes[place]
    scheme = SCHEME if field == "department" else str(model.card["scheme"])
    score = round(float(row[place]), 4)
    return Label(field, scheme, code, name, score, "model", (Evidence("model", model.model_id),))  # type: ignore[arg-type]
