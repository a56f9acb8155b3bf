"""A sitting on the teaching page: some documents at a time, each confirmed or corrected with one click."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.frame import Frame, show
from dashboard.markup import element
from dashboard.pieces import document_item, quiet, section
from warehouse.desk.sittings import Judged, Sitting
from warehouse.errors import GovbriefError
from warehouse.queries import pages_overview, teaching
from warehouse.sittings import begin_sitting, judge, take_back

_AT_ONCE = 5
_PROBLEM, _LAST = "sitting-problem", "sitting-last"


def sitting_panel(frame: Frame) -> None:
    """Progress, the next documents without an answer, and the way to a new sitting."""
    sitting = frame.desk.sittings.open_one()
    show(section(frame.say("teach.sitting-title"), note=frame.say("teach.sitting-note"), anchor="sitting"))
    problem = st.session_state.pop(_PROBLEM, None)
    if problem:
        show(element("p", problem, cls="gb-notice", role="alert"))
    if sitting is None:
        show(quiet(frame.say("teach.no-sitting")))
        st.button(
            frame.say("teach.begin"), key="sitting-begin", type="primary", on_click=_begin, args=(frame,)
        )
        return
    done, all_ = sitting.answered, len(sitting.documents)
    st.progress(done / all_, text=frame.say("teach.progress", done=done, all=all_))
    _last(frame, sitting)
    waiting = [one for one in sitting.documents if one.answer is None][:_AT_ONCE]
    ids = [one.document_id for one in waiting]
    shown = frame.read(teaching.shown_documents, tuple(ids))
    others = frame.read(teaching.other_classes, tuple(ids))
    for one in waiting:
        _document(frame, sitting, one, shown.get(one.document_id), others.get(one.document_id, []))


def _document(
    frame: Frame, sitting: Sitting, one: Judged, row: Mapping[str, Any] | None, others: list[dict[str, Any]]
) -> None:
    """The document as lists show it, then a button for each likely class, and all classes to choose from."""
    if row is None:  # withdrawn since it was drawn
        _judge(frame, sitting, one, None)
        return
    item = document_item(frame, row, str(row["excerpt"] or "")[:160])
    show(element("ul", item, cls="gb-list"))
    given = {"code": one.given, "name": one.given_name} if one.given else None
    likely = [*([given] if given else []), *(other for other in others if other["code"] != one.given)]
    columns = st.columns([1] * len(likely) + [1]) if likely else st.columns([1])
    key = f"{sitting.sitting_id}-{one.place}"
    for number, (column, value) in enumerate(zip(columns, likely, strict=False)):
        name = frame.topic_name(value["code"], value["name"])
        column.button(
            frame.say("teach.confirm", name=name) if value is given else name,
            key=f"class-{key}-{number}",
            type="primary" if value is given else "secondary",
            on_click=_judge,
            args=(frame, sitting, one, value),
            width="stretch",
        )
    columns[-1].button(
        frame.say("teach.skip"),
        key=f"skip-{key}",
        type="tertiary",
        on_click=_judge,
        args=(frame, sitting, one, None),
    )
    classes = {choice["code"]: choice for choice in frame.read(pages_overview.topic_choices)}
    st.selectbox(
        frame.say("teach.other"),
        list(classes),
        index=None,
        key=f"other-{key}",
        format_func=lambda code: f"{code}  {frame.topic_name(code)}",
        placeholder=frame.say("correct.choose"),
        on_change=_chosen,
        args=(frame, sitting, one, f"other-{key}", classes),
    )


def _last(frame: Frame, sitting: Sitting) -> None:
    """The answer given last, to take back."""
    place = st.session_state.get(_LAST, {}).get(sitting.sitting_id)
    one = next((one for one in sitting.documents if one.place == place and one.answer), None)
    if one is not None:
        st.button(
            frame.say("teach.undo"), key=f"undo-{place}", type="tertiary", on_click=_undo,
            args=(frame, sitting, one.place),
        )  # fmt: skip


def _begin(frame: Frame) -> None:
    try:
        begin_sitting(frame.desk, frame.publication, frame.user.name)
    except GovbriefError:
        st.session_state[_PROBLEM] = frame.say("teach.nothing-to-judge")


def _chosen(frame: Frame, sitting: Sitting, one: Judged, key: str, classes: Mapping[str, Any]) -> None:
    code = st.session_state.get(key)
    if code:
        _judge(frame, sitting, one, {"code": code, "name": classes[code]["path"]})


def _judge(frame: Frame, sitting: Sitting, one: Judged, value: Mapping[str, Any] | None) -> None:
    try:
        judge(frame.desk, sitting, one, value, frame.user.name)
        st.session_state[_LAST] = {sitting.sitting_id: one.place}
    except GovbriefError as error:
        st.session_state[_PROBLEM] = frame.say("correct.refused", problem=str(error))


def _undo(frame: Frame, sitting: Sitting, place: int) -> None:
    try:
        take_back(frame.desk, sitting, place, frame.user.name)
    except GovbriefError as error:
        st.session_state[_PROBLEM] = frame.say("correct.refused", problem=str(error))
