"""Every reference reads as it was written by hand from the rule (cases.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.citing.make import record
from warehouse.citing.entry import entry
from warehouse.citing.style import all_styles, style_named
from warehouse.errors import UserError

CASES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("cases.toml").read_text(encoding="utf-8")
)["case"]
EXPECTED = [
    pytest.param(case, style, text, id=f"{case['name']} ({style})")
    for case in CASES
    for style, text in case["expected"].items()
]


def told(case: dict[str, Any], style: str) -> str:
    """The entry, italics between asterisks."""
    runs = entry(record(case), style_named(style))
    return "".join(f"*{run.text}*" if run.italic else run.text for run in runs)


@pytest.mark.parametrize(("case", "style", "text"), EXPECTED)
def test_a_reference_reads_as_the_rule_has_it(case: dict[str, Any], style: str, text: str) -> None:
    assert told(case, style) == text


def test_there_are_forty_cases_and_every_style_has_some() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES) >= 40
    for style in all_styles():
        assert sum(style in case["expected"] for case in CASES) >= 5, style


@pytest.mark.parametrize("style", all_styles())
def test_every_case_can_be_written_in_every_style(style: str) -> None:
    for case in CASES:
        text = told(case, style)
        assert text.strip() == text
        assert ".." not in text.replace(". . .", "")
        assert "None" not in text


def test_a_style_nobody_knows_is_refused_by_name() -> None:
    with pytest.raises(UserError, match=r"no citation style 'mla'; use one of gb7714-2025-numeric, "):
        style_named("mla")
