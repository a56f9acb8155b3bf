"""What a form's words were when this session first drew it: nobody's words are written over unseen.

Streamlit runs a page anew at every press and keeps what was typed: at that moment the page has read what
stands in the store now, not what its user had before her eyes when she began.
"""

from __future__ import annotations

from typing import TypeVar, cast

import streamlit as st

T = TypeVar("T")


def as_read(widget: str, now: T) -> T:
    """What stood in the store when the widget of this key was first drawn; call it before drawing that."""
    if widget not in st.session_state:
        read_again(widget, now)
    return cast("T", st.session_state.get(_key(widget), now))


def read_again(widget: str, now: object) -> None:
    """From here on the user of the widget has seen `now`: it was told her, or she wrote it."""
    st.session_state[_key(widget)] = now


def _key(widget: str) -> str:
    return f"{widget}-as-read"
