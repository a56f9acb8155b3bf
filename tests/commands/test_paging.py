"""`govbrief search --after` goes on in the publication that the first page came from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Govbrief
from tests.dashboard.publication_fixture import SECOND_DAY, library, publish_first, publish_second
from warehouse.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = library(tmp_path / "library")
    publish_first(made)
    return made


def _ids(page: dict[str, Any]) -> list[str]:
    return [hit["document_id"] for hit in page["hits"]]


@pytest.mark.parametrize("order", ["relevance", "newest"])
def test_pages_repeat_and_skip_nothing_across_a_publication(
    home: Home, govbrief: Govbrief, order: str
) -> None:
    words = ("search", "养老", "--order", order, "--json", "--home", home.root)
    before = _ids(govbrief(*words).json)
    assert len(before) == 4
    page = govbrief(*words, "--limit", "2").json
    told, first = _ids(page), page["publication_id"]
    publish_second(home.root)
    while page["next"]:
        page = govbrief(*words, "--limit", "1", "--after", page["next"]).json
        assert (page["publication_id"], page["total"]) == (first, 4)
        told += _ids(page)
    assert told == before
    now = govbrief(*words).json
    assert now["publication_id"] != first
    assert SECOND_DAY[0].document_id in _ids(now)


def test_a_cursor_of_a_publication_that_is_gone_says_so_and_one_that_is_none_is_refused(
    home: Home, govbrief: Govbrief
) -> None:
    words = ("search", "养老", "--limit", "2", "--json", "--home", home.root)
    gone = govbrief(*words, "--after", "20200101-000000-1~2")
    assert gone.code == 0
    assert "20200101-000000-1 is no longer kept" in gone.err
    assert len(gone.json["hits"]) == 2
    for odd in ("2", "../..~2", "20200101-000000-1~x"):
        refused = govbrief(*words, "--after", odd)
        assert (refused.code, len(refused.sentences)) == (2, 1)
