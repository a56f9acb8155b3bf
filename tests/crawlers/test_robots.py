"""Claims about robots rules: nobody slips through before they are known, and not knowing means waiting."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crawlers.politeness.pace import MAX_CRAWL_DELAY, Pace
from crawlers.politeness.robots import RETRIES
from crawlers.run import crawl
from tests.crawlers.loopback import HOST, Answer, Site, make_home, on_day, source_toml
from warehouse.crawl_state.store import CrawlState

FORBIDDEN = "/wj/zhuan/index.html"


def _source(position: int, extra: str) -> str:
    """A source with a host of its own and six start lists; the forbidden one stands at `position`."""
    host = f"p{position}.example"
    paths = [f"/wj/index_{number}.html" for number in range(10, 15)]
    paths.insert(position - 1, FORBIDDEN)
    starts = "\n".join(f'[[start]]\nurl = "http://{host}{path}"\n' for path in paths)
    text = source_toml(f"p{position}", host).replace("delay_seconds = 0\n", extra)
    return text.split("[[start]]")[0] + starts


SETTINGS = {  # the three in which Scrapy 2.19's own middleware was tried
    "several connections": ("", 6),
    "one request a host, with a delay": ("delay_seconds = 0.02\n", 1),
    "one connection, no delay": ("delay_seconds = 0\n", 1),
}


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_forbidden_address_is_never_asked_for_at_any_of_six_first_positions(
    tmp_path: Path, setting: str
) -> None:
    extra, connections = SETTINGS[setting]
    sources = {f"p{position}": _source(position, extra) for position in range(1, 7)}
    with Site() as site:
        site.faults["/robots.txt"] = Answer(200, b"User-agent: *\nDisallow: /wj/zhuan/\n")
        home = make_home(tmp_path / "home", sources=sources)
        places = dict.fromkeys((f"{name}.example" for name in sources), site.resolve[HOST])
        crawl(home, list(sources), resolve=places, connections=connections)
    assert site.paths().count("/robots.txt") == 6
    assert FORBIDDEN not in site.paths()
    assert len([path for path in site.paths() if path.startswith("/wj/index_1")]) == 30


@pytest.mark.parametrize("status", [500, 503, 429])
def test_rules_that_cannot_be_read_mean_waiting(tmp_path: Path, status: int) -> None:
    with Site() as site:
        site.faults["/robots.txt"] = Answer(status)
        home = make_home(tmp_path / "home")
        summary = crawl(home, ["prueba"], resolve=site.resolve, connections=6)
        tries = 1 if status == 429 else 1 + len(RETRIES)
        assert site.paths() == ["/robots.txt"] * tries
        assert summary.sources["prueba"].verdict == "blocked"
        assert f"answers {status}" in summary.sources["prueba"].detail
        site.faults["/robots.txt"] = Answer(404)
        later = crawl(on_day(home, 1), ["prueba"], resolve=site.resolve)
    assert later.sources["prueba"].new_documents == 12


def test_rules_that_forbid_the_list_block_the_source(tmp_path: Path) -> None:
    with Site() as site:
        site.faults["/robots.txt"] = Answer(200, b"User-agent: govbrief\nDisallow: /\n")
        summary = crawl(make_home(tmp_path / "home"), ["prueba"], resolve=site.resolve)
        assert site.paths() == ["/robots.txt"]
    assert summary.sources["prueba"].verdict == "blocked"
    assert summary.exit_code == 4


def test_a_robots_file_that_fails_once_is_asked_once_more(tmp_path: Path) -> None:
    class Stumbling(Site):
        def answer(self, path: str, headers: Any) -> Answer:
            first = path == "/robots.txt" and path not in self.paths()
            return Answer(500) if first else super().answer(path, headers)

    with Stumbling() as site:
        summary = crawl(make_home(tmp_path / "home"), ["prueba"], resolve=site.resolve)
    assert summary.sources["prueba"].verdict == "ok"


def test_rules_are_kept_as_served_and_asked_for_once_a_day(tmp_path: Path) -> None:
    served = b"User-agent: *\nDisallow: /admin/\n"
    with Site() as site:
        site.faults["/robots.txt"] = Answer(200, served)
        home = make_home(tmp_path / "home")
        crawl(home, ["prueba"], resolve=site.resolve)
        crawl(home, ["prueba"], resolve=site.resolve)
        assert site.paths().count("/robots.txt") == 1
        crawl(on_day(home, 2), ["prueba"], resolve=site.resolve)
        assert site.paths().count("/robots.txt") == 2
    with CrawlState.open(home) as state:
        kept = state.robots(f"http://{HOST}")
    assert kept is not None
    assert kept["body"] == served


def test_crawl_delay_is_a_floor_under_our_own_pace() -> None:
    pace = Pace(delay=1.0)
    pace.obey(7)
    pace.leave(100.0)
    pace.back()
    assert not pace.ready(106.9)
    assert pace.ready(107.1)
    pace.obey(20)  # learned after the request left: it holds from that request on
    assert not pace.ready(119.9)
    assert pace.ready(120.1)
    pace.obey(86400)
    assert pace.crawl_delay == MAX_CRAWL_DELAY


def test_one_connection_a_host_and_a_delay_with_jitter() -> None:
    pace = Pace(delay=10.0)
    pace.leave(0.0)
    assert not pace.ready(1000.0)
    pace.back()
    assert 10.0 <= pace.not_before <= 16.0
    pace.wait(0.0, 60.0)
    assert not pace.ready(59.0)
