"""Acts of a reader on the pages of reports: carried out, or refused in words that stand after the rerun."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.frame import Frame, show
from dashboard.markup import element
from warehouse.errors import GovbriefError

_PROBLEM, _DONE = "reports-problem", "reports-done"


def act(frame: Frame, work: Callable[[], object], done: str) -> None:
    """Do it and say so after the page is drawn anew; what is refused is said in its place."""
    try:
        work()
    except GovbriefError as error:
        st.session_state[_PROBLEM] = frame.say("reports.refused", problem=str(error))
    else:
        st.session_state[_DONE] = frame.say(done)
    st.rerun()


def told() -> None:
    """What the last act led to, once."""
    problem, done = st.session_state.pop(_PROBLEM, None), st.session_state.pop(_DONE, None)
    if problem:
        show(element("p", problem, cls="gb-notice", role="alert"))
    if done:
        show(element("p", done, cls="gb-notice", role="status"))
