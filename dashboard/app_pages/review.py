"""复核: labels and mined sentences to answer, what teaches most first; how far two people agree."""

from __future__ import annotations

from dashboard.corrections.agreement_panel import agreement_panel
from dashboard.corrections.queue_panel import queue_panel
from dashboard.corrections.second_panel import second_panel
from dashboard.frame import close, need, open_frame, show
from dashboard.markup import element
from dashboard.pieces import basis_line


def page() -> None:
    """Draw the page."""
    frame = open_frame("review")
    show(element("h1", frame.say("nav.review")), element("p", frame.say("review.lead"), cls="gb-coverage"))
    need(frame, "analyst")
    queue_panel(frame)
    second_panel(frame)
    agreement_panel(frame)
    show(basis_line(frame))
    close(frame)


page()
