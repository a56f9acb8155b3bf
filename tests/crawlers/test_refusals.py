"""Claims about refusals: who gets a letter, whom a Retry-After binds, what breakers and budgets remember."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawlers.catalogue import load_catalogue, read_source
from crawlers.choosing import budget
from crawlers.job import Job
from crawlers.run import crawl
from crawlers.schedule import is_due, watch_rest
from crawlers.spiders.round import Round
from tests.crawlers.loopback import HOST, Answer, Site, make_home, on_day, source_toml
from warehouse.crawl_state.store import CrawlState
from warehouse.home import Home


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def letters(home: Home) -> list[str]:
    return sorted(file.name for file in (home.root / "letters").glob("*.md"))


def breaker(home: Home, name: str = "prueba") -> dict[str, Any]:
    with CrawlState.open(home) as state:
        return state.source_state(name)


def nowhere() -> tuple[str, int]:
    """An address at which nobody answers."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return "127.0.0.1", held.getsockname()[1]


def test_a_network_that_is_down_is_no_refusal_and_says_so_once(tmp_path: Path) -> None:
    hosts = {f"s{number}": f"s{number}.example" for number in range(3)}
    home = make_home(
        tmp_path / "home", sources={name: source_toml(name, host) for name, host in hosts.items()}
    )
    run = crawl(home, list(hosts), resolve=dict.fromkeys(hosts.values(), nowhere()))
    assert {row.verdict for row in run.sources.values()} == {"broken"}
    assert all("(refused-connection)" in row.detail for row in run.sources.values())
    assert run.remark == "None of 3 sites could be reached: our own connection seems to be down."
    assert letters(home) == []
    assert breaker(home, "s0")["failures_in_row"] == 0  # the sites have no part in it


def test_a_robots_file_out_of_order_earns_a_letter_on_the_third_night(tmp_path: Path, site: Site) -> None:
    home = make_home(tmp_path / "home")
    site.faults["/robots.txt"] = Answer(429, headers={"Retry-After": "7200"})
    for day, written in ((0, 0), (1, 0), (2, 1)):
        run = crawl(on_day(home, day), ["prueba"], resolve=site.resolve)
        assert run.sources["prueba"].verdict == "blocked"
        assert len(letters(home)) == written


def test_a_refusal_of_another_kind_gets_a_letter_of_its_own(tmp_path: Path, site: Site) -> None:
    home = make_home(tmp_path / "home")
    for day, status in ((0, 403), (1, 403), (2, 412)):
        site.faults["/wj/index.html"] = Answer(status)
        crawl(on_day(home, day), ["prueba"], resolve=site.resolve)
    assert letters(home) == ["prueba-2026-06-01.md", "prueba-2026-06-03.md"]


def test_robots_that_ask_to_wait_are_given_the_time(tmp_path: Path, site: Site) -> None:
    home = make_home(tmp_path / "home")
    site.faults["/robots.txt"] = Answer(503, headers={"Retry-After": "172800"})
    crawl(home, ["prueba"], resolve=site.resolve)
    assert breaker(home)["breaker_until"] == (home.clock.now() + timedelta(days=2)).timestamp()


def test_a_host_that_asks_to_wait_is_heeded_by_all_its_sources(tmp_path: Path, site: Site) -> None:
    other = source_toml("vecina").replace("/wj/index.html", "/wj/index_1.html")
    home = make_home(tmp_path / "home", sources={"prueba": source_toml(), "vecina": other})
    site.faults["/wj/index.html"] = Answer(503, headers={"Retry-After": "3600"})
    site.faults["/wj/index_1.html"] = Answer(503, headers={"Retry-After": "3600"})
    crawl(home, ["prueba", "vecina"], resolve=site.resolve)
    assert len(site.paths(503)) == 1
    assert breaker(home)["breaker"] == breaker(home, "vecina")["breaker"] == "blocked"
    assert letters(home) == []


def test_failures_in_a_row_are_counted_over_runs_and_forgotten_after_an_answer(
    tmp_path: Path, site: Site
) -> None:
    home = make_home(tmp_path / "home")
    site.faults["/wj/index.html"] = Answer(500)
    crawl(home, ["prueba"], resolve=site.resolve)
    assert (breaker(home)["breaker"], breaker(home)["failures_in_row"]) == ("closed", 3)
    for day in (2, 3):
        crawl(on_day(home, day), ["prueba"], resolve=site.resolve)
    assert breaker(home)["breaker"] == "open"
    del site.faults["/wj/index.html"]
    crawl(on_day(home, 5), ["prueba"], resolve=site.resolve)
    assert (breaker(home)["breaker"], breaker(home)["failures_in_row"]) == ("closed", 0)


def test_every_request_that_leaves_is_counted_redirects_too(tmp_path: Path, site: Site) -> None:
    site.faults["/wj/index.html"] = Answer(302, headers={"Location": "/wj/index_0.html"})
    home = make_home(tmp_path / "home")
    run = crawl(home, ["prueba"], resolve=site.resolve)
    assert run.sources["prueba"].requests == len(site.log)


def test_a_status_of_the_moment_is_asked_again(tmp_path: Path, site: Site) -> None:
    site.faults[site.path(3)] = Answer(408)
    crawl(make_home(tmp_path / "home"), ["prueba"], resolve=site.resolve)
    assert site.paths().count(site.path(3)) == 3


def test_a_night_never_waits_for_the_budget_of_the_night_before(tmp_path: Path, site: Site) -> None:
    home = make_home(
        tmp_path / "home", sources={"prueba": source_toml(extra="[impact]\nrequests_per_day = 5\n")}
    )
    source = load_catalogue(home, sample=True).sources["prueba"]
    crawl(home, ["prueba"], resolve=site.resolve)
    assert len(site.log) == 5
    with CrawlState.open(home) as state:
        assert budget(home, state, source) == 0
        assert budget(on_day(home, 1), state, source) == 5
    again = crawl(on_day(home, 0), ["prueba"], resolve=site.resolve)
    assert "budget" in again.sources["prueba"].detail
    assert len(site.log) == 5


def test_a_refusal_that_another_run_met_is_heeded_and_not_overwritten(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    current = Round(Job("run-1", str(home.root), True, ("prueba",)), home, load_catalogue(home, sample=True))
    until = (home.clock.now() + timedelta(hours=23)).timestamp()
    with CrawlState.open(home) as state:
        state.set_source_state("prueba", breaker="blocked", breaker_until=until, detail="x answers 403")
    current.breakers["prueba"].failed(home.clock.now(), "x: timeout")
    current.keep_breaker("prueba")
    assert breaker(home)["breaker"] == "blocked"
    current.heed_others("www.otro.example")
    assert current.halted == {}
    current.heed_others(HOST)
    assert current.halted == {"prueba": "x answers 403"}
    current.close()


def test_a_clock_that_was_set_back_makes_nothing_wait(tmp_path: Path, site: Site) -> None:
    home = make_home(tmp_path / "home", day=400)
    site.faults["/robots.txt"] = Answer(200, b"User-agent: *\nAllow: /\n")
    crawl(home, ["prueba"], resolve=site.resolve)
    back = on_day(home, 0)
    source = load_catalogue(back, sample=True).sources["prueba"]
    assert is_due(source, breaker(back), back.clock.now())
    crawl(back, ["prueba"], resolve=site.resolve)
    assert site.paths().count("/robots.txt") == 2


def test_a_watch_minds_the_window_of_its_source(tmp_path: Path) -> None:
    file = tmp_path / "prueba.toml"
    extra = '[impact]\nwindow = "19:00-07:00"\n[watch]\nevery_minutes = 30\n'
    file.write_text(source_toml(extra=extra), encoding="utf-8")
    home = make_home(tmp_path / "home")
    now = home.clock.now() + timedelta(hours=2)  # ten o'clock on a Monday
    rest = watch_rest(read_source(file), {"last_started_at": None}, None, now, home)
    assert rest == "outside its window 19:00-07:00 (Asia/Shanghai)"
