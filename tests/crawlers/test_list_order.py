"""Claims about lists: where they are left, what their order tells, and that no part of one is ever lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawlers.run import crawl
from crawlers.spiders.list_order import known_at_the_end, newest_first, pinned_lines
from tests.crawlers.loopback import Site, make_home, on_day, settings, source_toml
from warehouse.home import Home
from warehouse.records import Entry

TODAY = date(2026, 6, 1)


class Ordered(Site):
    """Documents whose dates rise with their numbers."""

    @staticmethod
    def published(number: int) -> date:
        """Number 0 is the oldest."""
        return date(2026, 1, 1) + timedelta(days=number)


class Shuffled(Site):
    """Documents listed by weight: their dates say nothing of their place."""

    @staticmethod
    def published(number: int) -> date:
        """Any day, by the number."""
        return date(2026, 1, 1) + timedelta(days=number * 61 % 101)


@pytest.fixture
def site() -> Iterator[Site]:
    with Ordered(60) as running:
        yield running


def lines(*days: int, titles: dict[int, str] | None = None) -> list[Entry]:
    """Entries published so many days ago."""
    named = titles or {}
    return [
        Entry(f"http://a.example/{place}", named.get(place, "通知"), TODAY - timedelta(days=age))
        for place, age in enumerate(days)
    ]


def home_for(tmp_path: Path, extra: str = "") -> Home:
    return make_home(tmp_path / "home", sources={"prueba": source_toml(extra=extra)})


def lists(site: Site) -> list[str]:
    return [path.removeprefix("/wj/") for path in site.paths() if "/index" in path]


def test_pinned_lines_are_those_older_than_what_stands_below() -> None:
    assert pinned_lines(lines(400, 90, 1, 2, 3)) == 2
    assert pinned_lines(lines(1, 2, 3)) == 0
    assert pinned_lines(lines(1, 2, 3, titles={0: "[置顶]通知"})) == 1
    assert pinned_lines([]) == 0


def test_an_order_is_told_by_dates() -> None:
    assert newest_first(lines(1, 2, 2, 3, 5, 4, 6, 7, 8))
    assert not newest_first(lines(9, 8, 7, 6, 5, 4, 3, 2, 1))
    assert not newest_first(lines(5, 9, 2, 8, 1, 7, 3, 6, 4))
    assert newest_first(lines(3, 1))


def test_known_lines_are_counted_from_the_end_and_over_whole_pages() -> None:
    assert known_at_the_end([True, False, True, True], 7) == 2
    assert known_at_the_end([True, True], 7) == 9
    assert known_at_the_end([], 7) == 7
    assert known_at_the_end([True, False], 7) == 0


@pytest.mark.parametrize(("known", "pages"), [(5, [False, False]), (20, [True, False]), (30, [True, True])])
def test_a_list_is_left_after_so_many_known_entries_in_a_row(
    tmp_path: Path, site: Site, known: int, pages: list[bool]
) -> None:
    home = home_for(tmp_path, f"stop_after_known = {known}")
    crawl(home, ["prueba"], resolve=site.resolve)
    site.add(60)
    site.log.clear()
    crawl(on_day(home, 1), ["prueba"], resolve=site.resolve)
    assert site.path(60) in site.paths()
    assert lists(site)[0] == "index.html"
    assert [f"index_{number}.html" in lists(site) for number in (2, 3)] == pages


def test_pinned_entries_do_not_count(tmp_path: Path, site: Site) -> None:
    site.pinned = [1, 6, 2, 5, 3, 4]
    home = home_for(tmp_path, "stop_after_known = 15")
    crawl(home, ["prueba"], resolve=site.resolve)
    for number in (1, 50):
        site.titles[number] += "(更新)"  # the first two pages are others, all of them known
    site.log.clear()
    crawl(home, ["prueba"], resolve=site.resolve)
    assert "index_2.html" in lists(site)
    assert "index_3.html" not in lists(site)


def test_a_list_in_another_order_is_walked_whole(tmp_path: Path) -> None:
    with Shuffled(60) as site:
        home = home_for(tmp_path, "stop_after_known = 5")
        crawl(home, ["prueba"], resolve=site.resolve)
        site.log.clear()
        crawl(home, ["prueba"], resolve=site.resolve)
        assert [f"index_{number}.html" in lists(site) for number in range(1, 6)] == [True] * 5


def test_a_list_longer_than_a_run_may_read_goes_on_in_the_next(tmp_path: Path, site: Site) -> None:
    home = home_for(tmp_path, "max_list_pages = 2")
    held = []
    for day in range(3):
        crawl(on_day(home, day), ["prueba"], resolve=site.resolve)
        held.append(len(set(site.details())))
    assert held == [20, 40, 60]


def test_a_walk_that_a_budget_ended_reaches_the_rest_though_the_list_has_grown(
    tmp_path: Path, site: Site
) -> None:
    home = make_home(tmp_path / "home", extra="requests_per_run = 28\n")
    crawl(home, ["prueba"], resolve=site.resolve)
    assert len(site.log) == 28
    for number in range(60, 100):  # more than would end a list that was read to its end
        site.add(number)
    crawl(on_day(home, 1), ["prueba"], resolve=site.resolve)
    assert len(set(site.details())) == 100


def test_news_come_before_revisits_and_a_walk_that_was_cut_off_goes_on(tmp_path: Path) -> None:
    with Ordered(30) as site:
        home = home_for(tmp_path, "stop_after_known = 10\nrevisit_days = [1]")
        crawl(home, ["prueba"], resolve=site.resolve)
        for number in range(30, 50):
            site.add(number)
        site.log.clear()
        (home.root / "govbrief.toml").write_text(settings(1, "requests_per_run = 10\n"), encoding="utf-8")
        crawl(Home.open(home.root), ["prueba"], resolve=site.resolve)
        assert len(site.log) <= 11  # robots.txt is not counted
        assert lists(site)[:2] == ["index.html", "index_1.html"]
        for number in range(50, 60):
            site.add(number)  # the second page now shows what the first showed before the walk was cut off
        crawl(on_day(home, 2), ["prueba"], resolve=site.resolve)
        assert {site.path(number) for number in range(60)} <= set(site.paths())


def test_a_look_by_day_at_the_first_page_hides_nothing_below_it(tmp_path: Path) -> None:
    with Ordered(30) as site:
        watch = '[watch]\nevery_minutes = 30\nhours = "00:00-23:59"\n'
        home = home_for(tmp_path, "stop_after_known = 10\ncadence_hours = 20\n" + watch)
        crawl(home, ["prueba"], resolve=site.resolve)
        for number in range(30, 50):
            site.add(number)
        crawl(on_day(home, 1), None, resolve=site.resolve, watch=True)
        assert site.path(49) in site.paths()
        assert site.path(39) not in site.paths()
        for number in range(50, 60):
            site.add(number)
        crawl(on_day(home, 2), ["prueba"], resolve=site.resolve)
        assert {site.path(number) for number in range(60)} <= set(site.paths())
        site.log.clear()
        site.add(60)
        crawl(on_day(home, 3), ["prueba"], resolve=site.resolve)
        assert "index_2.html" not in lists(site)  # that walk reached its end: its lines count as known


def test_an_unchanged_site_costs_its_list_and_304s_below_a_twentieth_of_the_bytes(tmp_path: Path) -> None:
    with Ordered(60, body_bytes=20_000) as site:
        home = home_for(tmp_path, "revisit_days = [1]")
        full: Any = crawl(home, ["prueba"], resolve=site.resolve).sources["prueba"]
        site.log.clear()
        again: Any = crawl(on_day(home, 1), ["prueba"], resolve=site.resolve).sources["prueba"]
        bodies = [path for path, status in site.log if status == 200 and "robots" not in path]
        assert len(site.details()) == 60
        assert all("/index" in path for path in bodies)
        assert again.bytes < full.bytes * 0.05
