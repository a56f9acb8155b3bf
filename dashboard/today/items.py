"""The first items of the page: one sentence each, made of linked facts, with why it stands there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import badges, basis_of, day, issuer_of, number, section
from dashboard.today.news import News, kinds_of, weighed
from dashboard.today.panels import changed_paragraphs
from dashboard.today.ranking import POINTS, Ranked
from dashboard.today.slots import filled
from warehouse.queries import pages_listing
from warehouse.queries.by_name import documents_by_name
from warehouse.queries.first_of_kind import LOOKS_BACK
from warehouse.queries.pages_listing import Selection
from warehouse.queries.reasons import Reason

ITEMS = 5
_SENTENCES = 3  # reasons shown of one document
_TARGET = "d.title, d.doc_number, d.topic_code, d.topic1_code, d.region, d.level"

Row = Mapping[str, Any]


def chosen(frame: Frame, news: News) -> list[tuple[Ranked, dict[str, Any]]]:
    """The documents that make the first items, with what lists show of them."""
    first: list[Ranked] = []
    ended: set[str | None] = set()  # told with the document that ends them
    for one in weighed(frame, news):
        if one.document_id not in ended and len(first) < ITEMS:
            first.append(one)
            ended |= {reason.target for reason in one.reasons if reason.code == "ends"}
    rows = frame.read(pages_listing.documents_of, tuple(one.document_id for one in first))
    return list(zip(first, frame.overlaid(rows), strict=True))


def items_section(frame: Frame, news: News, picked: Sequence[tuple[Ranked, Row]]) -> Markup | None:
    """Up to five items with reason, issuer, date and evidence; nothing where nothing moved."""
    if not picked:
        return None
    said, kinds = _looked_up(frame, picked), kinds_of(frame, news)
    listed = (
        element("li", *_item(frame, one, row, said, kinds[one.document_id]), cls="gb-item")
        for one, row in picked
    )
    return section(
        frame.say("item.title"),
        element("ol", *listed, cls="gb-list gb-items"),
        _method(frame),
        basis_of(frame, (one.document_id for one, _ in picked)),
        cls="gb-first",
    )


def headline(frame: Frame, one: Ranked, row: Row, said: Mapping[str, Row]) -> Markup | None:
    """What the weightiest reason says in a sentence whose slots are links; None: the title must do."""
    for reason in one.reasons[:1]:
        slots = _slots(frame, row, reason, said)
        key = f"item.{_kind(reason)}"
        return filled(frame, key, **slots) if slots else None
    return None


def lead_item(frame: Frame, picked: Sequence[tuple[Ranked, Row]]) -> Markup | None:
    """The first item in one sentence for the lead, when a reason carries it."""
    for one, row in picked[:1]:
        if one.reasons:
            said = headline(frame, one, row, _looked_up(frame, picked[:1]))
            return join((said or _title(frame, row), frame.say("word.stop")))
    return None


def _item(frame: Frame, one: Ranked, row: Row, said: Mapping[str, Row], group: str) -> list[Child]:
    title = _title(frame, row)
    finding = headline(frame, one, row, said)
    whole = finding is not None and row["title"] and str(title) in str(finding)
    meta: list[Child] = [
        frame.link(issuer_of(frame, row), "departments", d=row["department_code"])
        if row.get("department_code")
        else issuer_of(frame, row),
        row.get("doc_number"),
        day(frame, row.get("published")),
    ]
    changed = changed_paragraphs(frame, row) if group == "changed" else None
    return [
        element("h3", finding or title),
        element("p", title, cls="gb-own-title") if finding is not None and not whole else None,
        element("p", *(element("span", part) for part in meta if part), *badges(frame, row), cls="gb-meta"),
        _why(frame, one, row, said, group),
        element("p", changed, cls="gb-why") if changed else None,
    ]


def _why(frame: Frame, one: Ranked, row: Row, said: Mapping[str, Row], group: str) -> Markup:
    """Why it stands here: each reason a link to its evidence, and the points they make."""
    if not one.reasons:
        place = frame.link(frame.say(f"why.only-{group}"), "doc", id=row["document_id"])
        return element("p", element("span", place, cls="gb-reason"), cls="gb-why")
    told = [_reason(frame, reason, row, said) for reason in _each_code(one.reasons)]
    points = element("span", frame.say("why.points", n=one.points), cls="gb-points")
    return element(
        "p",
        element("span", frame.say("why.here"), cls="gb-quiet"),
        join((element("span", part, cls="gb-reason") for part in told[:_SENTENCES]), frame.say("word.comma")),
        " ",
        points,
        cls="gb-why",
    )


def _reason(frame: Frame, reason: Reason, row: Row, said: Mapping[str, Row]) -> Markup:
    words = frame.say(f"why.{_kind(reason)}")
    if reason.code in ("first", "region"):
        return join((frame.link(words, "listing", **_alone(row, reason, said)),))
    if reason.code == "unusual":
        assert reason.usual is not None
        topic = said[row["document_id"]]["topic1_code"]
        selection = Selection(topic=topic, week=reason.week)
        place = number(frame, selection)
        told = filled(
            frame, "why.unusual", topic=frame.topic_name(topic), n=place, usual=f"{reason.usual:.1f}"
        )
        return told or Markup("")
    return _evidence(frame, words, row, reason)


def _evidence(frame: Frame, words: Child, row: Row, reason: Reason) -> Markup:
    """A link to the sentence, highlighted; to the document where the fact is not one of a sentence."""
    paragraph = reason.paragraph + 1 if reason.paragraph is not None else None
    return frame.link(words, "doc", id=row["document_id"], para=paragraph, fact=reason.fact_id)


def _slots(frame: Frame, row: Row, reason: Reason, said: Mapping[str, Row]) -> dict[str, Child]:
    """What the template of a reason needs; empty where the reason has no sentence of its own."""
    own = said.get(row["document_id"], {})
    issuer = issuer_of(frame, row)
    slots: dict[str, Child] = {
        "title": _title(frame, row),
        "issuer": frame.link(issuer, "doc", id=row["document_id"]) if issuer else None,
    }
    if reason.code in ("ends", "follows"):
        target = said.get(reason.target or "")
        slots["target"] = frame.link(_in_marks(frame, target), "doc", id=reason.target) if target else None
        words = frame.say(f"item.verb-{reason.target_state or 'cites'}")
        slots["verb"] = _evidence(frame, words, row, reason)
    elif reason.code in ("deadline", "department"):
        slots["due"] = _evidence(frame, str(reason.due), row, reason) if reason.due else None
        old = str(reason.old_due)
        slots["old"] = (
            frame.link(old, "doc", id=row["document_id"], para=_place(reason)) if reason.old_due else None
        )
        body = frame.body_name(reason.body) if reason.body else None
        slots["body"] = _evidence(frame, body, row, reason) if body else None
    elif reason.code in ("first", "region"):
        code = own.get("topic1_code" if reason.code == "first" else "topic_code")
        listed = _alone(row, reason, said)
        slots["first"] = frame.link(frame.say(f"item.word-{reason.code}"), "listing", **listed)
        slots["topic"] = frame.link(frame.topic_name(code), "listing", **listed) if code else None
        region = frame.region_name(own.get("region")) if own.get("region") else None
        slots["region"] = frame.link(region, "doc", id=row["document_id"]) if region else None
    else:
        return {}
    return slots


def _kind(reason: Reason) -> str:
    """The template of a reason: an ending by its state, a duty by whether it has a day."""
    if reason.code == "ends":
        return f"ends-{reason.target_state}"
    return "department-undated" if reason.code == "department" and reason.due is None else reason.code


def _alone(row: Row, reason: Reason, said: Mapping[str, Row]) -> dict[str, object]:
    """The listing in which a first document stands alone: its kind, in the 24 months up to its day."""
    own = said[row["document_id"]]
    published = row["published"]
    listed: dict[str, object] = {"from": published - timedelta(days=LOOKS_BACK), "to": published, "once": 1}
    if reason.code == "first":
        return {**listed, "topic": own["topic1_code"], "d": row["department_code"]}
    return {**listed, "topic": own["topic_code"], "region": own["region"]}


def _looked_up(frame: Frame, picked: Sequence[tuple[Ranked, Row]]) -> dict[str, dict[str, Any]]:
    """Titles and classes of the documents and of those they end or cite."""
    names = {one.document_id for one, _ in picked}
    names |= {reason.target for one, _ in picked for reason in one.reasons if reason.target}
    return frame.read(documents_by_name, _TARGET, tuple(sorted(names)))


def _each_code(reasons: Sequence[Reason]) -> list[Reason]:
    return list({one.code: one for one in reversed(reasons)}.values())[::-1]


def _title(frame: Frame, row: Row) -> Markup:
    return frame.link(row["title"] or frame.say("word.untitled"), "doc", id=row["document_id"])


def _in_marks(frame: Frame, row: Row) -> str:
    return frame.say("item.marked", title=row["title"] or frame.say("word.untitled"))


def _place(reason: Reason) -> int | None:
    return reason.paragraph + 1 if reason.paragraph is not None else None


def _method(frame: Frame) -> Markup:
    """How the order comes about: the points of each reason, unfolded on demand."""
    listed = (
        element("li", frame.say(f"why.name-{code}"), " ", element("strong", str(points)))
        for code, points in POINTS.items()
    )
    return element(
        "details",
        element("summary", frame.say("why.method")),
        element("p", frame.say("why.method-note"), cls="gb-note"),
        element("ul", *listed, cls="gb-points-list"),
        cls="gb-how",
    )
