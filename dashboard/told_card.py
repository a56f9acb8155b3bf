"""The card with the changes that a site tells of, beside the versions that were archived."""

from __future__ import annotations

from dashboard.frame import Frame
from dashboard.markup import Markup, element
from warehouse.queries import pages_document


def told_card(frame: Frame, document_id: str) -> Markup | None:
    """Every told change with its day, which leads to all documents said to have changed then."""
    rows = frame.read(pages_document.told_changes, document_id)
    if not rows:
        return None
    items = (
        element(
            "li",
            frame.link(str(one["day"]), "listing", of="told", tfrom=one["day"], tto=one["day"]),
            " · ",
            one["note"] or frame.say("doc.told-nothing"),
            " ",
            element("span", frame.say("doc.told-badge"), cls="gb-badge gb-badge-unknown"),
        )
        for one in rows
    )
    return element(
        "section",
        element("h2", frame.say("doc.told", n=len(rows))),
        element("p", frame.say("doc.told-note"), cls="gb-note"),
        element("ul", *items, cls="gb-links"),
        cls="gb-card",
    )
