"""The board of problems: what is matched, what people say of it, and what the ranking learns."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.dashboard.board_fixture import MEASURE, PAPERS, PROBLEM, board_library, mine
from tests.dashboard.papers import Paper
from tests.dashboard.publication_fixture import take_in
from tests.warehouse.make import make_home
from warehouse.board_match import Passage, precedents, shared_terms, terms_of
from warehouse.board_ranking import BEGIN, learnt
from warehouse.desk import Desk
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.publish import publish
from warehouse.queries import board
from warehouse.queries.board import BoardWish, features_of

WEIGHTS = learnt(()).weights


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A library with one problem and its precedent; tests only read it."""
    return board_library(tmp_path_factory.mktemp("board"))


@pytest.fixture
def publication(home: Home) -> Publication:
    found = Publication.current(home)
    assert found is not None
    return found


def _passage(name: str, kind: str, sentence: str, region: str, department: str | None = None) -> Passage:
    return Passage(
        name,
        f"doc-{name}",
        kind,
        sentence,
        0,
        0,
        0.9,
        date(2026, 5, 1),
        "17-03",
        "17",
        region,
        department,
        "zh",
    )


def test_terms_are_pairs_of_signs_and_words_without_what_joins_them() -> None:
    assert terms_of("养老的床位 and housing") == ["养老", "床位", "housing"]
    assert shared_terms("养老床位缺口较大", "新建养老床位，补上缺口") == ["养老床位", "缺口"]


def test_a_precedent_is_of_another_place_and_shares_rarer_terms() -> None:
    here = _passage("p", "problem", PROBLEM, "云河省")
    there = _passage("m", "measure", MEASURE, "澜江市")
    own = _passage("o", "measure", MEASURE, "云河省")
    other = _passage("x", "measure", "加快5G网络建设。", "澜江市")
    found = list(precedents([here, there, own, other]))
    assert [(one[0], one[1]) for one in found] == [("p", "m")]
    assert "养老床位" in found[0][5]
    assert list(precedents([there, own])) == []


def test_another_body_of_the_same_place_is_a_precedent_too_and_said_so() -> None:
    here = _passage("p", "problem", PROBLEM, "云河省", "a")
    there = _passage("m", "measure", MEASURE, "云河省", "b")
    (found,) = precedents([here, there])
    assert found[1] == "m"
    assert found[7] is False


def test_the_publication_holds_the_problem_with_its_precedent(publication: Publication) -> None:
    (name,) = board.cards(publication, BoardWish(), None, (), WEIGHTS, 10, 0)
    problem = board.problems(publication, (name,))[name]
    assert problem["sentence"] == PROBLEM
    assert problem["origin"] == "inspection"
    (row,) = board.precedents(publication, (name,))
    assert row["sentence"] == MEASURE
    assert row["met_sentence"] is not None
    assert row["region"] == "澜江市"
    assert set(features_of(row)) == set(BEGIN) - {"bias"}


def test_filters_and_verdicts_decide_what_counts(publication: Publication) -> None:
    (name,) = board.cards(publication, BoardWish(), None, (), WEIGHTS, 10, 0)
    pair = (name, board.precedents(publication, (name,))[0]["measure_id"])
    count = board.count_cards
    assert (
        count(publication, BoardWish(region="云河省", topic="17", origin="inspection", card=name), None, ())
        == 1
    )
    assert count(publication, BoardWish(region="澜江市"), None, ()) == 0
    assert count(publication, BoardWish(department="xs-1001-gov"), None, ()) == 0
    assert count(publication, BoardWish(), (), ()) == 0
    assert count(publication, BoardWish(), (pair,), ()) == 1
    assert count(publication, BoardWish(), None, (pair,)) == 0
    assert board.pairs_held(publication, (pair, ("gone", "gone"))) == 1


def test_a_delta_gives_the_same_board_as_a_whole_publication(tmp_path: Path) -> None:
    more = Paper(
        "t-civil", "p4", "云河省民政厅关于护理人员培训的通知", ("培训护理人员，增加养老床位供给。",),
        date(2026, 5, 30), topic="17-03",
    )  # fmt: skip
    home = board_library(tmp_path / "home")
    take_in(home, (*PAPERS, more), "run-more")
    mine(home, (*PAPERS, more))
    publish(home)
    delta = _tables(home)
    publish(home, whole=True)
    assert _tables(home) == delta


def _tables(home: Home) -> list[list[dict[str, object]]]:
    publication = Publication.current(home)
    assert publication is not None
    return [
        publication.rows("select * from board_passage order by all"),
        publication.rows("select * from board_match order by all"),
    ]


def test_the_newest_judgement_holds_until_it_is_undone(tmp_path: Path) -> None:
    with Desk.open(make_home(tmp_path)) as desk:
        log, pair, documents = desk.board, ("p", "m"), ("doc-p", "doc-m")
        first = log.give(pair, documents, "confirmed", "", {"likeness": 0.5}, "local")
        second = log.give(pair, documents, "rejected", "另一类设施", {"likeness": 0.5}, "local")
        assert log.holding()[pair].reason == "另一类设施"
        log.undo(second.judgement_id, "local")
        assert log.holding()[pair].verdict == "confirmed"
        log.undo(first.judgement_id, "local")
        assert log.holding() == {}
        assert [one.action for one in desk.audit_events("p")] == ["undo-precedent"] * 2 + [
            "judge-precedent"
        ] * 2
        with pytest.raises(UserError, match="does not hold"):
            log.undo(first.judgement_id, "local")


def test_a_rejection_says_why(tmp_path: Path) -> None:
    with Desk.open(make_home(tmp_path)) as desk, pytest.raises(UserError, match="reason"):
        desk.board.give(("p", "m"), ("doc-p", "doc-m"), "rejected", "", {}, "local")


def test_judgements_move_the_ranking_and_the_same_ones_alike() -> None:
    alike = {"likeness": 0.3, "other_place": 1.0}
    distant = {"likeness": 0.3, "same_class": 1.0}
    judged = [(alike, False), (distant, True)] * 4
    ranking = learnt(judged)
    assert learnt(judged).weights == ranking.weights
    assert ranking.learnt_from == 8
    assert learnt(()).score(distant) - learnt(()).score(alike) < ranking.score(distant) - ranking.score(alike)
    assert ranking.moved()["other_place"] < 0 < ranking.moved()["same_class"]
    assert learnt(()).moved() == {}
