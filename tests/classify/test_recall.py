"""How found marks are counted: one span of ours finds one mark at most."""

from __future__ import annotations

import json

from classify.measures.recall import KINDS, MARKS, matched


def test_a_span_finds_one_mark_and_overlap_decides() -> None:
    assert matched([(0, 50)], [(0, 10), (10, 40)]) == 1
    assert matched([(0, 12), (11, 40)], [(0, 10), (10, 40)]) == 2
    assert matched([(0, 10)], [(10, 20)]) == 0
    assert matched([], [(0, 3)]) == 0


def test_the_marks_hold_places_and_no_text() -> None:
    rows = [json.loads(line) for line in MARKS.read_text(encoding="utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == 100
    for row in rows:
        assert set(row) == {"id", "sha256", "readers"}
        for kinds in row["readers"].values():
            assert set(kinds) <= set(KINDS)
            assert all(0 <= start < end for spans in kinds.values() for start, end in spans)
