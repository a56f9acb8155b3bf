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


ABOVE = "新建住宅小区同步配建用房。支持职业院校开设专业。对学员给予奖励。建立工作调度机制。经费列入预算。"
BELOW = "采取中央厨房加社区配餐方式。街面门店腾退后改造。由督查室下达督办函。夜间加开班次。电梯定期检验。"


def aligned(upper: str, lower: str) -> list[tuple[str, str]]:
    """Pairs of two paragraphs in texts of other things: rare words need common ones beside them."""
    found = align([upper, ABOVE], [lower, BELOW])
    return [(one.upper.text, one.lower.text) for one in found.pairs]


def test_a_heading_alone_is_no_pair_of_a_long_clause_that_shares_its_words() -> None:
    target = "到2027年底，失能老年人家庭适老化改造累计完成4.2万户，护理型床位占比不低于62%。"
    heading, below = "（三）推进家庭适老化改造。", "每户补助不超过3800元。"
    assert aligned(target, heading + below) == []
    assert aligned(heading + "改造由县级人民政府组织。", "（一）推进适老化改造。") == [
        (heading, "（一）推进适老化改造。")
    ]
    title = "云河省普惠托育服务实施方案（2024—2027年）"
    assert aligned(title, f"为落实《{title}》，缓解三岁以下婴幼儿送托难的问题，制定本方案。") == []


def test_a_clause_that_sets_a_day_is_paired_with_the_one_of_its_subject_that_sets_another() -> None:
    upper = (
        "（一）发布清单。省民政厅于2026年6月30日前公布省级基本养老服务清单。"
        "省卫生健康委员会会同省民政厅于2025年3月31日前印发建设指引。"
    )
    lower = (
        "（二）印发清单。市民政局于2026年8月31日前公布市级基本养老服务清单并公布办理指南。"
        "市卫生健康委员会会同市财政局于2025年4月30日前公布普惠托育指导价。"
    )
    found = align([upper], [lower])
    (pair,) = (one for one in found.pairs if any(one.figures))
    assert pair.figures == (("2026年6月30日",), ("2026年8月31日",))
    assert "建设指引" in [one.text for one in found.dropped][-1]
    assert "指导价" in [one.text for one in found.added][-1]


def test_a_day_beside_none_is_no_figure_that_moved_unless_the_words_are_the_same() -> None:
    dated = "市、县级清单不得少于省级清单所列项目，于2026年9月30日前发布。"
    assert aligned(dated, "（一）发布市级清单。") == []
    assert aligned(dated, "市、县级清单按照省级清单的项目确定和发布。") == []
    without = "市、县级清单不得少于省级清单所列项目，按期发布。"
    assert aligned(dated, without) == [(dated, without)]


def test_a_clause_stands_under_the_heading_of_its_paragraph() -> None:
    upper = "（五）提高护理型床位占比。到2027年底，达到62%。"
    lower = "四、提高护理型床位占比。到2026年底，全市实现60%。"
    heads = [(one.heading, one.is_heading) for one in clauses([upper])]
    assert heads == [("", True), ("（五）提高护理型床位占比。", False)]
    assert aligned(upper, lower)[-1] == ("到2027年底，达到62%。", "到2026年底，全市实现60%。")
    without = upper.partition("。")[2], lower.partition("。")[2]
    assert aligned(*without) == []
