"""Correct what the machine or the site said of a document; every correction is logged and can be undone."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date
from typing import Any

import streamlit as st

from dashboard.corrections.choices import kind_choice
from dashboard.document_card import card
from dashboard.frame import Frame, show
from dashboard.markup import Markup, element
from dashboard.pieces import notice
from dashboard.words import known
from warehouse.desk.texts import lines_changed, payload_of
from warehouse.desk.values import is_text
from warehouse.errors import UserError
from warehouse.queries import pages_document, pages_overview
from warehouse.records import Correction

FIELDS = ("department", "topic", "doc_type", "title", "doc_number", "published", "written")
_DATES = frozenset({"published", "written"})


def corrections_panel(frame: Frame, row: Mapping[str, Any]) -> None:
    """The log of this document's corrections and the form for another one."""
    document_id = str(row["document_id"])
    log = frame.desk.corrections(document_id, active=False)
    show(card(frame.say("correct.title"), element("p", frame.say("correct.note"), cls="gb-note")))
    files = frame.read(pages_document.attachments, document_id)
    payloads = {row["sha256"], *(one["sha256"] for one in files)}
    for correction in reversed(log):
        _line(frame, correction, payloads)
    if row.get("restored"):
        show(notice(frame.say("correct.taken-back")))
    problem = st.session_state.pop("correction-problem", None)
    if problem:
        show(element("p", problem, cls="gb-notice", role="alert"))
    if not frame.may("analyst"):
        return
    with st.expander(frame.say("correct.open"), expanded=bool(problem)):
        field = st.selectbox(
            frame.say("correct.field"),
            FIELDS,
            format_func=lambda name: frame.say(f"field.{name}"),
            key=f"field-{document_id}",
        )
        with st.form(f"correct-{document_id}-{field}", border=False):
            value = _value_widget(frame, field, row, document_id)
            note = st.text_input(frame.say("correct.why"), key=f"note-{document_id}-{field}", max_chars=500)
            if st.form_submit_button(frame.say("correct.save"), type="primary"):
                _save(frame, row, field, value, note)


def _value_widget(frame: Frame, field: str, row: Mapping[str, Any], document_id: str) -> Any:
    key = f"value-{document_id}-{field}"
    if field == "department":
        bodies = {one["code"]: one for one in frame.read(pages_overview.body_choices)}
        code = st.selectbox(
            frame.say("field.department"),
            list(bodies),
            index=_index(list(bodies), row["department_code"]),
            key=key,
            format_func=lambda one: frame.body_name(one),
            placeholder=frame.say("correct.choose"),
        )
        return {"code": code, "name": bodies[code]["name_zh"] or bodies[code]["name_en"]} if code else None
    if field == "topic":
        classes = {one["code"]: one for one in frame.read(pages_overview.topic_choices)}
        code = st.selectbox(
            frame.say("field.topic"),
            list(classes),
            index=_index(list(classes), row["topic_code"]),
            key=key,
            format_func=lambda one: f"{one}  {frame.topic_name(one)}",
            placeholder=frame.say("correct.choose"),
        )
        return {"code": code, "name": classes[code]["path"]} if code else None
    if field == "doc_type":
        return kind_choice(frame, frame.say("field.doc_type"), key, row[field])
    if field in _DATES:
        return st.date_input(
            frame.say(f"field.{field}"),
            value=row[field],
            key=key,
            format="YYYY-MM-DD",
            min_value=date(1949, 1, 1),
            max_value=date(2100, 1, 1),
        )
    return st.text_input(frame.say(f"field.{field}"), value=str(row[field] or ""), key=key, max_chars=500)


def _save(frame: Frame, row: Mapping[str, Any], field: str, value: Any, note: str) -> None:
    if value in (None, "", ()):
        st.session_state["correction-problem"] = frame.say("correct.empty")
        st.rerun()
    kept = value.isoformat() if isinstance(value, date) else value
    try:
        frame.desk.correct(
            str(row["document_id"]), field, kept, _shown_now(field, row), note, frame.user.name
        )
    except UserError as error:
        st.session_state["correction-problem"] = frame.say("correct.refused", problem=str(error))
    st.rerun()


def _shown_now(field: str, row: Mapping[str, Any]) -> Any:
    """The value the reader sees and replaces."""
    if field == "department":
        return (
            {"code": row["department_code"], "name": row["department_name"]}
            if row["department_code"]
            else None
        )
    if field == "topic":
        return {"code": row["topic_code"], "name": row["topic_path"]} if row["topic_code"] else None
    value = row[field]
    return value.isoformat() if isinstance(value, date) else value


def _line(frame: Frame, correction: Correction, payloads: Container[str]) -> None:
    show(_told(frame, correction, payloads))
    if correction.undone_at is None and frame.may("analyst"):
        st.button(
            frame.say("correct.undo"),
            key=f"undo-{correction.correction_id}",
            type="tertiary",
            on_click=_undo,
            args=(frame, correction.correction_id),
        )


def _undo(frame: Frame, correction_id: int) -> None:
    try:
        frame.desk.undo(correction_id, frame.user.name)
    except UserError as error:
        st.session_state["correction-problem"] = frame.say("correct.refused", problem=str(error))


def _told(frame: Frame, correction: Correction, payloads: Container[str]) -> Markup:
    undone = (
        frame.say(
            "correct.undone", who=frame.person(correction.undone_by), at=frame.local(correction.undone_at)
        )
        if correction.undone_at and correction.undone_by
        else None
    )
    field = "text" if is_text(correction.field) else correction.field
    return element(
        "div",
        element("span", frame.say(f"field.{field}"), cls="gb-kind"),
        _change(frame, correction, payloads),
        element(
            "p",
            frame.say(
                "correct.by", who=frame.person(correction.account), at=frame.local(correction.created_at)
            ),
            cls="gb-meta",
        ),
        element("p", correction.note, cls="gb-why") if correction.note else None,
        element("p", undone, cls="gb-meta") if undone else None,
        cls="gb-fact gb-undone" if undone else "gb-fact",
    )


def _change(frame: Frame, correction: Correction, payloads: Container[str]) -> Markup:
    """The old value and the new one; of a file's text how many lines, and whether the file is still there."""
    if is_text(correction.field):
        changed = element("strong", frame.say("filetext.changed", n=lines_changed(correction)))
        there = payload_of(correction.field) in payloads
        return element("p", changed, None if there else f" — {frame.say('filetext.replaced')}")
    return element(
        "p",
        element("span", _shown(frame, correction.field, correction.previous), cls="gb-rejected"),
        " → ",
        element("strong", _shown(frame, correction.field, correction.value)),
    )


def _shown(frame: Frame, field: str, value: Any) -> str:
    if isinstance(value, Mapping):
        code, name = str(value.get("code") or ""), str(value.get("name") or "")
        return frame.body_name(code, name) if field == "department" else frame.topic_name(code, name)
    if field == "doc_type" and value:
        return known(frame.language, f"doc_type.{value}", str(value))
    return str(value) if value else frame.say("word.unknown")


def _index(options: list[str], value: Any) -> int | None:
    return options.index(value) if value in options else None
