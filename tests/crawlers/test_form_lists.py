"""A crawl over a list that is asked by form: the reader learns from what was sent which page it has."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

from crawlers.run import crawl
from tests.crawlers.loopback import Answer, Site, SiteHandler, make_home, on_day, source_toml
from warehouse.crawl_state.store import CrawlState
from warehouse.home import Home
from warehouse.run_records import SourceHealth

OPTIONS = """
[options]
address = "/cms/list"
method = "post"
body = "channel=zcwj&page={page}&size={size}"
page_size = 3
rows = "data.list"
total = "data.total"
title = "title"
url = "url"
date = "day"
"""


class _PostHandler(SiteHandler):
    def do_POST(self) -> None:
        site: FormSite = cast(Any, self.server).site
        sent = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        site.sent.append(parse_qs(sent)["page"][0])
        answer = Answer(200, site.rows(int(site.sent[-1])), {"Content-Type": "application/json"})
        self.send_response(answer.status)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)


class FormSite(Site):
    """Eight documents, three a page, listed by an interface that only takes forms."""

    handler = _PostHandler

    def __init__(self) -> None:
        super().__init__(8)
        self.sent: list[str] = []
        self.stuck = False  # every page is the first again

    def rows(self, page: int) -> bytes:
        numbers = sorted(self.texts, reverse=True)
        first = 0 if self.stuck else (page - 1) * 3
        rows = [
            {"title": self.titles[n], "url": self.path(n), "day": f"{self.published(n)}"}
            for n in numbers[first : first + 3]
        ]
        said = 1 if self.stuck else page
        return json.dumps({"data": {"list": rows, "total": len(numbers), "page": said}}).encode()


def make(tmp_path: Path, more: str = "") -> Home:
    toml = source_toml(extra="revisit_days = [30]").replace('platform = "trs"', 'platform = "single_api"')
    return make_home(tmp_path / "home", sources={"prueba": toml.split("[[start]]")[0] + OPTIONS + more})


def night(home: Home, site: Site) -> SourceHealth:
    return crawl(home, ["prueba"], resolve=site.resolve).sources["prueba"]


def canaries(home: Home) -> list[str]:
    with CrawlState.open(home) as state:
        return [one.url for one in state.health_table.canaries("prueba")]


def test_pages_of_a_form_are_turned_to_the_last(tmp_path: Path) -> None:
    with FormSite() as site:
        health = night(make(tmp_path), site)
        assert (health.verdict, health.new_documents, site.sent) == ("ok", 8, ["1", "2", "3"])


def test_a_form_that_always_answers_alike_is_left_after_the_second_page(tmp_path: Path) -> None:
    with FormSite() as site:
        site.stuck = True
        assert (night(make(tmp_path), site).new_documents, site.sent) == (3, ["1", "2"])
        assert site.details() == [site.path(7), site.path(6), site.path(5)]


def test_a_list_that_lost_its_pages_is_told_and_makes_nobody_ask_for_all_it_named_before(
    tmp_path: Path,
) -> None:
    home = make(tmp_path, 'page = "data.page"')
    with FormSite() as site:
        night(home, site)
        asked = len(site.details())
        site.stuck = True
        site.add(8)
        health = night(on_day(home, 1), site)
        watched = [urlsplit(url).path for url in canaries(home)]
        assert sorted(site.details()[asked:]) == sorted([site.path(8), *watched])
        assert len(watched) == 3
        assert (health.verdict, "paging-loop" in health.detail) == ("drifting", True)
