"""Every page in both languages: with a publication, with none, and with values that name nothing."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from dashboard.addresses import PATHS
from dashboard.words import catalogue
from tests.dashboard.conftest import Open, html_of
from tests.dashboard.papers import BODIES, EVIL_TITLE, FIRST_DAY, SECOND_DAY, SOURCES
from tests.dashboard.publication_fixture import library, publish_first, publish_second
from warehouse.crawl_state.store import CrawlState
from warehouse.database import Warehouse
from warehouse.desk import Desk
from warehouse.home import Home
from warehouse.ingest import ingest_sources
from warehouse.labelling import bake_corrections
from warehouse.publish import publish
from warehouse.records import Quality
from warehouse.reference import ingest_quality

PAGES = [page for page in PATHS if page != "doc"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_with_its_title_and_the_sample_mark(
    open_page: Open, published: Home, page: str, language: str
) -> None:
    shown = html_of(open_page(published, page, lang=language))
    assert catalogue(language)["site.sample"] in shown
    heading = catalogue(language)["listing.documents" if page == "listing" else f"nav.{page}"]
    assert f"<h1>{heading}</h1>" in shown
    assert "20260601-" in shown


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", list(PATHS))
def test_without_a_publication_each_page_gives_the_one_command(
    open_page: Open, tmp_path: Path, page: str, language: str
) -> None:
    shown = html_of(open_page(library(tmp_path / "bare"), page, lang=language))
    assert catalogue(language)["first.no-publication-title"] in shown
    assert "govbrief --home" in shown
    assert "run</strong>" in shown


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A publication without documents; its pages are only looked at."""
    home = library(tmp_path_factory.mktemp("empty"), extra="[publishing]\nminimum_documents = 0\n")
    publish_first(home, [])
    return home


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", list(PATHS))
def test_an_empty_publication_says_why_it_is_empty(
    open_page: Open, empty: Home, page: str, language: str
) -> None:
    shown = html_of(open_page(empty, page, lang=language))
    if page in {"runs", "about"}:
        assert f"<h1>{catalogue(language)[f'nav.{page}']}</h1>" in shown
    else:
        assert catalogue(language)["first.empty-title"] in shown


def test_without_a_home_the_page_says_how_to_make_one(
    open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVBRIEF_HOME", str(tmp_path / "nowhere"))
    assert "govbrief demo" in html_of(open_page(None))


@pytest.mark.parametrize(
    ("page", "parameters", "value"),
    [
        ("topics", {"topic": "不存在"}, "不存在"),
        ("topics", {"theme": "nope"}, "nope"),
        ("departments", {"d": "xs-99"}, "xs-99"),
        ("docs", {"d": "xs-99"}, "xs-99"),
        ("docs", {"topic": "99"}, "99"),
        ("docs", {"p": "abc"}, "abc"),
        ("docs", {"p": "900"}, "900"),
        ("docs", {"since": "2026-13-01"}, "2026-13-01"),
        ("docs", {"year": "last"}, "last"),
        ("doc", {"id": "doc-none"}, "doc-none"),
        ("listing", {"of": "nonsense"}, "nonsense"),
        ("listing", {"theme": "nope"}, "nope"),
        ("runs", {"run": "run-none"}, "run-none"),
        ("today", {"since": "3y"}, "3y"),
    ],
)
def test_an_unknown_value_is_named_and_nothing_else_is_shown(
    open_page: Open, published: Home, page: str, parameters: dict[str, str], value: str
) -> None:
    shown = html_of(open_page(published, page, **parameters))
    assert "没有这一项" in shown
    assert f"“{value}”" in shown
    assert not any(paper.title in shown for paper in FIRST_DAY)


def test_a_document_shows_text_labels_proof_and_the_disagreement(open_page: Open, published: Home) -> None:
    paper = FIRST_DAY[0]
    shown = html_of(open_page(published, "doc", id=paper.document_id, para="3"))
    for line in paper.lines:
        assert line in shown
    assert 'id="p3" class="gb-here"' in shown
    assert "云河省民政厅" in shown
    assert catalogue("zh")["doc.disagree"] in shown
    assert "SHA-256" in shown
    assert 'href="http://mzt.yunhe.example/a1.html"' in shown
    assert "(mzt.yunhe.example)" in shown
    assert 'rel="noreferrer noopener"' in shown
    assert FIRST_DAY[1].title in shown  # the held target of its citation


@pytest.mark.parametrize(
    ("named", "told"), [({"para": "99"}, "doc.no-paragraph"), ({"fact": "fac-0"}, "doc.no-fact")]
)
def test_a_place_that_the_text_does_not_have_is_said(
    open_page: Open, published: Home, named: dict[str, str], told: str
) -> None:
    shown = html_of(open_page(published, "doc", id=FIRST_DAY[0].document_id, **named))
    assert catalogue("zh")[told].split("{")[0] in shown


def test_a_source_that_allows_an_excerpt_shows_no_more(open_page: Open, published: Home) -> None:
    shown = html_of(open_page(published, "doc", id=FIRST_DAY[2].document_id))
    assert catalogue("zh")["doc.reuse-excerpt"] in shown
    assert 'class="gb-text"' not in shown


def test_hostile_text_stays_text_on_every_page_that_shows_it(open_page: Open, published: Home) -> None:
    evil = FIRST_DAY[4].document_id
    for page, parameters in (
        ("today", {"since": "30d"}),
        ("docs", {"s": "养老"}),
        ("doc", {"id": evil}),
        ("listing", {}),
        ("departments", {"d": "xs-10-civil"}),
    ):
        shown = html_of(open_page(published, page, **parameters))
        assert EVIL_TITLE.replace("<", "&lt;").replace(">", "&gt;") in shown
        assert not re.search(r"<(script|img|iframe|b>)", shown)
        assert not re.search(r'href="(?!/|#|http://[a-z.]*(yunhe|lanjiang|meridian)\.example/)', shown)


def test_search_without_hits_repeats_the_query_and_says_what_was_searched(
    open_page: Open, published: Home
) -> None:
    shown = html_of(open_page(published, "docs", s="不可能出现的词<b>"))
    assert "没有找到含有“不可能出现的词&lt;b&gt;”的文献" in shown
    assert "5 篇文献，3 个来源" in shown
    assert 'class="gb-facet"' not in shown


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"s": '"养老'}, "第 1 个字处的引号"),
        ({"s": '""'}, "引号里没有内容"),
        ({"s": "养老)"}, "第 3 个字处的右括号"),
        ({"s": "(养老"}, "第 1 个字处的左括号"),
        ({"s": "养老 OR"}, "缺少词语"),
        ({"s": "(" * 25 + "养老"}, "括号嵌套超过"),
        ({"region": "火星"}, "没有名为“火星”的地区"),
        ({"level": "银河"}, "没有名为“银河”的层级"),
        ({"doc_type": "歌"}, "没有名为“歌”的文种"),
    ],
)
def test_a_wrong_query_is_told_in_the_language_of_the_page(
    open_page: Open, published: Home, parameters: dict[str, str], told: str
) -> None:
    assert told in html_of(open_page(published, "docs", **parameters))
    english = html_of(open_page(published, "docs", lang="en", **parameters))
    notice = english[english.index('class="gb-notice"') :].partition("</p>")[0]
    assert not re.search(r"[第没请]", notice)


def test_search_links_to_the_passage_with_the_words_marked(open_page: Open, published: Home) -> None:
    shown = html_of(open_page(published, "docs", s="“居家养老服务实施方案”"))
    assert "<mark>居家养老服务实施方案</mark>" in shown
    assert "para=3" in shown


def test_a_year_in_the_address_and_a_facet_with_its_number_narrow(open_page: Open, published: Home) -> None:
    assert "没有符合这些条件的文献" in html_of(open_page(published, "docs", year="1999"))
    shown = html_of(open_page(published, "docs", s="养老"))
    assert re.search(r'class="gb-count">\d+</span></a>', shown)


def test_a_form_or_a_facet_sends_the_reader_back_to_the_first_page(open_page: Open, published: Home) -> None:
    shown = html_of(open_page(published, "docs", s="养老"))
    search = shown[shown.index('<form action="/docs" data-go role="search" class="gb-form"') :]
    assert 'name="p"' not in search[: search.index("</form>")]
    assert not re.search(r'class="gb-facet".*?href="[^"]*[?&;]p=', search, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("page", "parameters"),
    [
        ("listing", {}),
        ("listing", {"of": "due"}),
        ("listing", {"of": "withdrawn"}),
        ("topics", {}),
        ("departments", {}),
        ("runs", {}),
        ("docs", {"s": "养老"}),
    ],
)
def test_figures_name_their_sources_and_publication(
    open_page: Open, published: Home, page: str, parameters: dict[str, str]
) -> None:
    shown = html_of(open_page(published, page, lang="en", **parameters))
    assert re.search(r'gb-prov">Source: \d+ documents? in \d+ sources? · data until', shown)
    assert not re.search(r"\b1 (sources|documents)\b", shown)


def test_a_search_row_shows_corrections_and_validity_as_listings_do(open_page: Open, fresh: Home) -> None:
    publish_second(fresh.root)
    home = Home.open(fresh.root)
    Desk.open(home).correct(
        FIRST_DAY[0].document_id, "title", "更正后的标题", FIRST_DAY[0].title, "", "local"
    )
    shown = html_of(open_page(home, "docs"))
    assert "更正后的标题" in shown
    assert catalogue("zh")["word.corrected"] in shown
    assert catalogue("zh")["state.repealed"] in shown


@pytest.mark.parametrize("parameters", [{}, {"since": "30d"}])
def test_every_number_on_today_equals_the_rows_behind_its_link(
    open_page: Open, published: Home, parameters: dict[str, str]
) -> None:
    shown = html_of(open_page(published, "today", **parameters))
    links = re.findall(r'<a href="/listing\??([^"]*)" data-go class="gb-number">([\d,]+)</a>', shown)
    assert len(links) > 3
    for query, printed in set(links):
        listed = html_of(open_page(published, "listing", **_parameters(query)))
        assert f'data-count="{printed}"' in listed
        assert listed.count('class="gb-item"') == int(printed)
    assert "gb-prov" in shown


def test_every_number_of_a_run_equals_the_documents_of_its_events(open_page: Open, fresh: Home) -> None:
    publish_second(fresh.root)
    home = Home.open(fresh.root)
    shown = html_of(open_page(home, "runs"))
    links = re.findall(r'<a href="/listing\?([^"]*run=[^"]*)" data-go class="gb-number">([\d,]+)</a>', shown)
    assert {"new", "changed", "withdrawn"} <= {_parameters(query)["of"] for query, _ in links}
    for query, printed in set(links):
        listed = html_of(open_page(home, "listing", **_parameters(query)))
        assert f'data-count="{printed}"' in listed


def test_every_number_of_a_briefing_equals_the_rows_behind_its_link(open_page: Open, published: Home) -> None:
    for parameters in ({"theme": "elderly-care", "since": "365d"}, {"topic": "17", "since": "90d"}):
        shown = html_of(open_page(published, "topics", **parameters))
        links = re.findall(r'<a href="/listing\?([^"]*)" data-go class="gb-number">([\d,]+)</a>', shown)
        assert len(links) >= 2
        for query, printed in links:
            listed = html_of(open_page(published, "listing", **_parameters(query)))
            assert f'data-count="{printed}"' in listed
        for name in re.findall(r'href="#(brief-[a-z]+)"', shown):
            assert f'id="{name}"' in shown


def test_visits_of_one_day_are_one_visit_and_swallow_no_news(open_page: Open, fresh: Home) -> None:
    first = html_of(open_page(fresh))
    assert html_of(open_page(fresh)) == first
    publish_second(fresh.root)
    next_day = html_of(open_page(Home.open(fresh.root)))
    assert SECOND_DAY[0].title in next_day
    assert html_of(open_page(Home.open(fresh.root))) == next_day


def test_when_nothing_is_new_the_latest_documents_stand_there(open_page: Open, fresh: Home) -> None:
    open_page(fresh)
    library(fresh.root, day=1)
    shown = html_of(open_page(Home.open(fresh.root)))
    assert "没有新内容" in shown
    assert "资料中最新的" in shown
    assert FIRST_DAY[0].title in shown


def test_coverage_counts_the_same_sources_above_and_below(open_page: Open, fresh: Home) -> None:
    with Warehouse.open(fresh) as warehouse:
        ingest_sources(warehouse, [replace(one, enabled=False) for one in SOURCES])
    publish(fresh, force=True)
    shown = html_of(open_page(Home.open(fresh.root)))
    assert "覆盖 3/3 个来源" in shown


def test_a_later_visit_tells_only_what_came_since(open_page: Open, fresh: Home) -> None:
    open_page(fresh)  # the first visit
    publish_second(fresh.root)
    shown = html_of(open_page(Home.open(fresh.root)))
    assert SECOND_DAY[0].title in shown  # new
    assert "内容有变更" in shown
    assert FIRST_DAY[2].title in shown  # changed
    assert FIRST_DAY[3].title in shown  # withdrawn
    assert FIRST_DAY[1].title in shown  # repealed by the new one
    assert FIRST_DAY[0].title not in re.sub(r'class="gb-due".*?</ol>', "", shown, flags=re.DOTALL)


def test_a_correction_shows_at_once_and_is_undone(open_page: Open, fresh: Home) -> None:
    paper = FIRST_DAY[0]
    at = open_page(fresh, "doc", id=paper.document_id)
    at.selectbox(key=f"field-{paper.document_id}").select("title").run()
    at.text_input(key=f"value-{paper.document_id}-title").input("更正后的标题")
    next(one for one in at.button if one.label == catalogue("zh")["correct.save"]).click().run()
    assert not at.exception
    assert "更正后的标题</h1>" in html_of(at)
    assert "更正后的标题" in html_of(open_page(fresh, "listing"))
    undo = next(one for one in at.button if one.label == catalogue("zh")["correct.undo"])
    undo.click().run()
    assert f"{paper.title}</h1>" in html_of(at)


def test_an_undone_baked_correction_says_that_the_next_run_restores_the_label(
    open_page: Open, fresh: Home
) -> None:
    paper = FIRST_DAY[0]
    was = {"code": "XS-10-civil", "name": "云河省民政厅"}
    other = next(one for one in BODIES if one.name_zh != was["name"])
    desk = Desk.open(fresh)
    value = {"code": other.code, "name": other.name_zh}
    made = desk.correct(paper.document_id, "department", value, was, "", "local")
    later = Home.open(library(fresh.root, day=1).root)
    shown = html_of(open_page(fresh, "doc", id=paper.document_id))
    assert catalogue("zh")["correct.waits"] in shown
    with Warehouse.open(later) as warehouse:
        bake_corrections(warehouse, desk.corrections())
    publish(later, force=True)
    open_page(later, "doc", id=paper.document_id)
    library(fresh.root, day=2)
    Desk.open(Home.open(fresh.root)).undo(made.correction_id, "local")
    shown = html_of(open_page(Home.open(fresh.root), "doc", id=paper.document_id))
    assert catalogue("zh")["correct.taken-back"] in shown
    assert catalogue("zh")["correct.baked-later"] not in shown


def test_known_figures_have_names_in_both_languages(open_page: Open, fresh: Home) -> None:
    with Warehouse.open(fresh) as warehouse:
        ingest_quality(
            warehouse,
            [
                Quality("topic-first-level", 0.7, 90, "titles", "2026-06-01", "newest fifth"),
                Quality("our-own", 0.5, 10, "gold", "2026-06-01", "a note"),
            ],
        )
    publish(fresh, force=True)
    shown = html_of(open_page(Home.open(fresh.root), "about"))
    assert "主题判断，一级" in shown
    assert "newest fifth" not in shown
    assert "our-own" in shown
    assert "a note" in shown


def test_a_mined_fact_is_confirmed_and_taken_back(open_page: Open, fresh: Home) -> None:
    at = open_page(fresh, "doc", id=FIRST_DAY[0].document_id)
    assert catalogue("zh")["facts.candidate"] in html_of(at)
    next(one for one in at.button if one.label == catalogue("zh")["facts.confirm"]).click().run()
    assert "gb-badge-confirmed" in html_of(at)
    next(one for one in at.button if one.label == catalogue("zh")["facts.take-back"]).click().run()
    assert "gb-badge-confirmed" not in html_of(at)


def test_reading_goes_on_while_a_crawl_runs_and_the_runs_page_shows_it(open_page: Open, fresh: Home) -> None:
    with CrawlState.open(fresh) as state:
        run_id = state.new_run("crawl", ["t-civil"])
        shown = html_of(open_page(fresh, "runs"))
        assert catalogue("zh")["runs.now"] in shown
        assert run_id in shown
        assert FIRST_DAY[0].title in html_of(open_page(fresh, "listing"))
        state.end_run(run_id, "done")
    assert catalogue("zh")["runs.now"] not in html_of(open_page(fresh, "runs"))


def test_the_method_page_says_not_evaluated_when_nothing_was_measured(
    open_page: Open, published: Home
) -> None:
    assert "未评估" in html_of(open_page(published, "about"))


def _parameters(query: str) -> dict[str, str]:
    return dict(parse_qsl(html.unescape(query)))
