"""The head of a briefing: its subject, what it rests on, how much there is, and other ways to read it."""

from __future__ import annotations

from dashboard.briefing.model import Briefing, Subject
from dashboard.briefing_parts.subject import (
    PERIODS,
    address_of,
    is_print,
    selection_of_subject,
    with_candidates,
)
from dashboard.frame import Frame
from dashboard.markup import Markup, element, join
from dashboard.pieces import around, listing_parameters, number
from dashboard.report.route import report_address
from warehouse.queries import pages_overview

_FILES = ("pdf", "docx")


def head(frame: Frame, briefing: Briefing, period: str) -> Markup:
    """Subject, period, what is held of it, the counts, and the other periods and files to take along."""
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
    silent = frame.say("brief.silent", names=_sources(frame, covered.silent)) if covered.silent else None
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


def _sources(frame: Frame, names: tuple[str, ...]) -> str:
    """Sources by their names in the reader's language; coverage tells them in Chinese."""
    spoken = {
        row["name_zh"]: frame.named(row["name_zh"], row["name_en"])
        for row in frame.read(pages_overview.sources)
    }
    return ("、" if frame.language == "zh" else ", ").join(spoken.get(name, name) for name in names)


def _name(frame: Frame, subject: Subject) -> str:
    if subject.kind == "region":
        return frame.region_name(subject.key)
    return frame.named(subject.name_zh, subject.name_en)


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


def _compared(frame: Frame, subject: Subject) -> Markup:
    """The way to the regions of the subject side by side, or to the region or body beside its like."""
    own = {"theme": "theme", "topic": "topic"}.get(subject.kind, "of")
    words = f"from-{subject.kind}" if own == "of" else "from-briefing"
    kind = "department" if subject.kind == "department" else None
    return frame.link(frame.say(f"sides.{words}"), "compare", None, kind=kind, **{own: subject.key})


def _periods(frame: Frame, subject: Subject, period: str) -> Markup:
    candidates = 1 if with_candidates(frame) else None
    links = (
        element(
            "li",
            element(
                "a",
                frame.say(f"brief.period-{name}"),
                href=address_of(frame, subject, since=name, candidates=candidates),
                data_go=True,
                aria_current="true" if name == period else None,
            ),
        )
        for name in PERIODS
    )
    paper = element(
        "a",
        frame.say("part.print"),
        href=address_of(frame, subject, since=period, view="print", candidates=candidates),
        data_go=True,
    )
    files = (
        element("a", name.upper(), href=report_address(subject, name, period, frame.language), download=True)
        for name in _FILES
    )
    taken = (element("li", one) for one in (_compared(frame, subject), paper, *files))
    return element("ul", *links, *taken, cls="gb-choices", aria_label=frame.say("today.period"))
