"""The board: confirmed cards by default, candidates marked, each sentence a link, judgements kept and
undone.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.words import say
from tests.dashboard.board_fixture import MEASURE, PROBLEM, board_library
from tests.dashboard.conftest import Open, html_of
from tests.dashboard.copies import copy_of
from warehouse.desk import Desk
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.queries import board


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A library with one problem and its precedent."""
    return board_library(tmp_path_factory.mktemp("board"))


@pytest.fixture
def home(made: Home, tmp_path: Path) -> Home:
    """The same, for one test to judge on."""
    return copy_of(made, tmp_path / "board")


def _pair(home: Home) -> tuple[str, str]:
    publication = Publication.current(home)
    assert publication is not None
    row = publication.rows("select problem_id, measure_id from board_match")[0]
    return row["problem_id"], row["measure_id"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_shown_before_somebody_confirmed_it(open_page: Open, home: Home, language: str) -> None:
    page = html_of(open_page(home, "board", lang=language))
    assert say(language, "board.none-confirmed") in page
    assert PROBLEM not in page
    assert 'data-count="0"' in page


def test_candidates_are_marked_and_lead_to_their_sentences(open_page: Open, home: Home) -> None:
    problem, measure = _pair(home)
    page = html_of(open_page(home, "board", lang="zh", candidates="1"))
    assert PROBLEM in page
    assert MEASURE in page
    assert "gb-badge-candidate" in page
    assert say("zh", "board.candidates-note") in page
    for fact in (problem, measure):
        assert f"fact={fact}" in page
    assert "养老床位" in page


def test_a_confirmed_card_reaches_readers_and_goes_when_it_is_taken_back(open_page: Open, home: Home) -> None:
    problem, measure = _pair(home)
    key = f"{problem}-{measure}"
    at = open_page(home, "board", lang="zh", candidates="1")
    at.button(key=f"confirm-{key}").click().run()
    reader = open_page(home, "board", lang="zh")
    assert PROBLEM in html_of(reader)
    assert say("zh", "board.learnt", n=1) in html_of(reader)
    reader.button(key=f"back-{key}").click().run()
    assert PROBLEM not in html_of(reader)
    with Desk.open(home) as desk:
        assert [one.verdict for one in desk.board.log()] == ["confirmed"]
        assert desk.board.log()[0].undone_by == "local"


def test_a_rejection_needs_a_reason_and_hides_the_card(open_page: Open, home: Home) -> None:
    key = "-".join(_pair(home))
    at = open_page(home, "board", lang="zh", candidates="1")
    at.button(key=f"reject-{key}").click().run()
    assert say("zh", "board.reason-missing") in html_of(at)
    at.text_input(key=f"why-{key}").set_value("另一类设施").run()
    at.button(key=f"reject-{key}").click().run()
    assert PROBLEM not in html_of(at)
    with Desk.open(home) as desk:
        assert [one.reason for one in desk.board.log()] == ["另一类设施"]


def test_a_shared_address_restores_one_card(open_page: Open, home: Home) -> None:
    problem, _ = _pair(home)
    page = html_of(
        open_page(home, "board", lang="en", candidates="1", card=problem, region="云河省", topic="17")
    )
    assert PROBLEM in page
    assert 'data-count="1"' in page


@pytest.mark.parametrize(
    ("name", "value"),
    [("region", "nowhere"), ("theme", "nothing"), ("topic", "99"), ("d", "nobody"), ("origin", "rumour"),
     ("card", "fac-0"), ("candidates", "yes"), ("p", "0"), ("p", "99")],
)  # fmt: skip
def test_an_unknown_value_is_refused_by_name(open_page: Open, home: Home, name: str, value: str) -> None:
    page = html_of(open_page(home, "board", lang="en", **{name: value}))
    assert value in page
    assert say("en", "unknown.title") in page
    assert PROBLEM not in page


def test_without_anything_to_compare_the_page_says_so(open_page: Open, published: Home) -> None:
    page = html_of(open_page(published, "board", lang="en", candidates="1"))
    assert say("en", "board.none") in page or say("en", "board.none-held") in page
    found = Publication.current(published)
    assert found is not None
    assert board.held_pairs(found) == 0


def test_a_briefing_shows_confirmed_sentences_and_candidates_only_when_asked(
    open_page: Open, home: Home
) -> None:
    publication = Publication.current(home)
    assert publication is not None
    asked = {"r": "云河省", "since": "365d"}
    plain = html_of(open_page(home, "regions", **asked))
    assert say("zh", "part.none-confirmed") in plain
    assert PROBLEM not in _part(plain)
    assert "candidates=1#brief-findings" in _part(plain)
    assert "since=365d" in _part(plain)
    both = _part(html_of(open_page(home, "regions", **asked, candidates="1")))
    assert PROBLEM in both
    assert "gb-badge-candidate" in both
    problem, _ = _pair(home)
    (row,) = publication.rows("select document_id from fact where fact_id = ?", [problem])
    with Desk.open(home) as desk:
        desk.judge(row["document_id"], problem, "confirmed", desk.current_user().name)
    told = _part(html_of(open_page(home, "regions", **asked)))
    assert PROBLEM in told
    assert "gb-badge-confirmed" in told
    assert "gb-badge-candidate" not in told
    with Desk.open(home) as desk:
        desk.judge(row["document_id"], problem, "rejected", desk.current_user().name)
    gone = html_of(open_page(home, "regions", **asked, candidates="1"))
    assert PROBLEM not in _part(gone)


def test_an_unknown_switch_of_a_briefing_is_refused_by_name(open_page: Open, home: Home) -> None:
    page = html_of(open_page(home, "regions", r="云河省", candidates="maybe"))
    assert "maybe" in page
    assert "brief-findings" not in page


def _part(page: str) -> str:
    """The problems and measures of a briefing's page; "" where there are none."""
    return page.partition('id="brief-findings"')[2].partition("</section>")[0]
