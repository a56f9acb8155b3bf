"""Claims about robots rules: nobody slips through before they are known, and not knowing means waiting."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawlers.politeness.pace import MAX_CRAWL_DELAY, Pace
from crawlers.politeness.robots import read_rules
from crawlers.run import crawl
from tests.crawlers.loopback import HOST, Answer, Site, make_home, on_day, source_toml
from warehouse.crawl_state.store import CrawlState

FORBIDDEN = "/wj/zhuan/index.html"


def _starts(position: int) -> str:
    """Six start lists; the forbidden one stands at `position` (from 1)."""
    paths = [f"/wj/index_{number}.html" for number in range(10, 15)]
    paths.insert(position - 1, FORBIDDEN)
    return "\n".join(f'[[start]]\nurl = "http://{HOST}{path}"\n' for path in paths)


@pytest.mark.parametrize("position", [1, 2, 3, 4, 5, 6])
def test_a_forbidden_address_is_never_asked_for_at_any_first_position(tmp_path: Path, position: int) -> None:
    text = source_toml().split("[[start]]")[0] + _starts(position)
    with Site() as site:
        site.faults["/robots.txt"] = Answer(200, b"User-agent: *\nDisallow: /wj/zhuan/\n")
        home = make_home(tmp_path / "home", sources={"prueba": text})
        crawl(home, ["prueba"], resolve=site.resolve, connections=6)
    assert site.paths().count("/robots.txt") == 1
    assert FORBIDDEN not in site.paths()
    assert len([path for path in site.paths() if path.startswith("/wj/index_1")]) == 5


@pytest.mark.parametrize("status", [500, 503, 429])
def test_rules_that_cannot_be_read_mean_waiting(tmp_path: Path, status: int) -> None:
    with Site() as site:
        site.faults["/robots.txt"] = Answer(status)
        home = make_home(tmp_path / "home")
        summary = crawl(home, ["prueba"], resolve=site.resolve, connections=6)
        assert site.paths() == ["/robots.txt"]
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
    pace.obey(86400)
    assert pace.crawl_delay == MAX_CRAWL_DELAY


def test_one_connection_a_host_and_a_delay_with_jitter() -> None:
    pace = Pace(delay=10.0)
    pace.leave(0.0)
    assert not pace.ready(1000.0)
    pace.back()
    assert 7.0 <= pace.not_before <= 13.0
    pace.wait(0.0, 60.0)
    assert not pace.ready(59.0)


@pytest.mark.realdata
def test_every_recorded_robots_file_decides(shared_data: Path) -> None:
    folder = shared_data / "sites"
    rows = [json.loads(line) for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    files = [row["file"] for row in rows if row["kind"] == "robots"]
    decided = [
        read_rules(200, (folder / name).read_bytes()).allow("https://host.example/a/b.html") for name in files
    ]
    assert len(decided) == 70
    assert sum(decided) > 50
