"""One policy's life as a list in the order of days: each step with its word, document and evidence."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element
from dashboard.pieces import basis_of, quiet, section
from warehouse.queries.policy_line import Step, policy_line

_SHAPES = {
    "former": "◁", "draft": "◌", "issue": "★", "force": "▶", "interpretation": "✎", "implementation": "▲",
    "amendment": "◐", "repeal": "✕", "end": "○",
}  # fmt: skip


def timeline_section(frame: Frame, document_id: str) -> Markup:
    """Draft, issue, interpretation, implementation, amendment, repeal: what is held, in order."""
    steps = frame.read(policy_line, document_id)
    title = frame.say("timeline.title")
    if not steps:
        return section(title, quiet(frame.say("timeline.none")), anchor="timeline")
    items = (_step(frame, one, document_id) for one in steps)
    kinds = {one.kind for one in steps}
    absent = [
        frame.say(f"timeline.{kind}")
        for kind in ("draft", "interpretation", "implementation")
        if kind not in kinds
    ]
    missing = (
        element("p", frame.say("timeline.absent", kinds=frame.say("word.and").join(absent)), cls="gb-note")
        if absent
        else None
    )
    return section(
        title,
        element("ol", *items, cls="gb-due", data_steps=len(steps)),
        missing,
        basis_of(frame, [one.document_id for one in steps]),
        note=frame.say("timeline.note"),
        anchor="timeline",
    )


def _step(frame: Frame, one: Step, document_id: str) -> Markup:
    when: Child = (
        element("time", str(one.day), datetime=str(one.day), cls="gb-when")
        if one.day
        else element("span", frame.say("word.undated"), cls="gb-unknown")
    )
    shape = element("span", _SHAPES[one.kind], aria_hidden="true")
    kind = element("span", shape, " ", frame.say(f"timeline.{one.kind}"), cls="gb-badge")
    weak = (
        element("span", frame.say("facts.candidate"), cls="gb-badge gb-badge-candidate")
        if one.candidate
        else None
    )
    name = frame.link(one.title or frame.say("word.untitled"), "doc", id=one.document_id)
    number = element("span", " ", one.doc_number, cls="gb-quiet") if one.doc_number else None
    told: Sequence[Child] = (
        when,
        " ",
        kind,
        " ",
        weak,
        element("p", name, number),
        _evidence(frame, one, document_id),
    )
    return element("li", *told, data_kind=one.kind)


def _evidence(frame: Frame, one: Step, document_id: str) -> Markup | None:
    if one.sentence is None:
        return element("p", frame.say("timeline.by-title"), cls="gb-meta") if one.candidate else None
    if one.paragraph is None:
        return element("p", "“", one.sentence, "”", cls="gb-meta")
    number = one.paragraph + 1
    saying = document_id if one.kind == "former" else one.document_id
    place = frame.link(
        frame.say("doc.paragraph", n=number), "doc", "gb-at", id=saying, para=number, fact=one.fact_id
    )
    return element("p", "“", one.sentence, "” ", place, cls="gb-quote")
