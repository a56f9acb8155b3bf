"""Claims about attached files and about changes that leave next to nothing: they need more than one look."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawlers.run import crawl
from tests.crawlers.loopback import Answer, Site, make_home, on_day, source_toml
from warehouse.crawl_state.store import CrawlState
from warehouse.home import Home

NAME = "/files/a.pdf"
PDF, PAGE = {"Content-Type": "application/pdf"}, {"Content-Type": "text/html; charset=utf-8"}
WHOLE = b"%PDF-1.4 " + b"x" * 4000
SHORT = "<html><head><title>试点市</title></head><body><h1>说明</h1><div class='TRS_Editor'><p>{}</p></div>"
NOTICE = SHORT.format("原文另见市档案馆。").encode()


@pytest.fixture
def site() -> Iterator[Site]:
    with Site(9) as running:
        running.files[1] = "a.pdf"
        running.faults[NAME] = Answer(200, WHOLE, PDF)
        yield running


@pytest.fixture
def home(tmp_path: Path, site: Site) -> Home:
    """A home that has crawled the site once."""
    toml = source_toml(extra="revisit_days = [1]")
    made = make_home(tmp_path / "home", sources={"prueba": toml})
    night(made, site, 0)
    return made


def night(home: Home, site: Site, day: int) -> None:
    site.log.clear()
    on_that_day = on_day(home, day)
    with CrawlState.open(on_that_day) as state:
        state.visit_table.make_due("prueba", [f"http://{site.host}{NAME}"], on_that_day.clock.now())
    crawl(on_that_day, ["prueba"], resolve=site.resolve)


def standings(home: Home, url: str) -> list[tuple[str, int]]:
    """How the captures of an address stand, in order of arrival, and how long they are."""
    with CrawlState.open(home) as state:
        named = {
            one.capture_id: name
            for name in ("good", "unconfirmed", "held", "dropped")
            for one in state.captures_standing(name, "prueba")
        }
        return [(named[one.capture_id], one.length) for one in state.captures_of("prueba", url)]


def of_file(home: Home, site: Site) -> list[tuple[str, int]]:
    return standings(home, f"http://{site.host}{NAME}")


def test_a_file_that_came_otherwise_is_asked_for_twice_before_it_counts(home: Home, site: Site) -> None:
    site.faults[NAME] = Answer(200, WHOLE + b"more", PDF)
    night(home, site, 1)
    assert site.paths().count(NAME) == 2
    assert of_file(home, site) == [("good", 4009), ("good", 4013)]


@pytest.mark.parametrize("answer", [Answer(200, b"%PDF-1.4 half", PDF), Answer(200, NOTICE, PAGE)])
def test_a_file_of_which_little_came_replaces_nothing_in_one_night(
    home: Home, site: Site, answer: Answer
) -> None:
    site.faults[NAME] = answer
    night(home, site, 1)
    assert [name for name, _ in of_file(home, site)].count("good") == 1
    site.faults[NAME] = Answer(200, WHOLE, PDF)
    night(home, site, 2)
    assert [name for name, _ in of_file(home, site)] == ["good", "dropped"]


def test_a_page_that_lost_nearly_everything_counts_when_another_night_says_so_too(
    home: Home, site: Site
) -> None:
    with CrawlState.open(home) as state:
        watched = {one.url for one in state.health_table.canaries("prueba")}
    page = next(number for number in site.texts if site.url(number) not in watched)
    site.faults[site.path(page)] = Answer(200, NOTICE, PAGE)
    night(home, site, 1)
    assert site.paths().count(site.path(page)) == 2
    assert [name for name, _ in standings(home, site.url(page))] == ["good", "unconfirmed"]
    night(home, site, 2)
    assert [name for name, _ in standings(home, site.url(page))] == ["good", "good"]
