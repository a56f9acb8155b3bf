"""A crawl over a list interface: groups are asked for until nothing new comes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crawlers.run import crawl
from tests.crawlers.loopback import Answer, Site, make_home, source_toml

PROXY = "/module/web/jpage/dataproxy.jsp"
COLUMN = "/col/col7/index.html"
HTML = {"Content-Type": "text/html; charset=utf-8"}


class ProxySite(Site):
    """A column of 20 documents; `windows` turned off, every answer is the first group again."""

    windows = True
    promised = "20"

    def answer(self, path: str, headers: Any) -> Answer:
        parts = urlsplit(path)
        if parts.path == COLUMN:
            script = "jpage({totalRecord:20,perPage:2,ajaxParam:{columnid:7,unitid:'70',webid:1}})"
            return Answer(200, f"<html><body><script>{script}</script></body></html>".encode(), HTML)
        if parts.path == PROXY:
            first = int(parse_qs(parts.query)["startrecord"][0]) if self.windows else 1
            return Answer(200, self.group(first).encode(), {"Content-Type": "text/xml"})
        if parts.path.startswith("/art/"):
            number = int(re.sub(r"\D", "", parts.path) or 0)
            text = f"<h1>关于{parts.path}的通知</h1><div id='zoom'><p>{self.text(number, 300)}</p></div>"
            return Answer(200, f"<html><body>{text}</body></html>".encode(), HTML)
        return super().answer(path, headers)

    def group(self, first: int) -> str:
        numbers = range(first, min(first + 6, 21)) if self.promised == "20" else ()
        rows = (
            f"<li><a href='/art/2026/5/6/art_7_{number}.html'>第{number}号通知</a></li>" for number in numbers
        )
        wrapped = "".join(f"<record><![CDATA[{row}]]></record>" for row in rows)
        head = f"<totalrecord>{self.promised}</totalrecord>"
        return f"<datastore>{head}<recordset>{wrapped}</recordset></datastore>"

    def groups(self) -> list[str]:
        """The first records of the groups asked for."""
        asked = (urlsplit(path) for path in self.paths())
        return [parse_qs(one.query)["startrecord"][0] for one in asked if one.path == PROXY]


def run(tmp_path: Path, site: Site) -> tuple[str, str, int]:
    toml = source_toml().replace('platform = "trs"', 'platform = "hanweb_dataproxy"')
    home = make_home(tmp_path / "home", sources={"prueba": toml.replace("/wj/index.html", COLUMN)})
    health = crawl(home, ["prueba"], resolve=site.resolve).sources["prueba"]
    return health.verdict, health.detail, health.new_documents


def test_groups_are_asked_for_one_after_the_other(tmp_path: Path) -> None:
    with ProxySite() as site:
        assert run(tmp_path, site) == ("ok", "", 20)
        assert site.groups() == ["1", "7", "13", "19"]


def test_an_interface_that_repeats_its_first_group_is_left_and_told(tmp_path: Path) -> None:
    with ProxySite() as site:
        site.windows = False
        verdict, detail, found = run(tmp_path, site)
        assert (verdict, found) == ("drifting", 6)
        assert "paging-loop" in detail
        assert site.groups() == ["1", "7"]


def test_an_interface_that_holds_back_its_records_is_no_empty_list(tmp_path: Path) -> None:
    with ProxySite() as site:
        site.promised = "500"
        verdict, detail, found = run(tmp_path, site)
        assert (verdict, found) == ("blocked", 0)
        assert "throttled" in detail
