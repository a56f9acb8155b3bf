"""What people looked for in vain, for those who choose sources: how often, when last, what it finds now."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from dashboard.frame import Frame, show
from dashboard.markup import Child, element
from dashboard.pieces import quiet, section, table
from warehouse.desk.demand import Wanted
from warehouse.errors import GovbriefError
from warehouse.search.every_hit import hits_now

_DAYS, _SHOWN = 90, 30
_PROBLEM = "demand-problem"


def demand_panel(frame: Frame) -> None:
    """The table of queries without a hit, and the form that marks one as handled."""
    wanted = frame.desk.demand.listed(frame.today - timedelta(days=_DAYS), limit=_SHOWN)
    note = frame.say("demand.lead", days=_DAYS)
    show(section(frame.say("demand.title"), note=note, anchor="demand"))
    problem = st.session_state.pop(_PROBLEM, None)
    if problem:
        show(element("p", problem, cls="gb-notice", role="alert"))
    if not wanted:
        show(quiet(frame.say("demand.none")))
        return
    heads = [frame.say(f"demand.{name}") for name in ("query", "times", "last", "now")]
    lines: list[list[Child]] = [
        [one.query, one.times, str(one.last_day), _found_now(frame, one)] for one in wanted
    ]
    show(table(heads, lines, frame.say("demand.title"), frozenset({1})))
    _form(frame, wanted)


def _found_now(frame: Frame, one: Wanted) -> Child:
    """What the query finds since it was asked, as a link to it; a cut or masked one is not asked again."""
    if not one.is_whole:
        return frame.say("demand.not-whole")
    found = frame.read(hits_now, one.query)
    if found is None:
        return frame.say("demand.no-query")
    if not found:
        return frame.say("demand.still-none")
    return frame.link(frame.say("demand.found-since", n=f"{found:,}"), "docs", s=one.query)


def _form(frame: Frame, wanted: list[Wanted]) -> None:
    with st.expander(frame.say("demand.handle")), st.form("demand-handled", border=False):
        query = st.selectbox(
            frame.say("demand.query"),
            [one.query for one in wanted],
            index=None,
            placeholder=frame.say("demand.choose"),
            key="demand-query",
        )
        note = st.text_input(frame.say("demand.note"), max_chars=500, key="demand-note")
        if st.form_submit_button(frame.say("demand.save"), type="primary") and query:
            _handle(frame, query, note or "")


def _handle(frame: Frame, query: str, note: str) -> None:
    try:
        frame.desk.demand.handle(query, frame.today, frame.user.name, note)
    except GovbriefError as error:
        st.session_state[_PROBLEM] = str(error)
    st.rerun()
