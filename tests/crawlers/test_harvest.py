"""A crawl over OAI-PMH: every page is turned each night; a deletion withdraws, a return restores."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crawlers.catalogue import load_catalogue
from crawlers.extract import extract_pending
from crawlers.run import crawl
from tests.crawlers.loopback import HOST, Answer, Site, make_home, on_day, source_toml
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.run_records import SourceHealth

ENDPOINT = "/oai"


class Repository(Site):
    """Seven records, oldest first, two a page; `deleted` ones are named as such."""

    def __init__(self) -> None:
        super().__init__(7)
        self.deleted: set[int] = set()

    def answer(self, path: str, headers: Any) -> Answer:
        parts = urlsplit(path)
        if parts.path != ENDPOINT:
            return super().answer(path, headers)
        first = int(parse_qs(parts.query).get("resumptionToken", ["0"])[0])
        numbers = sorted(self.texts)
        records = "".join(self.record(number) for number in numbers[first : first + 2])
        token = str(first + 2) if first + 2 < len(numbers) else ""
        inner = f"<ListRecords>{records}<resumptionToken>{token}</resumptionToken></ListRecords>"
        body = f'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">{inner}</OAI-PMH>'
        return Answer(200, body.encode(), {"Content-Type": "text/xml", "ETag": f'"{hash(body)}"'})

    def record(self, number: int) -> str:
        head = f"<identifier>oai:{self.host}:{number}</identifier><datestamp>2026-05-08</datestamp>"
        if number in self.deleted:
            return f'<record><header status="deleted">{head}</header></record>'
        values = f"<title>{self.titles[number]}</title><identifier>{self.url(number)}</identifier>"
        return f"<record><header>{head}</header><metadata><dc>{values}</dc></metadata></record>"

    def pages(self) -> int:
        return sum(urlsplit(path).path == ENDPOINT for path in self.paths())


def make(tmp_path: Path) -> Home:
    toml = source_toml().replace('platform = "trs"', 'platform = "oai_pmh"')
    start = f"{ENDPOINT}?verb=ListRecords&metadataPrefix=oai_dc"
    toml = toml.replace(
        f'url = "http://{HOST}/wj/index.html"', f'url = "http://{HOST}{start}"\nrole = "feed"'
    )
    return make_home(tmp_path / "home", sources={"prueba": toml})


def night(home: Home, site: Site) -> SourceHealth:
    health = crawl(home, ["prueba"], resolve=site.resolve).sources["prueba"]
    extract_pending(home, load_catalogue(home, sample=True))
    return health


def standing(home: Home) -> dict[str, str]:
    with Warehouse.open(home) as warehouse:
        rows = warehouse.connection.execute("select site_id, status from document").fetchall()
    return {str(number).rpartition(":")[2]: status for number, status in rows}


def test_a_deletion_withdraws_the_document_and_its_return_restores_it(tmp_path: Path) -> None:
    home = make(tmp_path)
    with Repository() as site:
        assert (night(home, site).new_documents, site.pages()) == (7, 4)
        assert set(standing(home).values()) == {"active"}
        site.deleted = {5}
        assert night(on_day(home, 1), site).withdrawn == 1
        assert [number for number, status in standing(home).items() if status != "active"] == ["5"]
        asked = len(site.details())
        assert night(on_day(home, 2), site).withdrawn == 0  # told again, known already
        assert site.path(5) not in site.details()[asked:]
        site.deleted = set()
        night(on_day(home, 3), site)
        assert set(standing(home).values()) == {"active"}


def test_news_on_the_last_page_is_found_though_the_first_has_not_changed(tmp_path: Path) -> None:
    home = make(tmp_path)
    with Repository() as site:
        night(home, site)
        site.add(7)
        assert night(on_day(home, 1), site).new_documents == 1
        assert site.pages() == 8
