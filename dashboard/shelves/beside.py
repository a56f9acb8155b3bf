"""Beside a document: the shelves that it stands on, and for analysts the way to put it on one."""

from __future__ import annotations

from dashboard.frame import Frame
from dashboard.markup import Markup, element
from dashboard.pieces import section


def shelf_card(frame: Frame, document_id: str) -> Markup | None:
    """Nothing for a reader of a document that stands on no published shelf."""
    shelves = [frame.desk.shelves.get(one) for one in frame.desk.shelves.placing.shelves_of(document_id)]
    works = frame.may("analyst")
    shown = [one for one in shelves if works or one.state == "published"]
    links = [element("li", frame.link(one.title, "shelves", shelf=one.shelf_id)) for one in shown]
    add = element("p", frame.link(frame.say("shelves.add"), "shelves", add=document_id)) if works else None
    if not links and add is None:
        return None
    listed = element("ul", *links) if links else None
    return section(frame.say("nav.shelves"), listed, add, cls="gb-card")
