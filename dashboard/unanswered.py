"""Counting a search that found nothing: once a session and day, without the person."""

from __future__ import annotations

import logging

import streamlit as st

from dashboard.frame import Frame
from dashboard.search_wish import Wish
from warehouse.desk.demand import kept_query
from warehouse.errors import GovbriefError
from warehouse.search.every_hit import hits_now

_LOG = logging.getLogger(__name__)
_COUNTED = "unanswered-queries"


def count_unanswered(frame: Frame, wish: Wish) -> None:
    """Put a query without a hit on the demand list.

    A session counts a query once a day, however often its page runs anew. Where filters are set it counts
    only if the words alone find nothing either: else the library holds it, elsewhere.
    """
    kept = kept_query(wish.query)
    counted: set[tuple[str, str]] = st.session_state.setdefault(_COUNTED, set())
    mark = (frame.today.isoformat(), kept)
    if not kept or mark in counted:
        return
    if wish.filters and frame.read(hits_now, wish.query) != 0:
        return
    try:
        frame.desk.demand.count(wish.query, frame.today)
    except GovbriefError as error:  # a full disk must not keep anybody from reading
        _LOG.warning("A query without a hit was not counted: %s", error)
        return
    counted.add(mark)
