"""批量更正: choose a value for up to 200 documents, look at what it would do, save it, take it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.corrections.choices import shown, value_widget
from dashboard.frame import Frame, show
from dashboard.markup import Child, Markup, element
from dashboard.pieces import notice, quiet, section, table
from warehouse.desk.bulk.edits import BulkEdit
from warehouse.desk.bulk.plan import FIELDS, Line, Plan, State, planned
from warehouse.desk.values import CLASS_FIELDS
from warehouse.errors import UserError
from warehouse.queries.review import label_rows

_OUTCOME = "bulk-outcome"
_STATES: tuple[State, ...] = ("change", "person", "refused", "same")
_RECENT, _NAMED = 10, 20


def bulk_panel(frame: Frame, rows: Sequence[Mapping[str, Any]], total: int) -> None:
    """The documents of a list with ticks, the new value, the preview and the button that saves."""
    outcome = st.session_state.pop(_OUTCOME, None)
    if outcome:
        show(element("p", outcome, cls="gb-notice", role="status"))
    if not rows:
        show(quiet(frame.say("bulk.none")))
        return
    if total > len(rows):
        show(notice(frame.say("bulk.first", n=len(rows), all=f"{total:,}")))
    ticked = _ticked(frame, rows)
    field = st.selectbox(
        frame.say("bulk.field"), FIELDS, key="bulk-field", format_func=lambda one: frame.say(f"field.{one}")
    )
    ways = ("set", "confirm") if field in CLASS_FIELDS else ("set",)
    way = st.radio(
        frame.say("bulk.way"), ways, key=f"bulk-way-{field}", horizontal=True,
        format_func=lambda one: frame.say(f"bulk.way-{one}"),
    )  # fmt: skip
    value = value_widget(frame, field, f"bulk-value-{field}") if way == "set" else None
    note = st.text_input(frame.say("correct.why"), key="bulk-note", max_chars=500)
    if way == "set" and value is None:
        show(quiet(frame.say("bulk.choose-value")))
        return
    over = st.checkbox(frame.say("bulk.over-people"), key="bulk-over")
    try:
        plan = planned(ticked, frame.desk.bulk.held(_ids(ticked), field), field, value)
    except UserError as error:
        show(element("p", frame.say("correct.refused", problem=str(error)), cls="gb-notice", role="alert"))
        return
    _preview(frame, plan, over)
    kept = len(plan.kept(over))
    st.button(
        frame.say("bulk.save", n=kept), key="bulk-save", type="primary", disabled=not kept, on_click=_save,
        args=(frame, plan, note, over),
    )  # fmt: skip


def recent_acts(frame: Frame) -> None:
    """The latest acts on many documents, each with the way back."""
    acts = frame.desk.bulk.listed(_RECENT)
    show(section(frame.say("bulk.recent"), None if acts else quiet(frame.say("bulk.no-acts"))))
    for act in acts:
        show(_act(frame, act))
        if act.undone_at is None:
            st.button(
                frame.say("bulk.undo", n=act.documents), key=f"bulk-undo-{act.bulk_id}", type="tertiary",
                on_click=_undo, args=(frame, act.bulk_id),
            )  # fmt: skip


def _ticked(frame: Frame, rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    keys = {str(row["document_id"]): f"bulk-tick-{row['document_id']}" for row in rows}
    chosen = sum(bool(st.session_state.setdefault(key, True)) for key in keys.values())
    with st.expander(frame.say("bulk.tick", n=chosen, all=len(rows))):
        with st.container(horizontal=True, gap="small"):
            for to in (True, False):
                told = frame.say("bulk.tick-all" if to else "bulk.tick-none")
                key = f"bulk-{'all' if to else 'none'}"
                st.button(told, key=key, type="tertiary", on_click=_tick, args=(tuple(keys.values()), to))
        with st.form("bulk-ticks", border=False):
            marks = {
                one: st.checkbox(_plain(frame, row), key=keys[one])
                for row in rows
                for one in (str(row["document_id"]),)
            }
            st.form_submit_button(frame.say("bulk.take"), key="bulk-take")
    return [row for row in rows if marks[str(row["document_id"])]]


def _plain(frame: Frame, row: Mapping[str, Any]) -> str:
    """The title as a label of Streamlit, which would read marks in it: those are set off."""
    title = str(row["title"] or frame.say("word.untitled"))
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()<>#+-.!|~$:" else sign for sign in title)


def _tick(keys: Sequence[str], to: bool) -> None:
    for key in keys:
        st.session_state[key] = to


def _preview(frame: Frame, plan: Plan, over: bool) -> None:
    counts = (frame.say(f"bulk.state-{state}", n=len(plan.of(state))) for state in _STATES)
    show(section(frame.say("bulk.preview"), element("p", frame.say("word.comma").join(counts))))
    rows = [_line(frame, plan.field, one, over) for state in _STATES for one in plan.of(state)]
    heads = [frame.say(f"bulk.head-{one}") for one in ("document", "old", "new", "what")]
    show(table(heads, rows, frame.say("bulk.preview")))


def _line(frame: Frame, field: str, one: Line, over: bool) -> list[Child]:
    told = {
        "change": frame.say("bulk.changes"),
        "same": frame.say("bulk.same"),
        "person": frame.say("bulk.person-over" if over else "bulk.person", who=frame.person(one.account)),
        "refused": frame.say(f"bulk.refused-{one.reason}") if one.reason else "",
    }[one.state]
    title = frame.link(one.title or frame.say("word.untitled"), "doc", id=one.document_id)
    return [title, shown(frame, field, one.old), shown(frame, field, one.new), told]


def _save(frame: Frame, plan: Plan, note: str, over: bool) -> None:
    try:
        applied = frame.desk.bulk.apply(plan, note, frame.user.name, over)
    except UserError as error:
        st.session_state[_OUTCOME] = frame.say("correct.refused", problem=str(error))
        return
    told = frame.say("bulk.saved", n=len(applied.kept))
    if applied.changed_since:
        told += frame.say("bulk.changed-since", n=len(applied.changed_since))
    st.session_state[_OUTCOME] = told


def _undo(frame: Frame, bulk_id: int) -> None:
    try:
        undone = frame.desk.bulk.undo(bulk_id, frame.user.name)
    except UserError as error:
        st.session_state[_OUTCOME] = frame.say("correct.refused", problem=str(error))
        return
    told = frame.say("bulk.undone", n=undone.documents)
    if undone.stayed:
        named = frame.say("word.and").join(_titles(frame, undone.stayed[:_NAMED]))
        told += frame.say("bulk.stayed", n=len(undone.stayed), which=named)
    st.session_state[_OUTCOME] = told


def _titles(frame: Frame, document_ids: Sequence[str]) -> list[str]:
    return [str(row["title"] or row["document_id"]) for row in frame.read(label_rows, tuple(document_ids))]


def _act(frame: Frame, act: BulkEdit) -> Markup:
    value = frame.say("bulk.way-confirm") if act.value is None else shown(frame, act.field, act.value)
    undone = (
        frame.say("correct.undone", who=frame.person(act.undone_by), at=frame.local(act.undone_at))
        if act.undone_at and act.undone_by
        else None
    )
    return element(
        "div",
        element("span", frame.say(f"field.{act.field}"), cls="gb-kind"),
        element("p", frame.say("bulk.act", n=act.documents, value=value)),
        element(
            "p",
            frame.say("correct.by", who=frame.person(act.account), at=frame.local(act.created_at)),
            cls="gb-meta",
        ),
        element("p", act.note, cls="gb-why") if act.note else None,
        element("p", undone, cls="gb-meta") if undone else None,
        cls="gb-fact gb-undone" if undone else "gb-fact",
    )


def _ids(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    return [str(row["document_id"]) for row in rows]
