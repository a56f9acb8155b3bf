"""What of the subject is in force, what takes force, and what two documents state differently."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.briefing import questions
from dashboard.briefing.model import Briefing
from dashboard.briefing.questions import asked_of
from dashboard.briefing_parts.subject import at_most, left_out, selection_of_subject, to_document, to_passage
from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import basis_of, day, number, provenance, quiet, section, validity_badge
from warehouse.queries import briefing_force

_FIGURES = 4  # of one dispute


def in_force(frame: Frame, briefing: Briefing) -> Markup:
    """Documents by state, the state that nobody stated as readily as the others; then what takes force."""
    counted = frame.read(briefing_force.states, *asked_of(briefing))
    states = (
        element(
            "li",
            validity_badge(frame, {"validity": state}),
            " ",
            number(frame, selection_of_subject(briefing.subject, validity=state), n) if n else "0",
        )
        for state, n in counted.items()
    )
    return section(
        frame.say("part.force"),
        element("ul", *states, cls="gb-states"),
        _taking(frame, briefing),
        provenance(frame, selection_of_subject(briefing.subject)),
        note=frame.say("part.force-note"),
        anchor="brief-force",
    )


def _taking(frame: Frame, briefing: Briefing) -> Markup:
    rows = questions.taking_force(frame.read, briefing)
    if not rows:
        return quiet(frame.say("part.none-taking", days=questions.AHEAD))
    shown = rows[: at_most(frame, 8, 2)]
    lines = (element("li", day(frame, row["in_force_from"]), " ", to_document(frame, row)) for row in shown)
    heading = element("h3", frame.say("part.taking", days=questions.AHEAD))
    return join((heading, element("ul", *lines, cls="gb-citations"), left_out(frame, len(shown), len(rows))))


def disputed(frame: Frame, briefing: Briefing) -> Markup | None:
    """Figures that differ for one aim: a request to look, left out when there are none."""
    groups = questions.disputed(frame.read, briefing)
    if not groups:
        return None
    shown = groups[: at_most(frame, 6, 1)]
    return section(
        frame.say("part.disputed"),
        element("ul", *(_dispute(frame, rows) for rows in shown), cls="gb-list gb-disputes"),
        left_out(frame, len(shown), len(groups)),
        basis_of(frame, (row["document_id"] for rows in groups for row in rows)),
        note=frame.say("part.disputed-note"),
        anchor="brief-disputed",
    )


def _dispute(frame: Frame, rows: Sequence[dict[str, Any]]) -> Markup:
    first = rows[0]
    head = frame.say(
        "part.dispute",
        indicator=first["indicator"],
        year=first["year"],
        region=frame.region_name(first["region"]),
    )
    shown = rows[:_FIGURES]
    figures = element("ul", *(_figure(frame, row) for row in shown), cls="gb-citations")
    return element("li", element("strong", head), figures, left_out(frame, len(shown), len(rows)))


def _figure(frame: Frame, row: dict[str, Any]) -> Markup:
    told: list[Child] = [
        to_passage(frame, f"{row['stated']}{row['unit']}", row),
        " — ",
        element("span", row["title"], cls="gb-quiet"),
        " ",
        day(frame, row["published"]),
    ]
    return element("li", *told)
