"""Claims about readers that raise an error: the night goes on, and somebody hears of it (about 8 s)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawlers.run import CrawlSummary, crawl
from tests.crawlers.loopback import Answer, Site, make_home, on_day, source_toml
from warehouse.crawl_state.store import CrawlState
from warehouse.home import Home

pytestmark = pytest.mark.usefixtures("cold_spiders")  # a fault is put into each process as it starts
LIST, SECOND = "/wj/index.html", "/wj/index_1.html"
OTHER = "/wj/other.html"
TWO_LISTS = source_toml() + f'\n[[start]]\nurl = "http://www.prueba.example{OTHER}"\n'
KRACH = Answer(200, b"<html><ul><li>KRACH</li></ul></html>", {"Content-Type": "text/html; charset=utf-8"})
# What every Python process of the test does when it starts: the reader of one platform gets a fault.
FAULTY = """
from crawlers.platforms import trs
sound = trs.parse_list
def parse_list(body, url, hints):
    if b"KRACH" in body:
        raise ZeroDivisionError("a fault of ours")
    return sound(body, url, hints)
trs.parse_list = parse_list
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    (tmp_path / "start").mkdir()
    (tmp_path / "start" / "sitecustomize.py").write_text(FAULTY, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "start"))
    with Site(documents=15) as site:
        yield site


def night(home: Home, site: Site, day: int) -> CrawlSummary:
    return crawl(on_day(home, day), ["prueba"], resolve=site.resolve)


def told(home: Home, summary: CrawlSummary) -> tuple[int, str, list[str], set[str]]:
    """Exit code, verdict, codes of the findings, codes of the open alarms."""
    assert summary.run_id is not None
    with CrawlState.open(home) as state:
        found = [one.code for one in state.health_table.findings(summary.run_id)]
        alarms = {one.code for one in state.health_table.alarms() if one.closed_at is None}
    return summary.exit_code, summary.sources["prueba"].verdict, found, alarms


def test_a_list_whose_reader_crashes_is_an_alarm_from_the_first_run_on(tmp_path: Path, site: Site) -> None:
    home = make_home(tmp_path / "home")
    site.faults[LIST] = KRACH
    first = night(home, site, 0)
    assert told(home, first) == (4, "broken", ["list-unreadable"], {"list-unreadable"})
    assert "reader-failed" in first.sources["prueba"].detail
    del site.faults[LIST]
    assert told(home, night(home, site, 1)) == (0, "ok", [], set())
    site.faults[LIST] = KRACH
    assert told(home, night(home, site, 2)) == (4, "broken", ["list-unreadable"], {"list-unreadable"})


def test_a_broken_link_in_a_page_costs_neither_the_page_nor_its_files(tmp_path: Path, site: Site) -> None:
    home = make_home(tmp_path / "home")
    site.files = {3: "a.pdf"}
    links = '<a href="http://[x]/a.pdf">一</a><a href="//[x/b.pdf">二</a>'
    site.titles[3] += links
    shown = night(home, site, 0)
    with CrawlState.open(home) as state:
        kept = {one.url for one in state.captures_of_run(str(shown.run_id), "prueba")}
    assert {site.url(3), f"http://{site.host}/files/a.pdf"} <= kept
    assert sum("/t2026" in url for url in kept) == len(site.texts)


@pytest.mark.parametrize("fault", [SECOND, OTHER])
def test_one_list_of_several_is_enough(tmp_path: Path, site: Site, fault: str) -> None:
    home = make_home(tmp_path / "home", sources={"prueba": TWO_LISTS})
    site.faults[OTHER] = site.answer(LIST, {})
    site.faults[fault] = KRACH
    code, verdict, found, alarms = told(home, night(home, site, 0))
    assert (code, verdict, found, alarms) == (4, "drifting", ["list-unreadable"], {"list-unreadable"})
