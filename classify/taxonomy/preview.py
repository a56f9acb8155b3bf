"""How many documents of a warehouse a changed topic scheme would move, by its terms and rules alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from classify.components.state import findings, make_doc
from classify.components.topic import TopicReader
from classify.pipeline import build_pipeline
from classify.taxonomy.choice import Schemes
from classify.taxonomy.load import LEAD_SCHEME, Taxonomy, load_taxonomy
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.labelling import count_documents, sampled_documents
from warehouse.records import StoredDocument

SAMPLE = 1000  # documents looked at, unless a person asks for more
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Move:
    """Documents whose leading class would be another one; "" is no class."""

    before: str
    before_name: str
    after: str
    after_name: str
    documents: int
    examples: tuple[str, ...]  # titles


@dataclass(frozen=True, slots=True)
class Effect:
    """What the terms of the draft would do to the documents looked at."""

    documents: int  # in the warehouse
    looked_at: int  # of them, a steady sample when fewer
    moved: int
    moves: tuple[Move, ...]  # most documents first


def effect(home: Home, old: Path | None, new: Path, sample: int = SAMPLE) -> Effect:
    """Moves between the leading classes of the two versions, published classes heeded, no model asked.

    The same documents are looked at each time. Without a warehouse, or with a sample of 0,
    none is.
    """
    if not home.warehouse_file.is_file() or sample < 1:
        return Effect(0, 0, 0, ())
    before, after = load_taxonomy(old) if old else None, load_taxonomy(new)
    pairs: Counter[tuple[str, str]] = Counter()
    titles: dict[tuple[str, str], list[str]] = {}
    looked_at = 0
    with Warehouse.open(home) as warehouse:
        total = count_documents(warehouse)
        readers = _Readers(old, new)
        for batch in sampled_documents(warehouse, sample):
            for stored in batch:
                looked_at += 1
                pair = readers.leading(stored)
                if pair[0] != pair[1]:
                    pairs[pair] += 1
                    if len(shown := titles.setdefault(pair, [])) < EXAMPLES:
                        shown.append(stored.document.title)
    moves = tuple(_moves(pairs, titles, before, after))
    return Effect(total, looked_at, sum(pairs.values()), moves)


def _moves(
    pairs: Counter[tuple[str, str]],
    titles: dict[tuple[str, str], list[str]],
    before: Taxonomy | None,
    after: Taxonomy,
) -> Iterator[Move]:
    for (old, new), count in sorted(pairs.items(), key=lambda one: (-one[1], one[0])):
        names = (before.topic(old).path if before and old else "", after.topic(new).path if new else "")
        yield Move(old, names[0], new, names[1], count, tuple(titles[old, new]))


class _Readers:
    """The terms of both versions, for documents of either language."""

    def __init__(self, old: Path | None, new: Path) -> None:
        before, after = str(old) if old else None, str(new)
        lead = after if load_taxonomy(new).scheme == LEAD_SCHEME else LEAD_SCHEME
        self.pipelines = {
            language: build_pipeline(language, (), Schemes((), lead), mining=False)
            for language in ("zh", "en")
        }
        self.old = {
            language: TopicReader(nlp, "old", before, rank=True, lead=False) if before else None
            for language, nlp in self.pipelines.items()
        }
        self.new = {
            language: TopicReader(nlp, "new", after, rank=True, lead=False)
            for language, nlp in self.pipelines.items()
        }

    def leading(self, stored: StoredDocument) -> tuple[str, str]:
        """The leading class of each version for one document."""
        language = "en" if stored.document.language.startswith("en") else "zh"
        nlp = self.pipelines[language]
        with nlp.memory_zone():
            doc = next(iter(nlp.pipe([make_doc(nlp.vocab, stored)])))
            state = findings(doc)
            codes = []
            for reader in (self.old[language], self.new[language]):
                state.topics.clear()
                if reader is not None:
                    reader(doc)
                codes.append(state.topics[0].code if state.topics else "")
        return codes[0], codes[1]
