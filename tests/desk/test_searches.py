"""Saved searches: named, owned, changed, removed and put back; what they ask is checked data."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from warehouse.desk import Desk
from warehouse.desk.asked import Asked, asked, read, write
from warehouse.errors import UserError
from warehouse.home import Home

CARE = asked("养老 -机构", {"department": "xs-10-civil", "since": date(2026, 1, 1), "in_force": True})


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk.open(Home.create(tmp_path / "home", '[clock]\nnow = "2026-06-01T12:00:00+08:00"\n'))


def _other_account(folder: Path, name: str, role: str) -> None:
    with sqlite3.connect(folder / "home" / "desk.sqlite") as connection:
        connection.execute("insert into account (name, role, created_at) values (?, ?, 0)", (name, role))


def test_what_a_search_asks_is_kept_as_checked_data() -> None:
    assert read(write(CARE)) == CARE
    assert CARE.keywords() == {
        "department": "xs-10-civil",
        "since": date(2026, 1, 1),
        "in_force": True,
        "order": "relevance",
    }
    assert asked("a", {"level": "", "topic": None}) == Asked("a")


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        ({"color": "red"}, "no such filter"),
        ({"since": "May"}, "no date"),
        ({"in_force": "yes"}, "true or false"),
    ],
)
def test_a_filter_that_does_not_fit_is_named(filters: dict[str, object], told: str) -> None:
    with pytest.raises(UserError, match=told):
        asked("养老", filters)


def test_a_search_is_saved_renamed_changed_removed_and_put_back(desk: Desk) -> None:
    saved = desk.searches.save("  居家 养老 ", CARE, "local", note="for the weekly brief")
    assert (saved.search_id, saved.name, saved.owner, saved.shared) == (1, "居家 养老", "local", False)
    assert desk.searches.rename(1, "养老", "local").asked == CARE
    changed = desk.searches.change(1, "local", wanted=asked("助餐", {}), shared=True)
    assert (changed.asked, changed.revision, changed.shared) == (Asked("助餐"), 2, True)
    desk.searches.remove(1, "local")
    assert desk.searches.listed("local") == []
    with pytest.raises(UserError, match="removed"):
        desk.searches.rename(1, "养老服务", "local")
    assert desk.searches.restore(1, "local").removed_at is None
    assert [one.name for one in desk.searches.listed("local")] == ["养老"]
    actions = [event.action for event in reversed(desk.audit_events("search 1"))]
    assert actions == ["save-search", "rename-search", "change-search", "remove-search", "restore-search"]


def test_a_name_stands_once_and_a_number_never_means_another(desk: Desk) -> None:
    desk.searches.save("养老", CARE, "local")
    with pytest.raises(UserError, match="choose another name"):
        desk.searches.save("养老", Asked("x"), "local")
    desk.searches.remove(1, "local")
    assert desk.searches.save("养老", Asked("x"), "local").search_id == 2
    with pytest.raises(UserError, match="choose another name"):
        desk.searches.restore(1, "local")
    assert desk.searches.find("养老", "local").search_id == 2
    for named in ("1", "3", "托育"):
        with pytest.raises(UserError):
            desk.searches.find(named, "local")


def test_a_search_whose_name_is_a_number_is_found_by_it(desk: Desk) -> None:
    desk.searches.save("7", CARE, "local")
    assert desk.searches.find("7", "local").search_id == 1
    assert desk.searches.find("1", "local").name == "7"
    for taken in ("1", "2"):
        desk.searches.save(f"other {taken}", Asked("x"), "local")
    with pytest.raises(UserError, match="is the number of another saved search"):
        desk.searches.save("2", Asked("x"), "local")
    with pytest.raises(UserError, match="is the number of another saved search"):
        desk.searches.rename(3, "2", "local")
    assert desk.searches.rename(1, "1", "local").name == "1"  # its own number may be its name
    for named in ("9" * 30, "9"):
        with pytest.raises(UserError, match="There is no saved search"):
            desk.searches.find(named, "local")
    desk.searches.remove(3, "local")
    with pytest.raises(UserError, match="was removed"):
        desk.searches.find("3", "local")


def test_others_see_shared_searches_and_change_none(desk: Desk, tmp_path: Path) -> None:
    _other_account(tmp_path, "reader", "reader")
    desk.searches.save("own", CARE, "local")
    desk.searches.save("shared", CARE, "local", shared=True)
    assert [one.name for one in desk.searches.listed("reader")] == ["shared"]
    with pytest.raises(UserError, match="no saved search 1"):
        desk.searches.get(1, "reader")
    with pytest.raises(UserError, match="is local's"):
        desk.searches.remove(2, "reader")
    theirs = desk.searches.save("theirs", CARE, "reader")
    assert desk.searches.remove(theirs.search_id, "local").removed_at is not None  # an administrator may


def test_a_search_of_a_newer_form_stays_and_says_so(desk: Desk, tmp_path: Path) -> None:
    desk.searches.save("养老", CARE, "local")
    with sqlite3.connect(tmp_path / "home" / "desk.sqlite") as connection:
        connection.execute("""update saved_search set asked = '{"version": 9, "query": "", "filters": {}}'""")
    (found,) = desk.searches.listed("local")
    assert found.asked is None
    assert "newer govbrief" in str(found.wrong)
