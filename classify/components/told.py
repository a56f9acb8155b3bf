"""What published fields say beside the text: the last day for comments is a duty, code references citations.

A fact that the text itself holds is left to the text. Where the text prints the day beside a word of
comments, the duty stands there; else it rests on the field alone, and its place is empty (start and end at 0
of the first paragraph).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from classify.components.english_number import english_normal
from classify.components.sentence import english_bounds
from classify.components.state import MINED_CHARACTERS, Component, Findings, findings, mark
from warehouse.identity import fact_id as name_fact
from warehouse.records import Citation, Document, Duty

COMMENTS, CODES = "comments_close", "cfr"
WHAT = "Submit comments"
_COMMENTS = re.compile(r"comment|submission|response", re.IGNORECASE)


@Language.factory("gov_told")
class ToldReader(Component):
    """Adds the duty of a comment period and the citations of code references that published fields name."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name, self.language = name, nlp.lang

    def __call__(self, doc: Doc) -> Doc:
        state = findings(doc)
        day = comment_day(state.document)
        if day is not None and not any(_is_known(one, day) for one in state.duties):
            duty = _duty(state, day)
            state.duties.append(duty)
            state.duties.sort(key=lambda one: (one.paragraph, one.start))
            begin = state.starts[duty.paragraph] if state.starts else 0
            if duty.end > duty.start:
                mark(doc, [(begin + duty.start, begin + duty.end, "duty")])
        state.citations += _citations(state)
        return doc


def comment_day(document: Document) -> date | None:
    """The last day for comments that the publisher's own field names."""
    told = next((one.value for one in document.origins if one.field == COMMENTS and one.chosen), None)
    try:
        return date.fromisoformat(told) if told else None
    except ValueError:
        return None


def _is_known(duty: Duty, day: date) -> bool:
    """Whether the text's own duty names this day for comments."""
    return duty.due == day and _COMMENTS.search(f"{duty.sentence} {duty.what}") is not None


def _duty(state: Findings, day: date) -> Duty:
    place = _printed(state.text[:MINED_CHARACTERS], day)
    start, end, sentence = place or (0, 0, f"{COMMENTS}: {day.isoformat()}")
    printed = state.text[start:end] if place else day.isoformat()
    paragraph, inside = state.place(start)
    known = name_fact(state.document.document_id, f"duty:{COMMENTS}:{day.isoformat()}", sentence)
    return Duty(known, sentence, paragraph, inside, inside + end - start, (), WHAT, day, printed)


def _printed(text: str, day: date) -> tuple[int, int, str] | None:
    """Where the text prints the day in a sentence that speaks of comments: start, end, the sentence."""
    month = f"{day:%B}"
    forms = (f"{month} {day.day}, {day.year}", f"{day.day} {month} {day.year}", day.isoformat())
    for form in forms:
        at = text.find(form)
        while at >= 0:
            left, right = english_bounds(text, at, at + len(form))
            sentence = text[left:right].strip()
            if _COMMENTS.search(sentence):
                return at, at + len(form), sentence
            at = text.find(form, at + len(form))
    return None


def _citations(state: Findings) -> list[Citation]:
    """Code references of the field that the text does not name."""
    known = {one.target_number for one in state.citations}
    return [one for one in _referred(state) if one.target_number not in known]


def _referred(state: Findings) -> Iterator[Citation]:
    for one in state.document.origins:
        if one.field == CODES and one.chosen:
            number = english_normal(one.value) or one.value
            known = name_fact(state.document.document_id, f"citation:{number}", one.value)
            yield Citation(known, "mentions", one.value, 0, 0, 0, None, number)
