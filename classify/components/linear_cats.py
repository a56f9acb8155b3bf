"""The linear model inside spaCy: sets doc.cats, re-ranks topics, fills a department no rule found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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
from classify.linear.sample import first_codes, lead_kind, sample_of
from classify.taxonomy.load import DEFAULT, Taxonomy, load_taxonomy
from warehouse.records import Evidence, Label

TERM_SHARE = 0.35  # exponent of the terms' votes beside the model; fitted on title blocks before 2023-08-15
STRANGE_SHARE = 20.0  # the same for a kind of issuer that the model has never seen: the terms decide
SMALLEST = 0.005  # a class less likely than this is not listed
BATCH = 64
UNSEEN = 0.002  # the model's share of a class that it has not learnt, so that terms alone can name it


@dataclass(frozen=True, slots=True)
class Columns:
    """Classes of one level under one parent with their columns in the model, -1 for one it has not learnt."""

    codes: tuple[str, ...]
    places: NDArray[np.int64]


Levels = dict[str, Columns]


@Language.factory("linear_cats", default_config={"model": None, "taxonomy": None})
class LinearCats(Component):
    """Scores documents with a model that `govbrief train` made; without one it changes nothing."""

    def __init__(self, nlp: Language, name: str, model: str | None, taxonomy: str | None) -> None:
        self.name, self.taxonomy = name, load_taxonomy(taxonomy or DEFAULT)
        self.first = first_codes(load_taxonomy())  # as the model learnt them, whatever a home changed
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
        levels = _levels(model, self.taxonomy) if model.card["scheme"] == self.taxonomy.scheme else {}
        for doc, state, row in zip(docs, states, model.predict(samples), strict=True):
            doc.cats = {code: float(share) for (code, _), share in zip(model.classes, row, strict=True)}
            if model.field == "department":
                _fill_department(state, model, row)
            elif model.card["scheme"] == self.taxonomy.scheme:
                state.topics = rerank(state, model, row, self.taxonomy, levels) + state.topics
                if not state.topics:
                    state.reasons.append("topic: no class is likely enough, by its terms or by the model")
            else:
                state.topics = _plain_topics(model, row)


def rerank(
    state: Findings, model: LinearModel, row: NDArray[np.float32], taxonomy: Taxonomy, levels: Levels
) -> list[Label]:
    """Published classes, then the model's with the terms' votes weighed in; each with its best child."""
    votes = state.votes or Votes({}, {})
    points, child_points = by_level(votes.points, taxonomy)
    share = term_share(state, model)
    first = _weighed(levels[""], row, points, share)
    published = published_labels(state, taxonomy)
    labels = list(published)
    if first.max() < float(model.card["threshold"]) or not (state.document.title.strip() or points):
        return labels
    for place in np.argsort(-first)[:RANKED]:
        if first[place] < SMALLEST:
            break
        code = levels[""].codes[place]
        chosen = _best_child(code, row, child_points, levels, share)
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


def term_share(state: Findings, model: LinearModel) -> float:
    """How much the terms count beside this model for a document of this issuer."""
    seen = model.card.get("issuers")
    return TERM_SHARE if seen is None or lead_kind(state) in seen else STRANGE_SHARE


def _weighed(
    classes: Columns, row: NDArray[np.float32], points: dict[str, float], exponent: float
) -> NDArray[np.float64]:
    """Model and terms together; a large exponent decides the order and is taken back in the height."""
    given = np.array([points.get(code, 0.0) for code in classes.codes])
    terms = (given + 0.5) / (given + 0.5).sum()
    shares = np.where(classes.places < 0, UNSEEN, row[classes.places].astype(np.float64))
    weighed = (np.maximum(shares, 1e-9) * terms**exponent) ** (1.0 / max(exponent, 1.0))
    total: NDArray[np.float64] = weighed / weighed.sum()
    return total


def _best_child(
    parent: str, row: NDArray[np.float32], points: dict[str, float], levels: Levels, share: float
) -> str:
    """The likeliest second-level class of this parent, terms weighed in; the parent when it has none."""
    if parent not in levels:
        return parent
    return levels[parent].codes[int(_weighed(levels[parent], row, points, share).argmax())]


def _levels(model: LinearModel, taxonomy: Taxonomy) -> Levels:
    """The first level under "", and the second-level classes under each first-level code."""
    group = {code: place for place, (code, _) in enumerate(model.classes[model.group(0)])}
    second = range(*model.group(1).indices(len(model.classes))) if len(model.card["groups"]) > 1 else ()
    group.update({model.classes[place][0]: place for place in second if model.classes[place][0] not in group})
    codes: dict[str, list[str]] = {}
    for code, parent in taxonomy.parents.items():
        codes.setdefault(parent or "", []).append(code)
    return {
        parent: Columns(tuple(children), np.array([group.get(code, -1) for code in children]))
        for parent, children in codes.items()
    }


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
