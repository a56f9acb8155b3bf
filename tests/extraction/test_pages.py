"""Every folder below pages/ is a claim: this page reads as expected.json says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crawlers.catalogue import build_catalogue
from crawlers.extract import extract_file

PAGES = Path(__file__).parent / "pages"
NO_SOURCES = build_catalogue([], sample=False)
CHECKED_ELSEWHERE = {"url", "codes", "also", "contains", "lacks"}


def read(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    return extract_file(folder / "page.html", expected["url"], None, NO_SOURCES), expected


@pytest.mark.parametrize("name", sorted(folder.name for folder in PAGES.iterdir()))
def test_page_reads_as_expected(name: str) -> None:
    answer, expected = read(PAGES / name)
    wanted = {key: value for key, value in expected.items() if key not in CHECKED_ELSEWHERE}
    assert {key: answer.get(key) for key in wanted} == wanted


@pytest.mark.parametrize("name", sorted(folder.name for folder in PAGES.iterdir()))
def test_page_names_its_problems_and_keeps_what_disagrees(name: str) -> None:
    answer, expected = read(PAGES / name)
    assert [problem["code"] for problem in answer["problems"]] == expected.get("codes", [])
    assert all(passage in answer["text"] for passage in expected.get("contains", []))
    assert not any(passage in answer.get("text", "") for passage in expected.get("lacks", []))
    beside = {(one["field"], one["value"]) for one in answer.get("origins", []) if not one["chosen"]}
    assert {
        (field, value) for field, values in expected.get("also", {}).items() for value in values
    } <= beside
