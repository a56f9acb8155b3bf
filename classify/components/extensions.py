"""What other programs read on a Doc and its spans: typed values, worked out of the findings when asked for.

Nothing is stored twice and nothing costs time in the pipeline: each extension is a getter over `doc._.gov`.
A Doc that no component has seen answers with None and empty tuples.

- `doc._.gov_number`, `gov_kind`, `gov_departments`, `gov_topics`, `gov_citations`, `gov_duties`, `gov_facts`,
  `gov_routes`, `gov_reasons`, and `gov_text` (the text with personal data masked).
- `span._.gov_offsets` (start, end in code points of doc.text), `span._.gov_facts` (the records found there)
  and `span._.gov_value`. A span of doc.spans["gov"] is as wide as its tokens, with our tokenizer a paragraph;
  these three say which place in it is meant. For any other span they speak of all that lies within it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from spacy.tokens import Doc, Span

from classify.components.state import Findings, known_findings, place_of
from warehouse.records import Citation, Duty, Fact

Found = Citation | Duty | Fact
LISTS = ("departments", "topics", "citations", "duties", "facts", "routes", "reasons")
SINGLE = {"gov_number": "number", "gov_kind": "doc_type"}


def gov_offsets(span: Span) -> tuple[int, int]:
    """Start and end, in code points of doc.text, of the fact a span was made for, else of the span itself."""
    return place_of(span) or (span.start_char, span.end_char)


def gov_facts(span: Span) -> tuple[Found, ...]:
    """The facts, citations and duties a span stands for, from left to right; mostly one."""
    state = known_findings(span.doc)
    if state is None:
        return ()
    place = place_of(span)
    if place is not None:
        there = _index(state).get(place, ())
        return tuple(one for one in there if label_of(one) == span.label_)
    start, end = span.start_char, span.end_char
    inside = (where for where in _index(state) if start <= where[0] and where[1] <= end)
    return tuple(one for where in sorted(inside) for one in _index(state)[where])


def gov_value(span: Span) -> str | None:
    """The value of the first of them: a fact's own, a cited number or title, what a duty demands."""
    return next((_value(one) for one in gov_facts(span)), None)


def label_of(one: Found) -> str:
    """The label of the spans that stand for such a record."""
    if isinstance(one, Duty):
        return "duty"
    return f"citation:{one.kind}" if isinstance(one, Citation) else one.kind


def _value(one: Found) -> str | None:
    if isinstance(one, Citation):
        return one.target_number or one.target_title
    return one.what if isinstance(one, Duty) else one.value


def _index(state: Findings) -> dict[tuple[int, int], list[Found]]:
    """All records by their place in doc.text; made anew when a component has added some."""
    count = len(state.facts) + len(state.citations) + len(state.duties)
    if state.index is None or state.index[0] != count:
        places: dict[tuple[int, int], list[Found]] = {}
        records: tuple[Found, ...] = (*state.citations, *state.duties, *state.facts)
        for one in records:
            begins = state.starts[one.paragraph]
            places.setdefault((begins + one.start, begins + one.end), []).append(one)
        state.index = count, places
    return state.index[1]


def _listed(doc: Doc, name: str) -> tuple[Any, ...]:
    state = known_findings(doc)
    return tuple(getattr(state, name)) if state is not None else ()


def _single(doc: Doc, name: str) -> Any:
    return getattr(known_findings(doc), name, None)


def _text(doc: Doc) -> str:
    state = known_findings(doc)
    return doc.text if state is None else state.text


def register() -> None:
    """Tell spaCy of them all; saying it again changes nothing."""
    getters: dict[str, Callable[[Doc], Any]] = {f"gov_{name}": partial(_listed, name=name) for name in LISTS}
    getters |= {name: partial(_single, name=field) for name, field in SINGLE.items()}
    for name, getter in {**getters, "gov_text": _text}.items():
        Doc.set_extension(name, getter=getter, force=True)
    for of_span in (gov_offsets, gov_facts, gov_value):
        Span.set_extension(of_span.__name__, getter=of_span, force=True)


register()
