"""The review of a draft: its text, what the check found, waivers, and the buttons of approval and return."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from dashboard.checking.model import Finding
from dashboard.drafting.figures import figure_preview
from dashboard.editor.panels import references
from dashboard.editor.preview import preview
from dashboard.editor.sheet import Sheet
from dashboard.frame import Frame, refuse, show
from dashboard.issuing import workflow
from dashboard.issuing.acting import act
from dashboard.issuing.release import Checked, checked_draft, sentence
from dashboard.markup import Child, Markup, element
from dashboard.pieces import quiet, section, table
from warehouse.desk.issues.model import Waiver
from warehouse.errors import UserError


def draw_review(frame: Frame, asked: str) -> None:
    """A draft before and in review; analysts submit it and read what reviewers see, reviewers act."""
    if not frame.may("analyst"):
        show(element("h1", frame.say("reports.in-review")), quiet(frame.say("reports.only-analysts")))
        return
    checked = _checked(frame, asked)
    draft = checked.draft
    waivers = {one.key: one for one in frame.desk.issues.sign_off.waivers(draft.draft_id)}
    show(
        element("p", frame.link(frame.say("reports.back"), "reports"), cls="gb-coverage"),
        element("h1", draft.title),
        element("p", _version(frame, checked), cls="gb-meta"),
        _steps(frame, draft.draft_id),
        _text(frame, checked),
        section(frame.say("reports.findings"), _counts(frame, checked, waivers)),
    )  # fmt: skip
    reviews = frame.may("reviewer") and draft.state == "review"
    for number, finding in enumerate(checked.report.findings):
        _finding(frame, checked, finding, waivers.get(finding.key), f"{number}", reviews)
    seen = _seen(frame, checked)
    if draft.state == "draft":
        _submit(frame, checked, seen)
    elif draft.state != "review":
        show(quiet(frame.say("reports.not-in-review", state=frame.say(f"reports.draft-{draft.state}"))))
    elif reviews:
        _decide(frame, checked, seen)
    else:
        show(quiet(frame.say("reports.only-reviewers")))


def _version(frame: Frame, checked: Checked) -> str:
    return frame.say("reports.review-lead", draft=checked.draft.draft_id, revision=checked.draft.revision)


def _checked(frame: Frame, asked: str) -> Checked:
    try:
        number = int(asked) if asked.isdecimal() and len(asked) < 13 else 0
        return checked_draft(frame.home, frame.publication, frame.desk, number)
    except UserError:
        refuse(frame, "reports.unknown-draft", asked)


def _text(frame: Frame, checked: Checked) -> Markup:
    """The text as its editor previews it, with figures and the list of what its references mean."""
    draft = checked.draft
    who = (frame.language, frame.user.name, frame.token)
    sheet = Sheet(frame.home, frame.publication, frame.desk, draft, checked.text, *who)
    parsed = sheet.parsed()

    def draw(settings: Mapping[str, Any]) -> Child:
        return figure_preview(frame.home, frame.publication, settings, draft.language)

    editor = element("a", frame.say("reports.editor"), href=sheet.address())
    return section(
        frame.say("reports.text"),
        element("p", editor),
        preview(parsed, draw),
        element("h3", frame.say("printed.references")),
        references(sheet, parsed),
    )


def _steps(frame: Frame, draft_id: int) -> Markup | None:
    steps = frame.desk.issues.sign_off.steps(draft_id)
    if not steps:
        return None
    heads = [frame.say(f"reports.head-{name}") for name in ("step", "version", "who", "at", "remark")]
    rows = [
        (
            frame.say(f"reports.step-{one.kind}"),
            str(one.revision),
            frame.person(one.account),
            frame.local(one.at),
            one.remark,
        )
        for one in steps
    ]
    return table(heads, rows, frame.say("reports.steps"), frozenset({1}))


def _counts(frame: Frame, checked: Checked, waivers: dict[str, Waiver]) -> Markup:
    report = checked.report
    if not report.findings:
        return quiet(frame.say("reports.no-findings", n=len(report.quotes)))
    left = len(report.unwaived(set(waivers)))
    return element(
        "p",
        frame.say("reports.counts", stop=len(report.stops), look=left, told=report.counts["told"]),
        role="status",
    )


def _finding(
    frame: Frame, checked: Checked, finding: Finding, waiver: Waiver | None, key: str, reviews: bool
) -> None:
    weight = "waived" if waiver and finding.weight == "look" else finding.weight
    parts = [
        element("strong", frame.say(f"reports.weight-{weight}")), " ", sentence(finding, frame.language),
        element("blockquote", finding.text) if finding.text else None,
    ]  # fmt: skip
    if waiver and finding.weight == "look":
        parts.append(
            element(
                "p",
                frame.say(
                    "reports.waived-by",
                    who=frame.person(waiver.account),
                    at=frame.local(waiver.at),
                    why=waiver.remark,
                ),
            )
        )
    if finding.document_id and finding.paragraph is not None:
        link = frame.link(
            frame.say("reports.document"), "doc", id=finding.document_id, para=finding.paragraph + 1
        )
        parts.append(element("p", link))
    show(element("div", *parts, cls="gb-card"))
    if finding.weight == "look" and waiver is None and reviews:
        with st.form(f"waive-{key}-{finding.key}", border=False):
            why = st.text_input(frame.say("reports.waive-why"), max_chars=2000)
            if st.form_submit_button(frame.say("reports.waive")):
                who = frame.user.name
                act(
                    frame,
                    lambda: workflow.waive(
                        frame.desk, checked, finding.key, why, who, workflow.asks_four_eyes(frame.home)
                    ),
                    "reports.was-waived",
                )


Seen = tuple[int, int, str]  # version, steps of sign-off so far, title


def _seen(frame: Frame, checked: Checked) -> Seen:
    """What this page showed when its buttons were drawn: pressing one runs the page anew, on the newest text.

    The first time it is what is shown now.
    """
    draft = checked.draft
    now = (draft.revision, len(frame.desk.issues.sign_off.steps(draft.draft_id)), draft.title)
    key = f"reports-seen-{draft.draft_id}"
    seen: Seen = st.session_state.get(key, now)
    st.session_state[key] = now
    return seen


def _unless_changed(
    frame: Frame, checked: Checked, seen: Seen, work: Callable[[], object]
) -> Callable[[], object]:
    """The work, refused when the draft, its title or its state changed after the page was drawn."""

    def done() -> object:
        steps = len(frame.desk.issues.sign_off.steps(checked.draft.draft_id))
        if seen != (checked.draft.revision, steps, checked.draft.title):
            raise UserError(frame.say("reports.changed-meanwhile"))
        return work()

    return done


def _submit(frame: Frame, checked: Checked, seen: Seen) -> None:
    """Give exactly the version that stood above when the button was drawn to review."""
    draft, who = checked.draft, frame.user.name
    with st.form(f"submit-{draft.draft_id}"):
        remark = st.text_area(frame.say("reports.head-remark"), max_chars=2000)
        if st.form_submit_button(frame.say("reports.submit"), type="primary"):
            act(
                frame,
                _unless_changed(
                    frame,
                    checked,
                    seen,
                    lambda: workflow.submit(frame.desk, draft.draft_id, draft.revision, who, remark),
                ),
                "reports.was-submitted",
            )


def _decide(frame: Frame, checked: Checked, seen: Seen) -> None:
    """Approve or return exactly the version that stood above when the button was drawn."""
    draft, who = checked.draft, frame.user.name
    with st.form(f"decide-{draft.draft_id}"):
        remark = st.text_area(frame.say("reports.head-remark"), max_chars=2000)
        left, right = st.columns(2)
        if left.form_submit_button(
            frame.say("reports.approve"), type="primary", disabled=bool(checked.report.stops)
        ):
            act(
                frame,
                _unless_changed(
                    frame,
                    checked,
                    seen,
                    lambda: workflow.approve(
                        frame.home, frame.publication, frame.desk, draft.draft_id, draft.revision, who, remark
                    ),
                ),
                "reports.approved",
            )
        if right.form_submit_button(frame.say("reports.return")):
            act(
                frame,
                _unless_changed(
                    frame,
                    checked,
                    seen,
                    lambda: workflow.send_back(frame.desk, draft.draft_id, draft.revision, who, remark),
                ),
                "reports.returned",
            )
