"""Queries without a hit: counted by day, without the person, by several processes at once."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from warehouse.desk import Desk
from warehouse.desk.demand import LONGEST, kept_query
from warehouse.errors import UserError
from warehouse.home import Home

MONDAY, TUESDAY = date(2026, 6, 1), date(2026, 6, 2)
COUNTS = """
import sys; from datetime import date; from pathlib import Path
from warehouse.desk import Desk; from warehouse.home import Home
with Desk.open(Home.open(Path(sys.argv[1]))) as desk:
    for _ in range(25): desk.demand.count("低空经济", date(2026, 6, 1))
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk.open(Home.create(tmp_path / "home", '[clock]\nnow = "2026-06-02T12:00:00+08:00"\n'))


def test_one_query_in_several_spellings_is_one_line_by_day(desk: Desk) -> None:
    for day, query in ((MONDAY, "低空经济 ＡＩ"), (MONDAY, " 低空经济  ai "), (TUESDAY, "低空经济 AI")):
        assert desk.demand.count(query, day) == "低空经济 ai"
    desk.demand.count("托育", TUESDAY)
    first, second = desk.demand.listed()
    assert (first.query, first.times, first.first_day, first.last_day) == ("低空经济 ai", 3, MONDAY, TUESDAY)
    assert (second.query, second.times) == ("托育", 1)
    assert [one.times for one in desk.demand.listed(since=TUESDAY)] == [1, 1]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("张三 13800138000", "张三 ＊＊＊＊＊＊＊＊＊＊＊"),
        ("１３８００１３８０００ 投诉", "＊＊＊＊＊＊＊＊＊＊＊ 投诉"),
        ("139 0013 9000 低保", "＊＊＊＊＊＊＊＊＊＊＊＊＊ 低保"),
        ("低保 11010519491231002X", "低保 ＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊＊"),
        ("国办发〔2021〕11号", "国办发〔2021〕11号"),
        ("2021年 养老", "2021年 养老"),
        ("13800138000", ""),
        ("  ", ""),
        ("长" * 500, "长" * (LONGEST - 1) + "…"),
        ("养老 OR 托育 NOT (Home AND Care)", "养老 OR 托育 NOT (home AND care)"),
        ('"Terms AND Conditions" OR ORder and NOT', '"terms and conditions" OR order and NOT'),
        ("养\x00老\u202e", "养老"),
    ],
)
def test_a_query_is_kept_without_personal_numbers_and_cut(typed: str, kept: str) -> None:
    assert kept_query(typed) == kept


def test_a_query_that_was_cut_or_masked_is_known_to_be_no_longer_the_question(desk: Desk) -> None:
    asked = ("养老 OR 托育", "长" * (LONGEST - 1), "长" * LONGEST, "短" * 500, "张三 13800138000")
    for query in asked:
        desk.demand.count(query, MONDAY)
    assert sorted(one.query[:2] for one in desk.demand.listed() if one.is_whole) == ["养老", "长长"]
    assert sorted(one.query[:2] for one in desk.demand.listed() if not one.is_whole) == [
        "张三",
        "短短",
        "长长",
    ]


def test_nothing_of_the_person_and_no_time_of_day_is_written(desk: Desk, tmp_path: Path) -> None:
    desk.demand.count("低空经济", MONDAY)
    with sqlite3.connect(tmp_path / "home" / "desk.sqlite") as connection:
        assert connection.execute("select * from unanswered_query").fetchall() == [
            ("2026-06-01", "低空经济", 1)
        ]
    assert [event.action for event in desk.audit_events()] == ["add-account"]


def test_a_handled_query_comes_back_when_it_is_asked_on_a_later_day(desk: Desk) -> None:
    desk.demand.count("低空经济", MONDAY)
    desk.demand.handle("低空经济", MONDAY, "local", "source added")
    assert desk.demand.listed() == []
    (done,) = desk.demand.listed(handled=True)
    assert (done.handled_by, done.note) == ("local", "source added")
    desk.demand.count("低空经济", TUESDAY)
    assert [one.times for one in desk.demand.listed()] == [2]
    desk.demand.handle("低空经济", TUESDAY, "local")
    desk.demand.reopen("低空经济", "local")
    assert [one.query for one in desk.demand.listed()] == ["低空经济"]
    with pytest.raises(UserError, match="no list"):
        desk.demand.handle("托育", MONDAY, "local")


def test_processes_counting_together_lose_nothing(desk: Desk, tmp_path: Path) -> None:
    command = [sys.executable, "-c", COUNTS, str(tmp_path / "home")]
    running = [subprocess.Popen(command) for _ in range(2)]
    assert [one.wait(60) for one in running] == [0, 0]
    assert [one.times for one in desk.demand.listed()] == [50]
