"""A seed where no packaged model fits: the terms' own answers, learnt from documents without a label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from classify.components.state import Findings, Votes, language_of
from classify.components.topic import by_level, ranked
from classify.linear.features import Sample, Shape
from classify.linear.fit import fit_model
from classify.linear.model import LinearModel
from classify.linear.sample import first_codes, sample_of
from classify.seen import NONE
from classify.taxonomy.choice import Schemes
from classify.taxonomy.load import Taxonomy, load_taxonomy, packaged_schemes
from classify.teaching.labels import read_states
from classify.training import THRESHOLD
from warehouse.database import Warehouse
from warehouse.errors import NothingUsable
from warehouse.home import Home
from warehouse.identity import digest
from warehouse.labelling import sampled_documents
from warehouse.records import StoredDocument

SAMPLE = 3000  # documents the terms are asked about
FIELDS = ["title", "body", "votes"]  # the text alone: what terms say of it must not spread by who issued it
CLEAR = 2.0  # a document teaches when its best class has so many times the points of the next
WEIGHTS = {"zh": {"title": 0.7, "body": 1.0}, "en": {"title": 0.4, "body": 1.0}}
BITS = 20
COST = 0.03  # of an error: what terms say is often wrong, so the model follows it loosely


def seed_of_terms(home: Home, taxonomy: Taxonomy, schemes: Schemes, language: str) -> LinearModel:
    """One round, no loop: what the terms say of a sample of the warehouse is taken for its labels."""
    return seed_of_states(read_states(_unlabelled(home, language), schemes), taxonomy, language)


def seed_of_states(states: Iterable[Findings], taxonomy: Taxonomy, language: str) -> LinearModel:
    """The same of documents that were read; NothingUsable when terms clearly name fewer than two classes."""
    first = vote_columns(taxonomy)
    samples: list[Sample] = []
    gold: list[tuple[str, ...]] = []
    for state in states:
        if code := _clear_class(state, taxonomy):
            samples.append(sample_of(state, taxonomy, first, FIELDS))
            gold.append((taxonomy.parents[code] or code, code))
    if len({codes[0] for codes in gold}) < 2:
        raise NothingUsable("train: the terms name fewer than two classes in this warehouse; gather more.")
    card: dict[str, Any] = {
        "id": f"terms-{digest(taxonomy.version, str(len(samples)), length=6)}", "field": "topic",
        "scheme": taxonomy.scheme, "fields": FIELDS, "threshold": THRESHOLD, "of_terms": True,
    }  # fmt: skip
    flat = all(parent is None for parent in taxonomy.parents.values())
    gold = [codes[:1] for codes in gold] if flat else gold
    names = {node.topic.code: node.topic.path for node in taxonomy.nodes}
    model = fit_model(samples, gold, names, card, shape=_shape(language), cost=COST)
    return replace(model, seen=NONE)  # it has seen texts, but nobody's label of any


def _shape(language: str) -> Shape:
    """How texts become rows, which the model of the labels does as well; chosen on training parts alone."""
    grams = {} if language == "en" else {"title": (1, 2, 3)}
    return Shape.of({"words": language == "en", "bits": BITS, "weights": WEIGHTS[language], "grams": grams})


def _clear_class(state: Findings, taxonomy: Taxonomy) -> str | None:
    """The class the terms name, when no other of the first level comes near it."""
    votes = state.votes_of.get(taxonomy.scheme) or Votes({}, {})
    said = ranked(state, votes, taxonomy)
    points = sorted(by_level(votes.points, taxonomy)[0].values(), reverse=True)
    clear = bool(said) and (len(points) == 1 or points[0] >= CLEAR * points[1])
    return said[0].code if clear else None


def vote_columns(taxonomy: Taxonomy) -> tuple[str, ...]:
    """First-level codes as packaged models have learnt them, whatever a home changed in the scheme."""
    packaged = taxonomy.scheme in packaged_schemes()
    return first_codes(load_taxonomy(taxonomy.scheme) if packaged else taxonomy)


def _unlabelled(home: Home, language: str) -> Iterator[StoredDocument]:
    with Warehouse.open(home) as warehouse:
        batches = list(sampled_documents(warehouse, SAMPLE))
    return (one for batch in batches for one in batch if language_of(one) == language)
