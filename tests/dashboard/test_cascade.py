"""The cascade tracker: who followed by what evidence, what was added or dropped, and who was not seen to."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.cascade.follower import shared_subject
from dashboard.cascade.lags import Span, spans
from dashboard.words import say
from tests.dashboard.cascade_world import (
    ADDED,
    ALIKE,
    CITY,
    DROPPED,
    EXPLAINED,
    HOSTILE,
    PLAN,
    cascade_home,
)
from tests.dashboard.conftest import Open, html_of
from tests.dashboard.copies import copy_of
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.queries import cascades


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return cascade_home(tmp_path_factory.mktemp("cascade"))


def published(home: Home) -> Publication:
    found = Publication.current(home)
    assert found is not None
    return found


def plain(shown: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", shown))


def test_followers_come_with_their_relation_their_delay_and_the_sentence(home: Home) -> None:
    rows = {row["document_id"]: row for row in cascades.cascade(published(home), PLAN.document_id)}
    assert set(rows) == {CITY.document_id, ALIKE.document_id, HOSTILE.document_id}
    assert rows[CITY.document_id]["days"] == 40
    assert rows[CITY.document_id]["evidence"]["sentence"] == CITY.lines[0]
    assert rows[ALIKE.document_id]["relation"] == "clauses"
    assert rows[ALIKE.document_id]["evidence"] is None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_says_who_followed_by_which_evidence(open_page: Open, home: Home, language: str) -> None:
    shown = html_of(open_page(home, "cascade", id=PLAN.document_id, lang=language))
    assert 'data-followers="3"' in shown
    assert CITY.lines[0] in html.unescape(shown)  # the citing sentence
    told = plain(shown)
    assert say(language, "cascade.clauses") in told
    assert say(language, "cascade.shared-clauses", n=4) in told
    assert say(language, "facts.candidate") in told
    assert EXPLAINED.title not in told  # of the same level: it explains


def test_added_dropped_and_moved_figures_stand_in_the_comparison(open_page: Open, home: Home) -> None:
    shown = html_of(
        open_page(home, "cascade", id=PLAN.document_id, **{"with": CITY.document_id})  # type: ignore[arg-type]
    )
    compared = shown.split('id="texts"')[1]
    assert f'<ins class="gb-compared">{ADDED}</ins>' in compared
    assert f'<del class="gb-compared">{DROPPED}</del>' in compared
    assert 'data-kept="2"' in compared
    assert re.search(r"<strong>[^<]*三十[^<]* → [^<]*四十", compared)


def test_texts_that_may_not_be_shown_are_not(open_page: Open, tmp_path: Path) -> None:
    made = cascade_home(tmp_path / "excerpt", reuse="excerpt")
    shown = html_of(open_page(made, "cascade", id=PLAN.document_id))
    assert say("zh", "cascade.not-shown") in shown
    assert ADDED not in shown


def test_regions_are_seen_not_found_or_not_looked_at_and_add_up(open_page: Open, home: Home) -> None:
    shown = html_of(open_page(home, "cascade", id=PLAN.document_id))
    assert 'data-covered="1" data-missing="0" data-dark="0"' in shown
    alone = html_of(open_page(home, "cascade", id=EXPLAINED.document_id))
    assert 'data-covered="1" data-missing="1" data-dark="0"' in alone
    assert say("zh", "cascade.silence") in alone
    assert say("zh", "cascade.nobody") in alone


def test_tasks_of_lower_levels_stand_with_their_day(open_page: Open, home: Home) -> None:
    duties = cascades.duties_below(published(home), PLAN.document_id)
    assert [(row["due"], row["who"]) for row in duties] == [(date(2026, 6, 20), ["各市民政局"])]
    shown = plain(html_of(open_page(home, "cascade", id=PLAN.document_id)))
    assert say("zh", "today.days-left", n=19) in shown


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_index_names_what_was_followed_and_what_waits(open_page: Open, home: Home, language: str) -> None:
    shown = html_of(open_page(home, "cascade", lang=language))
    first, second = shown.split(say(language, "cascade.open-title"), 1)
    assert PLAN.title in first
    assert PLAN.title in second
    assert f"/cascade?id={PLAN.document_id}" in html.unescape(first)


def test_unknown_names_are_refused_by_name(open_page: Open, home: Home) -> None:
    assert "doc-none" in html_of(open_page(home, "cascade", id="doc-none"))
    other = html_of(open_page(home, "cascade", id=PLAN.document_id, **{"with": "doc-nobody"}))  # type: ignore[arg-type]
    assert "doc-nobody" in other
    assert CITY.title not in other


def test_hostile_titles_and_texts_are_dead(open_page: Open, home: Home) -> None:
    shown = html_of(
        open_page(home, "cascade", id=PLAN.document_id, **{"with": HOSTILE.document_id})  # type: ignore[arg-type]
    )
    assert "<img" not in shown
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown


def test_a_person_confirms_or_rejects_a_candidate(open_page: Open, home: Home, tmp_path: Path) -> None:
    made = copy_of(home, tmp_path / "judged")
    asked = {"id": PLAN.document_id, "with": ALIKE.document_id}
    at = open_page(made, "cascade", **asked)
    assert say("zh", "facts.candidate") in plain(html_of(at))
    at.button(key=f"confirm-{ALIKE.document_id}").click().run()
    assert say("zh", "facts.confirmed") in plain(html_of(at))
    at.button(key=f"take-back-{ALIKE.document_id}").click().run()
    at.button(key=f"reject-{ALIKE.document_id}").click().run()
    shown = html_of(at)
    assert 'data-followers="2"' in shown
    assert say("zh", "cascade.rejected", n=1) in plain(shown)


def test_days_fall_into_spans_and_empty_ends_are_cut() -> None:
    assert spans([]) == []
    made = spans([(0, False), (30, True), (31, False), (400, False)])
    assert made[0] == Span(0, 30, 1, 1)
    assert [one.cited for one in made] == [1, 1, 0, 0, 0, 1]
    assert spans([(5000, True)])[-1] == Span(731, None, 0, 1)


def test_a_shared_subject_is_five_characters_at_least() -> None:
    assert shared_subject(PLAN.title, CITY.title) == "关于发展社区食堂服务的"
    assert shared_subject("甲乙丙", "甲乙丁") == ""
    assert shared_subject(None, CITY.title) == ""


def test_a_bearer_stands_only_where_the_text_names_it_and_a_day_without_one_is_told() -> None:
    body = (
        "各市（州）人民政府：",
        "（一）设施。县级人民政府要建一所。每月探访不少于两次。",
        "（二）落实资金。各级财政列入预算。清单于2026年9月30日前发布。",
    )

    def row(at: int, sentence: str, who: Sequence[str], due: date | None = None) -> dict[str, Any]:
        start = body[at].index(sentence)
        place = {"paragraph": at, "start_at": start, "end_at": start + len(sentence)}
        return {"fact_id": sentence, "sentence": sentence, "who": who, "due": due, **place}

    told = [
        row(1, "县级人民政府要建一所。", ["县级人民政府"]),
        row(1, "每月探访不少于两次。", ["县级人民政府"]),
        row(2, "（二）落实资金。", ["县级人民政府"]),
        row(2, "各级财政列入预算。", ["各市（州）人民政府"]),
        row(2, "清单于2026年9月30日前发布。", ["县级人民政府"], date(2026, 9, 30)),
    ]
    found = cascades.charged_below(told, body)
    assert [(one["sentence"], one["who"]) for one in found] == [
        ("清单于2026年9月30日前发布。", []),
        ("县级人民政府要建一所。", ["县级人民政府"]),
        ("每月探访不少于两次。", ["县级人民政府"]),
        ("各级财政列入预算。", ["各市（州）人民政府"]),
    ]
