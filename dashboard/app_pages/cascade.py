"""上下贯彻: how a document was carried out below, or the index of those that were and those that wait."""

from __future__ import annotations

from dashboard.cascade.index import cascade_index
from dashboard.cascade.one import cascade_of
from dashboard.frame import close, open_frame


def page() -> None:
    """Draw the page."""
    frame = open_frame("cascade")
    asked = frame.parameters.get("id")
    if asked is None:
        cascade_index(frame)
    else:
        cascade_of(frame, asked)
    close(frame)


page()
