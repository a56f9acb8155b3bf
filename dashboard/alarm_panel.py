"""Alarms of the crawl on the page of runs: what is wrong, what shows it, and what people answered."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard.crawl_watch import DAYS, Alarms, alarms_of
from dashboard.findings import finding_sentence
from dashboard.frame import Frame, show
from dashboard.markup import Child, Markup, element
from dashboard.pieces import quiet, section, table
from dashboard.words import known
from warehouse.desk.answers import Answer, silences
from warehouse.errors import UserError
from warehouse.queries import pages_overview
from warehouse.run_records import Alarm, Finding

_CHOICES = ("open", "yes", "no")
_ACTED = {"open": None, "yes": True, "no": False}
_PROBLEM = "alarm-problem"


def alarm_panel(frame: Frame) -> None:
    """The part of the page about alarms."""
    alarms = alarms_of(frame.home)
    if alarms is None:
        show(section(frame.say("alarm.title"), quiet(frame.say("alarm.no-state"))))
        return
    answers = frame.desk.alarm_answers.of((*alarms.open, *alarms.closed, *alarms.recent))
    show(
        section(
            frame.say("alarm.title"),
            quiet(frame.say("alarm.none")) if not alarms.open else None,
            note=_share(frame, alarms, answers),
            anchor="alarms",
        )
    )
    problem = st.session_state.pop(_PROBLEM, None)
    if problem:
        show(element("p", frame.say("alarm.refused", problem=problem), cls="gb-notice", role="alert"))
    may_answer = frame.may("analyst")
    for alarm in alarms.open:
        show(_told(frame, alarm, alarms, answers.get(alarm.alarm_no)))
        if may_answer:
            _form(frame, alarm, answers.get(alarm.alarm_no))
    show(_closed(frame, alarms, answers))


def source_name(frame: Frame, source_id: str) -> str:
    """The source in the reader's language; its id where the publication does not know it."""
    for row in frame.read(pages_overview.sources):
        if row["source_id"] == source_id:
            return frame.named(row["name_zh"], row["name_en"])
    return source_id


def evidence(frame: Frame, found: Finding | None) -> Markup | None:
    """Links to the last good page and to the one that shows the fault, side by side when both are kept."""
    if found is None or not (found.good_capture or found.bad_capture):
        return None
    spoken = f"?lang={frame.language}"
    if found.good_capture and found.bad_capture:
        links = [
            _archived(frame.say("alarm.both"), f"compare/{found.good_capture}/{found.bad_capture}{spoken}")
        ]
    elif found.bad_capture:
        links = [_archived(frame.say("alarm.bad"), f"{found.bad_capture}{spoken}")]
    else:
        links = [_archived(frame.say("alarm.good"), f"{found.good_capture}{spoken}")]
    return element("span", *links)


def told(frame: Frame, found: Finding | None, sentence: str, code: str) -> str:
    """A finding in the reader's language."""
    return finding_sentence(frame.language, code, found.found if found else {}, sentence)


def _share(frame: Frame, alarms: Alarms, answers: Mapping[int, Answer]) -> str:
    if not alarms.recent:
        return frame.say("alarm.no-share", days=DAYS)
    given = [answers[one.alarm_no] for one in alarms.recent if one.alarm_no in answers]
    return frame.say(
        "alarm.share",
        days=DAYS,
        alarms=len(alarms.recent),
        acknowledged=len(given),
        acted=sum(one.acted is True for one in given),
    )


def _told(frame: Frame, alarm: Alarm, alarms: Alarms, answer: Answer | None) -> Markup:
    found = alarms.findings.get(alarm.alarm_no)
    badge = element(
        "span",
        known(frame.language, f"verdict.{alarm.verdict}", alarm.verdict),
        cls=f"gb-badge gb-verdict-{alarm.verdict}",
    )
    return element(
        "div",
        element("span", source_name(frame, alarm.source_id), cls="gb-kind"),
        badge,
        element("p", told(frame, found, alarm.sentence, alarm.code)),
        element("p", proof) if (proof := evidence(frame, found)) else None,
        _held(frame, alarm, alarms),
        element("p", *_meta(frame, alarm, answer), cls="gb-meta"),
        element("p", answer.note, cls="gb-why") if answer and answer.note else None,
        cls="gb-fact gb-alarm" + (" gb-seen" if silences(answer, alarm) else ""),
    )


def _held(frame: Frame, alarm: Alarm, alarms: Alarms) -> Markup | None:
    count = alarms.held.get(alarm.source_id)
    if not count:
        return None
    command = f"govbrief health --release {alarm.source_id}"
    return element("p", frame.say("alarm.held", n=count), " ", frame.say("alarm.held-how", command=command))


def _meta(frame: Frame, alarm: Alarm, answer: Answer | None) -> list[Child]:
    parts: list[Child] = [
        frame.say("alarm.number", number=alarm.alarm_no),
        frame.say("alarm.since", at=frame.local(alarm.opened_at)),
    ]
    if answer is not None:
        parts.append(frame.say("alarm.seen-by", who=answer.account, at=frame.local(answer.at)))
        parts.append(_came(frame, answer))
        if not silences(answer, alarm):
            parts.append(frame.say("alarm.changed-since"))
    return [element("span", part) for part in parts]


def _came(frame: Frame, answer: Answer) -> str:
    if answer.acted is None:
        return frame.say("alarm.unsaid")
    return frame.say("alarm.acted") if answer.acted else frame.say("alarm.no-action")


def _form(frame: Frame, alarm: Alarm, answer: Answer | None) -> None:
    with (
        st.expander(frame.say("alarm.answer", number=alarm.alarm_no)),
        st.form(f"alarm-{alarm.alarm_no}", border=False),
    ):
        before = {None: 0, True: 1, False: 2}[answer.acted if answer else None]
        choice = st.radio(
            frame.say("alarm.led"),
            _CHOICES,
            index=before,
            format_func=lambda one: frame.say(f"alarm.led-{one}"),
            key=f"alarm-led-{alarm.alarm_no}",
            horizontal=True,
        )
        note = st.text_input(frame.say("alarm.note"), key=f"alarm-note-{alarm.alarm_no}", max_chars=500)
        if st.form_submit_button(frame.say("alarm.save"), type="primary"):
            _save(frame, alarm, str(choice), note)


def _save(frame: Frame, alarm: Alarm, choice: str, note: str) -> None:
    try:
        account = frame.user.name
        frame.desk.alarm_answers.give(alarm, account, acted=_ACTED[choice], note=note)
    except UserError as error:
        st.session_state[_PROBLEM] = str(error)
    st.rerun()


def _closed(frame: Frame, alarms: Alarms, answers: Mapping[int, Answer]) -> Markup:
    title = element("summary", f"{frame.say('alarm.closed')} ({len(alarms.closed)})")
    if not alarms.closed:
        return quiet(frame.say("alarm.none-closed"))
    heads = [frame.say(f"table.{name}") for name in ("source", "verdict", "problem", "started", "outcome")]
    lines: list[list[Child]] = [
        [
            source_name(frame, one.source_id),
            known(frame.language, f"verdict.{one.verdict}", one.verdict),
            told(frame, alarms.findings.get(one.alarm_no), one.sentence, one.code),
            frame.say("alarm.until", since=frame.local(one.opened_at), at=frame.local(one.closed_at)),
            _came(frame, answers[one.alarm_no]) if one.alarm_no in answers else "",
        ]
        for one in alarms.closed
    ]
    return element("details", title, table(heads, lines, frame.say("alarm.closed")), cls="gb-closed")


def _archived(label: str, place: str) -> Markup:
    return element("a", label, href=f"/archive/{place}", target="_blank")
