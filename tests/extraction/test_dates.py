"""Dates are read as printed, never shifted, and refused when impossible."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.extraction.dates import epoch_date, find_date, instant_date, parse_date, url_date


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("2018年10月27日", date(2018, 10, 27)),
        ("２０１８年１０月２７日", date(2018, 10, 27)),
        ("二〇一九年三月二十一日", date(2019, 3, 21)),
        ("二○○六年十二月三十日", date(2006, 12, 30)),
        ("二零二六年十月十日", date(2026, 10, 10)),
        ("2026-05-06 23:59:59", date(2026, 5, 6)),
        ("2026/5/6", date(2026, 5, 6)),
        ("2026.05.06", date(2026, 5, 6)),
        ("20260506", date(2026, 5, 6)),
        ("20260506093000", date(2026, 5, 6)),
        ("2026-05-06-09:30:00", date(2026, 5, 6)),
        ("6 May 2026", date(2026, 5, 6)),
        ("6th of May 2026", date(2026, 5, 6)),
        ("May 6, 2026", date(2026, 5, 6)),
        ("Sept. 3rd, 2025", date(2025, 9, 3)),
        ("Tue, 05 May 2026 08:00:00 GMT", date(2026, 5, 5)),
        ("12. März 2021", date(2021, 3, 12)),
        ("12.03.2021", date(2021, 3, 12)),
        ("28-FEB-24", date(2024, 2, 28)),
        ("2026-05-31T23:30:00Z", date(2026, 5, 31)),
        ("1881-02-27", date(1881, 2, 27)),
    ],
)
def test_printed_forms(printed: str, expected: date) -> None:
    assert parse_date(printed) == expected


@pytest.mark.parametrize(
    "printed", ["", None, "2026-02-30", "2026年13月1日", "3026-01-01", "第12-34-56号", "昨天", "1.2.3"]
)
def test_impossible_dates_are_none(printed: str | None) -> None:
    assert parse_date(printed) is None


def test_slashes_follow_the_sites_order_unless_only_one_reading_is_possible() -> None:
    assert parse_date("03/04/2020", "mdy") == date(2020, 3, 4)
    assert parse_date("03/04/2020", "dmy") == date(2020, 4, 3)
    assert parse_date("25/12/2020", "mdy") == date(2020, 12, 25)


def test_the_first_possible_date_of_a_text_is_found() -> None:
    assert find_date("自2026年13月40日起，至2026年6月30日止") == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a.example/zc/202605/t20260506_1042.html", date(2026, 5, 6)),
        ("http://a.example/art/2026/5/6/art_12_99.html", date(2026, 5, 6)),
        ("http://a.example/zhengce/content/2019-02/15/content_5365945.htm", date(2019, 2, 15)),
        ("http://a.example/20269999/x.html", None),
    ],
)
def test_dates_in_addresses(url: str, expected: date | None) -> None:
    assert url_date(url) == expected


def test_instants_fall_on_the_day_of_the_place() -> None:
    assert epoch_date(1_780_272_000, "Asia/Shanghai") == date(2026, 6, 1)
    assert epoch_date(1_780_272_000_000, "Asia/Shanghai") == date(2026, 6, 1)
    assert epoch_date(0, "Asia/Shanghai") is None
    assert instant_date("2026-06-30T23:30:00Z", "Europe/London") == date(2026, 7, 1)
    assert instant_date("2026-06-30T23:30:00", "Europe/London") == date(2026, 6, 30)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_survives_its_usual_spellings(day: date) -> None:
    spellings = [
        f"{day:%Y年%m月%d日}",
        day.isoformat(),
        f"{day:%d %B %Y}",
        f"{day:%B %d, %Y}",
        f"{day.year}/{day.month}/{day.day}",
    ]
    assert {parse_date(spelling) for spelling in spellings} == {day}


@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    find_date(text)
    url_date(text)
