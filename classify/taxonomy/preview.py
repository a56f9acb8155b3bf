"""How many documents of a warehouse a changed topic scheme would move, by its terms and rules alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from classify.components.state import findings, language_of, make_doc
from classify.components.topic import TopicReader
from classify.pipeline import build_pipeline
from classify.taxonomy.choice import Schemes
from classify.taxonomy.load import LEAD_SCHEME, load_taxonomy
from classify.taxonomy.moves import Move, Moves
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.labelling import count_documents, sampled_documents
from warehouse.records import StoredDocument

SAMPLE = 1000  # documents looked at, unless a person asks for more


@dataclass(frozen=True, slots=True)
class Effect:
    """What the terms of the draft would do to the documents looked at."""

    documents: int  # in the warehouse
    looked_at: int  # of them, a steady sample when fewer
    moved: int
    moves: tuple[Move[str], ...]  # most documents first; examples are titles


def effect(home: Home, old: Path | None, new: Path, sample: int = SAMPLE) -> Effect:
    """Moves between the leading classes of the two versions, published classes heeded, no model asked.

    The same documents are looked at each time. Without a warehouse, or with a sample of 0,
    none is.
    """
    if not home.warehouse_file.is_file() or sample < 1:
        return Effect(0, 0, 0, ())
    before, after = load_taxonomy(old) if old else None, load_taxonomy(new)
    counted = Moves[str]()
    looked_at = 0
    with Warehouse.open(home) as warehouse:
        total = count_documents(warehouse)
        readers = _Readers(old, new)
        for batch in sampled_documents(warehouse, sample):
            for stored in batch:
                looked_at += 1
                counted.add(*readers.leading(stored), stored.document.title)
    moves = counted.told(
        lambda code: before.topic(code).path if before and code else "",
        lambda code: after.topic(code).path if code else "",
    )
    return Effect(total, looked_at, counted.moved, moves)


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
        language = language_of(stored)
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
