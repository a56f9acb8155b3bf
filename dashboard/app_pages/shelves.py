"""专题书架: documents that somebody chose on a theme and introduced; readers see what was published."""

from __future__ import annotations

from dashboard.frame import Frame, close, open_frame, refuse, show
from dashboard.markup import element
from dashboard.shelves.editing import new_shelf, put_one, shelf_desk, told_problem
from dashboard.shelves.shown import shelf_list, shelf_shown
from warehouse.desk.shelves.model import Shelf
from warehouse.errors import UserError


def page() -> None:
    """Draw the page."""
    frame = open_frame("shelves")
    works = frame.may("analyst")
    if frame.parameters.get("shelf"):
        _one(frame, frame.parameters["shelf"], works)
    else:
        _all(frame, works)
    close(frame)


def _all(frame: Frame, works: bool) -> None:
    shelves = frame.desk.shelves.listed(None if works else "published")
    show(element("h1", frame.say("nav.shelves")), element("p", frame.say("shelves.lead"), cls="gb-coverage"))
    told_problem(frame)
    added = frame.parameters.get("add")
    if works and added:
        put_one(frame, added, shelves)
    shelf_list(frame, shelves)
    if works:
        new_shelf(frame)


def _one(frame: Frame, number: str, works: bool) -> None:
    shelf = _shelf(frame, number)
    if shelf is None or (shelf.state != "published" and not works):
        refuse(frame, "shelves.unknown", number)
        return
    told_problem(frame)
    sections = frame.desk.shelves.sections(shelf.shelf_id)
    shelf_shown(frame, shelf, sections)
    if works:
        shelf_desk(frame, shelf, sections)


def _shelf(frame: Frame, number: str) -> Shelf | None:
    try:
        return frame.desk.shelves.get(int(number) if number.isdecimal() else 0)
    except UserError:
        return None


page()
