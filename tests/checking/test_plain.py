"""The form in which quotations are compared, and the way back to the text."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.checking.plain import origin, plain

SAME = [
    ("收费，不得", "收费,不得"), ("（试行）", "(试行)"), ("２０％", "20%"), ("第 五 条", "第五条"),
    ("don’t", "don't"),
    ("“一网通办”", "‘一网通办’"), ("国办发〔2024〕5号", "国办发[2024]5号"), ("a  b", "a b"),
    ("2021—2025", "2021-2025"),
    ("十四五……规划", "十四五...规划"), ("ﬁnance", "finance"), ("10 km", "10km"), ("⽂件", "文件"),
]  # fmt: skip
OTHER = [
    ("收费，不得", "收费、不得"), ("办理。违者", "办理，违者"), ("2 5", "25"), ("now here", "nowhere"),
    ("10²", "102"),
    ("不得收费", "得收费"), ("5*8", "58"),
]  # fmt: skip
SIGNS = st.text(alphabet="甲乙，,。. \n\t“”ab12ﬁ〔〕…—＊*_\u200b", max_size=40)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_forms_of_the_same_are_equal(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_what_says_something_else_is_not(one: str, other: str) -> None:
    assert plain(one) != plain(other)


@example("..。", "甲乙丙", "11")
@given(SIGNS, st.sampled_from(["甲乙丙", "care 12", "“引”。"]), SIGNS)
def test_the_way_back_leads_to_words_that_are_equal(before: str, words: str, after: str) -> None:
    text = f"{before}\n{words}\n{after}"
    at = plain(text).find(plain(words))
    if at >= 0:
        start, end = origin(text, at, at + len(plain(words)))
        assert plain(text[start:end]).strip() == plain(words)
