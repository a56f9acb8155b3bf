"""Claims about changes: one counts when two fetches agree on its text or fields, and only then."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crawlers.catalogue import load_catalogue
from crawlers.comparing import Said, decide
from crawlers.confirm import confirm
from crawlers.extract import extract_pending
from crawlers.run import CrawlSummary, crawl
from tests.copying import copied
from tests.crawlers.loopback import Answer, Site, make_home, on_day, source_toml
from warehouse.crawl_state.store import CrawlState
from warehouse.database import Warehouse
from warehouse.home import Home

PAGE = 5  # the document that changes
NIGHTLY = source_toml(extra="revisit_days = [1]")
OLD, NEW, OTHER = Said("old", "css"), Said("new", "css"), Said("other", "css")


class Changing(Site):
    """A site one page of which is made anew for every visit, by the number of the visit."""

    def __init__(self) -> None:
        super().__init__()
        self.make: Callable[[int], str | Answer] | None = None
        self._visits = itertools.count()

    def answer(self, path: str, headers: Any) -> Answer:
        """The made page without marks to ask by, else the site's."""
        if self.make is None or path != self.path(PAGE):
            return super().answer(path, headers)
        made = self.make(next(self._visits))
        if isinstance(made, Answer):
            return made
        return Answer(200, made.encode(), {"Content-Type": "text/html; charset=utf-8"})

    def page(self, text: str, around: str = "") -> str:
        """The document's page with this text in its body and `around` outside of it."""
        body = f"<h1>{self.titles[PAGE]}</h1><div class='TRS_Editor'><p>{text}</p></div>"
        return f"<html><head><meta charset='utf-8'></head><body>{body}<div>{around}</div></body></html>"

    def visits(self) -> int:
        """How often the page was asked for."""
        return self.paths().count(self.path(PAGE))


@pytest.fixture
def site() -> Iterator[Changing]:
    with Changing() as running:
        yield running


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home that has crawled such a site once, and asks every page every night; never written to."""
    made = make_home(tmp_path_factory.mktemp("crawled") / "home", sources={"prueba": NIGHTLY})
    with Changing() as first:
        night(made, first)
    return made


@pytest.fixture
def home(tmp_path: Path, crawled: Home) -> Home:
    """The same for one test."""
    return Home.open(copied(crawled.root, tmp_path / "home"))


def night(home: Home, site: Site, **more: Any) -> CrawlSummary:
    return crawl(home, ["prueba"], resolve=site.resolve, **more)


def standings(home: Home, site: Site) -> list[str]:
    """How the captures of the page stand, in order of arrival."""
    found = []
    with CrawlState.open(home) as state:
        for capture in state.captures_of("prueba", site.url(PAGE)):
            names = ("good", "unconfirmed", "held", "dropped")
            found += [
                name
                for name in names
                if capture.capture_id in {one.capture_id for one in state.captures_standing(name)}
            ]
    return found


def changed(summary: CrawlSummary) -> int:
    return summary.sources["prueba"].changed


def versions(home: Home, site: Site) -> int:
    """Versions of the document after extraction."""
    extract_pending(home, load_catalogue(home, sample=True))
    with Warehouse.open(home) as warehouse:
        row = warehouse.connection.execute(
            "select count(*) from version v join document d using (document_id) where d.url = $1",
            [site.url(PAGE)],
        ).fetchone()
    assert row is not None
    return int(row[0])


def test_a_change_that_two_fetches_show_alike_is_one_new_version(home: Home, site: Changing) -> None:
    site.texts[PAGE] = "改过的正文。" * 20
    summary = night(on_day(home, 1), site)
    assert (changed(summary), site.visits()) == (1, 2)
    assert standings(home, site) == ["good", "good"]
    assert versions(home, site) == 2
    assert changed(night(on_day(home, 2), site)) == 0


def test_a_page_that_counts_its_readers_is_no_change_and_costs_one_request(
    home: Home, site: Changing
) -> None:
    text = site.texts[PAGE]
    site.make = lambda visit: site.page(text, f"浏览次数:{visit + 17}")
    for day in (1, 2, 3):
        assert changed(night(on_day(home, day), site)) == 0
    assert site.visits() == 3
    assert standings(home, site) == ["good"]
    assert versions(home, site) == 1


def test_a_page_rebuilt_around_the_same_words_is_kept_and_no_change(home: Home, site: Changing) -> None:
    rebuilt = site.page(site.texts[PAGE]).replace("TRS_Editor", "article-content")
    site.make = lambda visit: rebuilt
    assert changed(night(on_day(home, 1), site)) == 0
    assert standings(home, site) == ["good", "good"]
    assert versions(home, site) == 1


def test_a_change_that_the_second_fetch_takes_back_never_counts(home: Home, site: Changing) -> None:
    whole = site.page(site.texts[PAGE])
    site.make = lambda visit: site.page("载入一半的正文") if visit == 0 else whole
    summary = night(on_day(home, 1), site)
    assert (changed(summary), site.visits()) == (0, 2)
    assert standings(home, site) == ["good", "dropped"]
    assert versions(home, site) == 1


def test_agreement_is_of_words_not_of_bytes(home: Home, site: Changing) -> None:
    site.make = lambda visit: site.page("改过的正文。" * 20, f"浏览次数:{visit}")
    assert changed(night(on_day(home, 1), site)) == 1
    assert standings(home, site) == ["good", "dropped", "good"]
    assert versions(home, site) == 2


def test_a_page_that_says_something_else_each_time_waits_for_two_alike(home: Home, site: Changing) -> None:
    site.make = lambda visit: site.page(f"第{visit}种说法。" * 20 if visit < 3 else "最后的说法。" * 20)
    assert changed(night(on_day(home, 1), site)) == 0
    assert standings(home, site) == ["good", "dropped", "unconfirmed"]
    assert changed(night(on_day(home, 2), site)) == 0
    assert versions(home, site) == 1
    assert changed(night(on_day(home, 3), site)) == 0
    assert changed(night(on_day(home, 4), site)) == 1
    assert site.visits() == 5
    assert versions(home, site) == 2


@pytest.mark.parametrize("status", [404, 500])
def test_a_second_fetch_that_fails_leaves_the_stored_page_untouched(
    home: Home, site: Changing, status: int
) -> None:
    new = site.page("改过的正文。" * 20)
    site.make = lambda visit: new if visit == 0 else Answer(status)
    assert changed(night(on_day(home, 1), site)) == 0
    assert standings(home, site) == ["good", "unconfirmed"]
    assert versions(home, site) == 1
    site.make = lambda visit: new
    assert changed(night(on_day(home, 2), site)) == 1
    assert versions(home, site) == 2


def test_a_budget_that_ends_between_the_two_fetches_only_puts_the_second_off(
    home: Home, site: Changing
) -> None:
    site.texts[PAGE] = "改过的正文。" * 20
    short = on_day(home, 1)
    (short.root / "govbrief.toml").write_text(
        (short.root / "govbrief.toml")
        .read_text("utf-8")
        .replace("[clock]", "requests_per_run = 13\n[clock]"),
        encoding="utf-8",
    )
    summary = night(Home.open(short.root), site)
    assert site.visits() == 1
    assert (changed(summary), standings(home, site)) == (0, ["good", "unconfirmed"])
    assert changed(night(on_day(home, 1), site)) == 1


def test_large_pages_are_compared_after_the_fetching(home: Home, site: Changing) -> None:
    ballast = "<!-- " + "x" * 1_100_000 + " -->"
    site.make = lambda visit: site.page("改过的正文。" * 20, f"浏览次数:{visit}{ballast}")
    summary = night(on_day(home, 1), site)
    assert (site.visits(), changed(summary)) == (2, 1)
    assert standings(home, site) == ["good", "dropped", "good"]
    with CrawlState.open(home) as state:
        assert confirm(home, state, load_catalogue(home, sample=True), summary.run_id or "") == 0
    assert versions(home, site) == 2


@pytest.mark.parametrize(
    ("old", "first", "second", "decision"),
    [
        (OLD, NEW, NEW, "changed"),
        (OLD, NEW, OLD, "unchanged"),
        (OLD, NEW, OTHER, "unsure"),
        (OLD, None, NEW, "unsure"),
        (OLD, NEW, None, "unsure"),
        (None, NEW, NEW, "changed"),
        (None, None, None, "unsure"),
    ],
)
def test_two_fetches_decide(old: Said, first: Said, second: Said, decision: str) -> None:
    assert decide(old, first, second) == decision


def sent_to(site: Changing, target: str, path: str | None = None) -> None:
    """The document's address, or another, leads on to `target` from now on, which answers with some page."""
    made = "<html><head><meta charset='utf-8'><title>试点市</title></head><body><div class='TRS_Editor'><p>"
    page = f"{made}{'欢迎访问试点市人民政府门户网站。' * 9}</p></div></body></html>".encode()
    site.faults[path or site.path(PAGE)] = Answer(302, headers={"Location": target})
    if target not in {"/wj/index.html", site.path(4)}:
        site.faults[target] = Answer(200, page, {"Content-Type": "text/html; charset=utf-8"})


@pytest.mark.parametrize("target", ["/", "/index.html", "/wj/index.html", "/404.html", "/common/error.shtml"])
def test_a_document_that_leads_to_the_home_page_is_gone_and_its_last_copy_stays(
    home: Home, site: Changing, target: str
) -> None:
    sent_to(site, target)
    first, second = night(on_day(home, 1), site), night(on_day(home, 2), site)
    assert [one.sources["prueba"].withdrawn for one in (first, second)] == [0, 1]
    assert standings(home, site) == ["good"]
    assert versions(home, site) == 1


def test_a_page_that_several_documents_lead_to_is_none_of_them(home: Home, site: Changing) -> None:
    sent_to(site, "/wj/notice.html")
    sent_to(site, "/wj/notice.html", site.path(PAGE + 1))
    assert night(on_day(home, 1), site).sources["prueba"].changed == 0
    assert night(on_day(home, 2), site).sources["prueba"].changed == 0
    assert versions(home, site) == 1
