"""What every reader of facts shares: the anchors of the text, and how a found value becomes a Fact."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from spacy.tokens import Doc

from classify.components.anchors import Anchors
from classify.components.state import MOST_FACTS, Findings, findings, mark
from warehouse.identity import fact_id as name_fact
from warehouse.records import Fact


def anchors_of(state: Findings, text: str) -> Anchors:
    """The anchors of a text, made once a document."""
    kept = state.anchors
    if kept is None or kept.text is not text:
        kept = state.anchors = Anchors(text)
    return kept


def keep(doc: Doc, kind: str, rule: str, found: Iterable[tuple[int, int, str]]) -> None:
    """Add facts of one kind, (start, end, value) each, with their sentences, to the findings and spans."""
    keep_all(doc, rule, ((start, end, kind, value) for start, end, value in found))


def keep_all(doc: Doc, rule: str, found: Iterable[tuple[int, int, str, str]]) -> None:
    """The same for (start, end, kind, value)."""
    state: Findings = findings(doc)
    anchors, places = state.anchors, []
    for start, end, kind, value in islice(found, MOST_FACTS):
        anchors = anchors or Anchors(state.text)
        sentence = anchors.said(start, end)
        paragraph, inside = state.place(start)
        known = name_fact(state.document.document_id, f"{kind}:{value}", sentence)
        state.facts.append(Fact(known, kind, value, sentence, paragraph, inside, inside + end - start, rule))
        places.append((start, end, kind))
    mark(doc, places)
