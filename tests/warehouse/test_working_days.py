"""The calendar of working days that the health of sources and the days of deadlines share."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from warehouse.working_days import WEEKENDS_ONLY, official, packaged


def test_working_days_are_counted_over_rests_and_worked_weekends() -> None:
    china = packaged()
    assert china.after(date(2026, 9, 30), 3) == date(2026, 10, 10)  # the 8th, the 9th, a worked Saturday
    assert china.after(date(2022, 4, 6), 20) == date(2022, 5, 6)
    assert china.after(date(2020, 1, 23), 1) == date(2020, 2, 3)  # a Spring Festival that was prolonged
    assert china.after(date(2018, 12, 28), 1) == date(2018, 12, 29)  # a Saturday worked for the New Year
    assert china.after(date(2026, 5, 20), 0) == date(2026, 5, 20)
    assert WEEKENDS_ONLY.after(date(2026, 9, 30), 2) == date(2026, 10, 2)


def test_nothing_is_counted_through_a_year_without_a_notice() -> None:
    china = packaged()
    assert china.after(date(2016, 5, 3), 5) is None
    assert china.after(date(2026, 12, 30), 5) is None  # of 2027 only the days of the law are known
    assert china.after(date.max, 1) is None
    assert china.works(date(2027, 2, 5)) is False


def test_a_homes_own_file_sets_a_year(tmp_path: Path) -> None:
    own = tmp_path / "holidays.toml"
    own.write_text('[2027]\nholidays = [["2027-01-01", "2027-01-03"]]\nworked = ["2027-01-09"]\n', "utf-8")
    assert official(own).after(date(2026, 12, 31), 6) == date(2027, 1, 9)
