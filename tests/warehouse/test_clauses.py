"""Two texts clause by clause: what was kept in other words, added or dropped, and which figures moved."""

from __future__ import annotations

from warehouse.clauses import align, clauses, differing

UPPER = (
    "各市（州）人民政府，省政府各有关部门：",
    "一、发展嵌入式托育。到2027年底，全省每千人口托位数达到4.5个，普惠托位占比达到60%。",
    "（二）规范预收费。一次收取不得超过三个月或者5000元；预收资金纳入专用账户。",
    "云河省人民政府办公厅",
    "2024年11月25日",
)
LOWER = (
    "各县（区）人民政府：",
    "第一条 到2027年底，全市每千人口托位数达到5.0个，普惠托位占比不低于66%。",
    "第二条 发展嵌入式托育。",
    "第三条 增设夜间延时照护，时间为18时至22时。",
)


def test_address_signature_and_day_are_no_clauses() -> None:
    assert [one.text for one in clauses(UPPER)] == [
        "一、发展嵌入式托育。",
        "到2027年底，全省每千人口托位数达到4.5个，普惠托位占比达到60%。",
        "（二）规范预收费。",
        "一次收取不得超过三个月或者5000元；",
        "预收资金纳入专用账户。",
    ]


def test_a_clause_knows_its_place() -> None:
    for one in clauses(UPPER):
        assert UPPER[one.paragraph][one.start :].startswith(one.text)


def test_kept_clauses_are_found_in_other_order_and_their_figures_told() -> None:
    found = align(UPPER, LOWER)
    assert [(one.upper.paragraph, one.lower.paragraph) for one in found.pairs] == [(1, 2), (1, 1)]
    assert found.pairs[0].same  # the number in front does not count
    assert found.pairs[1].figures == (("4.5个", "60%"), ("5.0个", "66%"))
    assert not found.pairs[1].same


def test_what_only_one_text_says_is_added_or_dropped() -> None:
    found = align(UPPER, LOWER)
    assert [one.text for one in found.added] == ["第三条 增设夜间延时照护，时间为18时至22时。"]
    assert [one.paragraph for one in found.dropped] == [2, 2, 2]
    assert (found.kept, round(found.taken, 2)) == (0.4, 0.67)


def test_english_sentences_end_at_a_stop_and_not_in_a_figure() -> None:
    said = [one.text for one in clauses(["Rent rises by 2.5 percent a year. Councils must report by June."])]
    assert said == ["Rent rises by 2.5 percent a year.", "Councils must report by June."]


def test_long_texts_are_compared_up_to_a_bound_and_the_rest_is_counted() -> None:
    many = [f"第{n}项工作由第{n}个单位负责办理完毕。" for n in range(700)]
    found = align(many, many)
    assert found.left_out == 400
    assert len(found.pairs) == 500
    assert all(one.same for one in found.pairs)


def test_texts_without_a_clause_are_no_error() -> None:
    assert align((), LOWER).kept == 0.0
    assert align(UPPER, ()).taken == 0.0


def test_words_that_went_and_came_stand_beside_what_stayed() -> None:
    assert differing("托位数达到4.5个", "托位数达到5.0个") == [
        ("equal", "托位数达到"),
        ("gone", "4.5个"),
        ("come", "5.0个"),
    ]
    assert differing("甲" * 601, "乙") == [("gone", "甲" * 601), ("come", "乙")]
