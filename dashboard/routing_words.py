"""Routing in words: who is meant, why a document came to a body, and how well that was measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.frame import Frame
from dashboard.markup import Markup, element, join
from dashboard.words import known
from warehouse.queries import pages_runs
from warehouse.queries.routing_codes import class_parts


def target_name(frame: Frame, code: str | None, name: str | None) -> str:
    """A body in the reader's language; of a class its Chinese name, in English level and place of it too."""
    group = class_parts(code or "")
    if group is None:
        return frame.body_name(code, name) or frame.say("word.unknown")
    if frame.language != "en":
        return name or group.kind
    level = known(frame.language, f"routing.level-{group.level}", group.level)
    return frame.say("routing.class", name=name or group.kind, kind=group.kind, level=level)


def reason_sentence(frame: Frame, row: Mapping[str, Any]) -> Markup:
    """Why the document came here, with the way to the words that say so."""
    reason = str(row["reason"])
    if reason == "by-hand":
        return join(
            (
                frame.say(
                    "routing.by-hand", who=frame.person(row["given_by"]), at=frame.local(row["given_at"])
                ),
            )
        )
    name = target_name(frame, row.get("code"), row.get("name"))
    told = frame.say(f"routing.why-{reason}", name=name)
    if row["start_at"] == row["end_at"]:
        return join((told,))
    place = {
        "id": row["document_id"],
        "para": row["paragraph"] + 1,
        "at": f"{row['start_at']}-{row['end_at']}",
    }
    where = frame.link(frame.say("routing.where", n=row["paragraph"] + 1), "doc", "gb-at", **place)
    return join((told, " ", where))


def quality_line(frame: Frame) -> Markup:
    """How right routing was where it was measured, with the size of the sample."""
    found = {row["name"]: row for row in frame.read(pages_runs.quality)}
    precision, recall = found.get("routing-precision"), found.get("routing-recall")
    if precision is None or recall is None:
        told = frame.say("about.not-evaluated")
    else:
        told = frame.say(
            "routing.quality", precision=f"{precision['value']:.2f}", recall=f"{recall['value']:.2f}",
            n=precision["sample"],
        )  # fmt: skip
    return element("p", told, " ", frame.link(frame.say("prov.method"), "about"), cls="gb-prov")
