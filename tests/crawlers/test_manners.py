"""Claims about manners: half-open breakers, budgets, the letter, watching by day, the way through a proxy."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from crawlers.catalogue import read_source
from crawlers.run import crawl
from crawlers.schedule import watch_rest
from crawlers.source import SourceFile
from tests.crawlers.loopback import HOST, Answer, Site, make_home, on_day, settings, source_toml
from warehouse.crawl_state.store import CrawlState
from warehouse.errors import UserError
from warehouse.home import Home

TWO_LISTS = f'[[start]]\nurl = "http://{HOST}/wj/index_1.html"\n'
WATCHED = "[watch]\nevery_minutes = 30\n"
NEVER: dict[str, Any] = {"last_started_at": None}
MONDAY = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)  # ten o'clock in Shanghai


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def at(home: Home, moment: str, extra: str = "") -> Home:
    """The home with its clock at a local moment such as 2026-06-01T10:00."""
    text = settings(0, extra).replace("2026-06-01T08:00:00", f"{moment}:00")
    (home.root / "govbrief.toml").write_text(text, encoding="utf-8")
    return Home.open(home.root)


def watched_source(folder: Path, extra: str = WATCHED) -> SourceFile:
    file = folder / "prueba.toml"
    file.write_text(source_toml(extra=extra), encoding="utf-8")
    return read_source(file)


def test_a_half_open_breaker_lets_one_request_through_and_goes_on_only_with_its_answer(
    tmp_path: Path, site: Site
) -> None:
    home = make_home(tmp_path / "home", sources={"prueba": source_toml() + TWO_LISTS})
    with CrawlState.open(home) as state:
        past = (home.clock.now() - timedelta(hours=1)).timestamp()
        state.set_source_state("prueba", breaker="open", breaker_until=past, failures_in_row=5)
    site.faults["/wj/index.html"] = Answer(500)
    site.faults["/wj/index_1.html"] = Answer(500)
    crawl(home, ["prueba"], resolve=site.resolve, connections=6)
    assert site.paths(500) == ["/wj/index.html"]
    with CrawlState.open(home) as state:
        assert state.source_state("prueba")["breaker"] == "open"
    site.faults = {"/robots.txt": Answer(404)}
    summary = crawl(on_day(home, 4), ["prueba"], resolve=site.resolve, connections=6)
    assert summary.sources["prueba"].new_documents == 12


def test_a_budget_of_a_run_is_kept_to_the_request(tmp_path: Path, site: Site) -> None:
    home = make_home(tmp_path / "home", extra="requests_per_run = 5\n")
    crawl(home, ["prueba"], resolve=site.resolve)
    assert len(site.log) == 5


def test_a_refusal_prepares_one_letter_and_the_next_refusal_another(tmp_path: Path, site: Site) -> None:
    home = make_home(tmp_path / "home", extra='operator = "试点市图书馆"\n')
    site.faults["/wj/index.html"] = Answer(403)
    first = crawl(home, ["prueba"], resolve=site.resolve)
    again = crawl(home, ["prueba"], resolve=site.resolve)
    (file,) = (home.root / "letters").glob("*.md")
    assert file.name == "prueba-2026-06-01.md"
    assert all("letters/prueba-2026-06-01.md" in run.sources["prueba"].detail for run in (first, again))
    text = file.read_text(encoding="utf-8")
    for said in ("试点市图书馆", "test@localhost", "answers 403", "govbrief/", "User-agent: govbrief", HOST):
        assert said in text
    del site.faults["/wj/index.html"]
    crawl(on_day(home, 2), ["prueba"], resolve=site.resolve)
    site.faults["/wj/index.html"] = Answer(403)
    crawl(on_day(home, 5), ["prueba"], resolve=site.resolve)
    assert len(list((home.root / "letters").glob("*.md"))) == 2


def test_a_letter_to_an_english_site_is_english_and_names_its_contact(tmp_path: Path, site: Site) -> None:
    text = source_toml(extra='contact = "web@council.example"').replace('"zh"', '"en"')
    home = make_home(tmp_path / "home", sources={"prueba": text})
    site.faults["/wj/index.html"] = Answer(429)
    crawl(home, ["prueba"], resolve=site.resolve)
    (file,) = (home.root / "letters").glob("*.md")
    letter = file.read_text(encoding="utf-8")
    assert "To: web@council.example" in letter
    assert "Dear colleagues" in letter


@pytest.mark.parametrize(
    ("moment", "watched", "reason"),
    [
        (MONDAY, None, None),
        (MONDAY, MONDAY - timedelta(minutes=29), None),  # a timer that comes a little early
        (MONDAY, MONDAY - timedelta(minutes=15), "looked at less than 30 minutes ago"),
        (MONDAY + timedelta(hours=9), None, "outside its watch hours"),
        (MONDAY - timedelta(days=1), None, "no working day"),
    ],
)
def test_a_source_is_watched_in_the_working_hours_of_its_country(
    tmp_path: Path, moment: datetime, watched: datetime | None, reason: str | None
) -> None:
    home = make_home(tmp_path / "home")
    rest = watch_rest(watched_source(tmp_path), NEVER, watched, moment, home)
    assert rest is None if reason is None else reason in (rest or "")
    assert watch_rest(watched_source(tmp_path, ""), NEVER, watched, moment, home) == "not watched"


def test_nobody_is_watched_more_often_than_every_half_hour(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="write 30 or more"):
        watched_source(tmp_path, "[watch]\nevery_minutes = 10\n")


def test_a_watch_asks_for_the_list_and_what_is_new_and_leaves_the_night_its_visit(
    tmp_path: Path, site: Site
) -> None:
    for number in range(12, 35):
        site.add(number)
    home = make_home(
        tmp_path / "home", sources={"prueba": source_toml(extra="cadence_hours = 20\n" + WATCHED)}
    )
    crawl(home, ["prueba"], resolve=site.resolve)
    site.log.clear()
    quiet = crawl(at(home, "2026-06-02T10:00"), None, resolve=site.resolve, watch=True)
    assert [one for one in site.log if "robots" not in one[0]] == [("/wj/index.html", 304)]
    assert quiet.exit_code == 0
    for number in range(35, 50):  # more than one page of news
        site.add(number)
    site.log.clear()
    crawl(at(home, "2026-06-02T10:40"), None, resolve=site.resolve, watch=True)
    assert [path for path in site.paths() if "index" in path] == ["/wj/index.html"]
    assert len(site.details()) == 10
    assert crawl(at(home, "2026-06-02T10:50"), None, resolve=site.resolve, watch=True).run_id is None
    crawl(at(home, "2026-06-02T23:00"), ["prueba"], resolve=site.resolve)
    assert {site.path(number) for number in range(35, 50)} <= set(site.paths())
    planned = crawl(at(home, "2026-06-03T23:00"), None, dry_run=True)
    assert "prueba" in {one.source_id for one in planned.planned}


def test_a_rehearsal_says_why_a_source_is_not_asked(tmp_path: Path, site: Site) -> None:
    home = make_home(tmp_path / "home")
    crawl(home, ["prueba"], resolve=site.resolve)
    assert crawl(home, None, dry_run=True).skipped["prueba"] == "not due before 2026-06-01 23:00 UTC"


class Proxy(Site):
    """Answers what is asked of it as a proxy, by whole addresses, with the pages of a site."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()
        self.pairs: set[str] = set()

    def answer(self, path: str, headers: Any) -> Answer:
        """The site's answer to the path of a whole address."""
        self.asked.add(urlsplit(path).netloc)
        self.pairs.add(headers.get("Proxy-Authorization", ""))
        return super().answer(urlsplit(path).path, headers)


def test_a_proxy_is_asked_for_everything_but_private_addresses(tmp_path: Path) -> None:
    with Proxy() as proxy:
        address = f"http://reader:secret@127.0.0.1:{proxy.resolve[HOST][1]}"
        sources = {"prueba": source_toml(), "dentro": source_toml("dentro", "10.1.2.3")}
        home = make_home(tmp_path / "home", extra=f'proxy = "{address}"\n', sources=sources)
        summary = crawl(home, list(sources))
        assert summary.sources["prueba"].new_documents == 12
        assert summary.sources["dentro"].fetched == 0
        assert proxy.asked == {HOST}
        assert proxy.pairs == {"Basic " + base64.b64encode(b"reader:secret").decode()}


def test_a_proxy_that_is_none_is_named(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home", extra='proxy = "socks5://a.example"\n')
    with pytest.raises(UserError, match=r"\[crawl\] proxy is no address of a proxy"):
        crawl(home, ["prueba"])
