"""Claims about the rows of the United Kingdom and of the federal United States in the catalogue."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

import crawlers
from classify.departments.authority import authority
from crawlers.catalogue import check_start, read_source
from crawlers.spiders.requests import host_of, start_requests

SHARED = Path(os.environ.get("GOVBRIEF_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))
FOLDER = Path(crawlers.__file__).parent / "sources"
FILES = {file.stem: file for shelf in ("uk", "us") for file in (FOLDER / shelf).glob("*.toml")}
SOURCES = {name: read_source(file) for name, file in FILES.items()}
KEYED = {"us-govinfo-fr": "query", "us-regs": "header", "us-congress": "query"}
ADAPTERS = {
    "govuk_search": "govuk",
    "federalregister_v1": "federal_register",
    "govinfo_api": "govinfo",
    "regulations_v4": "regulations",
    "congress_v3": "congress",
}


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_every_row_says_what_a_librarian_asks(name: str) -> None:
    source = SOURCES[name]
    assert source.id == name
    assert source.evidence
    assert source.reuse_note
    assert source.impact.note
    assert not source.enabled
    assert (source.disabled_reason or "").endswith(".")
    assert (authority().body(source.department or "") is None) == (source.department is None)
    check_start(source, f"{name}.toml")


def test_works_of_the_crown_name_their_licence_and_federal_ones_the_law() -> None:
    for name, source in SOURCES.items():
        licence = "Open Government Licence v3.0" if name.startswith("uk-") else "17 U.S.C. 105"
        assert licence in source.reuse_note, name


def test_interfaces_that_ask_for_a_key_name_its_variable_and_the_one_host_that_gets_it() -> None:
    assert {name for name, source in SOURCES.items() if source.credential} == set(KEYED)
    for name, place in KEYED.items():
        wanted = SOURCES[name].credential
        assert wanted is not None
        assert getattr(wanted, place)
        assert wanted.hosts == (host_of(SOURCES[name].home),)
        assert wanted.env in (SOURCES[name].disabled_reason or "")


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
        asked = start_requests(source)[0].url
        assert source.platform == ADAPTERS[row["adapter"]], name
        assert source.certainty == row["evidence"][1], name
        assert host_of(asked) == urlsplit(row["start_url"]).netloc, name
        told, mine = (parse_qs(urlsplit(url).query) for url in (row["start_url"], asked))
        assert told.get("filter_organisations") == mine.get("filter_organisations"), name
