"""Ranks a scheme's classes by model and terms together: first level, then the best child of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from classify.components.state import Findings, Votes
from classify.components.subject import has_subject
from classify.components.topic import RANKED, by_level, merged_evidence, published_labels
from classify.linear.mixing import CHILD_SHARE, STRANGE_SHARE, TERM_SHARE, Mixer, Shares
from classify.linear.model import LinearModel, given_classes
from classify.linear.sample import lead_kind
from classify.taxonomy.load import Taxonomy
from classify.teaching.same_title import CARD_KEY, Said, with_said
from warehouse.records import Evidence, Label

SMALLEST = 0.002  # a class less likely than this is not even a candidate
Row = NDArray[np.float32]


class Ranker:
    """Makes a model's rows of probabilities into topic labels of its scheme.

    `taxonomy` is None for classes of a person's own; these, and several labels a document, go by share alone.
    """

    def __init__(self, model: LinearModel, taxonomy: Taxonomy | None) -> None:
        self.model, self.taxonomy = model, taxonomy
        self.scheme = str(model.card["scheme"])
        self._by_model_alone = (Evidence("model", model.model_id),)
        self.said: Said = model.card.get(CARD_KEY, {})
        mixed = taxonomy is not None and not model.multi
        self._families = _families(taxonomy.parents) if taxonomy is not None else {}
        self.mixer = Mixer.of(model.classes, model.card["groups"], taxonomy.parents) if mixed else None  # type: ignore[union-attr]
        self.first = self.mixer.first if self.mixer is not None else ()

    @property
    def threshold(self) -> float:
        """The share from which a class is an answer, where one threshold is that of all classes."""
        return float(self.model.card["threshold"])

    def topics(self, states: Sequence[Findings], rows: Row) -> list[list[Label]]:
        """The labels of each document, published ones of this scheme first; empty where nothing is likely."""
        found = self._by_model(states, rows)
        if self.taxonomy is None or not self.said:
            return found
        return [
            with_said(labels, state.document.title, self.said, self.taxonomy)
            for state, labels in zip(states, found, strict=True)
        ]

    def _by_model(self, states: Sequence[Findings], rows: Row) -> list[list[Label]]:
        if self.mixer is None or self.taxonomy is None:
            return [self._by_share(state, row) for state, row in zip(states, rows, strict=True)]
        spoken = [state.votes_of.get(self.scheme) or Votes({}, {}) for state in states]
        levels = [by_level(votes.points, self.taxonomy) for votes in spoken]
        term_shares = np.array([self._term_share(state) for state in states])
        shares = self._shares(self.mixer, term_shares, rows, [first for first, _ in levels])
        child_shares = np.where(term_shares == STRANGE_SHARE, STRANGE_SHARE, CHILD_SHARE)
        lower = self.mixer.lower(rows, [below for _, below in levels], child_shares)
        best = np.argsort(-shares, axis=1)[:, :RANKED]
        likely = np.take_along_axis(shares, best, axis=1).tolist()
        return [
            self._mixed(self.taxonomy, state, votes, below, zip(places, own, strict=True))
            for state, votes, below, places, own in zip(
                states, spoken, lower, best.tolist(), likely, strict=True
            )
        ]

    def first_level(self, states: Sequence[Findings], rows: Row) -> tuple[tuple[str, ...], Shares]:
        """Codes of the scheme's first-level classes and their shares, a row a document, however unlikely.

        A ValueError for a model whose classes stand each for itself.
        """
        if self.mixer is None or self.taxonomy is None:
            raise ValueError(f"{self.model.model_id}: its classes are not weighed with terms")
        spoken = [state.votes_of.get(self.scheme) or Votes({}, {}) for state in states]
        first = [by_level(votes.points, self.taxonomy)[0] for votes in spoken]
        term_shares = np.array([self._term_share(state) for state in states])
        return self.mixer.first, self._shares(self.mixer, term_shares, rows, first)

    def _shares(
        self, mixer: Mixer, term_shares: Shares, rows: Row, first: Sequence[Mapping[str, float]]
    ) -> Shares:
        points = np.array([[one.get(code, 0.0) for code in mixer.first] for one in first])
        return mixer.top(rows, points, term_shares, float(self.model.card.get("height", 1.0)))

    def _mixed(
        self, taxonomy: Taxonomy, state: Findings, votes: Votes, lower: Sequence[str],
        likely: Iterable[tuple[int, float]],
    ) -> list[Label]:  # fmt: skip
        """The labels of one document; `likely`: its best first-level classes by place, and their shares."""
        labels = published_labels(state, taxonomy)
        known = {label.code for label in labels}
        threshold = self.threshold
        for rank, (place, share) in enumerate(likely):
            if share < SMALLEST or (not rank and (share < threshold or not has_subject(state, votes))):
                break
            chosen = lower[place]
            if chosen in known:
                continue
            path = taxonomy.topic(chosen).path
            score, given = round(share, 4), share >= threshold
            evidence = self._evidence(state, chosen, given)
            labels.append(Label("topic", self.scheme, chosen, path, score, "model", evidence, "", given))
        return labels

    def _evidence(self, state: Findings, code: str, given: bool) -> tuple[Evidence, ...]:
        """What a candidate is told with; the words of a class that is given come when it is explained."""
        return self._by_model_alone if given and not self.said else self.by_terms(state, code)

    def by_terms(self, state: Findings, code: str) -> tuple[Evidence, ...]:
        """The terms that spoke for a class, mixed with those of the class above; else the model alone."""
        votes = state.votes_of.get(self.scheme)
        if votes is None:
            return self._by_model_alone
        codes = (self.top_of(code), code) if self.mixer is not None else (code,)
        return merged_evidence(state, votes, codes) or self._by_model_alone

    def top_of(self, code: str) -> str:
        """The first-level class above a class, or the class itself."""
        parents = self.taxonomy.parents if self.taxonomy is not None else {}
        return parents.get(code) or code

    def family(self, top: str) -> list[tuple[str, float]]:
        """A first-level class and its children, with how much their terms count for it."""
        return self._families.get(top) or [(top, 1.0)]

    def term_weight(self, state: Findings) -> float:
        """How much the logarithm of the terms' points moves that of a class; 0 where it goes by share."""
        return self._term_share(state) if self.mixer is not None else 0.0

    def _term_share(self, state: Findings) -> float:
        """How much the terms count beside this model for a document of this issuer."""
        seen = self.model.card.get("issuers")
        usual = float(self.model.card.get("term_share", TERM_SHARE))
        return usual if seen is None or lead_kind(state) in seen else STRANGE_SHARE

    def _by_share(self, state: Findings, row: Row) -> list[Label]:
        published = published_labels(state, self.taxonomy) if self.taxonomy is not None else []
        if not has_subject(state, state.votes_of.get(self.scheme) or Votes({}, {})):
            return published
        known = {label.code for label in published}
        labels = (self._label(state, row, place) for place in self._likely(row))
        return [*published, *(label for label in labels if label.code not in known)]

    def _likely(self, row: Row) -> list[int]:
        if self.model.multi:
            return given_classes(self.model, row)
        places = [int(place) for place in np.argsort(-row)[:RANKED] if row[place] >= self.threshold / 4]
        return places if places and row[places[0]] >= self.threshold else []

    def _label(self, state: Findings, row: Row, place: int) -> Label:
        code, name = self.model.classes[place]
        if self.taxonomy is not None and code in self.taxonomy.by_code:
            name = self.taxonomy.topic(code).path
        given = self.model.multi or float(row[place]) >= self.threshold
        evidence = self._evidence(state, code, given)
        score = round(float(row[place]), 4)
        return Label("topic", self.scheme, code, name, score, "model", evidence, given=given)


def _families(parents: Mapping[str, str | None]) -> dict[str, list[tuple[str, float]]]:
    """Each first-level class with its children, and how much the terms of each count for it."""
    found: dict[str, list[tuple[str, float]]] = {}
    for code, parent in parents.items():
        found.setdefault(parent or code, []).append((code, 0.5 if parent else 1.0))
    return found
