"""Key documents with the reason, related topics, and sentences that name a problem or a measure."""

from __future__ import annotations

from typing import Any

from dashboard.basket.keep import keep_button
from dashboard.briefing import questions
from dashboard.briefing.model import Briefing
from dashboard.briefing.questions import asked_of
from dashboard.briefing_parts.subject import (
    address_of,
    at_most,
    is_print,
    left_out,
    selection_of_subject,
    to_passage,
    with_candidates,
)
from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element
from dashboard.pieces import basis_line, basis_of, document_item, number, quiet, section
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
        left_out(frame, len(shown), len(rows)),
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
    """Problems and measures: those that people confirmed and, where the address asks for them, candidates
    that programs picked, marked as such. None where there is neither.
    """
    rows = questions.findings(frame.read, briefing)
    if not rows:
        return None
    verdicts = frame.desk.judgements({row["document_id"] for row in rows})
    told = [
        {**row, "verdict": verdict} for row in rows
        if (verdict := verdicts.get((row["document_id"], row["fact_id"]))) != "rejected"
    ]  # fmt: skip
    asked = with_candidates(frame)
    shown = [row for row in told if asked or row["verdict"] == "confirmed"]
    waiting = sum(row["verdict"] != "confirmed" for row in told)
    parts: list[Child] = [] if shown else [quiet(frame.say("part.none-confirmed"))]
    most = at_most(frame, 6, 2)
    for kind in briefing_known.FINDINGS:
        some = [row for row in shown if row["kind"] == kind]
        if some:
            parts += [
                element("h3", frame.say(f"part.{kind}s")),
                element("ul", *(_finding(frame, row) for row in some[:most]), cls="gb-list gb-said"),
                left_out(frame, most, len(some)),
            ]
    return section(
        frame.say("part.findings"),
        *parts,
        _switch(frame, briefing, waiting, asked),
        basis_of(frame, (row["document_id"] for row in rows)),
        note=frame.say(
            f"part.findings-note{'' if asked else '-confirmed'}", since=questions.findings_since(briefing)
        ),
        anchor="brief-findings",
    )


def _switch(frame: Frame, briefing: Briefing, waiting: int, asked: bool) -> Markup | None:
    """The way to the candidates and back, period and view kept."""
    if not waiting and not asked:
        return None
    kept = {name: frame.parameters.get(name) for name in ("since", "view")}
    to = address_of(frame, briefing.subject, **kept, candidates=None if asked else 1)
    word = frame.say("part.hide-candidates") if asked else frame.say("part.show-candidates", n=waiting)
    return element("p", element("a", word, href=f"{to}#brief-findings", data_go=True), cls="gb-more")


def _finding(frame: Frame, row: dict[str, Any]) -> Markup:
    state, shape = ("confirmed", "●") if row["verdict"] == "confirmed" else ("candidate", "◇")
    badge = element("span", f"{shape} ", frame.say(f"part.{state}"), cls=f"gb-badge gb-badge-{state}")
    source = element("span", row["title"], cls="gb-quiet")
    keep = None
    if not is_print(frame):
        keep = keep_button(frame, row["document_id"], row["paragraph"], words=row["sentence"])
    return element("li", badge, " ", to_passage(frame, row["sentence"], row), " — ", source, " ", keep)
