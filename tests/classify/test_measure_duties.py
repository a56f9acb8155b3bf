"""The measure of duties counts what was met, missed and invented, each slot by itself."""

from __future__ import annotations

from hashlib import sha256

import pytest

from classify.measures.duties import DEVELOPMENT, SLOTS, Clause, Score, Told, _inside, count, shared
from classify.measures.marked import marked_texts
from classify.rows import stored_of_row
from warehouse.errors import UserError
from warehouse.records import Duty

CLAUSE = Told(("市教育局",), "在年底前建成十所学校", "年底前")


def scored(ours: list[Told], marked: list[Told]) -> dict[str, tuple[int, int, int]]:
    scores = {slot: Score() for slot in SLOTS}
    count(scores, ours, marked)
    return {slot: (one.right, one.invented, one.missed) for slot, one in scores.items()}


def test_a_duty_that_says_the_same_is_right_in_every_slot() -> None:
    ours = Told(("教育局",), "建成十所学校", "年底前")
    assert scored([ours], [CLAUSE]) == dict.fromkeys(SLOTS, (1, 0, 0))


def test_a_wrong_body_is_both_invented_and_missed() -> None:
    ours = Told(("市财政局",), "建成十所学校", "")
    assert scored([ours], [CLAUSE]) == {"task": (1, 0, 0), "body": (0, 1, 1), "limit": (0, 0, 1)}


def test_a_missed_duty_misses_what_it_had_and_an_invented_one_invents_it() -> None:
    assert scored([], [CLAUSE]) == dict.fromkeys(SLOTS, (0, 0, 1))
    assert scored([CLAUSE], []) == dict.fromkeys(SLOTS, (0, 1, 0))


def test_one_duty_of_ours_meets_one_marked_duty() -> None:
    other = Told(("市教育局",), "公布招生办法", "")
    assert scored([CLAUSE], [CLAUSE, other])["task"] == (1, 0, 1)
    assert scored([CLAUSE], [other])["task"] == (0, 1, 1)


def test_f1_is_none_where_nothing_was_right() -> None:
    assert Score(0, 3, 2).f1 == 0
    assert Score(4, 1, 1).f1 == 0.8


def test_what_two_quotations_share() -> None:
    assert shared("建成学校", "年底前建成学校。") == 4
    assert shared("甲", "乙") == 0


def test_a_sentence_that_stands_twice_is_two_places() -> None:
    said = "请在五日内公开渡口清单。"
    row = {"id": "made", "title": "函", "text": said + said}
    second = Duty("fac-1", said, 0, len(said), 2 * len(said), (), "公开渡口清单", None, "五日内")
    stored = stored_of_row(row, 1)
    assert _inside(Clause(row, len(said), 2 * len(said), ()), stored, second)
    assert not _inside(Clause(row, 0, len(said), ()), stored, second)


def test_a_text_that_is_another_than_was_marked_is_refused() -> None:
    row = {"id": "made", "text": "渡口应当公布电话。"}
    mark = {"id": "made", "sha256": sha256(row["text"].encode()).hexdigest()}
    assert list(marked_texts([row], [mark, mark], DEVELOPMENT)) == [row, row]
    with pytest.raises(UserError, match="the text of made is not the one that was marked"):
        list(marked_texts([{**row, "text": "改"}], [mark], DEVELOPMENT))
