"""A chart on the page. Its specification is worked out once for all readers who meet the same figures."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any

import altair as alt
import streamlit as st

_THEMES = Lock()  # the theme of Altair is one for all threads


def draw(key: tuple[object, ...], chart: Callable[[], alt.Chart | alt.LayerChart], told: str) -> None:
    """Draw what `chart` makes; `told` is said to those who do not see it.

    `key` is everything that the chart is made of (its `repr` counts): building and checking one takes longer
    than all else on a page, so it is done only where none with the same key is remembered.
    """
    st.vega_lite_chart(spec=_specification(repr(key), chart), alt=told)


@st.cache_data(max_entries=512, show_spinner=False)
def _specification(key: str, _chart: Callable[[], alt.Chart | alt.LayerChart]) -> dict[str, Any]:
    with _THEMES, alt.theme.enable("none"):  # as Streamlit has it: its own theme is laid over in the browser
        specification: dict[str, Any] = _chart().to_dict()
    return specification
