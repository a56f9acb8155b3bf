"""One thing of the review queue at a time, answered with a click or a key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard.corrections.choices import class_name, classes_of, option_name
from dashboard.frame import Frame, show
from dashboard.markup import Markup, element
from dashboard.pieces import document_item, quiet
from warehouse.desk.bulk.reviews import FACT
from warehouse.errors import UserError
from warehouse.queries.review import likely_classes
from warehouse.queries.teaching import shown_documents
from warehouse.review import Reason, Waiting, unanswered, waiting

_PROBLEM, _LAST = "review-problem", "review-last"
_LIKELY = 3


def queue_panel(frame: Frame) -> None:
    """How much is done and left, the thing that is worth most, and the way back from the last answer."""
    problem = st.session_state.pop(_PROBLEM, None)
    if problem:
        show(element("p", problem, cls="gb-notice", role="alert"))
    left = unanswered(frame.read(waiting, frame.today), frame.desk, frame.user.name)
    show(element("p", frame.say("review.progress", n=_today(frame), left=f"{len(left):,}"), role="status"))
    if _LAST in st.session_state:
        _button(frame, "undo", "U", _undo, frame)
    one = next((one for one in left if _row(frame, one) is not None), None)
    if one is None:
        show(quiet(frame.say("review.none")))
        return
    show(_asked(frame, one))
    if one.subject.startswith(FACT):
        _fact(frame, one)
    else:
        _label(frame, one)
    show(element("p", frame.say("review.keys"), cls="gb-note"))


def _row(frame: Frame, one: Waiting) -> Mapping[str, Any] | None:
    return frame.read(shown_documents, (one.document_id,)).get(one.document_id)


def _asked(frame: Frame, one: Waiting) -> Markup:
    kind = frame.say(f"review.kind-{one.kind}")
    if one.subject.startswith(FACT):
        question = frame.say("review.ask-fact", kind=kind)
    elif one.code is None:
        question = frame.say("review.ask-none", kind=kind)
    else:
        question = frame.say(
            "review.ask-label", kind=kind, name=class_name(frame, one.kind, _given(one) or {})
        )
    row = frame.overlaid([dict(_row(frame, one) or {})])[0]
    place = {"para": one.paragraph + 1} if one.sentence else {}
    due = frame.say("review.due", value=one.due) if one.due else None
    return element(
        "section",
        element("h2", question),
        element("p", "“", one.sentence, "” ", due, cls="gb-quote") if one.sentence else None,
        element("ul", document_item(frame, row, str(row["excerpt"] or "")[:160], **place), cls="gb-list"),
        element("p", frame.say("review.why"), " ", _reasons(frame, one), cls="gb-why"),
    )


def _reasons(frame: Frame, one: Waiting) -> str:
    return frame.say("word.comma").join(_reason(frame, one, reason) for reason in one.reasons)


def _reason(frame: Frame, one: Waiting, reason: Reason) -> str:
    key, value = reason
    if key == "disagree":
        value = class_name(frame, one.kind, {"code": value, "name": value})
    return frame.say(f"review.why-{key}", value=value)


def _label(frame: Frame, one: Waiting) -> None:
    given = _given(one)
    with st.container(horizontal=True, gap="small"):
        if given is not None:
            _button(frame, "confirm", "Y", _say, frame, one, given, primary=True)
        likely = frame.read(likely_classes, one.subject, (one.document_id,)).get(one.document_id, [])
        others = [value for value in likely if value["code"] != one.code][:_LIKELY]
        for number, value in enumerate(others, start=1):
            st.button(
                class_name(frame, one.kind, value), key=f"review-other-{number}", shortcut=str(number),
                on_click=_say, args=(frame, one, value),
            )  # fmt: skip
        _button(frame, "next", "J", _skip, frame, one)
    classes, key = classes_of(frame, one.subject), f"review-all-{one.document_id}-{one.subject}"
    st.selectbox(
        frame.say("fix.all"), list(classes), index=None, key=key, placeholder=frame.say("correct.choose"),
        format_func=lambda code: option_name(frame, one.subject, code), on_change=_chosen,
        args=(frame, one, key, classes),
    )  # fmt: skip


def _fact(frame: Frame, one: Waiting) -> None:
    with st.container(horizontal=True, gap="small"):
        _button(frame, "confirm", "Y", _judge, frame, one, True, primary=True)
        _button(frame, "reject", "N", _judge, frame, one, False)
        _button(frame, "next", "J", _skip, frame, one)


def _button(
    frame: Frame, name: str, key: str, act: Callable[..., None], *arguments: Any, primary: bool = False
) -> None:
    st.button(
        frame.say(f"review.{name}"), key=f"review-{name}", shortcut=key, on_click=act, args=arguments,
        type="primary" if primary else "secondary",
    )  # fmt: skip


def _chosen(frame: Frame, one: Waiting, key: str, classes: Mapping[str, Any]) -> None:
    code = st.session_state.get(key)
    if code:
        _say(frame, one, classes[code])


def _say(frame: Frame, one: Waiting, value: Mapping[str, Any]) -> None:
    _kept(frame, one, lambda: frame.desk.reviews.label(
        one.document_id, one.subject, _given(one), value, one.reasons[0][0], frame.user.name
    ))  # fmt: skip


def _judge(frame: Frame, one: Waiting, holds: bool) -> None:
    fact_id = one.subject.removeprefix(FACT)
    _kept(frame, one, lambda: frame.desk.reviews.fact(
        one.document_id, fact_id, holds, one.reasons[0][0], frame.user.name
    ))  # fmt: skip


def _skip(frame: Frame, one: Waiting) -> None:
    _kept(frame, one, lambda: frame.desk.reviews.skip(
        one.document_id, one.subject, one.reasons[0][0], frame.user.name
    ))  # fmt: skip


def _kept(frame: Frame, one: Waiting, keep: Callable[[], int]) -> None:
    """Keep an answer unless somebody else has given one while the page stood open."""
    if not unanswered([one], frame.desk, frame.user.name):
        st.session_state[_PROBLEM] = frame.say("review.settled")
        return
    try:
        st.session_state[_LAST] = keep()
    except UserError as error:
        st.session_state[_PROBLEM] = frame.say("correct.refused", problem=str(error))


def _undo(frame: Frame) -> None:
    try:
        frame.desk.reviews.undo(st.session_state.pop(_LAST), frame.user.name)
    except UserError as error:
        st.session_state[_PROBLEM] = frame.say("correct.refused", problem=str(error))


def _given(one: Waiting) -> dict[str, Any] | None:
    return {"code": one.code, "name": one.name or one.code} if one.code else None


def _today(frame: Frame) -> int:
    zone = ZoneInfo(frame.home.settings.place.timezone)
    midnight = datetime.combine(frame.today, time(), zone).timestamp()
    return sum(frame.desk.reviews.counts(midnight).values())
