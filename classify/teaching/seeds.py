"""A seed where no packaged model fits: the terms' own answers, learnt from documents without a label."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from classify.components.state import Votes, language_of
from classify.components.topic import ranked
from classify.linear.features import Sample, Shape
from classify.linear.fit import fit_model
from classify.linear.model import LinearModel
from classify.linear.sample import first_codes, sample_of
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
FIELDS = ["title", "organ", "body", "issuer", "votes"]


def seed_of_terms(home: Home, taxonomy: Taxonomy, schemes: Schemes, language: str) -> LinearModel:
    """One round, no loop: what the terms say of a sample of the warehouse is taken for its labels."""
    first = vote_columns(taxonomy)
    samples: list[Sample] = []
    gold: list[tuple[str, ...]] = []
    for state in read_states(_unlabelled(home, language), schemes):
        said = ranked(state, state.votes_of.get(taxonomy.scheme) or Votes({}, {}), taxonomy)
        if said:
            samples.append(sample_of(state, taxonomy, first, FIELDS))
            gold.append((taxonomy.parents[said[0].code] or said[0].code, said[0].code))
    if len({codes[0] for codes in gold}) < 2:
        raise NothingUsable("train: the terms name fewer than two classes in this warehouse; gather more.")
    card: dict[str, Any] = {
        "id": f"terms-{digest(taxonomy.version, str(len(samples)), length=6)}", "field": "topic",
        "scheme": taxonomy.scheme, "fields": FIELDS, "threshold": THRESHOLD,
    }  # fmt: skip
    flat = all(parent is None for parent in taxonomy.parents.values())
    gold = [codes[:1] for codes in gold] if flat else gold
    names = {node.topic.code: node.topic.path for node in taxonomy.nodes}
    return fit_model(samples, gold, names, card, shape=Shape.of({"words": language == "en"}))


def vote_columns(taxonomy: Taxonomy) -> tuple[str, ...]:
    """First-level codes as packaged models have learnt them, whatever a home changed in the scheme."""
    packaged = taxonomy.scheme in packaged_schemes()
    return first_codes(load_taxonomy(taxonomy.scheme) if packaged else taxonomy)


def _unlabelled(home: Home, language: str) -> Iterator[StoredDocument]:
    with Warehouse.open(home) as warehouse:
        batches = list(sampled_documents(warehouse, SAMPLE))
    return (one for batch in batches for one in batch if language_of(one) == language)
