"""A briefing's page: parts in both languages, numbers equal to rows, an ended basis, the print view."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote

import pytest

from dashboard.briefing.subjects import find_subject
from dashboard.briefing_parts.subject import left_out
from dashboard.frame import Frame
from dashboard.report.files import briefing_of
from dashboard.report.make import report_of
from dashboard.report.words import Words
from dashboard.words import catalogue
from tests.dashboard import publication_fixture
from tests.dashboard.conftest import READER, Open, html_of
from tests.dashboard.papers import FIRST_DAY, Paper
from tests.dashboard.publication_fixture import library, publish_first, take_in
from warehouse.clock import today
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.publish import publish
from warehouse.records import Citation

YEAR = {"theme": "elderly-care", "since": "365d"}
OLD = Paper(
    "t-civil", "old", "云河省民政厅关于印发养老服务评估办法的通知", ("印发《养老服务评估办法》。",),
    date(2018, 3, 2), "云民发〔2018〕9号",
)  # fmt: skip
RESTS = Paper(
    "t-civil", "rests", "云河省民政厅关于养老服务评估工作的通知",
    ("根据云民发〔2018〕9号，现就评估工作通知如下。", "各市每年评估一次。"),
    date(2026, 5, 12), "云民发〔2026〕10号",
    cites="云民发〔2018〕9号",
)  # fmt: skip
ENDS = Paper(
    "t-civil", "ends", "云河省民政厅关于废止养老服务评估办法的决定",
    ("决定废止《云河省民政厅关于印发养老服务评估办法的通知》（云民发〔2018〕9号）。",), date(2026, 5, 25),
    "云民发〔2026〕11号", repeals="云民发〔2018〕9号",
)  # fmt: skip


@pytest.fixture(scope="module")
def on_ended_basis(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A document that rests on one which a third repeals."""
    home = library(tmp_path_factory.mktemp("basis"))
    plain = publication_fixture._citations

    def based(name: str, paper: Paper) -> list[Citation]:
        found = plain(name, paper)
        return [replace(one, kind="basis") if one.kind == "mentions" else one for one in found]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publication_fixture, "_citations", based)
        take_in(home, (OLD, RESTS, ENDS), "run-first")
        publish(home)
    return home


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_part_stands_with_what_it_rests_on(open_page: Open, published: Home, language: str) -> None:
    shown = html_of(open_page(published, "topics", lang=language, **YEAR))
    say = catalogue(language)
    for key in ("brief.new-title", "brief.due-title", "part.carried", "part.force", "matrix.title"):
        at = shown.index(f"<h2>{escape(say[key])}")
        part = shown[at : shown.index("</section>", at)]
        assert "gb-prov" in part, key
    assert say["trend.title"].format(months=24) in shown
    assert say["brief.actors-title"] in shown
    assert shown.count("<h2>") <= 20


def test_numbers_of_the_parts_equal_the_rows_behind_their_links(open_page: Open, published: Home) -> None:
    shown = html_of(open_page(published, "topics", **YEAR))
    states = re.findall(
        r'<a href="/listing\?([^"]*validity=[^"]*)" data-go class="gb-number">(\d+)</a>', shown
    )
    months = re.findall(r'<a href="/listing\?([^"]*to=[^"]*)" data-go class="gb-number">(\d+)</a>', shown)
    assert states
    assert months
    for query, printed in (*states, *months):
        listed = html_of(open_page(published, "listing", **_parameters(query)))
        assert f'data-count="{printed}"' in listed
        assert listed.count('class="gb-item"') == int(printed)


def test_a_cell_of_the_matrix_opens_the_documents_it_counts(open_page: Open, published: Home) -> None:
    shown = html_of(open_page(published, "topics", **YEAR))
    cells = re.findall(r'<a href="/docs\?([^"]*)" data-go class="gb-number">(\d+)</a>', shown)
    assert cells
    for query, printed in cells:
        found = html_of(open_page(published, "docs", **_parameters(query)))
        assert f"找到 {printed} 篇" in found
    assert catalogue("zh")["matrix.not-found"] in shown
    assert catalogue("zh")["matrix.home"] in shown


def test_what_nobody_states_is_said_in_lists_and_counts(open_page: Open, published: Home) -> None:
    shown = html_of(open_page(published, "listing"))
    assert catalogue("zh")["state.unknown"] in shown
    only = html_of(open_page(published, "listing", validity="unknown"))
    assert re.search(r'data-count="\d+"', only)
    assert "没有这一项" in html_of(open_page(published, "listing", validity="strange"))


def test_a_document_on_a_repealed_basis_is_flagged_everywhere(open_page: Open, on_ended_basis: Home) -> None:
    say = catalogue("zh")
    for page, parameters in (
        ("listing", {}),
        ("docs", {"s": "评估"}),
        ("topics", {"topic": "17", "since": "90d"}),
    ):
        shown = html_of(open_page(on_ended_basis, page, **parameters))
        flagged = [one for one in _items(shown) if say["bases.badge"] in one]
        assert flagged, page
        assert all(RESTS.title in re.sub(r"</?mark>", "", one) for one in flagged)
    shown = html_of(open_page(on_ended_basis, "doc", id=RESTS.document_id))
    notice = next(one for one in re.findall(r'gb-notice"[^>]*>(.*?)</p>', shown) if "请核对" in one)
    assert f"id={OLD.document_id}" in notice
    assert say["bases.repealed"] in notice
    assert say["bases.badge"] not in html_of(open_page(on_ended_basis, "doc", id=ENDS.document_id))


def _items(shown: str) -> list[str]:
    return [one.partition("</li>")[0] for one in shown.split('<li class="gb-item"')[1:]] or [
        one.partition("</li>")[0] for one in shown.split("gb-item")[1:]
    ]


def test_hostile_titles_stay_text_in_every_part(open_page: Open, published: Home) -> None:
    shown = html_of(open_page(published, "regions", r="云河省", since="365d"))
    assert "&lt;script&gt;" in shown
    assert not re.search(r"<(script|img|iframe|b>)", shown)


@pytest.mark.parametrize("kind", ["theme", "topic", "d", "r"])
def test_the_print_view_says_less_and_keeps_its_provenance(
    open_page: Open, published: Home, kind: str
) -> None:
    page = {"d": "departments", "r": "regions"}.get(kind, "topics")
    key = {"theme": "elderly-care", "topic": "17", "d": "xs-10-civil", "r": "云河省"}[kind]
    screen = html_of(open_page(published, page, **{kind: key, "since": "365d"}))
    paper = html_of(open_page(published, page, **{kind: key, "since": "365d", "view": "print"}))
    assert "gb-on-paper" in paper
    assert "gb-on-paper" not in screen
    assert "gb-prov" in paper
    assert re.search(r'href="[^"]*view=print"', screen)
    assert len(paper) <= len(screen)
    subject = {"d": "department", "r": "region"}.get(kind, kind)
    for name in ("pdf", "docx"):
        assert (
            f'href="/report/{subject}/{quote(key, safe="")}/{name}?since=365d&amp;lang=zh" download' in screen
        )


def test_what_the_print_view_leaves_out_of_a_list_is_counted(open_page: Open, published: Home) -> None:
    asked = {"r": "云河省", "since": "365d"}
    screen = html_of(open_page(published, "regions", **asked))
    paper = html_of(open_page(published, "regions", **asked, view="print"))
    for name in ("brief-due", "brief-carried", "brief-changed", "brief-ended"):
        (listed, more), (kept, left) = (_listed(page, name) for page in (screen, paper))
        assert listed + more == kept + left, name


def test_a_list_that_is_whole_says_nothing_and_a_cut_one_how_many(published: Home) -> None:
    publication = Publication.current(published)
    assert publication is not None
    frame = Frame("regions", published, publication, "zh", {"view": "print"}, READER)
    assert left_out(frame, 4, 4) is None
    assert left_out(frame, 6, 2) is None
    assert "其余 17 项未列出" in str(left_out(frame, 4, 21))


def _listed(page: str, anchor: str) -> tuple[int, int]:
    """How many points a part lists, and how many more it says there are."""
    part = page.partition(f'id="{anchor}"')[2].partition("</section>")[0]
    items = part.partition("<ul")[2].partition("</ul>")[0].count("<li") or part.count("<li")
    told = re.search(r"其余 (\d+) 项未列出", part)
    return items, int(told[1]) if told else 0


def test_a_quiet_subject_has_no_empty_figure(open_page: Open, tmp_path: Path) -> None:
    home = library(tmp_path / "quiet")
    publish_first(home, FIRST_DAY[1:2])
    at = open_page(home, "topics", topic="17", since="7d")
    assert catalogue("zh")["brief.nothing"] in html_of(at)
    assert not at.get("vega_lite_chart")


def _parameters(query: str) -> dict[str, Any]:
    return dict(parse_qsl(query.replace("&amp;", "&")))


# Headings of the page beside those of the paper (dashboard/briefing/words.toml), in the page's order.
PARTS = {
    "part.summary": "summary", "brief.new-title": "new", "brief.changed-title": "changed",
    "brief.ended-title": "ended", "part.findings": "findings", "brief.due-title": "due",
    "part.carried": "carried", "part.disputed": "disputed", "part.force": "force",
    "brief.elsewhere-title": "elsewhere", "network.follow-ups": "follow_ups",
    "network.joint-title": "joint", "lineage.title": "lineage", "trend.title": "months",
    "brief.actors-title": "actors",
    "matrix.title": "matrix", "part.key": "key", "part.related": "related", "part.topics": "topics",
}  # fmt: skip
SAID_WHEN_EMPTY = {"changed", "ended", "elsewhere", "actors"}  # by the paper alone, with "none"


@pytest.mark.parametrize("address", [("topics", YEAR), ("departments", {"d": "xs-10-civil"})])
def test_the_paper_tells_the_parts_of_the_page_in_its_order(
    open_page: Open, published: Home, address: tuple[str, dict[str, str]]
) -> None:
    page, asked = address
    shown = html_of(open_page(published, page, **{"since": "365d", **asked}))
    publication, say = Publication.current(published), catalogue("zh")
    assert publication is not None
    day = today(published.clock, published.settings.place.timezone)
    subject = find_subject(publication, asked.get("theme") or asked["d"])
    briefing = briefing_of(published, publication, subject, day - timedelta(days=365), day, "zh")
    words = Words("zh")
    headings = [one.heading for one in report_of(briefing, "zh").sections]
    on_page = {
        key: shown.index(f"<h2>{escape(told)}</h2>")
        for name, key in PARTS.items()
        if f"<h2>{escape(told := say[name].format(months=24))}</h2>" in shown
    }
    in_paper = {
        key: headings.index(told)
        for key in PARTS.values()
        if (told := words.say(key, total=briefing.new_total)) in headings
    }
    assert set(on_page) <= set(in_paper)
    assert set(in_paper) - set(on_page) <= SAID_WHEN_EMPTY
    assert sorted(on_page, key=on_page.__getitem__) == sorted(on_page, key=in_paper.__getitem__)
