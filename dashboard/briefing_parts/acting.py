"""Who publishes on the subject: sorted bars, the same as a table, and what both rest on."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import charts
from dashboard.briefing.model import Actor, Briefing
from dashboard.briefing_parts.subject import selection_of_subject
from dashboard.drawing import draw
from dashboard.frame import Frame, show
from dashboard.markup import Child, Markup, element
from dashboard.pieces import provenance, section, table


def who_acts(frame: Frame, briefing: Briefing) -> None:
    """Who publishes, as bars, as a table, and with its provenance; one department alone needs no bars."""
    if not briefing.actors or briefing.subject.kind == "department":
        return
    since = selection_of_subject(briefing.subject, published_from=briefing.since, told_once=True)
    show(
        section(
            frame.say("brief.actors-title"),
            note=frame.say("brief.actors", since=briefing.since),
            cls="gb-figure",
        )
    )
    documents = frame.say("brief.documents")
    key = ("actors", briefing.actors, documents)
    draw(key, lambda: charts.actors(briefing.actors, documents), frame.say("brief.actors-title"))
    show(_actor_table(frame, briefing.actors), provenance(frame, since))


def _actor_table(frame: Frame, actors: Sequence[Actor]) -> Markup:
    rows: list[list[Child]] = [
        [
            frame.link(frame.body_name(one.code, one.name), "departments", d=one.code)
            if one.code
            else one.name,
            frame.region_name(one.region),
            one.documents,
            str(one.latest or ""),
        ]
        for one in actors
    ]
    heads = [frame.say(f"table.{name}") for name in ("department", "region", "documents", "latest")]
    return _as_table(frame, table(heads, rows, frame.say("brief.actors-title"), frozenset({2})))


def _as_table(frame: Frame, shown: Markup) -> Markup:
    return element("details", element("summary", frame.say("brief.as-table")), shown)
