"""Sign-off on a published library: what is frozen, what is refused, what is waived, what stays open."""

from __future__ import annotations

import hashlib
import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from dashboard.issuing import workflow
from dashboard.issuing.points import point_lines, points_of
from dashboard.issuing.release import Stopped, checked_draft, kept_file
from tests.dashboard.copies import copy_of
from tests.dashboard.papers import DUTY
from tests.issuing.conftest import FALSE, GOOD, LOOK, SOURCE, begin, submitted
from tests.issuing.desk_of_drafts import approval, in_review, written
from warehouse.desk import Desk
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.publication import Publication


@pytest.fixture
def desk(issued: Home) -> Desk:
    return Desk.open(issued)


def test_an_issue_keeps_text_documents_check_and_files_with_their_hashes(desk: Desk) -> None:
    issue = desk.issues.all()[-1]
    frozen_text = desk.issues.frozen(issue.issue_id)
    frozen = json.loads(frozen_text)
    assert hashlib.sha256(frozen_text.encode("utf-8")).hexdigest() == issue.sha256
    assert (frozen["text"], frozen["number"], frozen["total"], issue.number) == (GOOD.strip() + "\n", 1, 1, 1)
    assert [one["document_id"] for one in frozen["documents"]] == [SOURCE]
    assert frozen["documents"][0]["sha256"]
    assert [one["verdict"] for one in frozen["check"]["quotes"]] == ["exact"]
    assert frozen["approved"]["remark"] == "同意印发"
    assert frozen["publication_id"] == issue.publication_id
    for kept in desk.issues.files(issue.issue_id):
        data = kept_file(desk, issue, kept.format)
        assert frozen["files"][kept.format] == {
            **frozen["files"][kept.format], "size": len(data), "sha256": hashlib.sha256(data).hexdigest(),
        }  # fmt: skip
    assert {one.format for one in desk.issues.files(issue.issue_id)} == {"md", "json", "docx", "pdf"}


def test_the_files_bear_the_number_and_no_mark_of_a_draft(desk: Desk) -> None:
    issue = desk.issues.all()[-1]
    paper = json.loads(kept_file(desk, issue, "json"))
    assert paper["masthead"]["series"] == issue.series
    assert "第1期" in paper["masthead"]["issue"]
    assert not paper["paper"].get("draft")
    word = zipfile.ZipFile(BytesIO(kept_file(desk, issue, "docx"))).read("word/document.xml").decode("utf-8")
    assert "第1期" in word
    assert "草稿" not in word


def test_a_false_quotation_is_never_approved(issued: Home, shown: Publication, desk: Desk) -> None:
    draft_id = submitted(desk, FALSE)
    with pytest.raises(Stopped, match="forbid signing and export"):
        workflow.approve(issued, shown, desk, draft_id, 1, "local")
    assert desk.drafts.get(draft_id).state == "review"
    assert desk.issues.of_draft(draft_id) is None


def test_a_finding_to_look_at_is_waived_with_a_remark_or_forbids(
    issued: Home, shown: Publication, desk: Desk
) -> None:
    draft_id = submitted(desk, LOOK)
    checked = checked_draft(issued, shown, desk, draft_id)
    (look,) = checked.report.looks
    with pytest.raises(UserError, match="neither mended nor waived"):
        workflow.approve(issued, shown, desk, draft_id, 1, "local")
    with pytest.raises(UserError, match="remark: nothing was written"):
        workflow.waive(desk, checked, look.key, " ", "local")
    with pytest.raises(UserError, match="no finding 'other'"):
        workflow.waive(desk, checked, "other", "无妨", "local")
    workflow.waive(desk, checked, look.key, "省里的通行说法", "local")
    issue = workflow.approve(issued, shown, desk, draft_id, 1, "local")
    assert [one["remark"] for one in json.loads(desk.issues.frozen(issue.issue_id))["waivers"]] == [
        "省里的通行说法"
    ]


def test_what_forbids_signing_cannot_be_waived(issued: Home, shown: Publication, desk: Desk) -> None:
    checked = checked_draft(issued, shown, desk, submitted(desk, FALSE))
    for one in checked.report.stops:
        with pytest.raises(UserError, match="may be waived"):
            workflow.waive(desk, checked, one.key, "放行", "local")


def test_only_the_version_in_review_is_approved(issued: Home, shown: Publication, desk: Desk) -> None:
    draft_id = begin(desk)
    with pytest.raises(UserError, match="only a version in review is approved"):
        workflow.approve(issued, shown, desk, draft_id, 1, "local")
    workflow.submit(desk, draft_id, 1, "local")
    with pytest.raises(UserError, match="look at it again"):
        workflow.approve(issued, shown, desk, draft_id, 2, "local")
    with pytest.raises(UserError, match="it is being reviewed"):
        desk.drafts.save(draft_id, 1, "改一改", "local")


def test_a_draft_is_returned_with_the_reason_and_submitted_again(desk: Desk) -> None:
    draft_id = submitted(desk)
    with pytest.raises(UserError, match="remark: nothing was written"):
        workflow.send_back(desk, draft_id, 1, "local", "")
    workflow.send_back(desk, draft_id, 1, "local", "数字请核")
    revision = desk.drafts.save(draft_id, 1, GOOD + "\n补一句。\n", "local").revision
    workflow.submit(desk, draft_id, revision, "local")
    steps = [(one.kind, one.revision, one.remark) for one in desk.issues.sign_off.steps(draft_id)]
    assert steps == [("submit", 1, "请审"), ("return", 1, "数字请核"), ("submit", revision, "")]


def test_four_eyes_refuse_who_wrote_and_who_submitted(desk: Desk) -> None:
    draft_id = in_review(desk, account="local")
    with pytest.raises(UserError, match="another reviewer must do this"):
        desk.issues.sign_off.approve(approval(desk, draft_id, four_eyes=True), written)


def test_where_there_are_accounts_another_reviewer_approves_and_is_named(
    issued: Home, tmp_path: Path
) -> None:
    home = copy_of(issued, tmp_path / "accounts", '[accounts]\nmode = "local"\n')
    publication = Publication.current(home)
    assert publication is not None
    with Desk.open(home) as desk:
        for name, role in (("lan", "analyst"), ("he", "reviewer"), ("wei", "reviewer")):
            desk.accounts.add(name, role, "local", shown=f"{name}老师")
        draft_id = desk.drafts.begin("weekly", "elderly-care", "周报", "zh", GOOD, "lan").draft_id
        workflow.submit(desk, draft_id, 1, "he")
        with pytest.raises(UserError, match="needs the role reviewer"):
            workflow.send_back(desk, draft_id, 1, "lan", "自己退")
        with pytest.raises(UserError, match="another reviewer must do this"):
            workflow.approve(home, publication, desk, draft_id, 1, "he")
        with pytest.raises(UserError, match="another reviewer must do this"):
            workflow.approve(home, publication, desk, draft_id, 1, "lan")
        assert desk.drafts.get(draft_id).state == "review"
        issue = workflow.approve(home, publication, desk, draft_id, 1, "wei", "同意")
        assert (issue.author, issue.submitted_by, issue.approved_by) == ("lan", "he", "wei")
        names = "".join(json.loads(kept_file(desk, issue, "json"))["paper"]["signers"])
        assert "lan老师" in names
        assert "wei老师" in names


def test_a_reader_takes_no_step_of_sign_off(desk: Desk) -> None:
    desk.accounts.add("lesen", "reader", "local")
    draft_id = begin(desk)
    with pytest.raises(UserError, match="needs the role"):
        workflow.submit(desk, draft_id, 1, "lesen")
    assert desk.drafts.get(draft_id).state == "draft"
    asked = approval(desk, submitted(desk), "lesen")
    with pytest.raises(UserError, match="needs the role"):
        desk.issues.sign_off.approve(asked, written)


def test_open_points_go_into_the_next_draft_until_they_are_done(desk: Desk) -> None:
    series = desk.issues.all()[-1].series
    (line,) = point_lines(desk, series, "zh")
    assert line == f"待跟进：各市方案报送情况[^d{SOURCE}]（此前提出）" or line.endswith("（上期提出）")
    assert points_of(f"- {line}").open == (f"各市方案报送情况[^d{SOURCE}]",)
    assert points_of(f"- {line.replace('待跟进', '已办结')}").done == (f"各市方案报送情况[^d{SOURCE}]",)


def test_points_are_read_below_their_heading_and_nowhere_else() -> None:
    text = "## 待跟进\n\n- 甲\n- 无\n\n## 要闻\n\n- 乙\n- Open: x (raised earlier)\n- 已办结：丙\n"
    found = points_of(text)
    assert (found.open, found.done) == (("甲", "x"), ("丙",))


def test_the_quotation_of_the_fixture_is_a_whole_sentence() -> None:
    assert DUTY in GOOD
