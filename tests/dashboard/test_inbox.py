"""A department's inbox, the queue of what was routed to nobody, and the inboxes of analysts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.commands.conftest import published_home  # noqa: F401  (a fixture)
from tests.dashboard.conftest import Open, html_of
from warehouse.desk import Desk
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.queries.routing import InboxChoice, count_inbox, list_unrouted

OFFICE = "xs-1001-civil-affairs"


@pytest.fixture
def home(published_home: Path, tmp_path: Path) -> Home:  # noqa: F811
    """A sample home of its own, so that what is decided stays in this test."""
    shutil.copytree(published_home, tmp_path / "home")
    return Home.open(tmp_path / "home")


def _current(home: Home) -> Publication:
    found = Publication.current(home)
    assert found is not None
    return found


def _press(at: AppTest, words: str) -> AppTest:
    next(one for one in at.button if one.label == words).click()
    return at.run()


def test_an_inbox_shows_why_each_document_came_with_the_way_to_the_words(home: Home, open_page: Open) -> None:
    html = html_of(open_page(home, "departments", d=OFFICE, box="unseen", days="365d"))
    assert "主送：云河省各市（州）民政局" in html
    assert "para=1&amp;at=0-" in html
    assert f"未阅（{count_inbox(_current(home), InboxChoice(OFFICE, since=None))}）" not in html
    assert "在示例省的" in html  # how well routing was measured, with the size of the sample


def test_a_document_that_is_taken_moves_to_another_box_with_who_and_when(home: Home, open_page: Open) -> None:
    at = _press(open_page(home, "departments", d=OFFICE, box="unseen", days="365d"), "承办")
    with Desk.open(home) as desk:
        ((document_id, act),) = desk.routing.states(OFFICE).items()
        assert (act.value, act.account) == ("taken", "local")
    assert "承办中（1）" in html_of(at)
    html = html_of(open_page(home, "departments", d=OFFICE, box="taken", days="365d"))
    assert f"id={document_id}" in html
    assert "承办中 — local，2026-06-01 08:00" in html


def test_the_pages_of_a_department_tell_how_much_waits(home: Home, open_page: Open) -> None:
    html = html_of(open_page(home, "departments", d=OFFICE))
    assert "近九十天未阅" in html
    assert "box=unseen" in html


@pytest.mark.parametrize(("name", "value"), [("box", "lost"), ("days", "3d"), ("why", "luck"), ("p", "x")])
def test_an_unknown_value_is_refused_by_name(home: Home, open_page: Open, name: str, value: str) -> None:
    asked = {"d": OFFICE, "box": "all", name: value}
    html = html_of(open_page(home, "departments", **asked))
    assert f"“{value}”" in html
    assert "主送：" not in html


def test_a_body_that_issued_nothing_has_an_inbox(home: Home, open_page: Open) -> None:
    html = html_of(open_page(home, "departments", d="xs-10-sport", box="all", days="all"))
    assert "云河省各部门" in html


def test_choosing_a_body_in_the_queue_gives_it_the_document_and_can_be_undone(
    home: Home, open_page: Open
) -> None:
    at = open_page(home, "routing", days="all")
    oldest = list_unrouted(_current(home))[0]["document_id"]
    box = next(one for one in at.selectbox if one.key == f"give-{oldest}")
    at = box.select("xs-10-education").run()
    assert not at.exception
    with Desk.open(home) as desk:
        assert desk.routing.placed("xs-10-education")[oldest].account == "local"
    assert f"give-{oldest}" not in {one.key for one in at.selectbox}
    assert "分给云河省教育厅" in html_of(at)
    inbox = html_of(open_page(home, "departments", d="xs-10-education", box="unseen", days="all"))
    assert "由 local 于 2026-06-01 08:00 人工分来" in inbox
    at = _press(open_page(home, "routing", days="all"), "撤回")
    assert f"give-{oldest}" in {one.key for one in at.selectbox}


def test_the_queue_has_ages_and_reasons_oldest_first(home: Home, open_page: Open) -> None:
    html = html_of(open_page(home, "routing", days="all"))
    assert "已 " in html
    assert "文中没有点名任何机关。" in html


def test_an_analyst_has_an_inbox_of_her_theme(home: Home, open_page: Open) -> None:
    html = html_of(open_page(home, "routing", theme="elderly-care", days="365d"))
    assert "养老服务 · 未指定分析员" in html
    assert "属于本专题" in html
    assert "没有“lost”这个专题" in html_of(open_page(home, "routing", theme="lost"))


def test_the_pages_speak_english(home: Home, open_page: Open) -> None:
    html = html_of(open_page(home, "departments", d=OFFICE, box="unseen", days="365d", lang="en"))
    assert "Addressed to 云河省各市（州）民政局 (civil-affairs, each city)" in html
    assert "The oldest first." in html_of(open_page(home, "routing", days="all", lang="en"))
