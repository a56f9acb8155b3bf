"""The text of a former version on its document's page, and how a search through all versions leads there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.words import catalogue
from tests.copying import copied
from tests.dashboard.conftest import Open, html_of
from tests.dashboard.papers import FIRST_DAY
from tests.dashboard.publication_fixture import library, take_in
from warehouse.home import Home
from warehouse.publish import publish

SAY = catalogue("zh")
PAPER = FIRST_DAY[1]
CHANGED = replace(PAPER, lines=("养老机构应当落实消防安全责任。", "每月开展一次演练。<b>注意</b>"))
SHORT = FIRST_DAY[2]  # its source allows excerpts only


@pytest.fixture(scope="module")
def changed(untouched_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A library in which two documents changed on the second day; its pages are only looked at."""
    home = library(copied(untouched_library, tmp_path_factory.mktemp("changed") / "home"), day=1)
    take_in(home, [CHANGED, replace(SHORT, lines=("加快5G网络建设。", "到2028年实现全覆盖。"))], "run-second")
    publish(home)
    return home


def test_a_former_text_is_shown_with_its_day_and_the_way_back(open_page: Open, changed: Home) -> None:
    present = html_of(open_page(changed, "doc", id=PAPER.document_id))
    assert "每月开展一次演练。&lt;b&gt;注意" in present
    assert f"id={PAPER.document_id}&amp;v=1" in present
    former = html_of(open_page(changed, "doc", id=PAPER.document_id, v="1", para="2", q="每季度"))
    assert SAY["doc.former"].split("{")[0] in former
    assert "<mark>每季度</mark>开展一次演练。" in former
    assert SAY["doc.present-text"] in former


@pytest.mark.parametrize("asked", ["2", "9", "x", "99999999", "-1", ""])
def test_any_other_version_shows_the_present_text(open_page: Open, changed: Home, asked: str) -> None:
    shown = html_of(open_page(changed, "doc", id=PAPER.document_id, v=asked))
    assert "每月开展一次演练。&lt;b&gt;注意" in shown
    assert (SAY["doc.former-unknown"].format(version=9) in shown) == (asked == "9")


def test_a_source_that_allows_excerpts_shows_no_former_text(open_page: Open, changed: Home) -> None:
    shown = html_of(open_page(changed, "doc", id=SHORT.document_id, v="1"))
    assert "到2027年实现全覆盖。" not in shown


def test_a_search_through_versions_leads_to_the_former_text(open_page: Open, changed: Home) -> None:
    assert PAPER.document_id not in html_of(open_page(changed, "docs", s="每季度"))
    shown = html_of(open_page(changed, "docs", s="每季度", versions="1"))
    assert f"id={PAPER.document_id}&amp;v=1&amp;para=2" in shown
    assert "<mark>每季度</mark>" in shown
