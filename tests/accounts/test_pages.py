"""What each page shows and does for somebody whose role does not reach."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from streamlit.runtime.context import ContextProxy

from dashboard.accounts.asking import COOKIE, desk_of
from dashboard.addresses import PATHS
from dashboard.words import say
from tests.dashboard.conftest import Open, html_of
from tests.dashboard.conftest import _components_looked_for_once as _components_looked_for_once
from tests.dashboard.conftest import open_page as open_page
from tests.dashboard.papers import FIRST_DAY
from warehouse.desk.roles import NEEDED
from warehouse.home import Home

# Page -> the least role that sees its content; whoever adds a page decides it here.
SEEN_BY = {
    **dict.fromkeys(
        (
            "today",
            "topics",
            "departments",
            "regions",
            "routing",
            "docs",
            "searches",
            "doc",
            "listing",
            "runs",
        ),
        "reader",
    ),
    **dict.fromkeys(
        (
            "completeness",
            "about",
            "deadlines",
            "cascade",
            "network",
            "board",
            "compare",
            "shelves",
            "reports",
        ),
        "reader",
    ),
    **dict.fromkeys(
        ("teach", "review", "correct", "bulk", "service", "desk", "basket", "accession"), "analyst"
    ),
    "accounts": "administrator",
}
WANTED = {"doc": {"id": FIRST_DAY[0].document_id}}
# What a reader changes is hers alone: where she was, what she follows, her own searches, her session.
OWN = frozenset(
    [
        "visit",
        "look",
        "follow",
        "session",
        "failed_sign_in",
        "saved_search",
        "saved_search_hit",
        "audit_event",
        "shown_publication",
        "shown_change",
        "sqlite_sequence",
    ]
)


def test_every_page_has_its_least_role() -> None:
    assert PATHS.keys() <= SEEN_BY.keys()


@pytest.fixture
def as_reader(staffed: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Pages are run with the cookie of a reader."""
    token = desk_of(staffed).sessions.begin("rita", 1.0)
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: {COOKIE: token}))
    yield token
    desk_of(staffed).sessions.end(token)


@pytest.mark.parametrize("page", PATHS)
def test_a_reader_sees_what_is_hers_and_changes_nothing_of_others(
    staffed: Home, open_page: Open, as_reader: str, page: str
) -> None:
    before = rows_of_others(staffed)
    at = open_page(staffed, page, lang="en", **WANTED.get(page, {}))
    shown = html_of(at)
    if SEEN_BY[page] != "reader":
        # The page says that it is not hers, and what would be on it is not in what was sent.
        assert not at.button, page
        assert "analyst" in shown or "administrator" in shown
    for place in range(len(at.button)):
        again = open_page(staffed, page, lang="en", **WANTED.get(page, {}))
        if place < len(again.button) and not again.button[place].disabled:
            again.button[place].click().run()
            assert not again.exception, again.exception[0].value
    assert rows_of_others(staffed) == before
    acts = {one.action for one in desk_of(staffed).audit_events(account="rita", limit=500)}
    assert all(NEEDED[one] == "reader" for one in acts), acts


def test_a_page_says_who_can_grant(staffed: Home, open_page: Open, as_reader: str) -> None:
    shown = html_of(open_page(staffed, "accounts", lang="en"))
    assert "adele" in shown
    assert say("en", "role.administrator") in shown
    assert "anna" not in shown  # the list of accounts is not there


def test_a_page_ends_with_its_session(staffed: Home, open_page: Open, as_reader: str) -> None:
    at = open_page(staffed, "docs", lang="en")
    assert "gb-foot" in html_of(at)
    desk_of(staffed).sessions.end(as_reader)
    at.run()
    shown = html_of(at)
    assert say("en", "accounts.signed-out") in shown
    assert "gb-foot" not in shown
    assert "gb-item" not in shown


def rows_of_others(home: Home) -> dict[str, Any]:
    """All rows of the desk that are nobody's own affair."""
    with closing(sqlite3.connect(home.desk_file)) as desk:
        tables = [row[0] for row in desk.execute("select name from sqlite_master where type = 'table'")]
        return {
            name: desk.execute(f'select * from "{name}"').fetchall() for name in tables if name not in OWN
        }
