"""The document page shows an extractive summary and what the document is among the others."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from classify.network import update_networks
from dashboard.words import say
from tests.dashboard.cascade_world import city, province
from tests.dashboard.conftest import Open, html_of
from tests.dashboard.papers import FIRST_DAY
from tests.dashboard.publication_fixture import library, take_in
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.lineage import BodyStep, ingest_lineage
from warehouse.publication import Publication
from warehouse.publish import publish

FILLING = "各市民政局应当结合本地实际细化措施，明确责任，按季度报告进展，接受社会监督。" * 5
NUMBER = "云民发〔2026〕30号"
PLAN = province(
    "n1", "云河省民政厅关于发展社区食堂服务的意见",
    ("一、总体要求", FILLING, "二、主要任务", FILLING, "三、保障措施", FILLING), date(2026, 3, 1), NUMBER,
)  # fmt: skip
CITY = city(
    "n2", "澜江市人民政府关于发展社区食堂服务的实施意见",
    ("按照云民发〔2026〕30号的要求，开办社区食堂。",), date(2026, 4, 10), "澜府发〔2026〕30号", cites=NUMBER,
)  # fmt: skip
OTHERS = tuple(
    province(
        f"m{n}", f"云河省民政厅关于第{n}批社区食堂的通知",
        (f"落实云民发〔2026〕30号，公布第{n}批社区食堂名单。",), date(2026, 5, n), f"云民发〔2026〕3{n}号",
        cites=NUMBER,
    )
    for n in (1, 2)
)  # fmt: skip
STEPS = (
    BodyStep("xs-old", "xs-10-civil", "merged", date(2018, 3, 17), "机构改革方案"),
    BodyStep("xs-10-civil", "xs-1001-gov", "functions", date(2023, 3, 10), "机构改革方案", "老龄工作"),
)


def published(home: Home) -> Publication:
    found = Publication.current(home)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = library(tmp_path_factory.mktemp("among"))
    take_in(made, (*FIRST_DAY, PLAN, CITY, *OTHERS), "run-among")
    with Warehouse.open(made) as warehouse:
        ingest_lineage(warehouse, STEPS)
    publish(made, networks=update_networks)
    return made


@pytest.mark.parametrize("language", ["zh", "en"])
def test_headings_stand_above_the_text_marked_as_extracts_and_lead_to_their_place(
    open_page: Open, home: Home, language: str
) -> None:
    shown = html_of(open_page(home, "doc", id=PLAN.document_id, lang=language))
    assert say(language, "summary.mark") in shown
    assert say(language, "summary.headings") in html.unescape(shown)
    assert "para=3&amp;at=0-6" in shown
    assert shown.index(say(language, "summary.mark")) < shown.index('class="gb-text"')


def test_a_link_of_the_summary_marks_the_very_words(open_page: Open, home: Home) -> None:
    shown = html_of(open_page(home, "doc", id=PLAN.document_id, para="3", at="0-6"))
    assert "<mark>二、主要任务</mark>" in shown
    odd = html_of(open_page(home, "doc", id=PLAN.document_id, para="3", at="9-2x"))
    assert "<mark>" not in odd


def test_a_short_document_and_one_that_may_not_be_shown_have_no_summary(open_page: Open, home: Home) -> None:
    for paper in (OTHERS[0], CITY):
        assert say("zh", "summary.mark") not in html_of(open_page(home, "doc", id=paper.document_id))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_says_how_often_a_document_is_cited_and_what_followed_it(
    open_page: Open, home: Home, language: str
) -> None:
    shown = html_of(open_page(home, "doc", id=PLAN.document_id, lang=language))
    assert say(language, "network.rank", n=3, place="1", ranked="2") in shown
    assert say(language, "network.followed-by") in shown
    assert say(language, "network.lag", n=40) in shown
    assert CITY.title in shown
    (made,) = {
        row["networks_as_of"] for row in published(home).rows("select networks_as_of from publication")
    }
    at = made.astimezone(ZoneInfo(home.settings.place.timezone)).strftime("%Y-%m-%d %H:%M")
    assert say(language, "network.as-of", at=at) in shown
    assert say(language, "network.title") not in html_of(
        open_page(home, "doc", id=FIRST_DAY[3].document_id, lang=language)
    )


def test_the_page_of_the_follower_names_what_it_follows(open_page: Open, home: Home) -> None:
    shown = html_of(open_page(home, "doc", id=CITY.document_id))
    assert say("zh", "network.follows") in shown
    assert "社区食堂" in shown.split(say("zh", "network.title"))[1]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_a_body_says_what_became_of_it(open_page: Open, home: Home, language: str) -> None:
    shown = html.unescape(html_of(open_page(home, "departments", d="xs-10-civil", lang=language)))
    section = shown.split(say(language, "lineage.title"))[1]
    assert "2018-03-17" in section
    assert say(language, "lineage.merged") in section
    assert say(language, "lineage.moved", n=1) in section
    assert "老龄工作 · 机构改革方案" in section
    other = html.unescape(html_of(open_page(home, "departments", d="xs-1001-gov", lang=language)))
    assert "老龄工作" in other


def test_a_citation_of_a_younger_document_says_so(open_page: Open, tmp_path: Path) -> None:
    made = library(tmp_path / "younger")
    take_in(made, (replace(PLAN, published=date(2026, 5, 20)), CITY), "run-younger")
    publish(made, networks=update_networks)
    shown = html_of(open_page(made, "doc", id=CITY.document_id))
    assert say("zh", "doc.later-version") in shown
