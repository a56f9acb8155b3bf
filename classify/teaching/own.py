"""The library's own figure for the method page: what the random halves of its sittings tell."""

from __future__ import annotations

from warehouse.clock import today
from warehouse.desk.desk import Desk
from warehouse.home import Home
from warehouse.records import Quality
from warehouse.sittings import own_figure

FIRST, WHOLE = "own-topic-first-level", "own-topic-class"


def own_quality(home: Home, desk: Desk) -> list[Quality]:
    """How often the first class was right on documents drawn by chance here; nothing before a sitting."""
    figure = own_figure(desk)
    if figure is None:
        return []
    day = today(home.clock, home.settings.place.timezone).isoformat()
    note = f"documents of this library drawn at random in sittings; judged: {', '.join(figure.classifiers)}"
    shares = ((FIRST, figure.right), (WHOLE, figure.right_whole))
    return [
        Quality(name, round(right / figure.documents, 4), figure.documents, "desk: sittings", day, note)
        for name, right in shares
    ]
