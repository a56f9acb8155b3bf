"""Documents that another person has judged, judged once more without seeing what she said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.corrections.choices import class_name, classes_of, option_name
from dashboard.frame import Frame, show
from dashboard.markup import element
from dashboard.pieces import quiet, section
from warehouse.desk.bulk.second import Asked
from warehouse.errors import UserError
from warehouse.queries.review import label_rows, likely_classes

_PROBLEM = "second-problem"
_WORDS = 600  # signs of the text that are shown: the page of the document would tell the first answer


def second_panel(frame: Frame) -> None:
    """The next document that waits for this person's second judgement."""
    show(section(frame.say("review.second-title"), note=frame.say("review.second-note"), anchor="second"))
    problem = st.session_state.pop(_PROBLEM, None)
    if problem:
        show(element("p", problem, cls="gb-notice", role="alert"))
    for one in frame.desk.second.waiting(frame.user.name):
        found = frame.read(label_rows, (one.document_id,))
        if found:
            _ask(frame, one, found[0])
            return
    show(quiet(frame.say("review.second-none")))


def _ask(frame: Frame, one: Asked, row: Mapping[str, Any]) -> None:
    text = " ".join(frame.publication.body(one.document_id))[:_WORDS]
    show(
        element("h3", frame.say("review.second-ask", kind=frame.say(f"field.{one.field}"))),
        element(
            "p", element("strong", row["title"]), " · ", row["issuer"], " · ", str(row["published"] or "")
        ),
        element("p", text, cls="gb-quote"),
    )
    # In the order of their codes: the order of likelihood would tell what the program gave.
    likely = frame.read(likely_classes, one.field, (one.document_id,)).get(one.document_id, [])
    with st.container(horizontal=True, gap="small"):
        for number, value in enumerate(sorted(likely, key=lambda value: str(value["code"]))):
            st.button(
                class_name(frame, one.field, value), key=f"second-{one.correction_id}-{number}",
                on_click=_say, args=(frame, one, value),
            )  # fmt: skip
        st.button(
            frame.say("review.second-cannot"), key=f"second-{one.correction_id}-cannot", type="tertiary",
            on_click=_say, args=(frame, one, None),
        )  # fmt: skip
    classes, key = classes_of(frame, one.field), f"second-{one.correction_id}-all"
    st.selectbox(
        frame.say("fix.all"), list(classes), index=None, key=key, placeholder=frame.say("correct.choose"),
        format_func=lambda code: option_name(frame, one.field, code), on_change=_chosen,
        args=(frame, one, key, classes),
    )  # fmt: skip


def _chosen(frame: Frame, one: Asked, key: str, classes: Mapping[str, Any]) -> None:
    code = st.session_state.get(key)
    if code:
        _say(frame, one, classes[code])


def _say(frame: Frame, one: Asked, value: Mapping[str, Any] | None) -> None:
    try:
        frame.desk.second.say(one.correction_id, value, frame.user.name)
    except UserError as error:
        st.session_state[_PROBLEM] = frame.say("correct.refused", problem=str(error))
