"""Claims about the rows of the EU, of international bodies and of American councils in the catalogue."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import crawlers
from classify.departments.authority import authority
from crawlers.catalogue import check_start, load_catalogue, read_source
from crawlers.handed_in import source_of
from crawlers.spiders.requests import host_of, start_requests
from dashboard.commands.source_files import switch_source
from warehouse.errors import UserError
from warehouse.home import Home

SHARED = Path(os.environ.get("GOVBRIEF_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))
FOLDER = Path(crawlers.__file__).parent / "sources"
SHELVES = ("eu", "int", "us/legistar", "us/granicus", "us/civicplus")
FILES = {file.stem: file for shelf in SHELVES for file in (FOLDER / shelf).glob("*.toml")}
SOURCES = {name: read_source(file) for name, file in FILES.items()}
CRAWLED = sorted(name for name, source in SOURCES.items() if source.platform != "manual")
MANUAL = sorted(set(SOURCES) - set(CRAWLED))

# Which of our platforms read what the material calls so.
ADAPTERS = {
    "cellar_sparql": "cellar",
    "cellar_notify": "cellar_feed",
    "worldbank_wds": "single_api",
    "legistar_v1": "legistar",
    "granicus_rss": "granicus",
    "civicplus_rss": "civicplus",
    "manual": "manual",
    "oai_or_search": "manual",
}


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_every_row_says_what_a_librarian_asks(name: str) -> None:
    source = SOURCES[name]
    assert source.id == name
    assert source.evidence
    assert source.reuse_note
    assert source.impact.note
    assert source.impact.window
    assert not source.enabled
    assert (source.disabled_reason or "").endswith(".")
    assert source.timezone != "Asia/Shanghai"
    body = authority().body(source.department or "")
    assert (body is None) == (source.department is None)
    assert {"documents_min", "new_per_month", "silent_days"} <= source.expected.model_fields_set


@pytest.mark.parametrize("name", CRAWLED)
def test_a_crawl_can_begin_inside_the_scope(name: str) -> None:
    check_start(SOURCES[name], f"{name}.toml")
    assert start_requests(SOURCES[name])


@pytest.mark.parametrize("name", MANUAL)
def test_a_source_of_people_takes_what_they_bring_and_is_never_asked(name: str, tmp_path: Path) -> None:
    home = Home.create(tmp_path / "home", "")
    home.sources.mkdir()
    (home.sources / f"{name}.toml").write_text(FILES[name].read_text(encoding="utf-8"), encoding="utf-8")
    catalogue = load_catalogue(home, sample=False)
    assert catalogue.faults == {}
    assert source_of(None, name, catalogue) == SOURCES[name]
    with pytest.raises(UserError, match=f"govbrief add FILE --source {name}"):
        start_requests(SOURCES[name])


def test_a_source_of_people_cannot_be_switched_on(tmp_path: Path) -> None:
    home = Home.create(tmp_path / "home", "")
    with pytest.raises(UserError, match="people hand its documents in"):
        switch_source(home, "un-ods", enabled=True, reason="")
    home.sources.mkdir(exist_ok=True)
    text = FILES["un-ods"].read_text(encoding="utf-8").replace("enabled = false", "enabled = true")
    (home.sources / "un-ods.toml").write_text(text, encoding="utf-8")
    assert "is not crawled" in load_catalogue(home, sample=False).faults["un-ods"]


@pytest.mark.realdata
def test_rows_of_the_material_stand_here_and_say_the_same() -> None:
    file = SHARED / "sources.csv"
    if not file.is_file():
        pytest.skip(f"{file} is not here; set GOVBRIEF_SHARED_DATA to the shared data")
    with file.open(encoding="utf-8", newline="") as lines:
        rows = {row["id"]: row for row in csv.DictReader(lines) if row["adapter"] in ADAPTERS}
    assert set(rows) == set(SOURCES)
    for name, row in rows.items():
        source = SOURCES[name]
        assert source.platform == ADAPTERS[row["adapter"]], name
        assert source.certainty == row["evidence"][1], name
        hosts = {host_of(source.home)}
        if name in CRAWLED:
            hosts |= {host_of(str(item.request.get("url", item.url))) for item in start_requests(source)}
        assert urlsplit(row["start_url"]).netloc in hosts, name
