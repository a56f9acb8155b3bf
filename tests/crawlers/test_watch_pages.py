"""Claims about a watch: what it found is held against the contract before anybody reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawlers.catalogue import load_catalogue
from crawlers.health.case import Case
from crawlers.run import CrawlSummary, crawl
from tests.crawlers.loopback import Answer, Site, make_home, settings, source_toml
from warehouse.crawl_state.store import CrawlState
from warehouse.home import Home

HTML = {"Content-Type": "text/html; charset=utf-8"}
REFUSAL = (
    "<html><head><title>系统提示</title></head><body><p>数据加载出错，请联系管理人员处理。</p></body></html>"
).encode()


@pytest.fixture
def site() -> Iterator[Site]:
    with Site(12) as running:
        yield running


@pytest.fixture
def home(tmp_path: Path, site: Site) -> Home:
    """A home that has crawled the watched site once."""
    toml = source_toml(extra="[watch]\nevery_minutes = 30\n")
    made = make_home(tmp_path / "home", sources={"prueba": toml})
    crawl(made, ["prueba"], resolve=site.resolve)
    return made


def watch(home: Home, site: Site, minute: str) -> CrawlSummary:
    text = settings().replace("2026-06-01T08:00", f"2026-06-02T{minute}")
    (home.root / "govbrief.toml").write_text(text, encoding="utf-8")
    return crawl(Home.open(home.root), None, resolve=site.resolve, watch=True)


def standings(home: Home) -> Counter[str]:
    """How many document pages stand how."""
    with CrawlState.open(home) as state:
        names = ("good", "unconfirmed", "held", "dropped")
        return Counter(
            {
                name: len([one for one in state.captures_standing(name) if one.role == "detail"])
                for name in names
            }
        )


@pytest.mark.parametrize("number", [8, 1])
def test_a_watch_holds_back_what_is_no_document_and_takes_it_when_it_is_one(
    home: Home, site: Site, number: int
) -> None:
    for page in range(12, 12 + number):
        site.add(page)
        site.faults[site.path(page)] = Answer(200, REFUSAL, HTML)
    bad = watch(home, site, "10:00")
    assert standings(home) == Counter(good=12, held=number), bad
    assert (bad.sources["prueba"].verdict == "ok") is (number == 1)
    assert "held back" in bad.sources["prueba"].detail
    for page in range(12, 12 + number):
        del site.faults[site.path(page)]
    assert watch(home, site, "10:40").exit_code == 0
    assert standings(home) == Counter(good=12 + number, dropped=number)


def test_what_killed_and_failed_runs_left_is_examined_with_the_next_one(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home")
    source = load_catalogue(home, sample=True).sources["prueba"]
    with CrawlState.open(home) as state:
        ends = [("crawl", "interrupted"), ("crawl", "done"), ("crawl", "failed"), ("watch", "interrupted")]
        names = []
        for kind, outcome in [*ends, ("watch", "done")]:
            names.append(state.new_run(kind, ["prueba"]))
            state.end_run(names[-1], outcome)
        now = state.new_run("crawl", ["prueba"])
        case = Case.of(home, state, source, now, {"requests": 1})
    assert set(case.runs) == {now, names[2], names[3]}
