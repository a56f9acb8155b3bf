"""Ranks a scheme's classes by model and terms together: first level, then the best child of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classify.components.state import Findings, Votes
from classify.components.topic import RANKED, by_level, merged_evidence, published_labels
from classify.linear.model import LinearModel, given_classes
from classify.linear.sample import lead_kind
from classify.taxonomy.load import Taxonomy
from warehouse.records import Evidence, Label

TERM_SHARE = 0.35  # exponent of the terms' votes beside the model; fitted on title blocks before 2023-08-15
STRANGE_SHARE = 20.0  # the same for a kind of issuer that the model has never seen: the terms decide
SMALLEST = 0.005  # a class less likely than this is not listed
UNSEEN = 0.002  # the model's share of a class that it has not learnt, so that terms alone can name it


@dataclass(frozen=True, slots=True)
class Columns:
    """Classes of one level under one parent with their columns in the model, -1 for one it has not learnt."""

    codes: tuple[str, ...]
    places: NDArray[np.int64]


Levels = dict[str, Columns]


def model_topics(
    state: Findings, model: LinearModel, row: NDArray[np.float32], taxonomy: Taxonomy | None, levels: Levels
) -> list[Label]:
    """The topics a model gives, published ones of its scheme first; without a scheme's file by share alone."""
    if taxonomy is None or model.multi:
        return _by_share(state, model, row, taxonomy)
    return rerank(state, model, row, taxonomy, levels)


def rerank(
    state: Findings, model: LinearModel, row: NDArray[np.float32], taxonomy: Taxonomy, levels: Levels
) -> list[Label]:
    """Published classes, then the model's with the terms' votes weighed in; each with its best child."""
    votes = state.votes_of.get(taxonomy.scheme) or Votes({}, {})
    points, child_points = by_level(votes.points, taxonomy)
    share = term_share(state, model)
    first = _weighed(levels[""], row, points, share)
    published = published_labels(state, taxonomy)
    labels = list(published)
    if first.max() < float(model.card["threshold"]) or not _says_something(state, points):
        return labels
    for place in np.argsort(-first)[:RANKED]:
        if first[place] < SMALLEST:
            break
        code = levels[""].codes[place]
        chosen = _best_child(code, row, child_points, levels, share)
        if chosen in {label.code for label in published}:
            continue
        evidence = merged_evidence(state, votes, (code, chosen)) or _title_evidence(state)
        path = taxonomy.topic(chosen).path
        labels.append(
            Label("topic", taxonomy.scheme, chosen, path, round(float(first[place]), 4), "model", evidence)
        )
    return labels


def _by_share(
    state: Findings, model: LinearModel, row: NDArray[np.float32], taxonomy: Taxonomy | None
) -> list[Label]:
    published = published_labels(state, taxonomy) if taxonomy is not None else []
    if not _says_something(state, {}):
        return published
    if model.multi:
        places = given_classes(model, row)
    else:
        threshold = float(model.card["threshold"])
        places = [int(place) for place in np.argsort(-row)[:RANKED] if row[place] >= threshold / 4]
        places = places if places and row[places[0]] >= threshold else []
    known = {label.code for label in published}
    labels = (_model_label(state, model, row, place, taxonomy) for place in places)
    return [*published, *(label for label in labels if label.code not in known)]


def _model_label(
    state: Findings, model: LinearModel, row: NDArray[np.float32], place: int, taxonomy: Taxonomy | None
) -> Label:
    code, name = model.classes[place]
    scheme = str(model.card["scheme"])
    votes = state.votes_of.get(scheme)
    words = merged_evidence(state, votes, (code,)) if votes is not None else ()
    if taxonomy is not None and code in taxonomy.by_code:
        name = taxonomy.topic(code).path
    evidence = words or (Evidence("model", model.model_id),)
    return Label("topic", scheme, code, name, round(float(row[place]), 4), "model", evidence)


def _says_something(state: Findings, points: Mapping[str, float]) -> bool:
    """Whether there is a title, a text or a term to go by."""
    return bool(state.document.title.strip() or points or any(state.document.paragraphs))


def _title_evidence(state: Findings) -> tuple[Evidence, ...]:
    return (Evidence("title", state.document.title[:60]),)


def term_share(state: Findings, model: LinearModel) -> float:
    """How much the terms count beside this model for a document of this issuer."""
    seen = model.card.get("issuers")
    usual = float(model.card.get("term_share", TERM_SHARE))
    return usual if seen is None or lead_kind(state) in seen else STRANGE_SHARE


def _weighed(
    classes: Columns, row: NDArray[np.float32], points: Mapping[str, float], exponent: float
) -> NDArray[np.float64]:
    """Model and terms together; a large exponent decides the order and is taken back in the height."""
    given = np.array([points.get(code, 0.0) for code in classes.codes])
    terms = (given + 0.5) / (given + 0.5).sum()
    shares = np.where(classes.places < 0, UNSEEN, row[classes.places].astype(np.float64))
    weighed = (np.maximum(shares, 1e-9) * terms**exponent) ** (1.0 / max(exponent, 1.0))
    total: NDArray[np.float64] = weighed / weighed.sum()
    return total


def _best_child(
    parent: str, row: NDArray[np.float32], points: Mapping[str, float], levels: Levels, share: float
) -> str:
    """The likeliest second-level class of this parent, terms weighed in; the parent when it has none."""
    if parent not in levels:
        return parent
    return levels[parent].codes[int(_weighed(levels[parent], row, points, share).argmax())]


def levels_of(model: LinearModel, taxonomy: Taxonomy) -> Levels:
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
