"""What is new for a saved search: every document once, none missed, whatever made it match."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.dashboard.papers import Paper
from tests.dashboard.publication_fixture import FIRST_DAY, SECOND_DAY, library, publish_first, publish_second
from warehouse import saved_searches
from warehouse.clock import FixedClock
from warehouse.desk import Desk
from warehouse.desk.asked import asked
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.saved_searches import new_since, problem_of

LATER = Paper(
    "t-civil", "a9", "关于养老护理员培训的通知", ("培训养老护理员。",), date(2026, 6, 2), "云民发〔2026〕16号"
)


def _current(home: Home) -> Publication:
    found = Publication.current(home)
    assert found is not None
    return found


@pytest.fixture
def home(fresh: Home) -> Home:
    return fresh


def _next_day(home: Home) -> Home:
    publish_second(home.root)
    return Home.open(home.root)


def test_what_was_there_is_no_news_and_each_arrival_is_told_once(home: Home) -> None:
    with Desk.open(home) as desk:
        saved = saved_searches.save(_current(home), desk, "养老", asked("养老", {}), "local")
        first = new_since(_current(home), desk, saved)
        assert (first.arrivals, first.position) == ((), 0)
        before = _current(home)
        second_day = _next_day(home)
        now = _current(second_day)
        news = new_since(now, desk, desk.searches.get(1), first.position)
        assert news.new == (SECOND_DAY[0].document_id,)
        assert new_since(now, desk, desk.searches.get(1), news.position).arrivals == ()
        assert new_since(now, desk, desk.searches.get(1), before.publication_id).new == news.new
        assert new_since(now, desk, desk.searches.get(1), now.publication_id).new == ()
        assert new_since(before, desk, desk.searches.get(1)).new == ()  # whoever still reads the older one
        assert new_since(now, desk, desk.searches.get(1), datetime(2026, 5, 31, tzinfo=UTC)).new == news.new


def test_a_document_that_begins_to_match_is_news_and_one_that_comes_back_is_not(home: Home) -> None:
    """The log, fed with what a search found in four publications: a re-reading, a correction, a way back."""
    with Desk.open(home) as desk:
        saved = desk.searches.save("x", asked("x", {}), "local")
        nights = (
            ("20260601-010000-9", {"doc-a": 1, "doc-b": 1}),
            ("20260601-010000-10", {"doc-a": 1, "doc-b": 2, "doc-old": 3}),
            ("20260603-010000-1", {"doc-b": 2}),
            ("20260604-010000-1", {"doc-a": 1, "doc-b": 2, "doc-old": 3, "doc-c": 1}),
        )
        for publication_id, found in nights:
            assert desk.news.record(saved, publication_id, found)
            assert not desk.news.record(saved, publication_id, {"doc-z": 1})  # run on it before
        assert not desk.news.record(
            saved, "20260602-010000-1", {"doc-z": 1}
        )  # a slow process, an older night
        told = [(one.document_id, one.version_no, one.kind) for one in desk.news.since(1)]
        assert told == [("doc-b", 2, "changed"), ("doc-old", 3, "new"), ("doc-c", 1, "new")]
        third = desk.news.since(1, "20260601-010000-10")
        assert [one.document_id for one in third] == ["doc-c"]


def test_subscribers_that_read_on_from_their_positions_get_the_same_whole(home: Home) -> None:
    with Desk.open(home) as desk:
        saved = desk.searches.save("x", asked("x", {}), "local")
        each_night: list[str] = []
        weekly, position = [], 0
        for night in range(1, 8):
            found = {f"doc-{number}": 1 for number in range(night * 3)}
            desk.news.record(saved, f"2026060{night}-010000-1", found)
            arrivals = desk.news.since(1, position)
            position = desk.news.position(1)
            each_night += [one.document_id for one in arrivals]
        weekly = [one.document_id for one in desk.news.since(1)]
        assert each_night == weekly
        assert len(set(weekly)) == len(weekly) == 18


def test_a_changed_search_begins_anew_and_keeps_its_earlier_news(home: Home) -> None:
    with Desk.open(home) as desk:
        saved = saved_searches.save(_current(home), desk, "养老", asked("养老", {}), "local")
        now = _current(_next_day(home))
        saved_searches.change(now, desk, saved, asked("5G", {}), "local")
        news = new_since(now, desk, desk.searches.get(1))
        assert news.new == (SECOND_DAY[0].document_id,)  # found by the former question before the change
        assert desk.searches.get(1).publication_id == now.publication_id


def test_a_search_whose_class_is_unknown_stays_and_says_what_is_wrong(home: Home) -> None:
    with Desk.open(home) as desk:
        wanted = asked("养老", {"topic": "99-99"})
        saved = saved_searches.save(_current(home), desk, "gone", wanted, "local")
        problem = problem_of(_current(home), saved)
        assert problem is not None
        assert "99-99" in str(problem)
        news = new_since(_current(home), desk, saved)
        assert isinstance(news.problem, UserError)
        assert news.arrivals == ()
        assert desk.searches.get(1).publication_id is None
        broken = saved_searches.save(_current(home), desk, "open", asked('"养老', {}), "local")
        assert re.search("never closed", str(problem_of(_current(home), broken)))


def test_a_search_that_finds_too_much_is_not_followed(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_searches, "FOLLOWED", 2)
    with Desk.open(home) as desk:
        saved = saved_searches.save(_current(home), desk, "all", asked("", {}), "local")
        assert "at most 2" in str(new_since(_current(home), desk, saved).problem)


def test_news_reach_a_search_saved_before_anything_was_published(tmp_path: Path) -> None:
    home = library(tmp_path / "library")
    with Desk.open(home) as desk:
        saved = saved_searches.save(None, desk, "5G", asked("5G", {}), "local")
        publish_first(home, [replace(FIRST_DAY[2], name="early")])
        assert new_since(_current(home), desk, saved).new == ()  # the first publication is what there is
    assert isinstance(home.clock, FixedClock)
