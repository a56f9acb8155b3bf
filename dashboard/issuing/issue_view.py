"""The page of one signed issue: text, references, what became of its sources, who got it and said what."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from dashboard.frame import Frame, refuse, show
from dashboard.issuing.issue_forms import distribution_forms, feedback_form, withdraw_form
from dashboard.issuing.list_view import file_links, number_of, state_badge
from dashboard.issuing.paper_view import paper_view
from dashboard.issuing.points import without_marks
from dashboard.issuing.release import kept_file
from dashboard.issuing.routes import PACK, issue_address
from dashboard.issuing.seeing import may_open
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import notice, quiet, section, table
from dashboard.report.files import FORMATS
from warehouse.desk.issues.model import Feedback, Issue
from warehouse.errors import UserError


def draw_issue(frame: Frame, asked: str) -> None:
    """One issue, as far as this reader may see it."""
    issue = _issue(frame, asked)
    show(
        element("p", frame.link(frame.say("reports.back"), "reports"), cls="gb-coverage"),
        element("h1", issue.title),
        element(
            "p", issue.series, " · ", number_of(frame, issue), " · ",
            frame.local(issue.approved_at, "%Y-%m-%d"), " · ", state_badge(frame, issue), cls="gb-meta",
        ),
        _ended(frame, issue),
    )  # fmt: skip
    if not may_open(frame.may, issue):
        return
    show(_notices(frame, issue))
    pack = element("a", frame.say("reports.pack"), href=issue_address(issue.issue_id, PACK), download=True)
    show(element("p", frame.say("reports.files"), " ", file_links(frame, issue, FORMATS), " · ", pack))
    paper = json.loads(kept_file(frame.desk, issue, "json"))
    frozen = json.loads(frame.desk.issues.frozen(issue.issue_id))
    show(paper_view(paper, frame.say("reports.figures")), _references(frame, paper, frozen))
    show(_points(frame, issue), _signed(frame, issue))
    if frame.may("analyst"):
        show(_delivered(frame, issue))
        distribution_forms(frame, issue)
    _said(frame, issue)
    if frame.may("reviewer") and issue.state == "signed":
        withdraw_form(frame, issue)


def _issue(frame: Frame, asked: str) -> Issue:
    try:
        return frame.desk.issues.one(int(asked) if asked.isdecimal() and len(asked) < 13 else 0)
    except UserError:
        refuse(frame, "reports.unknown-issue", asked)


def _ended(frame: Frame, issue: Issue) -> Markup | None:
    if issue.state == "signed":
        return None
    at = frame.local(issue.state_at, "%Y-%m-%d")
    if issue.corrected_by is None:
        steps = frame.desk.issues.sign_off.steps(issue.draft_id)
        why = next((one.remark for one in reversed(steps) if one.kind == "withdraw"), "")
        return notice(frame.say("reports.withdrawn", at=at, why=why))
    link = frame.link(frame.say("reports.corrected-by"), "reports", issue=issue.corrected_by)
    return notice(join((frame.say("reports.corrected", at=at), " ", link)))


def _notices(frame: Frame, issue: Issue) -> Markup | None:
    found = frame.desk.issues.notices([issue.issue_id])
    if not found:
        return None
    lines = (
        element(
            "li",
            element("strong", frame.say(f"reports.notice-{one.kind}")), " ",
            frame.link(one.title or one.document_id, "doc", id=one.document_id),
            f" — {one.said}" if one.said else None, " ",
            element("span", frame.local(one.at, "%Y-%m-%d"), cls="gb-meta"),
        )
        for one in found
    )  # fmt: skip
    return element(
        "div",
        element("p", frame.say("reports.since-signed", n=len(found))),
        element("ul", *lines),
        cls="gb-notice",
        role="note",
    )


def _references(frame: Frame, paper: Mapping[str, Any], frozen: Mapping[str, Any]) -> Markup | None:
    """The list of references: each leads to the document, the passages quoted and the archived original."""
    if not paper["references"]:
        return None
    held = {one["document_id"]: one for one in frozen["documents"]}
    quoted: dict[str, list[int]] = {}
    for one in frozen["check"]["quotes"]:
        if one["document_id"] and one["paragraph"] is not None and one["where"] == "body":
            quoted.setdefault(one["document_id"], []).append(one["paragraph"])
    for pin in frozen["pins"]:
        quoted.setdefault(pin["passage"]["document_id"], []).append(pin["passage"]["paragraph"])
    numbered = bool(paper.get("paper", {}).get("numbered"))
    lines = []
    for one in paper["references"]:
        document_id = one["document_id"]
        paragraphs = sorted(set(quoted.get(document_id, [])))
        lines.append(_reference(frame, one, held.get(document_id, {}), paragraphs, numbered))
    return section(paper["reference_heading"], element("ul", *lines, cls="gb-rows"))


def _reference(
    frame: Frame, one: Mapping[str, Any], held: Mapping[str, Any], paragraphs: list[int], numbered: bool
) -> Markup:
    document_id = one["document_id"]
    parts: list[Child] = [
        element("span", f"[{one['number']}] " if numbered else None, one["text"]),
        " ",
        frame.link(frame.say("reports.document"), "doc", id=document_id),
    ]
    for paragraph in paragraphs:
        told = frame.say("reports.paragraph", n=paragraph + 1)
        parts += [" · ", frame.link(told, "doc", id=document_id, para=paragraph + 1)]
    if held.get("capture_id"):
        copy = element("a", frame.say("doc.archived"), href=f"/archive/{held['capture_id']}", target="_blank")
        parts += [" · ", copy]
    return element("li", *parts, id=f"ref-{one['number']}")


def _points(frame: Frame, issue: Issue) -> Markup | None:
    found = frame.desk.issues.points.of_issue(issue.issue_id)
    if not found:
        return None
    lines = (
        element(
            "li", frame.say(f"reports.point-{one.state}-state"), " ", without_marks(one.text),
            f" — {one.done_note}" if one.done_note else None,
        )
        for one in found
    )  # fmt: skip
    return section(frame.say("reports.points"), element("ul", *lines))


def _signed(frame: Frame, issue: Issue) -> Markup:
    """The steps of sign-off and what was waived, and the hashes that the signature stands for."""
    steps = frame.desk.issues.sign_off.steps(issue.draft_id)
    heads = [frame.say(f"reports.head-{name}") for name in ("step", "who", "at", "remark")]
    rows = [
        (frame.say(f"reports.step-{one.kind}"), frame.person(one.account), frame.local(one.at), one.remark)
        for one in steps
    ]
    waivers = frame.desk.issues.sign_off.waivers(issue.draft_id)
    waived = (
        element(
            "li",
            f"“{one.text}” — {one.remark} ",
            element("span", f"{frame.person(one.account)}, {frame.local(one.at)}", cls="gb-meta"),
        )
        for one in waivers
    )
    hashes = (
        element("li", f"{one.format.upper()}, {one.size:,} B, SHA-256 ", element("code", one.sha256))
        for one in frame.desk.issues.files(issue.issue_id)
    )
    return element(
        "details",
        element("summary", frame.say("reports.how-signed")),
        table(heads, rows, frame.say("reports.how-signed")),
        element("p", frame.say("reports.waived")) if waivers else None,
        element("ul", *waived) if waivers else None,
        element(
            "p", frame.say("reports.frozen", publication=issue.publication_id, programme=issue.programme)
        ),
        element("ul", *hashes, element("li", "JSON (frozen), SHA-256 ", element("code", issue.sha256))),
    )


def _delivered(frame: Frame, issue: Issue) -> Markup:
    found = frame.desk.issues.spread.deliveries(issue.issue_id)
    if not found:
        return section(frame.say("reports.distribution"), quiet(frame.say("reports.undelivered")))
    heads = [frame.say(f"reports.head-{name}") for name in ("recipient", "how", "day", "remark")]
    rows = [(one.name, frame.say(f"reports.how-{one.how}"), str(one.day), one.note) for one in found]
    return section(frame.say("reports.distribution"), table(heads, rows, frame.say("reports.distribution")))


def _said(frame: Frame, issue: Issue) -> None:
    """What readers made of the issue; instructions stand here for administrators alone, if anywhere."""
    allowed = frame.home.settings.report.instructions and frame.may("administrator")
    found = frame.desk.issues.spread.feedback(issue.issue_id, instructions=allowed)
    inner = (
        element("ul", *(_voice(frame, one) for one in found)) if found else quiet(frame.say("reports.unsaid"))
    )
    show(section(frame.say("reports.feedback"), inner))
    feedback_form(frame, issue, allowed)


def _voice(frame: Frame, one: Feedback) -> Markup:
    kind = element("strong", frame.say(f"reports.kind-{one.kind}"))
    text = f" — {one.text}" if one.text else None
    return element("li", kind, " ", one.by_whom, ", ", str(one.day), text)
