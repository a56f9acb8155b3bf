"""The entry script that Streamlit runs for every reader: which pages there are, and nothing else."""

from __future__ import annotations

import streamlit as st

from dashboard.addresses import PATHS
from dashboard.frame import reader_language
from dashboard.words import say

_language = reader_language()
st.set_page_config(layout="wide", initial_sidebar_state="collapsed")
_pages = [
    st.Page(
        f"app_pages/{name}.py",
        title=f"{say(_language, f'nav.{name}')} · {say(_language, 'site.name')}",
        url_path=name,
        default=name == "today",
    )
    for name in PATHS
]
st.navigation(_pages, position="hidden").run()
