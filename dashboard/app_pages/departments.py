"""部门: the index of issuing bodies, or what one of them has published and must do."""

from __future__ import annotations

from typing import Any

from dashboard.briefing.model import Subject
from dashboard.briefing.subjects import find_subject
from dashboard.briefing_view import subject_page
from dashboard.frame import Frame, refuse, show
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import basis_line, number, quiet, table
from dashboard.words import known
from warehouse.errors import UserError
from warehouse.queries import pages_overview
from warehouse.queries.pages_listing import Selection


def page() -> None:
    """Draw the page."""
    subject_page("departments", _asked, _index)


def _asked(frame: Frame) -> Subject | None:
    asked = frame.parameters.get("d")
    if asked is None:
        return None
    try:
        return find_subject(frame.publication, asked, ("department",))
    except UserError:
        refuse(frame, "unknown.department", asked)


def _index(frame: Frame) -> None:
    rows = frame.read(pages_overview.departments)
    show(
        element("h1", frame.say("nav.departments")),
        element("p", frame.say("departments.lead"), cls="gb-coverage"),
    )
    show(join((_table(frame, rows), basis_line(frame))) if rows else quiet(frame.say("departments.none")))


def _table(frame: Frame, rows: list[dict[str, Any]]) -> Markup:
    heads = [frame.say(f"table.{name}") for name in ("department", "level", "region", "documents", "latest")]
    lines: list[list[Child]] = [
        [
            frame.link(frame.named(row["name_zh"], row["name_en"]), "departments", d=row["code"]),
            known(frame.language, f"level.{row['level']}", row["level"] or ""),
            frame.region_name(row["region"]),
            number(frame, Selection(department=row["code"]), row["documents"]),
            str(row["latest"] or ""),
        ]
        for row in rows
    ]
    return table(heads, lines, frame.say("nav.departments"), frozenset({3}))


page()
