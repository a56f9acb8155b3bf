"""A crawl of the laws database: cards after the search, files through links signed anew each time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

from crawlers.catalogue import load_catalogue
from crawlers.extract import extract_pending
from crawlers.run import crawl
from crawlers.sample_sites.files import docx_bytes
from tests.crawlers.loopback import HOST, Answer, Site, SiteHandler, make_home, on_day, source_toml
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.run_records import SourceHealth

FILES = "files.prueba.example"
JSON = {"Content-Type": "application/json;charset=UTF-8"}


class _LawHandler(SiteHandler):
    def do_POST(self) -> None:
        site: LawSite = cast(Any, self.server).site
        sent = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
        body = site.rows(sent["pageNum"], sent["pageSize"])
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class LawSite(Site):
    """Three laws, two an answer; a file's link is signed with a number that never comes again."""

    handler = _LawHandler

    def __init__(self) -> None:
        super().__init__(3)
        self.signed = 0
        self.status = 3
        self.link: str | None = f"http://{FILES}/prod/{{}}.docx?sign={{}}"

    @property
    def resolve(self) -> dict[str, tuple[str, int]]:
        """Both hosts of the database."""
        place = super().resolve[HOST]
        return {HOST: place, FILES: place}

    def rows(self, page: int, size: int) -> bytes:
        numbers = sorted(self.texts, reverse=True)
        shown = [self.law(number) for number in numbers[(page - 1) * size : page * size]]
        return json.dumps({"code": 200, "total": len(numbers), "rows": shown}).encode()

    def law(self, number: int) -> dict[str, Any]:
        """A row of the search, which the card repeats."""
        named = {"bbbs": f"law{number}", "title": f"第{number}号条例"}
        return named | {"gbrq": "2026-05-06", "sxx": self.status}

    def answer(self, path: str, headers: Any) -> Answer:
        parts = urlsplit(path)
        number = parse_qs(parts.query).get("bbbs", [""])[0]
        if parts.path == "/law-search/search/flfgDetails":
            card = self.law(int(number.removeprefix("law"))) | {"ossFile": {"ossWordPath": "prod/1.docx"}}
            return Answer(200, json.dumps({"code": 200, "data": card}).encode(), JSON)
        if parts.path == "/law-search/download/pc":
            self.signed += 1
            link = self.link.format(number, self.signed) if self.link else None
            value = {"code": 200, "data": {"url": link, "urlIn": "http://172.16.0.1/x.docx"}}
            return Answer(200, json.dumps(value).encode(), JSON)
        if parts.path.startswith("/prod/law"):
            return Answer(
                200,
                docx_bytes("条例", [f"第一条 {parts.path}的正文。"]),
                {"Content-Type": "application/octet-stream"},
            )
        return super().answer(path, headers)


def make(tmp_path: Path, scope: str = f'hosts = ["{HOST}", "{FILES}"]', size: int = 2) -> Home:
    toml = source_toml(extra="revisit_days = [30]").replace('platform = "trs"', 'platform = "flk"')
    start = toml.split("[[start]]")[0]
    return make_home(
        tmp_path / "home", sources={"prueba": f"{start}[options]\nsize = {size}\n[scope]\n{scope}\n"}
    )


def night(home: Home, site: Site) -> SourceHealth:
    health = crawl(home, ["prueba"], resolve=site.resolve).sources["prueba"]
    extract_pending(home, load_catalogue(home, sample=True))
    return health


def files(home: Home) -> list[tuple[Any, ...]]:
    with Warehouse.open(home) as warehouse:
        query = "select url, status, text from attachment order by url"
        return warehouse.connection.execute(query).fetchall()


def test_a_law_has_its_file_under_the_address_that_hands_it_out(tmp_path: Path) -> None:
    home = make(tmp_path)
    with LawSite() as site:
        assert (night(home, site).new_documents, site.signed) == (3, 3)
    assert [url.partition("bbbs=")[2] for url, _, _ in files(home)] == [f"law{n}&fileId=" for n in range(3)]
    assert [(status, text) for _, status, text in files(home)] == [
        ("text", f"条例\n第一条 /prod/law{n}.docx的正文。") for n in range(3)
    ]


def test_a_repealed_law_is_a_change_and_its_newly_signed_link_is_no_new_file(tmp_path: Path) -> None:
    home = make(tmp_path, size=3)
    with LawSite() as site:
        night(home, site)
        before = files(home)
        site.status = 1
        assert night(on_day(home, 1), site).changed == 3
        assert site.signed == 9  # the file of each canary is looked at, then each is asked with its new card
    assert files(home) == before


def test_a_link_out_of_scope_is_not_followed(tmp_path: Path) -> None:
    home = make(tmp_path, f'hosts = ["{HOST}"]')
    with LawSite() as site:
        health = night(home, site)
        assert [path for path in site.paths() if path.startswith("/prod/")] == []
    assert (health.new_documents, "out-of-scope" in health.detail) == (3, True)
    assert {status for _, status, _ in files(home)} == {"linked"}


def test_a_law_without_a_link_keeps_its_card(tmp_path: Path) -> None:
    home = make(tmp_path)
    with LawSite() as site:
        site.link = None
        assert night(home, site).new_documents == 3
    assert {status for _, status, _ in files(home)} == {"linked"}
