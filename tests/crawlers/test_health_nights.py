"""Claims about whole nights: canaries, documents held back and released, lists that fail or lie."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawlers.catalogue import load_catalogue
from crawlers.extract import extract_pending
from crawlers.health.holding import release
from crawlers.run import CrawlSummary, crawl
from tests.crawlers.loopback import Answer, Site, make_home, on_day, source_toml
from warehouse.crawl_state.store import CrawlState
from warehouse.database import Warehouse
from warehouse.home import Home

LIST = "/wj/index.html"
SENTENCE = "各单位要认真贯彻执行本通知，按照职责分工抓好落实，重要情况及时报告。"


class Office(Site):
    """The test site with Chinese text in a container whose name may change, and full pages."""

    def __init__(self) -> None:
        super().__init__(documents=15)
        self.container = "TRS_Editor"
        self.frozen = False  # answers 304 to whoever asks with a mark

    def answer(self, path: str, headers: Any) -> Answer:
        if self.frozen and headers.get("If-None-Match"):
            return Answer(304, b"", {"ETag": str(headers["If-None-Match"])})
        return super().answer(path, headers)

    def _page(self, number: int) -> str:
        text = f"<p>{SENTENCE}</p>" * 6 + f"<p>{self.texts[number]}</p>"
        return f"<h1>{self.titles[number]}</h1><div class='{self.container}'>{text}</div>"


@pytest.fixture
def office() -> Iterator[Office]:
    site = Office()
    with site:
        yield site


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return make_home(tmp_path / "home")


def night(home: Home, site: Site, day: int) -> CrawlSummary:
    """The crawl of a day, and its extraction."""
    later = on_day(home, day)
    summary = crawl(later, ["prueba"], resolve=site.resolve)
    extract_pending(later, load_catalogue(later, sample=True))
    return summary


def verdict(summary: CrawlSummary) -> str:
    return summary.sources["prueba"].verdict


def codes(home: Home, summary: CrawlSummary) -> list[str]:
    assert summary.run_id is not None
    with CrawlState.open(home) as state:
        return [one.code for one in state.health_table.findings(summary.run_id)]


def standing(home: Home, name: str) -> set[str]:
    with CrawlState.open(home) as state:
        return {one.url for one in state.captures_standing(name, "prueba") if one.role == "detail"}


def paths_read(home: Home) -> dict[str, str]:
    """Address -> extraction path of every stored document."""
    with Warehouse.open(home) as warehouse:
        sql = "select url, path from document join reading using (document_id)"
        return {str(url): str(path) for url, path in warehouse.connection.execute(sql).fetchall()}


def test_three_canaries_are_chosen_and_met_every_night(home: Home, office: Office) -> None:
    first = night(home, office, 0)
    with CrawlState.open(home) as state:
        chosen = state.health_table.canaries("prueba")
    assert (verdict(first), len(chosen)) == ("ok", 3)
    assert len({one.reading["published"] for one in chosen}) == 3
    office.log.clear()
    second = night(home, office, 1)
    assert verdict(second) == "quiet"
    asked = {f"http://{office.host}{path}" for path in office.details()}
    assert {one.url for one in chosen} <= asked


def test_a_renamed_container_holds_the_night_back_and_the_repair_releases_it(
    home: Home, office: Office
) -> None:
    night(home, office, 0)
    before = paths_read(home)
    office.container = "wrapper-2026"
    office.add(20)
    broken = night(home, office, 1)
    assert (verdict(broken), "canary-changed" in codes(home, broken)) == ("drifting", True)
    assert paths_read(home) == before
    assert office.url(20) in standing(home, "held")
    with CrawlState.open(home) as state:
        (alarm,) = [one for one in state.health_table.alarms() if one.code == "canary-changed"]
        (told,) = [one for one in state.health_table.findings(broken.run_id or "") if one.code == alarm.code]
    assert told.good_capture
    assert told.bad_capture
    assert told.good_capture != told.bad_capture
    office.container = "TRS_Editor"
    mended = night(home, office, 2)
    assert verdict(mended) == "ok"
    assert set(paths_read(home)) == {*before, office.url(20)}
    assert set(paths_read(home).values()) == {"container:.TRS_Editor"}
    assert standing(home, "held") == set()
    with CrawlState.open(home) as state:
        assert state.health_table.alarms() == []


def test_what_is_held_waits_for_a_person_or_for_a_file_that_reads_it(home: Home, office: Office) -> None:
    night(home, office, 0)
    office.container = "wrapper-2026"
    office.add(20)
    night(home, office, 1)
    file = home.sources / "prueba.toml"
    own = '\n[fields]\nbody = ".wrapper-2026"\n'
    file.write_text(file.read_text(encoding="utf-8") + own, encoding="utf-8")
    later = on_day(home, 1)
    extract_pending(later, load_catalogue(later, sample=True))
    assert paths_read(home)[office.url(20)] == "container:.wrapper-2026"
    assert verdict(night(home, office, 2)) in ("ok", "quiet")


def test_an_operator_releases_what_is_held(home: Home, office: Office) -> None:
    night(home, office, 0)
    office.container = "wrapper-2026"
    office.add(20)
    night(home, office, 1)
    later = on_day(home, 1)
    with CrawlState.open(later) as state:
        assert release(later, state, load_catalogue(later, sample=True), "prueba") >= 1
    extract_pending(later, load_catalogue(later, sample=True))
    assert office.url(20) in paths_read(home)
    for day in (3, 4):  # and the new container is right from now on
        office.add(20 + day)
        assert verdict(night(home, office, day)) == "ok"
    assert standing(home, "held") == set()


def test_news_that_answer_404_are_told_in_their_second_night_and_asked_until_they_come(
    home: Home, office: Office
) -> None:
    night(home, office, 0)
    missing = Answer(404, b"gone", {"Content-Type": "text/html"})
    told = []
    for day in (1, 2, 3):
        office.add(20 + day)
        office.faults[office.path(20 + day)] = missing
        told.append(codes(home, night(home, office, day)))
    assert told == [[], ["news-unobtained"], ["news-unobtained"]]
    for day in (1, 2, 3):
        del office.faults[office.path(20 + day)]
    mended = night(home, office, 4)
    assert (verdict(mended), mended.sources["prueba"].new_documents) == ("ok", 3)


def test_a_night_without_lists_loses_nothing(home: Home, office: Office) -> None:
    night(home, office, 0)
    office.add(20)
    empty = "<html><body><p>暂无数据</p></body></html>".encode()
    office.faults[LIST] = Answer(200, empty, {"Content-Type": "text/html; charset=utf-8"})
    broken = night(home, office, 1)
    assert (verdict(broken), codes(home, broken)[0]) == ("broken", "empty-list")
    del office.faults[LIST]
    assert verdict(night(home, office, 2)) == "ok"
    assert office.url(20) in paths_read(home)


def test_a_second_page_that_is_the_first_again_is_found_without_any_news(home: Home, office: Office) -> None:
    night(home, office, 0)
    office.faults["/wj/index_1.html"] = office.answer(LIST, {})
    looped = night(home, office, 1)
    assert (verdict(looped), "paging-loop" in codes(home, looped)) == ("drifting", True)


def test_a_robots_file_that_fails_is_told_by_its_name(home: Home, office: Office) -> None:
    night(home, office, 0)
    office.faults["/robots.txt"] = Answer(503)
    refused = night(home, office, 2)
    assert (verdict(refused), codes(home, refused)) == ("blocked", ["robots-failed"])


def test_a_site_that_answers_304_to_everything_is_caught_by_its_news(home: Home, office: Office) -> None:
    night(home, office, 0)
    office.frozen = True
    assert verdict(night(home, office, 1)) == "quiet"
    office.add(20)
    caught = night(home, office, 2)
    assert (verdict(caught), codes(home, caught)) == ("drifting", ["untrue-304"])
    assert office.url(20) in paths_read(home)


def test_amended_and_withdrawn_documents_are_no_alarm(home: Home, office: Office) -> None:
    night(home, office, 0)
    with CrawlState.open(home) as state:
        numbers = [int(one.url.rpartition("_")[2][:-5]) for one in state.health_table.canaries("prueba")]
    office.texts[numbers[0]] = Site.text(99, 600)
    assert verdict(night(home, office, 1)) == "ok"
    del office.texts[numbers[1]]
    assert {verdict(night(home, office, day)) for day in (2, 3, 4)} <= {"ok", "quiet"}
    with CrawlState.open(home) as state:
        assert len(state.health_table.canaries("prueba")) == 3


@pytest.mark.parametrize(("least", "expected"), [(30, ("drifting", ["too-few"])), (15, ("ok", []))])
def test_a_first_run_that_finds_half_of_the_documents_is_told(
    tmp_path: Path, office: Office, least: int, expected: tuple[str, list[str]]
) -> None:
    source = source_toml(extra=f"[expected]\ndocuments_min = {least}\n")
    home = make_home(tmp_path / "home", sources={"prueba": source})
    first = crawl(home, ["prueba"], resolve=office.resolve)
    assert (verdict(first), codes(home, first)) == expected
    assert first.exit_code == (4 if expected[1] else 0)
