"""部门: the index of issuing bodies, or what one of them has published and must do."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.briefing.model import Subject
from dashboard.briefing.subjects import find_subject
from dashboard.briefing_view import subject_page
from dashboard.frame import Frame, close, open_frame, refuse, show
from dashboard.inbox_panel import inbox_line, inbox_panel
from dashboard.markup import Markup, element
from dashboard.pieces import basis_line, number, quiet, section
from warehouse.errors import UserError
from warehouse.queries import pages_overview, routing
from warehouse.queries.pages_listing import Selection

_LEVELS = ("national", "provincial", "municipal", "county", "international")
_SHOWN = 12


def page() -> None:
    """Draw the page: the index, a body's inbox (`box=`), or its briefing with what waits in the inbox."""
    if "d" in st.query_params and "box" in st.query_params:
        frame = open_frame("departments")
        subject = _subject(frame)
        assert subject is not None
        inbox_panel(frame, subject.key, subject.name(frame.language), "departments", d=subject.key)
        close(frame)
    else:
        subject_page("departments", _asked, _index)


def _asked(frame: Frame) -> Subject | None:
    subject = _subject(frame)
    if subject is not None and frame.parameters.get("view") != "print":
        inbox_line(frame, subject.key)
    return subject


def _subject(frame: Frame) -> Subject | None:
    asked = frame.parameters.get("d")
    if asked is None:
        return None
    try:
        return find_subject(frame.publication, asked, ("department",))
    except UserError:
        name = frame.read(routing.routed_name, asked)
        if name is not None:  # it has issued nothing that is held, but is given work
            return Subject("department", asked, name, "")
        refuse(frame, "unknown.department", asked)


def _index(frame: Frame) -> None:
    rows = frame.read(pages_overview.departments)
    show(
        element("h1", frame.say("nav.departments")),
        element("p", frame.say("departments.lead"), cls="gb-coverage"),
        element("p", frame.link(frame.say("routing.queue"), "routing"), cls="gb-more"),
    )
    if not rows:
        show(quiet(frame.say("departments.none")))
        return
    places = sorted({row["region"] or "" for row in rows}, key=lambda place: _rank(rows, place))
    show(
        *(_place(frame, place, [row for row in rows if (row["region"] or "") == place]) for place in places),
        basis_line(frame),
    )


def _rank(rows: list[dict[str, Any]], place: str) -> tuple[int, int]:
    """Regions from the nation down, the one that publishes most first; what has no region comes last."""
    here = [row for row in rows if (row["region"] or "") == place]
    levels = [_LEVELS.index(row["level"]) for row in here if row["level"] in _LEVELS]
    return min(levels, default=len(_LEVELS)) if place else len(_LEVELS) + 1, -sum(
        row["documents"] for row in here
    )


def _place(frame: Frame, place: str, rows: list[dict[str, Any]]) -> Markup:
    """The bodies of one region: those with most documents, the others behind a click."""
    first, rest = rows[:_SHOWN], rows[_SHOWN:]
    more = (
        element(
            "details", element("summary", frame.say("departments.more", n=len(rest))), _bodies(frame, rest)
        )
        if rest
        else None
    )
    return section(
        frame.region_name(place) if place else frame.say("departments.nowhere"), _bodies(frame, first), more
    )


def _bodies(frame: Frame, rows: list[dict[str, Any]]) -> Markup:
    items = (
        element(
            "li",
            frame.link(frame.named(row["name_zh"], row["name_en"]), "departments", d=row["code"]),
            element(
                "span", number(frame, Selection(department=row["code"]), row["documents"]), cls="gb-count"
            ),
            element("span", str(row["latest"] or ""), cls="gb-recent", title=frame.say("table.latest")),
        )
        for row in rows
    )
    return element("ul", *items, cls="gb-index gb-bodies")


page()
