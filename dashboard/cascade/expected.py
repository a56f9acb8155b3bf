"""Who was expected to follow and was not seen to, as far as is held, and what lower levels must do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dashboard.folding import folded_list
from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import basis_line, basis_of, days_left, quiet, section
from warehouse.queries import cascades

_DUTIES = 12
_PLACES = 40


def expected_section(
    frame: Frame, root: dict[str, Any], regions: Sequence[dict[str, Any]], rows: Sequence[dict[str, Any]]
) -> Markup:
    """Regions one level below in three groups: seen to follow, not found though held, not looked at here."""
    title = frame.say("cascade.expected-title")
    if not regions:
        return section(title, quiet(frame.say("cascade.no-regions")), basis_line(frame))
    level = cascades.BELOW[root["level"]]
    seen = {row["region"] for row in rows if row["level"] == level}
    followed = [one for one in regions if one["region"] in seen]
    missing = [one for one in regions if one["documents"] and one["region"] not in seen]
    dark = [one for one in regions if not one["documents"] and one["region"] not in seen]
    covered = len(followed) + len(missing)
    told = frame.say(
        "cascade.coverage",
        level=frame.say(f"level.{level}"),
        known=len(regions),
        covered=covered,
        seen=len(followed),
    )
    return section(
        title,
        element("p", told, data_covered=covered, data_missing=len(missing), data_dark=len(dark)),
        _group(frame, "●", "seen", followed),
        _group(frame, "○", "missing", missing),
        _group(frame, "—", "dark", dark),
        element("p", frame.say("cascade.silence"), cls="gb-note"),
        basis_line(frame, sum(one["documents"] for one in regions), sum(one["sources"] for one in regions)),
    )


def _group(frame: Frame, shape: str, kind: str, regions: Sequence[dict[str, Any]]) -> Markup | None:
    """One group by shape and word; what is held of each region leads to these documents."""
    if not regions:
        return None
    items = [element("li", *_place(frame, shape, kind, one)) for one in regions]
    if kind == "dark":  # a long list of names that says nothing folds away
        summary = element("summary", frame.say("cascade.dark", n=len(regions)))
        return element("details", summary, element("ul", *items, cls="gb-citations"))
    title = element("h3", frame.say(f"cascade.{kind}", n=len(regions)))
    return join((title, *folded_list(frame, items, _PLACES, "gb-citations")))


def _place(frame: Frame, shape: str, kind: str, one: dict[str, Any]) -> tuple[Child, ...]:
    name = frame.region_name(one["region"])
    if kind == "dark":
        return element("span", shape, aria_hidden="true"), " ", name
    held = frame.say("cascade.held", n=one["documents"], latest=one["latest"] or frame.say("word.undated"))
    return (
        element("span", shape, aria_hidden="true"),
        " ",
        name,
        " ",
        frame.link(held, "listing", "gb-quiet", region=one["region"]),
    )


def duties_section(
    frame: Frame, root: dict[str, Any], regions: Iterable[dict[str, Any]], rows: Sequence[dict[str, Any]]
) -> Markup:
    """What the document charges lower levels with, its day, and whether anything was seen by then."""
    title = frame.say("cascade.duties-title")
    document_id = str(root["document_id"])
    found = frame.read(cascades.duties_below, document_id, tuple(one["region"] for one in regions))
    if not found:
        return section(title, quiet(frame.say("cascade.no-duties")), basis_of(frame, [document_id]))
    items = [_duty(frame, document_id, one, rows) for one in found]
    return section(
        title,
        *folded_list(frame, items, _DUTIES, "gb-due", tag="ol"),
        element("p", frame.say("today.mined"), cls="gb-prov"),
        basis_of(frame, [document_id]),
    )


def _duty(frame: Frame, document_id: str, one: dict[str, Any], rows: Sequence[dict[str, Any]]) -> Markup:
    place = {"id": document_id, "para": one["paragraph"] + 1, "fact": one["fact_id"]}
    due = one["due"]
    if due is None:
        when: Child = element("span", one["due_printed"] or frame.say("cascade.no-day"), cls="gb-quiet")
        state = None
    else:
        when = element("time", str(due), datetime=str(due), cls="gb-when")
        state = element("span", *_state(frame, due, rows), cls="gb-left")
    return element(
        "li",
        when,
        state,
        element("p", frame.link(one["what"] or one["sentence"], "doc", **place)),
        element("p", "、".join(one["who"]) or frame.say("today.nobody"), cls="gb-meta"),
    )


def _state(frame: Frame, due: Any, rows: Sequence[dict[str, Any]]) -> tuple[Child, ...]:
    """Open with the days left; past with how many followers came in time, or that none is held."""
    if due >= frame.today:
        return (days_left(frame, due),)
    in_time = sum(1 for row in rows if row["published"] and row["published"] <= due)
    if in_time:
        return (frame.say("cascade.in-time", n=in_time),)
    return (frame.say("cascade.overdue"),)
