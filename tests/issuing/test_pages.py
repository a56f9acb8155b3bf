"""The page of reports: issues with their files and notices, one issue from text to original, the review."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.evidence.verify import verified
from dashboard.issuing.routes import issue_routes
from dashboard.words import say
from tests.dashboard.conftest import html_of
from tests.dashboard.copies import copy_of
from tests.issuing.conftest import FALSE, GOOD, LOOK, SOURCE, Open, begin, submitted
from warehouse.desk import Desk
from warehouse.home import Home


@pytest.fixture
def desk(issued: Home) -> Desk:
    return Desk.open(issued)


@pytest.fixture
def own(issued: Home, tmp_path: Path) -> Home:
    """The library with its issue, for one test to change."""
    return copy_of(issued, tmp_path / "own")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_issues_are_listed_with_number_state_and_files(open_page: Open, issued: Home, language: str) -> None:
    page = html_of(open_page(issued, "reports", lang=language))
    assert say(language, "reports.number", year=2026, number=1, total=1) in page
    assert say(language, "reports.state-signed") in page
    assert all(f"/issue/1/{name}" in page for name in ("pdf", "docx", "md"))


def test_nothing_signed_is_said(open_page: Open, fresh: Home) -> None:
    assert say("zh", "reports.none") in html_of(open_page(fresh, "reports"))


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("series", "没有的刊", "unknown-series"), ("year", "1999", "unknown-year"),
        ("issue", "99", "unknown-issue"), ("issue", "x' or 1", "unknown-issue"),
        ("draft", "99", "unknown-draft"),
    ],
)  # fmt: skip
def test_unknown_values_are_refused_by_name(
    open_page: Open, issued: Home, name: str, value: str, key: str
) -> None:
    page = html_of(open_page(issued, "reports", **{name: value}))
    assert say("zh", f"reports.{key}", value=value).replace("'", "&#x27;") in page


def test_an_issue_leads_from_its_text_to_reference_paragraph_and_archived_copy(
    open_page: Open, issued: Home, desk: Desk
) -> None:
    page = html_of(open_page(issued, "reports", issue="1"))
    frozen = json.loads(desk.issues.frozen(1))
    assert 'href="#ref-1"' in page
    assert 'id="ref-1"' in page
    paragraph = frozen["check"]["quotes"][0]["paragraph"] + 1
    assert f"id={SOURCE}&amp;para={paragraph}" in page
    assert f"/archive/{frozen['documents'][0]['capture_id']}" in page
    assert desk.issues.one(1).sha256 in page
    assert say("zh", "reports.step-approve") in page


def test_what_became_of_a_source_stands_above_the_issue_and_in_the_list(open_page: Open, own: Home) -> None:
    with Desk.open(own) as desk:
        desk.issues.note(1, SOURCE, "推进居家养老", "repealed", "云民发〔2026〕15号", "20260602-1", "local")
    page = html_of(open_page(own, "reports", issue="1"))
    assert say("zh", "reports.notice-repealed") in page
    assert "云民发〔2026〕15号" in page
    assert say("zh", "reports.notices", n=1) in html_of(open_page(own, "reports"))


def test_feedback_given_on_the_page_is_counted(open_page: Open, own: Home) -> None:
    with Desk.open(own) as desk:
        someone = desk.issues.spread.add_recipient(desk.issues.one(1).series, "办公室", "paper", "local")
    at = open_page(own, "reports", issue="1")
    _press(at, say("zh", "reports.deliver"))
    assert say("zh", "reports.delivered") in html_of(at)
    kinds = [one for one in at.selectbox if one.label == say("zh", "reports.what")]
    kinds[0].select("adopted")
    whose = [one for one in at.selectbox if one.label == say("zh", "reports.whose")]
    whose[0].select(someone.recipient_id)
    _press(at, say("zh", "reports.note-it"))
    with Desk.open(own) as desk:
        assert [(one.delivered, one.adopted) for one in desk.issues.adoption()] == [(1, 1)]


def test_a_withdrawn_issue_says_why(open_page: Open, own: Home) -> None:
    with Desk.open(own) as desk:
        desk.issues.sign_off.withdraw(1, "local", "数据有误")
    page = html_of(open_page(own, "reports", issue="1"))
    assert "数据有误" in page
    assert say("zh", "reports.state-withdrawn") in html_of(open_page(own, "reports"))


def test_a_review_shows_text_and_findings_and_approves_what_is_waived(open_page: Open, own: Home) -> None:
    with Desk.open(own) as desk:
        draft_id = submitted(desk, LOOK)
    at = open_page(own, "reports", draft=str(draft_id))
    assert "云河经验" in html_of(at)
    assert say("zh", "reports.weight-look") in html_of(at)
    _press(at, say("zh", "reports.approve"))
    assert "neither mended nor waived" in html_of(at)
    why = [one for one in at.text_input if one.label == say("zh", "reports.waive-why")]
    why[0].input("省里的通行说法")
    _press(at, say("zh", "reports.waive"))
    assert say("zh", "reports.weight-waived") in html_of(at)
    _press(at, say("zh", "reports.approve"))
    assert say("zh", "reports.approved") in html_of(at)
    with Desk.open(own) as desk:
        assert desk.issues.of_draft(draft_id) is not None


def test_what_changed_behind_an_open_page_is_not_signed_from_it(open_page: Open, own: Home) -> None:
    with Desk.open(own) as desk:
        draft_id = submitted(desk, GOOD)
        at = open_page(own, "reports", draft=str(draft_id))
        desk.issues.sign_off.send_back(draft_id, 1, "local", "改一句")
        revision = desk.drafts.save(draft_id, 1, GOOD + "\n补一句。\n", "local").revision
        desk.issues.sign_off.submit(draft_id, revision, "local")
        _press(at, say("zh", "reports.approve"))
        assert say("zh", "reports.changed-meanwhile") in html_of(at)
        assert desk.issues.of_draft(draft_id) is None
        _press(at, say("zh", "reports.approve"))  # now on what she sees
        assert desk.issues.of_draft(draft_id) is not None


def test_a_false_quotation_leaves_no_button_to_approve(open_page: Open, own: Home) -> None:
    with Desk.open(own) as desk:
        draft_id = submitted(desk, FALSE)
    at = open_page(own, "reports", draft=str(draft_id))
    assert say("zh", "reports.weight-stop") in html_of(at)
    assert [one.disabled for one in at.button if one.label == say("zh", "reports.approve")] == [True]
    area = [one for one in at.text_area if one.label == say("zh", "reports.head-remark")]
    area[0].input("引文查无出处")
    _press(at, say("zh", "reports.return"))
    with Desk.open(own) as desk:
        assert desk.drafts.get(draft_id).state == "draft"


def test_a_draft_is_submitted_from_its_page(open_page: Open, own: Home) -> None:
    with Desk.open(own) as desk:
        draft_id = begin(desk)
    at = open_page(own, "reports", draft=str(draft_id))
    _press(at, say("zh", "reports.submit"))
    with Desk.open(own) as desk:
        assert desk.drafts.get(draft_id).state == "review"


@pytest.mark.parametrize("format", ["md", "json", "docx", "pdf"])
def test_a_file_comes_as_it_was_signed(issued: Home, desk: Desk, format: str) -> None:
    answer = TestClient(Starlette(routes=issue_routes(issued))).get(f"/issue/1/{format}")
    assert answer.status_code == 200
    assert answer.content == desk.issues.data(1, format)
    assert answer.headers["content-disposition"].startswith("attachment")


def test_the_evidence_pack_comes_with_the_issue(issued: Home) -> None:
    answer = TestClient(Starlette(routes=issue_routes(issued))).get("/issue/1/pack")
    assert answer.headers["content-type"] == "application/zip"
    assert verified(answer.content).quotations == 1


@pytest.mark.parametrize("path", ["/issue/99/pdf", "/issue/1/exe", "/issue/..%2F1/pdf", "/issue/-1/md"])
def test_what_is_no_file_of_an_issue_is_not_found(issued: Home, path: str) -> None:
    assert TestClient(Starlette(routes=issue_routes(issued))).get(path).status_code == 404


def _press(at: object, label: str) -> None:
    found = [one for one in at.button if one.label == label]  # type: ignore[attr-defined]
    found[0].click()
    at.run()  # type: ignore[attr-defined]
    assert not at.exception, at.exception[0].value  # type: ignore[attr-defined]
