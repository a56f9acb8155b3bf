"""The next day of limits that return, as texts print them."""

from __future__ import annotations

from datetime import date

import pytest

from warehouse.recurring_days import NextDay, next_day, next_days

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("每年3月31日前", date(2027, 3, 31)),
        ("每年3月底前", date(2027, 3, 31)),
        ("每年六月三十日前", date(2026, 6, 30)),
        ("每年6月1日前", date(2026, 6, 1)),
        ("每年4月、7月和10月", date(2026, 7, 31)),
        ("每年3月1日至5月31日", date(2027, 5, 31)),
        ("每年二月份", date(2027, 2, 28)),
        ("每年2月29日前", date(2028, 2, 29)),
        ("每年6月中旬", date(2026, 6, 20)),
        ("每年的第一季度内", date(2027, 3, 31)),
        ("每年第三季度", date(2026, 9, 30)),
        ("每年年底", date(2026, 12, 31)),
        ("每年上半年", date(2026, 6, 30)),
        ("每季度末", date(2026, 6, 30)),
        ("每月10日前", date(2026, 6, 10)),
        ("每月31日前", date(2026, 6, 30)),
        ("每月底", date(2026, 6, 30)),
        ("by March 31 of each year", date(2027, 3, 31)),
        ("not later than 30 June each year", date(2026, 6, 30)),
        ("by 1 June of each year", date(2026, 6, 1)),
    ],
)
def test_a_limit_that_names_a_day_returns_on_it(printed: str, day: date) -> None:
    assert next_day(printed, TODAY) == NextDay(day, True)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("每年", date(2026, 12, 31)),
        ("至少每年", date(2026, 12, 31)),
        ("每半年", date(2026, 6, 30)),
        ("每季度", date(2026, 6, 30)),
        ("每个月", date(2026, 6, 30)),
        ("每周", date(2026, 6, 7)),
        ("annually", date(2026, 12, 31)),
        ("quarterly", date(2026, 6, 30)),
        ("at least once a year", date(2026, 12, 31)),
        ("semi-annually", date(2026, 6, 30)),
    ],
)
def test_a_limit_that_says_only_how_often_ends_with_its_period(printed: str, day: date) -> None:
    assert next_day(printed, TODAY) == NextDay(day, False)


@pytest.mark.parametrize(
    "printed",
    [
        *("每三年", "每两年", "每年年初", "每年3月初", "每学期", "每日", "每季度末10日内", "县级每年汛前"),
        *("every two years", "each fiscal year", "biennially", "by the fifth working day of each month"),
        *("自收到之日起十日内", "within ten working days", "", "每年13月1日前"),
    ],
)
def test_a_limit_without_a_known_day_has_none(printed: str) -> None:
    assert next_day(printed, TODAY) is None


def test_periods_that_end_today_end_today_and_years_turn() -> None:
    assert next_day("每季度末", date(2026, 6, 30)) == NextDay(date(2026, 6, 30), True)
    assert next_day("每季度末", date(2026, 7, 1)) == NextDay(date(2026, 9, 30), True)
    assert next_day("每年12月底前", date(2026, 12, 31)) == NextDay(date(2026, 12, 31), True)
    assert next_day("每周", date(2026, 12, 31)) == NextDay(date(2027, 1, 3), False)


def test_only_wordings_with_a_day_are_kept() -> None:
    assert set(next_days(["每年", "每三年", "三日内"], TODAY)) == {"每年"}
