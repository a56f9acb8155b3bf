"""Anchors find what a plain search finds, and spans by paragraph are those that spaCy would give."""

from __future__ import annotations

import gc

import pytest

from classify.components.anchors import GROUPS, SINGLE, Anchors
from classify.components.mined import anchors_of
from classify.components.state import MINED_CHARACTERS, SPANS, blank, findings, make_doc, mark
from classify.pipeline import build_classifier, build_pipeline
from classify.rows import stored_of_row

TEXT = "各县（区）应当于9月30日前报送；\n联系电话：0991-123 4567，不得低于5万元！𠮷野家住３号楼\t法例?\udce9"


@pytest.mark.parametrize("name", [*GROUPS, *SINGLE])
def test_anchors_are_the_places_of_their_signs(name: str) -> None:
    signs = GROUPS.get(name, name)
    places = [at for at, sign in enumerate(TEXT) if sign in signs]
    anchors = Anchors(TEXT)
    if name == "run":  # rarer digits and all beyond the table count as digits, so that none is missed
        assert anchors.has(name)
        assert set(places) <= set(anchors.at(name))
        return
    assert anchors.has(name) == bool(places)
    if name in GROUPS:
        assert anchors.at(name) == places


@pytest.mark.parametrize(
    ("text", "there"),
    [("电话13812345678", True), ("٠١٢٣٤٥٦٧٨٩", True), ("2021年11月30日", False), ("", False)],
)
def test_a_long_run_of_digits_is_never_missed(text: str, there: bool) -> None:
    assert Anchors(text).has_run(10) == there


def test_anchors_are_made_once_a_document_however_long() -> None:
    state = findings(make_doc(blank("zh").vocab, stored_of_row({"id": "1", "text": "应" * 9}, 1)))
    state.text = "应" * (MINED_CHARACTERS + 1)
    first = anchors_of(state)
    assert anchors_of(state) is first
    assert len(first.text) == MINED_CHARACTERS
    state.text = "masked"
    assert anchors_of(state).text == "masked"


def test_a_mark_is_the_span_that_holds_it() -> None:
    doc = make_doc(blank("zh").vocab, stored_of_row({"id": "1", "text": "一二\n\n三四五\n六"}, 1))
    places = [(start, end, "x") for start in range(8) for end in range(start + 1, 9)]
    mark(doc, places)
    given = [(span.start_char, span.end_char) for span in doc.spans[SPANS]]
    spans = [doc.char_span(start, end, alignment_mode="expand") for start, end, _ in places]
    assert given == [(span.start_char, span.end_char) for span in spans if span is not None]


def test_the_collector_of_cycles_runs_again_behind_a_batch() -> None:
    list(
        build_classifier(use_model=False).classify([stored_of_row({"id": "1", "text": "各县应当报送。"}, 1)])
    )
    assert gc.isenabled()


def test_findings_are_the_same_without_spans() -> None:
    nlp = build_pipeline("zh")
    stored = stored_of_row({"id": "1", "title": "通知", "text": "各市：\n\n应于2027年6月30日前完成。"}, 1)
    docs = [make_doc(nlp.vocab, stored, marked=how) for how in (False, True)]
    plain, marked = nlp.pipe(docs)
    assert SPANS not in plain.spans
    assert marked.spans[SPANS]
    assert not plain.text
    assert findings(plain).text == marked.text
    assert findings(plain).duties == findings(marked).duties
    assert findings(plain).facts == findings(marked).facts
