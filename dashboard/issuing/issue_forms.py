"""The forms of an issue's page: distribution, feedback, withdrawal."""

from __future__ import annotations

import streamlit as st

from dashboard.frame import Frame
from dashboard.issuing.acting import act
from dashboard.issuing.workflow import withdraw
from warehouse.desk.issues.model import CHANNELS, FeedbackKind, Issue

_OWN: tuple[FeedbackKind, ...] = ("read", "adopted", "remark")


def distribution_forms(frame: Frame, issue: Issue) -> None:
    """Hand the issue to those on the list who have not got it; put somebody on the list or take one off."""
    spread, who = frame.desk.issues.spread, frame.user.name
    listed = {one.recipient_id: one for one in spread.recipients(issue.series)}
    have = {one.recipient_id for one in spread.deliveries(issue.issue_id)}
    waiting = [one for one in listed if one not in have]
    if waiting and issue.state == "signed":
        with st.form(f"deliver-{issue.issue_id}"):
            to = st.multiselect(
                frame.say("reports.deliver-to"), waiting, default=waiting,
                format_func=lambda one: listed[one].name, placeholder=frame.say("correct.choose"),
            )  # fmt: skip
            on = st.date_input(frame.say("reports.head-day"), value=frame.today, format="YYYY-MM-DD")
            if st.form_submit_button(frame.say("reports.deliver")):

                def handed() -> None:
                    for one in to:
                        spread.deliver(issue.issue_id, one, listed[one].channel, on, who)

                act(frame, handed, "reports.delivered")
    with st.expander(frame.say("reports.recipients", n=len(listed))):
        _list_form(frame, issue.series, {one: listed[one].name for one in listed})


def _list_form(frame: Frame, series: str, names: dict[int, str]) -> None:
    spread, who = frame.desk.issues.spread, frame.user.name
    with st.form(f"recipient-{series}", clear_on_submit=True):
        name = st.text_input(frame.say("reports.head-recipient"), max_chars=200)
        channel = st.selectbox(
            frame.say("reports.head-how"), CHANNELS, format_func=lambda one: frame.say(f"reports.how-{one}")
        )
        address = st.text_input(frame.say("reports.address"), max_chars=300, help=frame.say("reports.sealed"))
        if st.form_submit_button(frame.say("reports.add-recipient")):
            act(frame, lambda: spread.add_recipient(series, name, channel, who, address), "reports.listed")
    if names:
        with st.form(f"unlist-{series}"):
            gone = st.selectbox(
                frame.say("reports.take-off"), list(names), format_func=lambda one: names[one], index=None,
                placeholder=frame.say("correct.choose"),
            )  # fmt: skip
            if st.form_submit_button(frame.say("reports.remove-recipient")) and gone is not None:
                act(frame, lambda: spread.remove_recipient(gone, who), "reports.unlisted")


def feedback_form(frame: Frame, issue: Issue, instructions: bool) -> None:
    """A reader says what she made of the issue; analysts note it for those it was delivered to as well."""
    spread, who = frame.desk.issues.spread, frame.user.name
    delivered = {one.recipient_id: one.name for one in spread.deliveries(issue.issue_id)}
    others = delivered if frame.may("analyst") else {}
    kinds: tuple[FeedbackKind, ...] = (*_OWN, "instruction") if instructions else _OWN
    with st.expander(frame.say("reports.say")), st.form(f"feedback-{issue.issue_id}", clear_on_submit=True):
        kind = st.selectbox(
            frame.say("reports.what"), kinds, format_func=lambda one: frame.say(f"reports.kind-{one}")
        )
        whose = st.selectbox(
            frame.say("reports.whose"), [None, *others],
            format_func=lambda one: frame.say("reports.own", who=who) if one is None else others[one],
        )  # fmt: skip
        text = st.text_area(frame.say("reports.head-remark"), max_chars=4000)
        on = st.date_input(frame.say("reports.head-day"), value=frame.today, format="YYYY-MM-DD")
        if st.form_submit_button(frame.say("reports.note-it")):
            act(
                frame,
                lambda: spread.add_feedback(
                    issue.issue_id, kind, who, on, text, who, whose, instructions=instructions
                ),
                "reports.noted",
            )


def withdraw_form(frame: Frame, issue: Issue) -> None:
    """Take the issue back, with the reason."""
    with st.expander(frame.say("reports.withdraw")), st.form(f"withdraw-{issue.issue_id}"):
        why = st.text_area(frame.say("reports.why"), max_chars=2000)
        if st.form_submit_button(frame.say("reports.withdraw")):
            who = frame.user.name
            act(frame, lambda: withdraw(frame.desk, issue.issue_id, who, why), "reports.was-withdrawn")
