"""Key documents with the reason, related topics, and sentences that name a problem or a measure."""

from __future__ import annotations

from typing import Any

from dashboard.briefing import questions
from dashboard.briefing.model import Briefing
from dashboard.briefing.questions import asked_of
from dashboard.briefing_parts.subject import at_most, selection_of_subject, to_passage
from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element
from dashboard.pieces import basis_line, basis_of, document_item, number, section
from dashboard.words import known
from warehouse.queries import briefing_known


def key_documents(frame: Frame, briefing: Briefing) -> Markup | None:
    """What the others rest on, most often cited first; left out where nothing is cited twice."""
    rows = frame.read(briefing_known.key_documents, *asked_of(briefing))
    if not rows:
        return None
    shown = frame.overlaid(rows[: at_most(frame, 8, 4)])
    items = (document_item(frame, row, _reason(frame, row)) for row in shown)
    return section(
        frame.say("part.key"),
        element("ul", *items, cls="gb-list"),
        basis_of(frame, (row["document_id"] for row in rows)),
        note=frame.say("part.key-note"),
    )


def _reason(frame: Frame, row: dict[str, Any]) -> Markup:
    relation = known(frame.language, f"citation.{row['relation']}", row["relation"])
    told = frame.say("part.cited", n=row["cited_by"], place=f"{row['place']:,}", relation=relation)
    return element("span", told, cls="gb-reason")


def related(frame: Frame, briefing: Briefing) -> Markup | None:
    """Topic classes that stand beside the subject in the documents of a year."""
    rows, since = questions.related(frame.read, briefing), questions.related_since(briefing)
    if not rows:
        return None
    is_region = briefing.subject.kind == "region"
    items = (element("li", *_topic(frame, briefing, row, since if is_region else None)) for row in rows)
    return section(
        frame.say("part.topics" if is_region else "part.related"),
        element("ul", *items, cls="gb-citations"),
        basis_line(frame),
        note=frame.say("part.topics-note" if is_region else "part.related-note"),
    )


def _topic(frame: Frame, briefing: Briefing, row: dict[str, Any], since: Any) -> tuple[Child, ...]:
    name = frame.link(frame.topic_name(row["code"], row["code"]), "topics", topic=row["code"])
    if since is None:
        return name, " ", element("span", frame.say("network.joint", n=row["documents"]), cls="gb-quiet")
    selection = selection_of_subject(briefing.subject, topic=row["code"], published_from=since)
    return name, " ", number(frame, selection, row["documents"])


def findings(frame: Frame, briefing: Briefing) -> Markup | None:
    """Problems and measures that programs picked; candidates, and marked as such. None where none were."""
    rows = questions.findings(frame.read, briefing)
    if not rows:
        return None
    parts: list[Child] = []
    most = at_most(frame, 6, 2)
    for kind in briefing_known.FINDINGS:
        told = [row for row in rows if row["kind"] == kind][:most]
        if told:
            parts += [
                element("h3", frame.say(f"part.{kind}s")),
                element("ul", *(_finding(frame, row) for row in told), cls="gb-list gb-said"),
            ]
    return section(
        frame.say("part.findings"),
        *parts,
        basis_of(frame, (row["document_id"] for row in rows)),
        note=frame.say("part.findings-note", since=questions.findings_since(briefing)),
        anchor="brief-findings",
    )


def _finding(frame: Frame, row: dict[str, Any]) -> Markup:
    badge = element("span", "◇ ", frame.say("part.candidate"), cls="gb-badge gb-badge-candidate")
    source = element("span", row["title"], cls="gb-quiet")
    return element("li", badge, " ", to_passage(frame, row["sentence"], row), " — ", source)
