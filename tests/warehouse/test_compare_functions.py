"""Targets made comparable, lists of goals, English figures, and several texts clause by clause."""

from __future__ import annotations

from datetime import date

import pytest

from warehouse.english_targets import read_english
from warehouse.goal_lists import goals
from warehouse.side_by_side import choose, first_of, side_by_side
from warehouse.targets import base_unit, differ, indicator_key, read_target, told_differently, year_named

KEPT = "食堂、门窗、监控、接送四项每月自查，监控录像保存不少于九十日。"


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("万千瓦", (1e4, "千瓦")),
        ("亿元", (1e8, "元")),
        ("％", (1.0, "%")),
        ("亿斤", (5e4, "吨")),
        ("个", (1.0, "个")),
    ],
)
def test_units_come_without_their_factor(unit: str, expected: tuple[float, str]) -> None:
    assert base_unit(unit) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("全市普惠托位占比", "普惠托位占比"),
        ("养老机构护理型床位占比", "护理型床位占比"),
        ("GDP", "地区生产总值"),
        ("居民消费价格总水平上涨幅度", "居民消费价格"),
        ("全社会研发投入强度", "全社会研发投入强度"),
    ],
)
def test_an_indicator_has_one_name(printed: str, key: str) -> None:
    assert indicator_key(printed) == key


def test_a_mined_target_keeps_bound_change_year_and_scope() -> None:
    sentence = "到2027年底，全省普惠托位占比不低于65%。"
    found = read_target("普惠托位占比|≥65|%|", sentence)
    assert found is not None
    assert (found.bound, found.low, found.year, found.scope) == ("least", 65.0, 2027, "全省")
    fall = read_target("能耗|-3-3.5|%|2026")
    assert fall is not None
    assert (fall.change, fall.low, fall.high) == ("-", 3.0, 3.5)
    assert read_target("90 percent") is None
    assert read_target("能耗|许多|%|2026") is None


def test_a_year_is_taken_from_the_words_when_it_is_one_alone() -> None:
    assert year_named("2026年随迁子女") == 2026
    assert year_named("2020年到2025年，") is None


def test_different_figures_of_one_year_are_a_hint_and_others_are_none() -> None:
    def target(value: str, sentence: str = "") -> object:
        return read_target(value, sentence)

    one, other = target("托位占比|65|%|2027"), target("托位占比|≥60|%|2027")
    same, later = target("托位占比|≥65|%|2027"), target("托位占比|60|%|2030")
    nation, open_ = target("托位占比|58|%|2027", "全国托位占比"), target("托位占比|50|%|")
    given = [("云河省", f"d{at}", one_) for at, one_ in enumerate((one, other, same, later, nation, open_))]
    assert told_differently([*given, ("青禾市", "d9", other)]) == [(0, 1), (1, 2)]  # type: ignore[list-item]
    assert differ(read_target("产量|0.1|万吨|2027"), read_target("产量|1000|吨|2027")) is False  # type: ignore[arg-type]


def test_a_list_of_goals_is_read_with_its_year_and_places() -> None:
    text = (
        "今年经济社会发展主要预期目标是：地区生产总值增长5%—5.5%，城镇调查失业率5.5%左右，城镇新增就业40万人以上，"
        "居民人均可支配收入分别增长4%、5%；粮食产量615亿斤；居民收入增长与经济增长同步。全年投资100亿元。"
    )
    found = list(goals(["前文。", text], 2026))
    assert [(one.target.key, one.target.low, one.target.high, one.target.bound) for one in found] == [
        ("地区生产总值", 5.0, 5.5, ""),
        ("城镇调查失业率", 5.5, 5.5, ""),
        ("城镇新增就业", 400_000.0, 400_000.0, "least"),
        ("粮食产量", pytest.approx(30_750_000), pytest.approx(30_750_000), ""),
    ]
    assert {one.target.year for one in found} == {2026}
    assert text[found[1].start : found[1].end] == "城镇调查失业率5.5%左右"
    assert all(one.paragraph == 1 for one in found)


@pytest.mark.parametrize(
    ("sentence", "value", "expected"),
    [
        (
            "It will deliver up to 170,000 affordable homes by 2015.",
            "170,000 affordable",
            ("affordable homes", 170_000, 2015, "most"),
        ),
        ("Emissions must be reduced by 80 percent by 2050.", "80 percent", ("Emissions", 80, 2050, "")),
        (
            "The Ministry will increase respite care places to 600 by 2027.",
            "600 by",
            ("respite care places", 600, 2027, ""),
        ),
        (
            "At least 90 percent of home care visits must start on time by 2028.",
            "90 percent",
            ("share of home care visits", 90, 2028, "least"),
        ),
    ],
)
def test_english_figures_get_their_indicator(sentence: str, value: str, expected: tuple[object, ...]) -> None:
    found = read_english(sentence, value)
    assert found is not None
    assert (found.indicator, found.low, found.year, found.bound) == expected


def test_an_english_figure_of_nothing_is_no_target() -> None:
    assert read_english("It shall last at least 15 years.", "15 years") is None
    assert read_english("No such words.", "90 percent") is None


def test_three_texts_share_rows_and_figures_that_moved_are_told() -> None:
    first = ["到2027年底，普惠托位占比达到65%。", KEPT, "山区乡镇可以由邻里互助员照看幼儿。"]
    second = [KEPT, "到2027年底，普惠托位占比达到60%。"]
    third = [KEPT.replace("九十日", "三十日"), "机场货运航线由商务部门给予补助。"]
    found = side_by_side([first, second, third])
    by_held = {row.held: row for row in found.rows}
    assert set(by_held) == {(0, 1), (0, 1, 2)}
    assert by_held[0, 1].moved
    assert by_held[0, 1, 2].moved
    assert not by_held[0, 1, 2].same
    assert [[one.text for one in some] for some in found.alone] == [[first[2]], [], [third[1]]]
    shares = {(one.of, one.other): one.share for one in found.reuse}
    assert shares[1, 0] == 1.0
    assert 0 < shares[0, 1] < 1
    days = [date(2026, 2, 1), None, date(2026, 1, 2)]
    assert first_of(by_held[0, 1, 2], days) == [(2, 0), (0, 30)]


def test_texts_that_are_not_found_take_part_in_nothing() -> None:
    found = side_by_side([[KEPT], [], [KEPT]])
    assert [row.held for row in found.rows] == [(0, 2)]
    assert found.rows[0].same
    assert found.alone == ((), (), ())


def test_documents_are_chosen_by_like_titles_and_what_speaks_for_them() -> None:
    sides = [
        [
            {"title": "甲市托育服务方案解读", "weight": -0.7},
            {"title": "甲市关于印发普惠托育服务方案的通知", "weight": 0.4},
        ],
        [{"title": "乙市机场建设规划", "weight": 0.0}, {"title": "乙市普惠托育服务实施方案", "weight": 0.0}],
        [{"title": "丙县校园餐管理", "weight": 0.0}],
    ]
    assert choose(sides) == [1, 1, None]
    assert choose([[], []]) == [None, None]
