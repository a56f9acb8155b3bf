"""The form in which a librarian corrects what was recognised in a scan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.frame import Frame, show
from dashboard.markup import element
from warehouse.desk.texts import ShownText, correct_text
from warehouse.desk.values import LONGEST_TEXT
from warehouse.errors import UserError
from warehouse.masking import MASK


def text_form(
    frame: Frame, row: Mapping[str, Any], sha256: str, shown: ShownText, number: int | None = None
) -> None:
    """A text area with the text as it shows now; what is saved shows at once. `number`: which attachment."""
    text = "\n".join(shown.paragraphs)
    place = f"{row['document_id']}-{number or 0}"
    problem = st.session_state.pop(f"text-problem-{place}", None)
    label = frame.say("filetext.correct-of", n=number) if number else frame.say("filetext.correct")
    with st.expander(label, expanded=bool(problem)):
        if problem:
            show(element("p", problem, cls="gb-notice", role="alert"))
        if len(text) > LONGEST_TEXT:
            show(element("p", frame.say("filetext.too-long", n=f"{LONGEST_TEXT:,}"), cls="gb-quiet"))
            return
        if MASK in text:
            show(element("p", frame.say("filetext.masked"), cls="gb-note"))
        held = shown.correction.correction_id if shown.correction else 0
        key = f"{place}-{sha256[:12]}-{held}-{shown.state}"
        with st.form(f"text-form-{key}", border=False):
            area = frame.say("filetext.area")
            value = st.text_area(area, value=text, height=420, max_chars=LONGEST_TEXT, key=f"text-{key}")
            note = st.text_input(frame.say("correct.why"), key=f"text-note-{key}", max_chars=500)
            if st.form_submit_button(frame.say("filetext.save"), type="primary"):
                _save(frame, str(row["document_id"]), sha256, value or "", text, note, place)


def _save(frame: Frame, document_id: str, sha256: str, value: str, text: str, note: str, place: str) -> None:
    try:
        who = frame.user.name
        correct_text(frame.desk, document_id, sha256, value, text, note, who)
    except UserError as error:
        st.session_state[f"text-problem-{place}"] = frame.say("correct.refused", problem=str(error))
    st.rerun()
