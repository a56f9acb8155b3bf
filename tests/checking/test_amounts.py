"""Values are equal in whatever form they are written, and only then; checked on drafts through the check."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from dashboard.checking.amounts import amounts, keys_of, wider

TOLD = tomllib.loads(Path(__file__).with_name("equal_numbers.toml").read_text("utf-8"))


def _unheld(source: str, said: str) -> list[str]:
    held = keys_of(source)
    return [one.key for one in amounts(said) if one.firm and one.key not in held]


@pytest.mark.parametrize(("source", "said"), TOLD["equal"])
def test_another_form_of_the_same_value_is_the_same(source: str, said: str) -> None:
    assert any(one.firm for one in amounts(said))
    assert _unheld(source, said) == []


@pytest.mark.parametrize(("source", "said"), TOLD["other"])
def test_another_value_is_noticed(source: str, said: str) -> None:
    assert _unheld(source, said) != []


@pytest.mark.parametrize(("source", "said"), TOLD["unit"])
def test_the_same_number_with_another_unit_is_known_as_such(source: str, said: str) -> None:
    held = keys_of(source)
    assert _unheld(source, said) == []
    assert any(one.unit not in held[one.key] for one in amounts(said))


@pytest.mark.parametrize(
    "words",
    [
        "一网通办",
        "万一",
        "千方百计",
        "三个方面",
        "一是加强领导",
        "百姓",
        "“十四五”",
        "一次性告知",
        "十分重要",
    ],
)
def test_words_that_only_look_like_numbers_ask_for_no_source(words: str) -> None:
    assert not any(one.firm for one in amounts(words))


def test_a_day_also_names_its_month_and_year() -> None:
    [day] = amounts("2024年5月1日")
    assert {"number:2024", "month:5", "year-month:2024-05", "month-day:05-01"} <= set(wider(day))
