"""Widgets in which a value is chosen, and the words in which it is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from dashboard.frame import Frame
from dashboard.words import catalogue, known
from warehouse.desk.values import CLASS_FIELDS, DATE_FIELDS
from warehouse.queries import pages_overview

FIRST_DAY, LAST_DAY = date(1949, 1, 1), date(2100, 1, 1)


def classes_of(frame: Frame, field: str) -> dict[str, dict[str, str]]:
    """Every class of a field by its code, as a correction keeps it, in the order offered."""
    if field == "department":
        bodies = frame.read(pages_overview.body_choices)
        return {
            one["code"]: {"code": one["code"], "name": one["name_zh"] or one["name_en"]} for one in bodies
        }
    topics = frame.read(pages_overview.topic_choices)
    return {one["code"]: {"code": one["code"], "name": one["path"]} for one in topics}


def class_name(frame: Frame, field: str, value: Mapping[str, Any]) -> str:
    """A class in the reader's language."""
    code, name = str(value["code"] or ""), str(value["name"] or "")
    return frame.body_name(code, name) if field == "department" else frame.topic_name(code, name)


def shown(frame: Frame, field: str, value: Any) -> str:
    """A value as a reader meets it; the word for unknown where there is none."""
    if not value:
        return frame.say("word.unknown")
    if field == "doc_type":
        return kind_name(frame, str(value))
    return class_name(frame, field, value) if field in CLASS_FIELDS else str(value)


def kind_name(frame: Frame, kind: str) -> str:
    """A kind of document in the reader's language."""
    return known(frame.language, f"doc_type.{kind}", kind)


def kind_choice(frame: Frame, label: str, key: str, value: Any = None) -> str | None:
    """A widget for a kind of document: those the library holds first, the other known ones, or one typed."""
    known_ones = (key.removeprefix("doc_type.") for key in catalogue("zh") if key.startswith("doc_type."))
    kinds = list(dict.fromkeys([*frame.read(pages_overview.kind_choices), *known_ones]))
    return st.selectbox(
        label, kinds, index=kinds.index(value) if value in kinds else None, key=key, accept_new_options=True,
        format_func=lambda one: kind_name(frame, one), placeholder=frame.say("correct.choose-kind"),
    )  # fmt: skip


def option_name(frame: Frame, field: str, code: str) -> str:
    """A class in a list of all of them; of topics with the code, by which people know them."""
    return frame.body_name(code) if field == "department" else f"{code}  {frame.topic_name(code)}"


def value_widget(frame: Frame, field: str, key: str, value: Any = None) -> Any:
    """A widget for one value of a field; None while nothing is chosen."""
    label = frame.say("fix.new", field=frame.say(f"field.{field}"))
    if field in CLASS_FIELDS:
        classes = classes_of(frame, field)
        code = st.selectbox(
            label, list(classes), index=None, key=key, placeholder=frame.say("correct.choose"),
            format_func=lambda one: option_name(frame, field, one),
        )  # fmt: skip
        return classes[code] if code else None
    if field == "doc_type":
        return kind_choice(frame, label, key, value)
    if field in DATE_FIELDS:
        day = st.date_input(
            label, value=value, key=key, format="YYYY-MM-DD", min_value=FIRST_DAY, max_value=LAST_DAY
        )
        return day.isoformat() if isinstance(day, date) else None
    return st.text_input(label, value=str(value or ""), key=key, max_chars=500).strip() or None
