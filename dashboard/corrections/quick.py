"""更正: the labels of one document, each saved with one click where the new value is likely."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.corrections.choices import class_name, classes_of, kind_name, option_name, shown, value_widget
from dashboard.frame import Frame, show
from dashboard.markup import element
from dashboard.pieces import quiet, section
from warehouse.desk.bulk.plan import alike, said
from warehouse.desk.values import CLASS_FIELDS
from warehouse.errors import UserError
from warehouse.queries import pages_overview
from warehouse.queries.review import likely_classes

FIELDS = ("topic", "department", "doc_type", "title", "doc_number", "published", "written", "issuer")
_MOST_KINDS = 6
_OUTCOME = "fix-outcome"


def quick_panel(frame: Frame, row: Mapping[str, Any], first: str) -> None:
    """Each field of the document with its likely values; the field that was asked for stands first."""
    _outcome(frame)
    for field in sorted(FIELDS, key=lambda one: one != first):
        show(section(frame.say(f"field.{field}"), _now(frame, row, field), anchor=f"fix-{field}"))
        if field in CLASS_FIELDS:
            _classes(frame, row, field)
        elif field == "doc_type":
            _kinds(frame, row)
        else:
            _typed(frame, row, field)


def _now(frame: Frame, row: Mapping[str, Any], field: str) -> Any:
    people = element("span", frame.say("basis.librarian"), cls="gb-badge") if _is_said(row, field) else None
    return element("p", element("strong", shown(frame, field, said(row, field))), " ", people)


def _is_said(row: Mapping[str, Any], field: str) -> bool:
    return row.get(f"{field}_basis") == "librarian" or field in row.get("corrected", ())


def _classes(frame: Frame, row: Mapping[str, Any], field: str) -> None:
    document_id, now = str(row["document_id"]), said(row, field)
    likely = frame.read(likely_classes, field, (document_id,)).get(document_id, [])
    others = [one for one in likely if now is None or one["code"] != now["code"]][:3]
    with st.container(horizontal=True, gap="small"):
        if now is not None and not _is_said(row, field):
            told = frame.say("fix.confirm", name=class_name(frame, field, now))
            _button(frame, row, field, now, told, f"fix-{field}-same")
        for number, one in enumerate(others):
            _button(frame, row, field, one, class_name(frame, field, one), f"fix-{field}-{number}")
    classes, key = classes_of(frame, field), f"fix-{field}-all-{document_id}"
    st.selectbox(
        frame.say("fix.all"), list(classes), index=None, key=key, placeholder=frame.say("correct.choose"),
        format_func=lambda one: option_name(frame, field, one), on_change=_chosen,
        args=(frame, row, field, key, classes),
    )  # fmt: skip


def _kinds(frame: Frame, row: Mapping[str, Any]) -> None:
    """The most frequent kinds, each saved with one click; all others below."""
    kinds = [one for one in frame.read(pages_overview.kind_choices) if one != row["doc_type"]]
    with st.container(horizontal=True, gap="small"):
        for number, kind in enumerate(kinds[:_MOST_KINDS]):
            _button(frame, row, "doc_type", kind, kind_name(frame, kind), f"fix-doc_type-{number}")
    _typed(frame, row, "doc_type")


def _button(frame: Frame, row: Mapping[str, Any], field: str, value: Any, label: str, key: str) -> None:
    st.button(label, key=key, on_click=save, args=(frame, row, field, value))


def _chosen(frame: Frame, row: Mapping[str, Any], field: str, key: str, classes: Mapping[str, Any]) -> None:
    code = st.session_state.get(key)
    if code:
        save(frame, row, field, classes[code])


def _typed(frame: Frame, row: Mapping[str, Any], field: str) -> None:
    with st.form(f"fix-{field}", border=False):
        # a list goes on showing what was chosen in it, also when a button set another value: draw a new one
        drawn = f"-{row[field]}" if field == "doc_type" else ""
        value = value_widget(frame, field, f"fix-{field}-value-{row['document_id']}{drawn}", row[field])
        if st.form_submit_button(frame.say("correct.save")):
            save(frame, row, field, value)
            st.rerun()


def save(frame: Frame, row: Mapping[str, Any], field: str, value: Any) -> None:
    """Keep one value; what came of it is told on the next run of the page."""
    document_id, before = str(row["document_id"]), said(row, field)
    try:
        if value is None:
            raise UserError(frame.say("correct.empty"))
        if field in CLASS_FIELDS and alike(field, before, value):
            kept = frame.desk.confirm(document_id, field, value, "", frame.user.name)
        else:
            kept = frame.desk.correct(document_id, field, value, before, "", frame.user.name)
    except UserError as error:
        st.session_state[_OUTCOME] = (frame.say("correct.refused", problem=str(error)), None)
        return
    told = frame.say("fix.saved", field=frame.say(f"field.{field}"), value=shown(frame, field, kept.value))
    st.session_state[_OUTCOME] = (told, kept.correction_id)


def _outcome(frame: Frame) -> None:
    """What the last click did, with the way back; it stays until the next one."""
    told, number = st.session_state.get(_OUTCOME, ("", None))
    if not told:
        show(quiet(frame.say("fix.how")))
        return
    show(element("p", told, cls="gb-notice", role="status"))
    if number is not None:
        st.button(frame.say("correct.undo"), key="fix-undo", on_click=_undo, args=(frame, number))


def _undo(frame: Frame, correction_id: int) -> None:
    try:
        frame.desk.undo(correction_id, frame.user.name)
        st.session_state[_OUTCOME] = (frame.say("fix.undone"), None)
    except UserError as error:
        st.session_state[_OUTCOME] = (frame.say("correct.refused", problem=str(error)), None)
