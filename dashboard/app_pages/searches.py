"""检索收藏: saved searches with what is new in each, and what people looked for in vain."""

from __future__ import annotations

from dashboard.demand_panel import demand_panel
from dashboard.frame import close, open_frame, show
from dashboard.markup import element
from dashboard.pieces import basis_line
from dashboard.saved_panel import saved_panel


def page() -> None:
    """Draw the page."""
    frame = open_frame("searches")
    show(element("h1", frame.say("nav.searches")))
    saved_panel(frame)
    if frame.may("analyst"):
        demand_panel(frame)
    show(basis_line(frame))
    close(frame)


page()
