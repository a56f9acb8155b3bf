"""When this reader last looked: the visits of one day are one, so that a rerun swallows no news."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard.frame import Frame
from warehouse.desk.people import Visit

_BEFORE = "before:"  # marks the visit that is kept aside: the last one of an earlier day


@dataclass(frozen=True, slots=True)
class LastLook:
    """The reader's last visit, and the instant up to which she had everything before her."""

    at: datetime
    seen_until: datetime
    publication_id: str = ""


def last_look(frame: Frame, page: str = "today", key: str = "") -> LastLook | None:
    """The last visit on an earlier day; None on the reader's first day. All visits of a day are one.

    What she saw reaches to when her publication was made: what was observed before her visit but published
    after it is still news to her.
    """
    name = f"visit:{page}:{key}:{frame.today}"
    if name not in st.session_state:
        before = _before_today(frame, page, key)
        st.session_state[name] = _look(before) if before else None
    found: LastLook | None = st.session_state[name]
    return found


def look_before(frame: Frame, page: str, key: str) -> LastLook | None:
    """The last visit on an earlier day as `last_look` tells it, without this being a visit."""
    desk = frame.desk
    account = frame.user.name
    last = desk.last_visit(account, page, key)
    if last is None or last.at.astimezone(_zone(frame)).date() < frame.today:
        return _look(last) if last else None
    before = desk.last_visit(account, page, _BEFORE + key)
    return _look(before) if before else None


def _look(visit: Visit) -> LastLook:
    return LastLook(visit.at, _seen_until(visit.at, visit.publication_id), visit.publication_id)


def _zone(frame: Frame) -> ZoneInfo:
    return ZoneInfo(frame.home.settings.place.timezone)


def _before_today(frame: Frame, page: str, key: str) -> Visit | None:
    """The latest visit before this day, kept aside at the day's first; this visit is recorded."""
    desk = frame.desk
    account = frame.user.name
    last = desk.last_visit(account, page, key)
    if last and last.at.astimezone(_zone(frame)).date() < frame.today:
        desk.record_visit(account, page, _BEFORE + key, last.publication_id, last.at)
    desk.record_visit(account, page, key, frame.publication.publication_id, frame.now)
    return desk.last_visit(account, page, _BEFORE + key)


def _seen_until(at: datetime, publication_id: str) -> datetime:
    """The earlier of the visit and the making of the publication, told by its name `YYYYMMDD-HHMMSS-N`."""
    try:
        made = datetime.strptime(publication_id[:15], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return at
    return min(at, made)
