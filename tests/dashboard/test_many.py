"""With many sources, bodies and documents the pages stay short: grouped, folded, nothing told twice."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.dashboard.conftest import Open, html_of
from tests.dashboard.papers import DUTY, FIRST_DAY, SOURCES, Paper
from tests.dashboard.publication_fixture import library, publish_first
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.ingest import ingest_sources
from warehouse.publication import Publication
from warehouse.publish import publish
from warehouse.queries.pages_listing import list_due


def test_departments_stand_under_their_regions_from_the_nation_down(open_page: Open, published: Home) -> None:
    shown = html_of(open_page(published, "departments"))
    assert re.findall(r"<h2>(.*?)</h2>", shown) == ["子午群岛", "云河省", "澜江市"]
    english = html_of(open_page(published, "departments", lang="en"))
    assert re.findall(r"<h2>(.*?)</h2>", english) == ["Meridian Islands", "Yunhe Province", "Lanjiang City"]


def test_names_do_not_repeat_what_the_head_of_a_sample_page_says(open_page: Open, fresh: Home) -> None:
    marked = replace(SOURCES[0], name_zh="云河省民政厅（示例数据）", name_en="Civil Affairs (sample data)")
    with Warehouse.open(fresh) as warehouse:
        ingest_sources(warehouse, [marked])
    publish(fresh)
    assert "<td>云河省民政厅</td>" in _plain(html_of(open_page(fresh, "runs")))
    assert "（示例数据）" not in html_of(open_page(fresh, "docs"))
    assert "<td>Civil Affairs</td>" in _plain(html_of(open_page(fresh, "runs", lang="en")))


def test_a_facet_shows_six_values_and_folds_the_others(open_page: Open, tmp_path: Path) -> None:
    papers = [
        Paper("t-civil", f"y{year}", f"{year}年工作要点", ("养老服务。",), date(year, 3, 1))
        for year in range(2017, 2025)
    ]
    home = library(tmp_path / "years")
    publish_first(home, papers)
    shown = html_of(open_page(Home.open(home.root), "docs", s="养老"))
    years = shown[shown.index("<summary>年份</summary>") :]
    assert re.findall(r"<span>(20\d\d)</span>|其余 (\d) 项", years[: years.index("</aside>")])[6] == ("", "2")


def test_a_duty_that_a_reprint_repeats_falls_due_once(tmp_path: Path) -> None:
    reprint = replace(FIRST_DAY[0], source="t-city", name="r1", attachments=(), second_title=None)
    home = library(tmp_path / "reprint")
    publish_first(home, [*FIRST_DAY, reprint])
    publication = Publication.current(Home.open(home.root))
    assert publication is not None
    assert publication.rows("select count(*) as n from document where reprint_of is not null")[0]["n"] == 1
    due = list_due(publication, date(2026, 6, 1), date(2026, 6, 30))
    assert [row["sentence"] for row in due] == [DUTY]


def _plain(shown: str) -> str:
    """Cells without their attributes."""
    return re.sub(r"<td[^>]*>", "<td>", shown)
