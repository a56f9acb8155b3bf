"""What every reader of facts shares: the anchors of the text, and how a found value becomes a Fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from classify.components.anchors import Anchors
from classify.components.state import MINED_CHARACTERS, MOST_FACTS, Component, Findings, findings, mark
from warehouse.identity import fact_id as name_fact
from warehouse.records import Fact


def anchors_of(state: Findings) -> Anchors:
    """The anchors of the part of a document's text that facts are read in (`.text`), made once."""
    kept = state.anchors
    if kept is None or kept.whole is not state.text:
        kept = state.anchors = Anchors(state.text[:MINED_CHARACTERS], state.text)
    return kept


class FactReader(Component):
    """A reader of facts in Chinese texts: under the name of its rule it keeps what `found` yields."""

    rule: str

    def __init__(self, nlp: Language, name: str) -> None:
        self.name, self.language = name, nlp.lang

    def __call__(self, doc: Doc) -> Doc:
        state = findings(doc)
        if self.language != "en" and self.reads(state):
            anchors = anchors_of(state)
            keep_all(doc, self.rule, self.found(anchors.text, anchors))
        return doc

    def reads(self, state: Findings) -> bool:
        """Whether a document is read at all."""
        return True

    def found(self, text: str, anchors: Anchors) -> Iterator[tuple[int, int, str, str]]:
        """(start, end, kind, value) of each fact, from left to right."""
        raise NotImplementedError


def keep(doc: Doc, kind: str, rule: str, found: Iterable[tuple[int, int, str]]) -> None:
    """Add facts of one kind, (start, end, value) each, with their sentences, to the findings and spans."""
    keep_all(doc, rule, ((start, end, kind, value) for start, end, value in found))


def keep_all(doc: Doc, rule: str, found: Iterable[tuple[int, int, str, str]]) -> None:
    """The same for (start, end, kind, value)."""
    state = findings(doc)
    anchors, places = anchors_of(state), []
    for start, end, kind, value in islice(found, MOST_FACTS):
        sentence = anchors.said(start, end)
        paragraph, inside = state.place(start)
        known = name_fact(state.document.document_id, f"{kind}:{value}", sentence)
        state.facts.append(Fact(known, kind, value, sentence, paragraph, inside, inside + end - start, rule))
        places.append((start, end, kind))
    mark(doc, places)
