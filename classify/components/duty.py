"""Duties: who must do what by when, read from deadlines and from responsibilities in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from classify.components.deadline import Deadline, chinese_deadlines
from classify.components.english_duty import english_deadlines
from classify.components.responsible import acting, bracketed
from classify.components.sentence import sentence_bounds
from classify.components.state import MINED_CHARACTERS, MOST_FACTS, Component, Findings, findings, mark
from classify.departments.authority import Authority, authority
from warehouse.identity import fact_id as name_fact
from warehouse.records import Duty

_VALUE = re.compile(
    r"(?:达到|达|不低于|不少于|不高于|不超过|提高到|提升至|降至|降低到|控制在|超过|增加到)\s?"
    r"(?P<v>\d{1,12}(?:\.\d{1,4})?\s?(?:%|％|个百分点|万|亿|个|家|张|平方米|公里|吨|人|岁|年|千瓦)?[一-鿿]{0,2})"
)


@Language.factory("gov_duty")
class DutyReader(Component):
    """Adds the duties of the text, in order."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name, self.language = name, nlp.lang
        self.authority = authority()

    def __call__(self, doc: Doc) -> Doc:
        state = findings(doc)
        text = state.text[:MINED_CHARACTERS]
        if self.language == "en":
            state.duties += english_duties(state, text)
        else:
            state.duties += self._chinese(state, text)
        starts = state.starts
        mark(
            doc, ((starts[d.paragraph] + d.start, starts[d.paragraph] + d.end, "duty") for d in state.duties)
        )
        return doc

    def _chinese(self, state: Findings, text: str) -> list[Duty]:
        duties: dict[tuple[int, int], Duty] = {}
        for limit in islice(chinese_deadlines(text, issue_date(state), state.document.effective), MOST_FACTS):
            left, right = sentence_bounds(text, limit.start, limit.end)
            who = bracketed(text, left, right, self.authority, state.home) or acting(
                text, left, right, limit.start, limit.end
            )
            what = _what(text, left, right, limit)
            duties.setdefault((left, limit.start), _duty(state, text, left, right, limit, who, what))
        taken = {left for left, _ in duties}
        for left, right, who in islice(_responsibilities(text, self.authority, state.home), MOST_FACTS):
            if left not in taken:
                limit = Deadline(left, right, "", None)
                duties[left, left] = _duty(state, text, left, right, limit, who, _clean(text[left:right]))
        return [duties[key] for key in sorted(duties)]


def issue_date(state: Findings) -> date | None:
    """The day a period runs from: the signing date, else the publication date."""
    return state.document.written or state.document.published


def _duty(
    state: Findings, text: str, left: int, right: int, limit: Deadline, who: tuple[str, ...], what: str
) -> Duty:
    sentence = text[left:right].strip()
    value = _VALUE.search(text, limit.end, min(right, limit.end + 80)) if limit.printed else None
    known = name_fact(state.document.document_id, f"duty:{limit.printed}", sentence)
    paragraph, inside = state.place(limit.start)
    end = inside + (limit.end - limit.start if limit.printed else len(sentence))
    return Duty(
        known, sentence, paragraph, inside, end, who, what, limit.due, limit.printed or None,
        value["v"].strip() if value else None,
    )  # fmt: skip


def _what(text: str, left: int, right: int, limit: Deadline) -> str:
    """The words behind the deadline, or those before it when nothing follows."""
    behind = _clean(text[limit.end : right])
    if len(behind) >= 4:
        return behind
    before = _clean(text[left : limit.start].rstrip("于在到应须请并 \u3000"))
    return f"{before}，{behind}" if before and behind else before or behind


def _clean(words: str) -> str:
    bare = re.sub(
        r"[（(][^（()）]{0,160}(?:负责|牵头|分工|责任单位|配合)[^（()）]{0,80}[）)]", "", words[:400]
    )
    return bare.strip(" \u3000，,。；;、\n：:")[:200]


def _responsibilities(
    text: str, known: Authority, home: str | None
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Sentences that end with the bodies in charge in brackets."""
    at = text.find("负责")
    while at >= 0:
        left, right = sentence_bounds(text, at, at + 2)
        end = right
        if left > 1 and text[left] in "（(" and text[left - 1] != "\n":
            left, right = sentence_bounds(text, left - 1, left - 1)
        who = bracketed(text, left, right, known, home)
        if who:
            yield left, right, who
        right = max(end, right)
        at = text.find("负责", max(right, at + 2))


def english_duties(state: Findings, text: str) -> list[Duty]:
    """Duties of an English text."""
    found = []
    for limit in islice(english_deadlines(text, issue_date(state)), MOST_FACTS):
        known = name_fact(state.document.document_id, f"duty:{limit.printed}", limit.sentence)
        paragraph, inside = state.place(limit.start)
        end = inside + limit.end - limit.start
        found.append(
            Duty(
                known, limit.sentence, paragraph, inside, end, limit.who, limit.what, limit.due, limit.printed
            )
        )
    return found
