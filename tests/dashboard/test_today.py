"""Today: what is told is linked, counted and told once; following gives reasons; nothing is swallowed."""

from __future__ import annotations

import html
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.today.ranking import POINTS, ranked
from dashboard.words import catalogue
from tests.dashboard.conftest import APP, Open, html_of
from tests.dashboard.copies import copy_of
from tests.dashboard.papers import FIRST_DAY, SECOND_DAY
from tests.dashboard.publication_fixture import library, publish_first, publish_second
from warehouse.desk import Desk
from warehouse.home import Home
from warehouse.queries.reasons import Reason

ZH = catalogue("zh")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A library with its first publication."""
    made = library(tmp_path_factory.mktemp("today") / "first")
    publish_first(made)
    return made


@pytest.fixture(scope="module")
def second(first: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The reader looked on the first day; a publication and twelve days came since."""
    made = copy_of(first, tmp_path_factory.mktemp("later") / "second")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GOVBRIEF_HOME", str(made.root))
        assert not AppTest.from_file(str(APP), default_timeout=30).run().exception
    publish_second(made.root)
    return _on_day(made, 13)


@pytest.fixture
def home(first: Home, tmp_path: Path) -> Home:
    """The first library for one test, which looks, follows and publishes as it likes."""
    return copy_of(first, tmp_path / "today")


@pytest.fixture
def later(second: Home, tmp_path: Path) -> Home:
    """The second one, likewise."""
    return copy_of(second, tmp_path / "later")


def _on_day(home: Home, day: int) -> Home:
    return Home.open(library(home.root, day=day).root)


def _numbers(shown: str) -> set[tuple[str, str]]:
    return set(re.findall(r'<a href="/listing\??([^"]*)" data-go class="gb-number">([\d,]+)</a>', shown))


def _asked(query: str) -> dict[str, str]:
    return dict(parse_qsl(html.unescape(query)))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_number_since_the_last_look_equals_the_rows_behind_it(
    open_page: Open, later: Home, language: str
) -> None:
    shown = html_of(open_page(later, lang=language))
    numbers = _numbers(shown)
    kinds = {_asked(query).get("of") for query, _ in numbers}
    assert {"new", "changed", "repealed", "withdrawn", "nearer"} <= kinds
    for query, printed in numbers:
        listed = html_of(open_page(later, "listing", **_asked(query)))
        assert f'data-count="{printed}"' in listed
        rows = listed.count('class="gb-item"') + listed.count('class="gb-when"')
        assert rows == int(printed)


@pytest.mark.parametrize("parameters", [{}, {"since": "30d"}])
def test_every_section_with_a_number_says_what_it_rests_on(
    open_page: Open, later: Home, parameters: dict[str, str]
) -> None:
    shown = html_of(open_page(later, **parameters))
    sections = re.findall(r"<section.*?</section>", shown, re.DOTALL)
    counted = [one for one in sections if 'class="gb-number"' in one or 'class="gb-more"' in one]
    assert len(counted) > 2
    assert all('class="gb-prov"' in one for one in counted)


def test_the_first_item_is_a_sentence_whose_parts_lead_to_where_they_are_said(
    open_page: Open, later: Home
) -> None:
    shown = html_of(open_page(later))
    first = re.search(r'<ol class="gb-list gb-items"><li class="gb-item"><h3>(.*?)</h3>(.*?)</li>', shown)
    assert first is not None
    assert re.sub("<[^>]+>", "", first[1]) == f"云河省民政厅发文废止《{FIRST_DAY[1].title}》"
    verb = re.search(r'<a href="/doc\?([^"]*)" data-go>废止</a>', first[1])
    assert verb is not None
    proof = html_of(open_page(later, "doc", **_asked(verb[1])))
    assert re.search(rf"<mark>[^<]*{re.escape(str(SECOND_DAY[0].repeals))}", proof)
    assert SECOND_DAY[0].title in first[2]
    assert ZH["why.ends-repealed"] in first[2]
    assert ZH["why.points"].format(n=POINTS["ends"]) in first[2]


def test_no_document_stands_twice_on_the_page(open_page: Open, later: Home) -> None:
    shown = html_of(open_page(later))
    told = re.findall(r'<h3[^>]*><a href="/doc\?id=(doc-[0-9a-f]+)', shown)
    assert len(told) == len(set(told)) == 4  # new, changed, repealed, withdrawn


def test_a_changed_document_names_its_changed_paragraphs(open_page: Open, later: Home) -> None:
    shown = html_of(open_page(later))
    changed = re.search(rf"{FIRST_DAY[2].title}</a></h3>.*?</li>", shown)
    assert changed is not None
    assert ZH["delta.paragraphs"] in changed[0]
    place = re.search(r'<a href="/doc\?([^"]*para=2[^"]*)" data-go>第 2 段</a>', changed[0])
    assert place is not None
    assert "到2028年实现全覆盖" in html_of(open_page(later, "doc", **_asked(place[1])))


def test_a_deadline_that_came_within_seven_days_is_told_once(open_page: Open, later: Home) -> None:
    shown = html_of(open_page(later))
    assert ZH["delta.within-7"] in shown
    assert ZH["delta.within-7"] not in html_of(open_page(_on_day(later, 14)))
    assert ZH["delta.within-1"] in html_of(open_page(_on_day(later, 18)))
    assert ZH["delta.within-past"] in html_of(open_page(_on_day(later, 40)))
    assert ZH["today.nothing"] in html_of(open_page(_on_day(later, 41)))


def test_a_period_asked_for_by_name_swallows_nothing(open_page: Open, later: Home) -> None:
    open_page(later, since="7d")
    open_page(_on_day(later, 14), since="30d")
    shown = html_of(open_page(_on_day(later, 15)))
    assert "2026-06-01 08:00" in shown
    assert SECOND_DAY[0].title in shown


def test_what_is_published_after_the_page_was_opened_is_told_by_its_rerun_and_not_the_next_day(
    open_page: Open, home: Home
) -> None:
    open_page(home)
    at = open_page(_on_day(home, 1))
    assert ZH["today.nothing"] in html_of(at)
    publish_second(home.root)
    assert SECOND_DAY[0].title in html_of(at.run())
    lead = re.search(r'class="gb-lead">(.*?)</p>', html_of(open_page(_on_day(home, 2))))
    assert lead is not None
    assert ZH["today.nothing"] in lead[1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"of": "new", "after": "0", "upto": "99"},
        {"of": "new", "after": "x", "upto": "1"},
        {"of": "new", "upto": "1"},
        {"of": "documents", "after": "0", "upto": "1"},
        {"of": "nearer", "after": "0", "upto": "1", "from": "2026-13-01", "to": "2026-06-01"},
    ],
)
def test_an_interval_that_nobody_was_shown_is_refused(
    open_page: Open, later: Home, wrong: dict[str, str]
) -> None:
    open_page(later)
    shown = html_of(open_page(later, "listing", **wrong))
    assert ZH["unknown.title"] in shown
    assert "gb-item" not in shown


def test_the_english_address_keeps_its_language_in_every_link(open_page: Open, later: Home) -> None:
    shown = html_of(open_page(later, lang="en"))
    assert catalogue("en")["item.title"] in shown
    links = [html.unescape(one) for one in re.findall(r'<a href="(/[^"]*)" data-go', shown)]
    others = [one for one in links if "lang=zh" not in one]
    assert len(others) > 20
    assert all("lang=en" in one for one in others)


def test_what_is_followed_gives_reasons_and_is_left_again(open_page: Open, later: Home) -> None:
    at = open_page(later)
    assert ZH["why.yours"] not in html_of(at)
    at.multiselect(key="follow-body").select("xs-10-civil")
    at.multiselect(key="follow-document").select(SECOND_DAY[0].document_id)
    next(one for one in at.button if one.label == ZH["follow.save"]).click().run()
    assert not at.exception
    shown = html_of(at)
    assert ZH["why.watched"] in shown
    assert ZH["follow.news-title"] in shown
    for query, printed in _numbers(shown):
        assert f'data-count="{printed}"' in html_of(open_page(later, "listing", **_asked(query)))
    kept = [(one.kind, one.key) for one in Desk.open(later).follows.of("local")]
    assert sorted(kept) == [("body", "xs-10-civil"), ("document", SECOND_DAY[0].document_id)]
    document = open_page(later, "doc", id=SECOND_DAY[0].document_id)
    next(one for one in document.button if one.label == ZH["follow.leave"]).click().run()
    assert [one.key for one in Desk.open(later).follows.of("local")] == ["xs-10-civil"]


def test_a_document_that_cites_a_followed_one_says_so(open_page: Open, later: Home) -> None:
    Desk.open(later).follows.follow("local", "document", FIRST_DAY[1].document_id)
    shown = html_of(open_page(later))
    assert ZH["why.follows"] in shown
    assert ZH["why.watched"] in shown or FIRST_DAY[1].title in shown


def test_weightier_reasons_come_first_and_of_equals_home_and_the_higher_level() -> None:
    rows: list[dict[str, object]] = [
        {"document_id": "a", "level": "municipal", "published": date(2026, 6, 2), "at_home": True},
        {"document_id": "b", "level": "national", "published": date(2026, 6, 1), "at_home": True},
        {"document_id": "c", "level": "municipal", "published": date(2026, 5, 1), "at_home": True},
        {"document_id": "d", "level": None, "published": None, "at_home": True},
        {"document_id": "abroad", "level": "national", "published": date(2026, 6, 2), "at_home": False},
    ]
    moved = Reason("deadline", due=date(2026, 7, 1), old_due=date(2026, 6, 1))
    found = ranked(rows, {"c": (Reason("unusual"), moved, moved)})
    assert [one.document_id for one in found] == ["c", "b", "a", "d", "abroad"]
    assert [one.points for one in found] == [POINTS["deadline"] + POINTS["unusual"], 0, 0, 0, 0]
    assert [one.code for one in found[0].reasons] == ["deadline", "deadline", "unusual"]


def test_every_reason_has_points_words_and_a_line_in_the_method() -> None:
    for language in ("zh", "en"):
        words = catalogue(language)
        for code in POINTS:
            assert f"why.name-{code}" in words
            assert any(key.startswith(f"why.{code}") for key in words)


def test_a_look_at_night_belongs_to_the_day_at_the_library(open_page: Open, home: Home) -> None:
    open_page(home)
    publish_second(home.root)
    evening = datetime.fromisoformat("2026-06-02T15:50:00+00:00")  # 23:50 at the library
    for minutes, told in ((0, True), (9, True), (20, False)):
        now = evening + timedelta(minutes=minutes)
        text = f'[place]\nregion = "云河省"\nlanguage = "zh"\n[clock]\nnow = "{now.isoformat()}"\n'
        (home.root / "govbrief.toml").write_text(text, encoding="utf-8")
        lead = re.search(r'class="gb-lead">(.*?)</p>', html_of(open_page(Home.open(home.root))))
        assert lead is not None
        assert (ZH["today.nothing"] not in lead[1]) is told
