"""Claims about leases: what they leave as it was, and how a corrected line of a list reaches its document."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from crawlers.run import crawl
from crawlers.spiders.outcomes import failed, fetched, gone, unchanged, unconfirmed
from tests.crawlers.loopback import HOST, Site, make_home, on_day, source_toml
from warehouse.crawl_state.cards import epoch
from warehouse.crawl_state.store import CrawlState
from warehouse.crawl_state.work import Found, Leased
from warehouse.home import Home
from warehouse.identity import capture_id
from warehouse.records import ArchivePlace, Capture, Entry

NOW = datetime(2026, 6, 1, tzinfo=UTC)
LATER = NOW + timedelta(days=40)
DAYS = (30,)


class Corrected(Site):
    """The list prints other dates than the addresses hold; the pages print none."""

    late: frozenset[int] = frozenset()  # documents whose dates the list has corrected

    def path(self, number: int) -> str:
        """Without a date."""
        return f"/wj/doc_{number}.html"

    def _list(self, path: str) -> str | None:
        text = super()._list(path)
        for number in self.late:
            day = self.published(number)
            text = text and text.replace(f"{day}", f"{day - timedelta(days=40)}")
        return text


def lease(state: CrawlState, at: datetime) -> dict[str, Leased]:
    leased = state.frontier.lease("run", HOST, ["prueba"], ["detail"], at, at.timestamp() + 600, 10)
    return {one.url: one for one in leased}


def a_capture(url: str, at: datetime) -> Capture:
    return Capture(
        capture_id("prueba", url, at, "ab"), "prueba", "run", url, url, at, 200, "text/html", "ab", 1,
        ArchivePlace("a.warc.gz", 0, 1), "fetched", "detail", None, None,
    )  # fmt: skip


def settle(state: CrawlState, *outcomes: Any, at: datetime = NOW) -> None:
    state.frontier.settle("run", outcomes, {}, [], at)


def open_state(tmp_path: Path, *urls: str) -> CrawlState:
    state = CrawlState.open(Home.create(tmp_path / "home", ""))
    state.frontier.discover("prueba", [Found(url, "detail", HOST) for url in urls], NOW)
    return state


def test_an_address_given_back_is_what_it_was(tmp_path: Path) -> None:
    with open_state(tmp_path, "new", "kept", "broken", "away", "changed") as state:
        mine = lease(state, NOW)
        for url in ("kept", "changed"):
            card = a_capture(url, NOW)
            settle(state, fetched(mine[url], card, NOW, DAYS, sha256="ab", etag=None, last_modified=None))
        settle(state, failed(mine["broken"], "http-500", NOW, 0.0), gone(mine["away"], 404, NOW))
        state.frontier.release("run")
        changed = lease(state, LATER)["changed"]
        settle(state, unconfirmed(changed, a_capture("changed", LATER), LATER), at=LATER)
        state.frontier.release("run")
        expected = {"discovered": 1, "fetched": 2, "failed": 1, "gone": 1}
        assert state.frontier.counts("prueba") == expected
        assert len(lease(state, LATER)) == 5
        assert state.frontier.release("run") == 5
        assert state.frontier.counts("prueba") == expected


def test_a_second_look_that_finds_nothing_new_drops_the_first(tmp_path: Path) -> None:
    with open_state(tmp_path, "page") as state:
        card = a_capture("page", NOW)
        settle(
            state,
            fetched(lease(state, NOW)["page"], card, NOW, DAYS, sha256="ab", etag='"1"', last_modified=None),
        )
        settle(state, unconfirmed(lease(state, LATER)["page"], a_capture("page", LATER), LATER), at=LATER)
        assert len(state.captures_standing("unconfirmed")) == 1
        settle(state, unchanged(lease(state, LATER)["page"], LATER, DAYS, {}), at=LATER)
        assert state.captures_standing("unconfirmed") == []
        assert state.captures_standing("good") == [card]


def test_a_line_corrected_during_the_lease_is_taken_over_and_asked_in_full(tmp_path: Path) -> None:
    with open_state(tmp_path, "page") as state:
        leased = lease(state, NOW)["page"]
        corrected = Found("page", "detail", HOST, entry=Entry("page", "通知", date(2026, 5, 2)), again=True)
        state.frontier.discover("prueba", [corrected], NOW)
        card = a_capture("page", NOW)
        settle(state, fetched(leased, card, NOW, DAYS, sha256="ab", etag='"1"', last_modified=None))
        again = lease(state, NOW)["page"]
        assert again.entry == corrected.entry
        assert again.etag is None
        settle(state, unchanged(again, NOW, DAYS, {"etag": '"1"'}))
        assert lease(state, NOW) == {}


def test_dates_corrected_in_a_list_become_changes_once_though_the_pages_answer_304(tmp_path: Path) -> None:
    with (site := Corrected(9)):
        home = make_home(tmp_path / "home", sources={"prueba": source_toml(extra="revisit_days = [30]\n")})
        crawl(home, ["prueba"], resolve=site.resolve)
        with CrawlState.open(home) as state:
            watched = {one.url for one in state.health_table.canaries("prueba")}
        canary = next(number for number in range(9) if site.url(number) in watched)  # leased with the list
        other = next(number for number in range(9) if site.url(number) not in watched)
        site.late = frozenset({canary, other})
        changed = [
            crawl(on_day(home, day), ["prueba"], resolve=site.resolve).sources["prueba"].changed
            for day in (1, 2)
        ]
        assert changed == [2, 0]
        with CrawlState.open(home) as state:
            for number in (canary, other):
                last = state.last_good("prueba", site.url(number))
                assert last is not None
                assert last.entry is not None
                assert last.entry.published == site.published(number) - timedelta(days=40)


def test_what_a_killed_crawl_brought_waits_for_a_judged_run_and_its_source_is_due(tmp_path: Path) -> None:
    with Site() as site:
        site.add(1)
        home = make_home(tmp_path / "home")
        crawl(home, ["prueba"], resolve=site.resolve)
        with CrawlState.open(home) as state:
            judged = state.runs()[0].run_id
            assert state.count_to_extract("none") > 0
            killed = state.run_table.new("crawl", ["prueba"], home.clock.now())
            taken = state.captures_of_run(judged, "prueba")[-1]
            state.add_captures([replace(taken, capture_id="cap-killed", run_id=killed)], {})
            before = state.count_to_extract("none")
            state.run_table.end(killed, "running", home.clock.now())  # its process is gone, nobody said so
            state.set_source_state("prueba", last_started_at=epoch(home.clock.now()))
            state.name_dead()
            assert state.count_to_extract("none") == before - 1
            assert state.source_state("prueba")["last_started_at"] is None
        crawl(home, ["prueba"], resolve=site.resolve)
        with CrawlState.open(home) as state:
            assert state.count_to_extract("none") >= before
