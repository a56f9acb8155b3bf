"""A briefing on a page: the same grammar for a theme, a topic class, a department and a region."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from dashboard.briefing.assemble import assemble
from dashboard.briefing.model import Briefing, Subject
from dashboard.briefing_parts import lists
from dashboard.briefing_parts.acting import who_acts
from dashboard.briefing_parts.carried import carried
from dashboard.briefing_parts.force import disputed, in_force
from dashboard.briefing_parts.head import head
from dashboard.briefing_parts.known import findings, key_documents, related
from dashboard.briefing_parts.matrix import matrix
from dashboard.briefing_parts.subject import PERIODS, USUAL, VIEWS, is_print
from dashboard.briefing_parts.summary import summary
from dashboard.briefing_parts.trend import trend
from dashboard.frame import Frame, close, open_frame, refuse, show
from dashboard.lineage_card import lineage_section
from dashboard.markup import Markup, element, join
from warehouse.publication import Publication


def subject_page(name: str, asked: Callable[[Frame], Subject | None], index: Callable[[Frame], None]) -> None:
    """Draw a page that is an index, or the briefing of the subject its address asks for."""
    frame = open_frame(name)
    period = frame.parameters.get("since", USUAL)
    if period not in PERIODS:
        refuse(frame, "unknown.since", period)
    view = frame.parameters.get("view")
    if view is not None and view not in VIEWS:
        refuse(frame, "part.unknown-view", view)
    if frame.parameters.get("candidates") not in (None, "1"):
        refuse(frame, "board-unknown.candidates", frame.parameters["candidates"])
    subject = asked(frame)
    if subject is None:
        index(frame)
    else:
        show_briefing(frame, subject, period)
    close(frame)


def show_briefing(frame: Frame, subject: Subject, period: str) -> None:
    """Draw the whole briefing of the period: text first, then three figures, then what else is known."""
    place = frame.home.settings.place
    since = frame.today - timedelta(days=PERIODS[period])
    briefing = frame.read(_assembled, subject, since, frame.today, place.region, place.timezone)
    show(head(frame, briefing, period))
    left = join(
        (
            summary(frame, briefing),
            lists.new(frame, briefing),
            lists.group(frame, "changed", briefing.changed),
            lists.group(frame, "ended", briefing.ended),
            findings(frame, briefing),
        )
    )
    right = join(
        (
            lists.due(frame, briefing),
            carried(frame, briefing),
            disputed(frame, briefing),
            *_aside(frame, briefing),
        )
    )
    show(
        element(
            "div",
            element("div", left),
            element("aside", right, aria_label=frame.say("brief.aside")),
            cls="gb-split",
        )
    )
    trend(frame, briefing)
    if is_print(frame):
        show(matrix(frame, briefing))
        return
    who_acts(frame, briefing)
    show(matrix(frame, briefing), key_documents(frame, briefing), related(frame, briefing))


def _assembled(
    publication: Publication, subject: Subject, since: date, today: date, region: str, timezone: str
) -> Briefing:
    return assemble(publication, subject, since, today, home_region=region, timezone=timezone)


def _aside(frame: Frame, briefing: Briefing) -> Sequence[Markup | None]:
    """What stands beside the text only where there is room for it."""
    if is_print(frame):
        return (in_force(frame, briefing),)
    body = briefing.subject.key if briefing.subject.kind == "department" else None
    return (
        in_force(frame, briefing),
        lists.elsewhere(frame, briefing),
        lists.follow_ups(frame, briefing),
        lists.joint(frame, briefing),
        lineage_section(frame, body) if body else None,
    )
