"""The lists of a briefing: new, changed, ended, due, elsewhere, follow-ups, issued together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.basket.keep import keep_button
from dashboard.briefing.model import Briefing, DueItem, Item
from dashboard.briefing_parts.subject import at_most, is_print, left_out, selection_of_subject
from dashboard.frame import Frame
from dashboard.markup import Markup, element, join
from dashboard.pieces import (
    basis_line,
    basis_of,
    document_item,
    due_list,
    provenance,
    quiet,
    reason,
    section,
)
from warehouse.queries import networks

DUE_LISTED = 10
_ELSEWHERE = 8


def new(frame: Frame, briefing: Briefing) -> Markup:
    selection = selection_of_subject(briefing.subject, published_from=briefing.since, told_once=True)
    title = frame.say("brief.new-title")
    if not briefing.new:
        return section(title, quiet(frame.say("brief.none-new")), cls="gb-first")
    listed = briefing.new[: at_most(frame, len(briefing.new), 4)]
    shown = len(listed)
    more = (
        element("p", frame.say("brief.more", shown=shown, total=briefing.new_total), cls="gb-more")
        if briefing.new_total > shown
        else None
    )
    return section(title, _items(frame, listed), more, provenance(frame, selection), cls="gb-first")


def group(frame: Frame, name: str, items: Sequence[Item]) -> Markup | None:
    title = frame.say(f"brief.{name}-title")
    if not items:
        return None
    basis = basis_of(frame, (item.document_id for item in items))
    shown = items[: at_most(frame, len(items), 2)]
    more = left_out(frame, len(shown), len(items))
    return section(title, _items(frame, shown), more, basis, anchor=f"brief-{name}")


def _items(frame: Frame, items: Sequence[Item]) -> Markup:
    rows = frame.overlaid([_row(item) for item in items])
    return element(
        "ul", *(_item(frame, item, row) for item, row in zip(items, rows, strict=True)), cls="gb-list"
    )


def _item(frame: Frame, item: Item, row: dict[str, Any]) -> Markup:
    why = element("span", reason(frame, item.reason), cls="gb-reason")
    proof = item.evidence
    quote: Markup | None = None
    place: dict[str, object] = {}
    # a published class quoted as evidence would only repeat the reason beside it, or say nothing of a region
    in_text = proof is not None and (
        proof.where == "paragraph" or not item.reason.startswith(("topic:", "term:", "region"))
    )
    if proof and in_text and proof.sentence and proof.sentence != item.title:
        if proof.paragraph is not None:
            place = {"para": proof.paragraph + 1}
        quote = element("span", "“", proof.sentence, "”", cls="gb-quote")
    reprints = frame.say("brief.reprints", n=item.sources) if item.sources > 1 else None
    keep = None
    if proof and quote and proof.paragraph is not None and not is_print(frame):
        keep = keep_button(frame, item.document_id, proof.paragraph, words=proof.sentence)
    return document_item(frame, row, join((why, " ", quote, " ", reprints)), keep, **place)


def _row(item: Item) -> dict[str, Any]:
    return {
        "document_id": item.document_id,
        "title": item.title,
        "issuer": item.issuer,
        "department_code": item.issuer_code,
        "department_name": item.issuer,
        "published": item.published,
        "doc_number": item.doc_number,
        "validity": item.validity,
        "status": item.status,
        "sample": item.sample,
        "region": item.region,
    }


def due(frame: Frame, briefing: Briefing) -> Markup:
    due = briefing.due
    title = frame.say("brief.due-title")
    if not due:
        return section(title, quiet(frame.say("brief.none-due")), basis_line(frame))
    listed = due[: at_most(frame, DUE_LISTED, 4)]
    lines = ((one.due, _to_proof(frame, one), one.who, one.item.title) for one in listed)
    mined = element("p", frame.say("today.mined"), cls="gb-prov")
    basis = basis_of(frame, (one.item.document_id for one in due))
    more = left_out(frame, len(listed), len(due))
    whole = _all_due(frame, briefing, len(due))
    return section(title, due_list(frame, lines), more, whole, mined, basis, anchor="brief-due")


def _all_due(frame: Frame, briefing: Briefing, total: int) -> Markup:
    """Where all of them stand with their states."""
    kind, key = briefing.subject.kind, briefing.subject.key
    narrowing = {"d" if kind == "department" else kind: key}
    told = frame.link(frame.say("part.all-due", n=total), "deadlines", **narrowing)
    return element("p", told, cls="gb-more")


def _to_proof(frame: Frame, one: DueItem) -> Markup:
    proof = one.item.proof
    paragraph = proof.paragraph + 1 if proof and proof.paragraph is not None else None
    return frame.link(one.what, "doc", id=one.item.document_id, para=paragraph)


def elsewhere(frame: Frame, briefing: Briefing) -> Markup | None:
    if briefing.subject.kind in ("department", "region"):
        return None
    title = frame.say("brief.elsewhere-title")
    if not briefing.elsewhere:
        none = quiet(frame.say("brief.none-elsewhere", region=frame.region_name(briefing.home_region)))
        return section(title, none, basis_line(frame))
    return section(
        title,
        _items(frame, briefing.elsewhere[:_ELSEWHERE]),
        left_out(frame, _ELSEWHERE, len(briefing.elsewhere)),
        basis_of(frame, (item.document_id for item in briefing.elsewhere)),
        note=frame.say("brief.elsewhere", region=briefing.home_region),
    )


def follow_ups(frame: Frame, briefing: Briefing) -> Markup | None:
    """Left out when there are none: that nothing was found says nothing."""
    if not briefing.follow_ups:
        return None
    items = (
        element(
            "li",
            frame.link(one.item.title or frame.say("word.untitled"), "doc", id=one.item.document_id),
            " ",
            element("span", frame.say("network.follows"), cls="gb-quiet"),
            " ",
            frame.link(one.parent_title or frame.say("word.untitled"), "doc", id=one.parent_id),
            " ",
            element("span", frame.say("network.lag", n=one.lag_days), cls="gb-quiet"),
        )
        for one in briefing.follow_ups
    )
    return section(
        frame.say("network.follow-ups"),
        element("ul", *items, cls="gb-citations"),
        note=frame.say("network.note"),
    )


def joint(frame: Frame, briefing: Briefing) -> Markup | None:
    """With whom a body issues together, over all that is held."""
    if briefing.subject.kind != "department":
        return None
    rows = frame.read(networks.joint_with, briefing.subject.key)
    items = (
        element(
            "li",
            frame.link(frame.body_name(row["code"], row["name"]), "departments", d=row["code"]),
            " ",
            element("span", frame.say("network.joint", n=row["documents"]), cls="gb-quiet"),
        )
        for row in rows
    )
    return (
        section(frame.say("network.joint-title"), element("ul", *items, cls="gb-citations")) if rows else None
    )
