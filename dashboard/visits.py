"""When this reader last looked: remembered once a session, so that reruns do not swallow the news."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from dashboard.frame import Frame


@dataclass(frozen=True, slots=True)
class LastLook:
    """The reader's last visit, and the instant up to which she had everything before her."""

    at: datetime
    seen_until: datetime


def last_look(frame: Frame, page: str = "today", key: str = "") -> LastLook | None:
    """The visit before this session; None on the reader's first. This visit is recorded once a session.

    What she saw reaches to when her publication was made: what was observed before her visit but published
    after it is still news to her.
    """
    name = f"visit:{page}:{key}"
    if name not in st.session_state:
        desk = frame.desk
        account = desk.current_user().name
        last = desk.last_visit(account, page, key)
        st.session_state[name] = (
            LastLook(last.at, _seen_until(last.at, last.publication_id)) if last else None
        )
        desk.record_visit(account, page, key, frame.publication.publication_id, frame.now)
    found: LastLook | None = st.session_state[name]
    return found


def _seen_until(at: datetime, publication_id: str) -> datetime:
    """The earlier of the visit and the making of the publication, told by its name `YYYYMMDD-HHMMSS-N`."""
    try:
        made = datetime.strptime(publication_id[:15], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return at
    return min(at, made)
