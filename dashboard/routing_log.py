"""What people decided of routing, the latest first, each to be taken back; and why a decision was refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from dashboard.frame import Frame, show
from dashboard.markup import Markup, element
from dashboard.pieces import quiet, section
from dashboard.routing_words import target_name
from warehouse.desk.routing import THEME, RoutingAct
from warehouse.errors import UserError
from warehouse.queries import routing as queries

_LOGGED = 8
_PROBLEM = "routing-problem"


def decided(decide: Callable[[], object]) -> None:
    """Make a decision of the desk; why it was refused is told when the page is drawn again."""
    try:
        decide()
    except UserError as error:
        st.session_state[_PROBLEM] = str(error)


def told_problem() -> None:
    """Say once why the last decision was refused."""
    problem = st.session_state.pop(_PROBLEM, None)
    if problem:
        show(element("p", problem, cls="gb-notice", role="alert"))


def routing_log(frame: Frame) -> None:
    """The latest decisions, each to be taken back."""
    acts = frame.desk.routing.log(limit=_LOGGED)
    show(section(frame.say("routing.log"), None if acts else quiet(frame.say("routing.log-empty"))))
    titles = {
        row["document_id"]: row for row in frame.read(queries.named, tuple(one.document_id for one in acts))
    }
    for one in acts:
        left, right = st.columns([5, 1])
        with left:
            show(_decision(frame, one, titles.get(one.document_id, {})))
        if one.undone_at is None:
            right.button(
                frame.say("routing.undo"), key=f"undo-{one.act_id}", on_click=_undo, args=(frame, one.act_id)
            )


def _decision(frame: Frame, one: RoutingAct, row: Mapping[str, Any]) -> Markup:
    said = frame.say(f"inbox.state-{one.value}") if one.act == "state" else ""
    told = frame.say(
        f"routing.act-{one.act}", who=one.account, at=frame.local(one.at), state=said,
        body=_whose(frame, one),
    )  # fmt: skip
    undone = frame.say("routing.undone", who=one.undone_by or "") if one.undone_at else None
    title = frame.link(row.get("title") or one.document_id, "doc", id=one.document_id)
    return element("p", told, " ", title, " ", undone, cls="gb-meta")


def _whose(frame: Frame, one: RoutingAct) -> str:
    """The inbox that a decision is about, in words."""
    if one.code.startswith(THEME):
        names = {row["theme_id"]: row for row in frame.read(queries.theme_analysts)}
        row = names.get(one.code.removeprefix(THEME), {})
        return frame.named(row.get("name_zh"), row.get("name_en"))
    return target_name(frame, one.code, one.name) if one.code else ""


def _undo(frame: Frame, act_id: int) -> None:
    decided(lambda: frame.desk.routing.undo(act_id, frame.user.name))
