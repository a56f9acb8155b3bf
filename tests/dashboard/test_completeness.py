"""The page on completeness: four parts, filters that restore, numbers equal to rows, unknown names."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from dashboard.words import catalogue
from tests.dashboard.conftest import Open, html_of
from tests.dashboard.papers import Paper
from tests.dashboard.publication_fixture import library, publish_first
from warehouse.desk import Desk
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.queries.series import series_gaps
from warehouse.queries.wanted import wanted_total


def _paper(name: str, serial: int, cites: str | None = None) -> Paper:
    number = f"云民发〔2026〕{serial}号"
    lines = (f"根据{cites}，现通知如下。",) if cites else ("现通知如下。",)
    return Paper(
        "t-civil",
        name,
        f"云河省民政厅关于事项{name}的通知",
        lines,
        date(2026, 5, serial),
        number,
        cites=cites,
    )


@pytest.fixture(scope="module")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Numbers 2, 5 and 9 of one series; 7 is cited, and so is a number of another year."""
    home = library(tmp_path_factory.mktemp("numbered"))
    publish_first(
        home, [_paper("a", 2), _paper("b", 5, "云民发〔2026〕7号"), _paper("c", 9, "云民发〔2020〕1号")]
    )
    return home


def _published(home: Home) -> Publication:
    found = Publication.current(home)
    assert found is not None
    return found


def _count(shown: str) -> int:
    return int(re.findall(r'data-count="(\d+)"', shown)[-1])


def test_missing_numbers_are_counted_and_listed_with_what_is_known(open_page: Open, numbered: Home) -> None:
    shown = html_of(open_page(numbered, "completeness"))
    rows = series_gaps(_published(numbered))
    assert _count(shown) == sum(row["missing"] for row in rows) > 0
    assert shown.count("<tr>") == len(rows) + 1
    assert catalogue("zh")["gap.seen-cited"] in shown
    cited = re.findall(r'<a href="/doc\?id=([^"]+)"', shown)
    assert len(cited) >= 1


@pytest.mark.parametrize("state", ["seen-cited", "unknown", "cancelled"])
def test_a_state_narrows_the_gaps_to_its_own(open_page: Open, numbered: Home, state: str) -> None:
    shown = html_of(open_page(numbered, "completeness", state=state, organ="云民发", year="2026"))
    rows = series_gaps(_published(numbered), organ="云民发", year=2026, state=state)
    assert _count(shown) == sum(row["missing"] for row in rows)
    assert f'<option value="{state}" selected>' in shown
    assert '<option value="云民发" selected>' in shown


def test_a_series_opens_its_gaps(open_page: Open, numbered: Home) -> None:
    shown = html_of(open_page(numbered, "completeness", of="series"))
    query, missing = re.findall(r'<a href="/completeness\?(organ=[^"]+)" data-go>([\d,]+)</a>', shown)[0]
    year = re.search(r"year=(\d{4})", query)
    assert year is not None
    gaps = html_of(open_page(numbered, "completeness", organ="云民发", year=year[1]))
    assert _count(gaps) == int(missing)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_cited_and_not_held_names_who_cites_it(
    open_page: Open, numbered: Home, language: str
) -> None:
    shown = html_of(open_page(numbered, "completeness", of="wanted", lang=language))
    assert _count(shown) == wanted_total(_published(numbered)) == shown.count("<tr>") - 1
    assert "云民发〔2020〕1号" in shown
    assert "云河省民政厅关于事项c的通知" in shown
    assert catalogue(language)["complete.wanted"] in shown


def test_sources_stand_with_their_documents_and_part_of_the_numbers(open_page: Open, numbered: Home) -> None:
    shown = html_of(open_page(numbered, "completeness", of="sources"))
    row = next(one for one in shown.split("<tr>") if "云河省民政厅（测试）" in one or "云河省民政厅" in one)
    assert re.search(r'class="gb-number">3</a>', row)
    assert "/completeness?of=series&amp;source=t-civil" in row
    assert _count(shown) == shown.count("<tr>") - 1


def test_a_persons_word_shows_at_once(open_page: Open, tmp_path: Path) -> None:
    home = library(tmp_path / "marked")
    publish_first(home, [_paper("a", 2), _paper("b", 5)])
    before = _count(html_of(open_page(home, "completeness", state="cancelled")))
    Desk.open(home).number_marks.give("云民发〔2026〕3号", "cancelled", "电话答复", "local")
    shown = html_of(open_page(home, "completeness", state="cancelled"))
    assert (before, _count(shown)) == (0, 1)
    assert "电话答复" in shown


@pytest.mark.parametrize(
    ("parameters", "value"),
    [
        ({"of": "holes"}, "holes"),
        ({"state": "lost"}, "lost"),
        ({"organ": "火发"}, "火发"),
        ({"year": "last"}, "last"),
        ({"source": "s-none"}, "s-none"),
        ({"of": "wanted", "kind": "loves"}, "loves"),
        ({"of": "wanted", "d": "xs-99"}, "xs-99"),
        ({"p": "99"}, "99"),
    ],
)
def test_what_names_nothing_is_refused_by_name(
    open_page: Open, numbered: Home, parameters: dict[str, str], value: str
) -> None:
    shown = html_of(open_page(numbered, "completeness", **parameters))
    assert "没有这一项" in shown
    assert f"“{value}”" in shown
    assert "云民发" not in shown
