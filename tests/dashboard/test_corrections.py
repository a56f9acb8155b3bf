"""Labels are corrected with two clicks, many at once with a preview, and one after the other in the queue."""

from __future__ import annotations

import pytest

from dashboard.words import catalogue
from tests.dashboard.conftest import Open, html_of
from tests.dashboard.papers import FIRST_DAY
from warehouse.desk import Desk
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.queries.review import label_rows, likely_classes
from warehouse.review import spread, waiting, worth

FIRST = FIRST_DAY[0].document_id


def test_a_list_leads_to_the_corrections_of_each_document(open_page: Open, fresh: Home) -> None:
    shown = html_of(open_page(fresh, "listing", lang="zh"))
    assert f"/correct?id={FIRST}" in shown
    assert "/bulk" in shown
    assert f"/correct?id={FIRST}" in html_of(open_page(fresh, "docs", s="养老", lang="zh"))
    assert f"/correct?id={FIRST}&amp;field=topic" in html_of(open_page(fresh, "doc", id=FIRST, lang="zh"))


def test_one_click_saves_and_another_one_undoes(open_page: Open, fresh: Home) -> None:
    at = open_page(fresh, "correct", id=FIRST, field="topic", lang="zh")
    at.button(key="fix-topic-same").click().run()
    with Desk.open(fresh) as desk:
        assert [one.confirms for one in desk.corrections(FIRST)] == [True]
    at.button(key="fix-undo").click().run()
    with Desk.open(fresh) as desk:
        assert desk.corrections(FIRST) == []
    assert catalogue("zh")["fix.undone"] in html_of(at)
    refused = html_of(open_page(fresh, "correct", id=FIRST, field="colour", lang="zh"))
    assert "colour" in refused


def test_a_kind_is_corrected_and_may_be_a_new_one(open_page: Open, fresh: Home) -> None:
    at = open_page(fresh, "correct", id=FIRST, field="doc_type", lang="en")
    key = f"fix-doc_type-value-{FIRST}-None"
    at.selectbox(key=key).select("意见")
    next(one for one in at.button if one.form_id == "fix-doc_type").click().run()
    assert "Opinion" in html_of(at)
    page = html_of(open_page(fresh, "doc", id=FIRST, lang="zh"))
    assert f"/correct?id={FIRST}&amp;field=doc_type" in page
    with Desk.open(fresh) as desk:
        assert [(one.field, one.value) for one in desk.corrections(FIRST)] == [("doc_type", "意见")]
        with pytest.raises(UserError, match="41 characters"):
            desk.correct(FIRST, "doc_type", "长" * 41, "意见", "", "local")
        assert desk.correct(FIRST, "doc_type", "倡议书", "意见", "", "local").value == "倡议书"


def test_a_list_is_previewed_saved_and_taken_back_as_one(open_page: Open, fresh: Home) -> None:
    choice = "14"
    at = open_page(fresh, "bulk", of="documents", lang="en")
    at.selectbox(key="bulk-field").select("topic").run()
    at.selectbox(key="bulk-value-topic").select(choice).run()
    assert "will change" in html_of(at)
    with Desk.open(fresh) as desk:
        assert desk.corrections() == []
    at.button(key="bulk-save").click().run()
    with Desk.open(fresh) as desk:
        act = desk.bulk.listed()[0]
        assert {one.value["code"] for one in desk.corrections()} == {choice}
        assert act.documents == len(desk.corrections()) > 1
        assert sum(one.action == "correct-many" for one in desk.audit_events()) == 1
    at.button(key="bulk-undo-1").click().run()
    with Desk.open(fresh) as desk:
        assert desk.corrections() == []


def test_documents_without_a_tick_are_left_alone(open_page: Open, fresh: Home) -> None:
    at = open_page(fresh, "bulk", by="search", s="养老", lang="en")
    at.button(key="bulk-none").click().run()
    at.checkbox(key=f"bulk-tick-{FIRST}").check()
    at.button(key="bulk-take").click().run()
    at.radio(key="bulk-way-department").set_value("confirm").run()
    at.button(key="bulk-save").click().run()
    with Desk.open(fresh) as desk:
        assert [one.document_id for one in desk.corrections()] == [FIRST]


def test_the_queue_is_answered_and_says_why(open_page: Open, fresh: Home) -> None:
    at = open_page(fresh, "review", lang="en")
    assert catalogue("en")["review.why"] in html_of(at)
    at.button(key="review-next").click().run()
    at.button(key="review-undo").click().run()
    keys = [one.key for one in at.button]
    at.button(key="review-confirm" if "review-confirm" in keys else "review-other-1").click().run()
    with Desk.open(fresh) as desk:
        assert sum(one.answer != "skipped" for one in desk.reviews.standing()) == 1
    assert catalogue("en")["review.second-none"] in html_of(at)
    assert "not evaluated" in html_of(at)


def test_the_queue_takes_turns_and_gives_reasons(published: Home) -> None:
    publication = Publication.current(published)
    assert publication is not None
    found = waiting(publication, FIRST_DAY[0].published)
    assert found
    assert all(one.reasons for one in found)
    assert len({(one.document_id, one.subject) for one in found}) == len(found)
    rows = label_rows(publication, [one.document_id for one in found[:3]])
    assert [row["document_id"] for row in rows] == [one.document_id for one in found[:3]]
    assert set(likely_classes(publication, "topic", [FIRST])) <= {FIRST}


def test_doubt_counts_most_and_classes_take_turns() -> None:
    assert worth(0.1, 9, False, 0) > worth(0.6, 0, False, 0) > worth(0.6, 9, False, 0)
    assert worth(0.5, 9, True, 0) > worth(0.5, 9, False, 0)
    assert spread(["a", "a", "a", "b", "a", "b"], 2) == [0, 1, 3, 5, 2, 4]


@pytest.mark.parametrize("page", ["correct", "bulk", "review"])
def test_the_pages_speak_both_languages(open_page: Open, published: Home, page: str) -> None:
    for language in ("zh", "en"):
        shown = html_of(
            open_page(published, page, lang=language, **({"id": FIRST} if page == "correct" else {}))
        )
        assert catalogue(language)[f"nav.{page}"] in shown
