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
from dashboard.briefing_parts.known import findings, key_documents, related
from dashboard.briefing_parts.matrix import matrix
from dashboard.briefing_parts.subject import (
    PERIODS,
    USUAL,
    VIEWS,
    address_of,
    is_print,
    selection_of_subject,
)
from dashboard.briefing_parts.summary import summary
from dashboard.briefing_parts.trend import trend
from dashboard.frame import Frame, close, open_frame, refuse, show
from dashboard.lineage_card import lineage_section
from dashboard.markup import Markup, element, join
from dashboard.pieces import around, listing_parameters, number
from dashboard.report.route import report_address
from warehouse.publication import Publication

_FILES = ("pdf", "docx")


def subject_page(name: str, asked: Callable[[Frame], Subject | None], index: Callable[[Frame], None]) -> None:
    """Draw a page that is an index, or the briefing of the subject its address asks for."""
    frame = open_frame(name)
    period = frame.parameters.get("since", USUAL)
    if period not in PERIODS:
        refuse(frame, "unknown.since", period)
    view = frame.parameters.get("view")
    if view is not None and view not in VIEWS:
        refuse(frame, "part.unknown-view", view)
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
    show(_head(frame, briefing, period))
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


def _head(frame: Frame, briefing: Briefing, period: str) -> Markup:
    subject = briefing.subject
    covered = briefing.coverage
    everything = frame.link(
        f"{covered.members:,}",
        "listing",
        "gb-number",
        **listing_parameters(selection_of_subject(subject)),
    )
    coverage = join(
        (
            frame.say("brief.holds"),
            " ",
            everything,
            " ",
            frame.say(
                "brief.coverage",
                held=covered.sources_ok,
                sources=covered.sources,
                until=frame.local(covered.data_until),
            ),
        )
    )
    silent = frame.say("brief.silent", names="、".join(covered.silent)) if covered.silent else None
    return join(
        (
            element("p", frame.say(f"brief.kind-{subject.kind}"), cls="gb-kicker"),
            element("h1", _name(frame, subject)),
            element(
                "p",
                frame.say("brief.dateline", since=briefing.since, today=briefing.today),
                cls="gb-dateline",
            ),
            element("p", coverage, cls="gb-coverage"),
            element("p", silent, cls="gb-notice", role="note") if silent else None,
            _counts(frame, briefing),
            _periods(frame, subject, period),
            element("span", hidden=True, cls="gb-on-paper") if is_print(frame) else None,
        )
    )


def _name(frame: Frame, subject: Subject) -> str:
    return frame.region_name(subject.key) if subject.kind == "region" else subject.name(frame.language)


def _counts(frame: Frame, briefing: Briefing) -> Markup:
    new = selection_of_subject(briefing.subject, published_from=briefing.since, told_once=True)
    listed = {"changed": len(briefing.changed), "ended": len(briefing.ended), "due": len(briefing.due)}
    links = {"new": number(frame, new, briefing.new_total)} if briefing.new_total else {}
    for name, count in listed.items():
        if count:
            links[name] = element("a", str(count), href=f"#brief-{name}", cls="gb-number")
    if briefing.quiet:
        return element("p", element("strong", frame.say("brief.nothing")), cls="gb-lead")
    told = (around(frame, f"brief.count-{name}", link) for name, link in links.items())
    return element("p", join(told, frame.say("word.comma")), frame.say("word.stop"), cls="gb-lead")


def _periods(frame: Frame, subject: Subject, period: str) -> Markup:
    links = (
        element(
            "li",
            element(
                "a",
                frame.say(f"brief.period-{name}"),
                href=address_of(frame, subject, since=name),
                data_go=True,
                aria_current="true" if name == period else None,
            ),
        )
        for name in PERIODS
    )
    paper = element(
        "a",
        frame.say("part.print"),
        href=address_of(frame, subject, since=period, view="print"),
        data_go=True,
    )
    files = (
        element("a", name.upper(), href=report_address(subject, name, period, frame.language), download=True)
        for name in _FILES
    )
    taken = (element("li", one) for one in (paper, *files))
    return element("ul", *links, *taken, cls="gb-choices", aria_label=frame.say("today.period"))
