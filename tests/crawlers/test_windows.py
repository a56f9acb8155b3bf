"""A search that is asked again from a later instant begins with lines it has given before, and goes on."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crawlers.health.contract import Contract
from crawlers.health.paging_checks import check_paging
from crawlers.run import crawl
from tests.crawlers.loopback import Answer, Site
from tests.crawlers.test_health_checks import GOOD, SECOND, codes
from tests.crawlers.test_uk_us_chain import make

ROWS, SIZE = 46, 2
JSON = {"Content-Type": "application/json"}


def changed(number: int) -> str:
    """The rows 37 to 43 were changed in one second, over the end of the twenty pages of a search."""
    minute = 59 - (37 if 37 <= number <= 43 else number)
    return f"2026-05-20T12:{minute:02}:00Z"


class Docket(Site):
    """Forty-six documents, two an answer; by its documentation a search ends with its twentieth page."""

    def __init__(self, *, deaf: bool = False) -> None:
        super().__init__(0)
        self.deaf = deaf  # a site that does not know the filter
        self.last: list[int] = []

    def answer(self, path: str, headers: Any) -> Answer:
        parts = urlsplit(path)
        if parts.path.startswith("/v4/documents/RO-"):
            held = {"data": self.row(int(parts.path.rpartition("-")[2]))}
            return Answer(200, json.dumps(held).encode(), JSON)
        if parts.path != "/v4/documents":
            return Answer(404)
        asked = parse_qs(parts.query)
        page = int(asked["page[number]"][0])
        until = "" if self.deaf else asked.get("filter[lastModifiedDate][le]", [""])[0]
        kept = [one for one in range(ROWS) if not until or self.eastern(one) <= until]
        shown = kept[(page - 1) * SIZE : page * SIZE]
        self.last += shown[-1:]
        meta = {"totalElements": len(kept), "hasNextPage": page < 20 and page * SIZE < len(kept)}
        return Answer(
            200, json.dumps({"data": [self.row(one) for one in shown], "meta": meta}).encode(), JSON
        )

    def eastern(self, number: int) -> str:
        return changed(number).replace("T12:", " 08:").removesuffix("Z")

    def row(self, number: int) -> dict[str, Any]:
        said = {"title": f"Ferry rule {number}", "lastModifiedDate": changed(number)}
        return {"id": f"RO-{number}", "attributes": said}


def lists(tmp_path: Path, site: Docket) -> tuple[list[int], str]:
    home = make(tmp_path, "regulations", "US")
    file = next(home.root.rglob("prueba.toml"))
    file.write_text(f"{file.read_text()}\n[options]\nsize = {SIZE}\n")
    with site:
        health = crawl(home, ["prueba"], resolve=site.resolve).sources["prueba"]
    return site.last, health.detail


def test_a_new_window_that_begins_with_a_page_of_known_lines_is_read_to_its_end(tmp_path: Path) -> None:
    last, told = lists(tmp_path, Docket())
    assert last[19:21] == [39, 38]  # the second's rows come once more
    assert last[-1] == ROWS - 1
    assert "paging-loop" not in told


def test_a_site_that_takes_no_notice_of_the_window_is_walked_through_twice_and_no_more(
    tmp_path: Path,
) -> None:
    last, _ = lists(tmp_path, Docket(deaf=True))
    assert 20 < len(last) <= 40


def test_pages_of_one_window_that_are_alike_are_a_circle_and_those_of_two_are_not() -> None:
    twin = replace(SECOND, keys=GOOD.keys)
    assert codes(list(check_paging([GOOD, twin], Contract(), {}, {}))) == ["paging-loop"]
    assert list(check_paging([GOOD, replace(twin, window=1)], Contract(), {}, {})) == []
