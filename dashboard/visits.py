"""When this reader last looked: remembered once a session, so that reruns do not swallow the news."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from dashboard.frame import Frame


def since_last_visit(frame: Frame, page: str = "today", key: str = "") -> datetime | None:
    """The instant up to which the reader has seen everything; None on her first visit.

    That is when the publication she saw was made, if that is earlier than her visit: what was observed
    before her visit but published after it is still news to her. The visit is recorded once a session.
    """
    name = f"visit:{page}:{key}"
    if name not in st.session_state:
        account = frame.desk.current_user().name
        last = frame.desk.last_visit(account, page, key)
        st.session_state[name] = _seen_until(frame, last) if last else None
        frame.desk.record_visit(account, page, key, frame.publication.publication_id, frame.now)
    found: datetime | None = st.session_state[name]
    return found


def _seen_until(frame: Frame, last: object) -> datetime:
    at: datetime = last.at  # type: ignore[attr-defined]
    made = _made_at(str(last.publication_id), frame)  # type: ignore[attr-defined]
    return min(at, made) if made else at


def _made_at(publication_id: str, frame: Frame) -> datetime | None:
    """The instant in a publication's name, `YYYYMMDD-HHMMSS-N`."""
    try:
        made = datetime.strptime(publication_id[:15], "%Y%m%d-%H%M%S")
    except ValueError:
        return None
    return made.replace(tzinfo=UTC)
