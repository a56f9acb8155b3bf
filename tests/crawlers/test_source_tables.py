"""Claims about [list], [fields] and [options]: what loading refuses; manual and readers agree."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import crawlers
from crawlers.catalogue import load_catalogue, read_source
from crawlers.extraction import compose
from crawlers.extraction.read import read_capture
from crawlers.platforms import PLATFORMS, single_settings
from crawlers.platforms.options import EVERYWHERE, OPTIONS
from crawlers.source_tables import FIELD_KEYS, LIST_KEYS
from tests.crawlers.loopback import source_toml
from warehouse.home import Home
from warehouse.records import ArchivePlace, Capture

MODULES = Path(crawlers.__file__).parent / "platforms"
MANUAL = Path(__file__).parents[2] / "docs" / "add-a-source.md"
PAGE = (
    "<html><body><h1>关于事项的通知</h1><div class='TRS_Editor'><p>各单位要认真执行。</p></div></body></html>"
)


def test_every_platform_has_its_options_and_its_line_in_the_manual() -> None:
    assert set(OPTIONS) == set(PLATFORMS)
    lines = dict(re.findall(r"^\| `(\w+)` \|.*\| (.*) \|$", MANUAL.read_text(encoding="utf-8"), re.M))
    for platform, options in OPTIONS.items():
        told = set(re.findall(r"`(\w+)(?: = [^`]*)?`", lines[platform]))
        assert set(options) <= told, (platform, set(options) - told)


def test_no_reader_asks_for_an_option_that_is_refused() -> None:
    known = {option for options in OPTIONS.values() for option in options} | set(EVERYWHERE)
    for module in MODULES.glob("*.py"):
        source = module.read_text(encoding="utf-8")
        asked = set(re.findall(r"""\boptions(?:\.get\(|\[)"(\w+)\"""", source))
        own = OPTIONS.get(module.stem)
        assert asked <= (set(own) | set(EVERYWHERE) if own else known), module.name
    assert set(OPTIONS["single_api"]) == single_settings._KNOWN


def test_the_fields_are_those_that_a_document_is_composed_of() -> None:
    assert set(FIELD_KEYS) == {*compose._LISTED, "body", "topic_scheme"}
    assert set(LIST_KEYS) == {"item", "link", "title", "date", "next", "link_template"}


def test_a_file_whose_name_nobody_reads_is_named(tmp_path: Path) -> None:
    home = Home.create(tmp_path / "home", "")
    home.sources.mkdir()
    (home.sources / "Upper.TOML").write_text(source_toml(), encoding="utf-8")
    (home.sources / "prueba.toml").write_text(source_toml(), encoding="utf-8")
    catalogue = load_catalogue(home, sample=False)
    said = "sources/Upper.TOML: not read for its name's ending; call it Upper.toml."
    assert list(catalogue.faults.values()) == [said]
    assert "prueba" in catalogue.sources


@pytest.mark.parametrize("fields", [{"issuer": "li["}, {"title": "li["}])
def test_a_reader_that_fails_costs_one_page(tmp_path: Path, fields: dict[str, str]) -> None:
    file = tmp_path / "prueba.toml"
    file.write_text(source_toml(), encoding="utf-8")
    source = read_source(file, sample=True)
    body = PAGE.encode()
    at = datetime(2026, 6, 1, tzinfo=UTC)
    url, place = "http://www.prueba.example/wj/202605/t20260501_1.html", ArchivePlace("", 0, 0)
    page = Capture(
        "c", "prueba", "r", url, url, at, 200, "text/html", "", len(body), place, "fetched", "detail"
    )
    assert read_capture(page, body, source).kind == "document"
    broken = read_capture(replace(page), body, source.model_copy(update={"fields": fields}))
    assert (broken.kind, [one.code for one in broken.problems]) == ("unreadable", ["reader-failed"])
