"""Personal data in the pipeline: facts without their values, and a text without them for all that quotes.

Runs before every component that quotes sentences, so that no quoted sentence repeats what is masked. The
rules are those of `warehouse.personal`, which publication uses for texts that nobody classifies.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from classify.components.anchors import Anchors
from classify.components.sentence import sentence_at
from classify.components.state import (
    MINED_CHARACTERS,
    MOST_FACTS,
    Component,
    Findings,
    findings,
    language_of,
    mark,
)
from warehouse.identity import digest
from warehouse.identity import fact_id as name_fact
from warehouse.personal.finder import MASK, RULE, find_personal, masked
from warehouse.personal.letters import told_letter
from warehouse.records import Fact


@Language.factory("gov_personal")
class PersonalDataFinder(Component):
    """Adds a fact `personal:<kind>` for each place; value and sentence are masked."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        state = findings(doc)
        text = state.text
        anchors = Anchors(text)
        one = state.document
        language = language_of(state.stored)
        places = find_personal(text, one.title, told_letter(one.unit), anchors, language)
        if len(places) > MOST_FACTS:
            places = [*places[:MOST_FACTS], *_by_paragraph(places[MOST_FACTS:], state)]
        state.text = masked(text, places)
        if not places and len(text) <= MINED_CHARACTERS:
            state.anchors = anchors  # nothing was masked: the readers of facts start from the same places
        document = state.document.document_id
        for start, end, kind in places:
            paragraph, inside = state.place(start)
            sentence = sentence_at(state.text, start, end)
            known = name_fact(document, f"personal:{kind}:{digest(text[start:end])}", sentence)
            state.facts.append(
                Fact(known, f"personal:{kind}", MASK * (end - start), sentence, paragraph, inside,
                     inside + end - start, RULE)
            )  # fmt: skip
        mark(doc, ((start, end, f"personal:{kind}") for start, end, kind in places[:MOST_FACTS]))
        return doc


def _by_paragraph(places: list[tuple[int, int, str]], state: Findings) -> list[tuple[int, int, str]]:
    """A table of personal data: from the first to the last hit of each paragraph as one place."""
    merged: dict[int, tuple[int, int, str]] = {}
    for start, end, kind in places:
        paragraph, _ = state.place(start)
        first = merged.get(paragraph, (start, end, kind))
        merged[paragraph] = (first[0], end, first[2])
    return list(merged.values())
