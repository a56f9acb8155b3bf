"""English limits that return, that stand before or after an event, and that notices of comments set."""

from __future__ import annotations

import time
from datetime import date

import pytest

from classify.components.english_deadline import english_limits
from classify.components.english_duty import english_deadlines


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("Directs the Registrar to report annually to the Assembly.", ["annually"]),
        ("The office shall test the sea at least once every two years.", ["at least once every two years"]),
        ("Requires it to: (1) keep lists; and (2) test, every six months, boats.", ["every six months"]),
        ("The council shall meet no less than quarterly.", ["no less than quarterly"]),
        ("On a monthly basis, the bureau shall publish the figures.", ["On a monthly basis"]),
        ("The board must post the register each year.", ["each year"]),
        ("The board shall keep quarterly reports in its office.", []),
        ("The fund spends $3,000,000 annually on repairs that must be reported.", []),
        ("The report shall name persons who visit the park every week.", []),
        ("Families gather every year at the lake.", []),
    ],
)  # fmt: skip
def test_acts_that_return(text: str, limits: list[str]) -> None:
    assert [one.printed for one in english_limits(text, None)] == limits


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("Requires owners to post the plan 20 days before each hearing.", ["20 days before each hearing"]),
        ("The clerk shall reply forty-five days after its receipt.", ["forty-five days after its receipt"]),
        ("Directs the Bureau to report one year after the first vote.", ["one year after the first vote"]),
        ("This ordinance takes effect 90 days after it is signed, and the clerk shall print it.", []),
        ("The panel shall dissolve 30 days after its report.", []),
        ("Storms struck 12 days before the fair.", []),
        ("A fee is due if the bill has not been paid within 30 days after its due date.", []),
        ("They must reply within [three] 6 days of the sale.", ["within [three] 6 days of the sale"]),
        ("The bureau must answer within seventy-two hours.", ["within seventy-two hours"]),
        ("The bureau should answer within five to ten working days.", ["within five to ten working days"]),
    ],
)  # fmt: skip
def test_periods_around_events(text: str, limits: list[str]) -> None:
    assert [one.printed for one in english_limits(text, None)] == limits


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("All must send their lists by the last day of each month.", ["by the last day of each month"]),
        ("The board shall report by the first day of May.", ["by the first day of May"]),
        ("The bridge must be finished by mid-2031.", ["by mid-2031"]),
        ("The service must be ready by the end of FY2032.", ["by the end of FY2032"]),
        ("The deadline for answers is **Monday 12 May**.", ["deadline for answers is **Monday 12 May"]),
        ("The closing date for entries is 3 April 2031.", ["closing date for entries is 3 April 2031"]),
        ("Written comments are invited until 9 June 2031.", ["invited until 9 June 2031"]),
        ("The consultation ends on 7 July 2031; do respond.", ["consultation ends on 7 July 2031"]),
        ("Directs the Mint, not later than March 1, 2024, to report.", ["not later than March 1, 2024"]),
        ("Directs the Mint to buy coins struck before March 1, 2024.", []),
    ],
)  # fmt: skip
def test_last_days(text: str, limits: list[str]) -> None:
    assert [one.printed for one in english_limits(text, date(2026, 5, 21))] == limits


def test_a_recurring_limit_hangs_on_its_duty() -> None:
    (duty,) = english_deadlines("The harbour master shall inspect each pier every two years.", None)
    assert duty.printed == "every two years"
    assert duty.due is None
    assert duty.who == ("harbour master",)


@pytest.mark.parametrize(
    "piece",
    ["every ", "once every ", "shall report annually ", "2 days after ", "within one hundred ", "each year "],
)
def test_hostile_repetition_takes_bounded_time(piece: str) -> None:
    begun = time.process_time()
    list(english_limits("The board shall " + piece * 6_000, None))
    assert time.process_time() - begun < 2
