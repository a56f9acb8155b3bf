"""What the last issue listed as due or open, with what became of it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from dashboard.briefing import questions
from dashboard.briefing.model import Briefing
from dashboard.briefing_parts.subject import at_most, left_out, to_passage
from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import basis_line, basis_of, section

_SHAPES = {"overdue": "!", "unnamed": "?", "moved": "↷", "ended": "✕", "evidence": "✓", "due": "○"}


def carried(frame: Frame, briefing: Briefing) -> Markup:
    """Each point with its state; counted over all, the first of them listed."""
    rows = questions.carried(frame.read, briefing)
    title = frame.say("part.carried")
    note = frame.say("part.carried-note", issued=briefing.since)
    if not rows:
        none = element("p", frame.say("part.none-carried"), cls="gb-quiet")
        return section(title, none, basis_line(frame), note=note, anchor="brief-carried")
    counted = Counter(row["state"] for row in rows)
    told = (frame.say(f"carried.count-{state}", n=counted[state]) for state in _SHAPES if counted[state])
    shown = rows[: at_most(frame, 8, 3)]
    return section(
        title,
        element("p", join(told, frame.say("word.comma")), frame.say("word.stop")),
        element("ul", *(_point(frame, row) for row in shown), cls="gb-due"),
        left_out(frame, len(shown), len(rows)),
        basis_of(frame, (row["document_id"] for row in rows)),
        note=note,
        anchor="brief-carried",
    )


def _point(frame: Frame, row: dict[str, Any]) -> Markup:
    state = row["state"]
    shape = element("span", _SHAPES[state], aria_hidden="true")
    badge = element(
        "span", shape, " ", frame.say(f"carried.{state}"), cls=f"gb-badge gb-badge-carried-{state}"
    )
    seen: list[Child] = []
    if row["proofs"]:
        first = row["proofs"][0]
        proof = frame.link(first.title or frame.say("word.untitled"), "doc", id=first.document_id)
        told = "carried.seen" if state == "evidence" else "carried.later"
        seen = [frame.say(told), proof, f" ({first.published})"]
    return element(
        "li",
        element("time", str(row["due"]), datetime=str(row["due"]), cls="gb-when"),
        " ",
        badge,
        element("p", to_passage(frame, row["what"] or row["sentence"], row)),
        element(
            "p", "、".join(row["who"] or ()) or frame.say("today.nobody"), " — ", row["title"], cls="gb-meta"
        ),
        element("p", *seen, cls="gb-why") if seen else None,
    )
