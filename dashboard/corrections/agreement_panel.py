"""How far two people agree, by field and class, and the disagreements that a reviewer settles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.corrections.choices import class_name, shown
from dashboard.frame import Frame, show
from dashboard.markup import Child, element
from dashboard.pieces import quiet, section, table
from warehouse.agreement import FEWEST, Agreement, agreement, by_class, said_of
from warehouse.desk.bulk.second import Pair
from warehouse.desk.values import CLASS_FIELDS
from warehouse.errors import UserError
from warehouse.queries.review import label_rows

_PROBLEM, _MOST = "settle-problem", 20
_LEVELS = (("topic", True), ("topic", False), ("department", False))


def agreement_panel(frame: Frame) -> None:
    """Figures once there are enough documents, then what two people see differently."""
    note = frame.say("review.agreement-note", n=FEWEST)
    show(section(frame.say("review.agreement-title"), note=note, anchor="agreement"))
    pairs = {field: frame.desk.second.pairs(field) for field in CLASS_FIELDS}
    rows: list[list[Child]] = []
    for field, first_level in _LEVELS:
        found = agreement(pairs[field], first_level)
        name = _level(frame, field, first_level)
        if found is None:
            both = len(said_of(pairs[field], first_level))
            show(quiet(frame.say("review.not-evaluated", field=name, n=both)))
        else:
            rows.append([name, *_figures(found)])
    if rows:
        names = ("field", "documents", "agreed", "interval", "kappa", "kappa-interval")
        heads = [frame.say(f"review.head-{one}") for one in names]
        show(table(heads, rows, frame.say("review.agreement-title"), frozenset({1, 2, 3, 4, 5})))
        _classes(frame, pairs)
    _differences(frame, [one for some in pairs.values() for one in some if not one.agrees])


def _level(frame: Frame, field: str, first_level: bool) -> str:
    if field == "department":
        return frame.say("field.department")
    key = "review.level-first" if first_level else "review.level-whole"
    return frame.say(key, field=frame.say(f"field.{field}"))


def _figures(found: Agreement) -> list[Child]:
    return [
        str(found.documents),
        f"{found.share:.1%}",
        f"{found.low:.1%} – {found.high:.1%}",
        _number(found.kappa),
        f"{_number(found.kappa_low)} – {_number(found.kappa_high)}",
    ]


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _classes(frame: Frame, pairs: Mapping[str, list[Pair]]) -> None:
    rows: list[list[Child]] = [
        [
            class_name(frame, field, {"code": one.code, "name": one.code}), str(one.documents),
            f"{one.agreed / one.documents:.1%}", _number(one.kappa),
        ]
        for field, first_level in (("topic", True), ("department", False))
        for one in by_class(pairs[field], first_level)
    ]  # fmt: skip
    if rows:
        heads = [frame.say(f"review.head-{one}") for one in ("class", "documents", "agreed", "kappa")]
        show(table(heads, rows, frame.say("review.classes-title"), frozenset({1, 2, 3})))


def _differences(frame: Frame, pairs: list[Pair]) -> None:
    open_ones = [one for one in pairs if one.decided is None and one.second is not None]
    settled = [one for one in pairs if one.decided is not None]
    show(
        section(
            frame.say("review.differ-title"), None if open_ones else quiet(frame.say("review.differ-none"))
        )
    )
    problem = st.session_state.pop(_PROBLEM, None)
    if problem:
        show(element("p", problem, cls="gb-notice", role="alert"))
    may = frame.may("reviewer")
    if open_ones and not may:
        show(quiet(frame.say("review.only-reviewers")))
    for one in open_ones[:_MOST]:
        show(_told(frame, one))
        if may:
            _settle(frame, one)
    for one in settled[-_MOST:]:
        show(_told(frame, one))


def _told(frame: Frame, one: Pair) -> Child:
    row = next(iter(frame.read(label_rows, (one.document_id,))), None)
    title = str(row["title"]) if row else one.document_id
    said = frame.say(
        "review.differ", first_account=one.first_account, second_account=one.second_account,
        first=shown(frame, one.field, one.first), second=shown(frame, one.field, one.second),
    )  # fmt: skip
    decided = (
        frame.say("review.settled-by", who=one.decided_by, value=shown(frame, one.field, one.decided))
        if one.decided is not None
        else None
    )
    return element(
        "div",
        element("span", frame.say(f"field.{one.field}"), cls="gb-kind"),
        element("p", frame.link(title, "doc", id=one.document_id)),
        element("p", said, cls="gb-meta"),
        element("p", decided, " ", one.remark, cls="gb-why") if decided else None,
        cls="gb-fact",
    )


def _settle(frame: Frame, one: Pair) -> None:
    key = f"settle-{one.correction_id}"
    choices: dict[str, Any] = {str(value["code"]): value for value in (one.first, one.second)}
    with st.form(key, border=False):
        code = st.radio(
            frame.say("review.settle"), list(choices), key=f"{key}-value", horizontal=True,
            format_func=lambda one_code: class_name(frame, one.field, choices[one_code]),
        )  # fmt: skip
        remark = st.text_input(frame.say("review.remark"), key=f"{key}-remark", max_chars=500)
        if st.form_submit_button(frame.say("review.settle-save")):
            try:
                frame.desk.second.decide(one.correction_id, choices[code], remark, frame.user.name)
            except UserError as error:
                st.session_state[_PROBLEM] = frame.say("correct.refused", problem=str(error))
            st.rerun()
