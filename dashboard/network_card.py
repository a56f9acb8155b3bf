"""The card that says what a document is among the others: how often cited, with which, followed by whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.cascade.follower import relation_badge
from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element, join
from dashboard.words import known
from warehouse.queries import networks

_CITED = 2  # by fewer documents a rank says nothing
_SHOWN = 3
_MOST_REGIONS = 12


def network_card(frame: Frame, document_id: str) -> Markup | None:
    """The card, or None for a document of which nothing of the kind is known."""
    parts = (
        _ranks(frame, document_id),
        _community(frame, document_id),
        _cascade(frame, "network.follows", frame.read(networks.followed, document_id)),
        _cascade(frame, "network.followed-by", frame.read(networks.followers, document_id)),
        _not_found(frame, document_id),
    )
    told = [part for part in parts if part]
    if not told:
        return None
    told.append(_ways(frame, document_id))
    made = frame.say("network.as-of", at=frame.local(frame.read(networks.as_of)))
    note = element("p", frame.say("network.note"), " ", made, cls="gb-note")
    return element("section", element("h2", frame.say("network.title")), *told, note, cls="gb-card")


def _ways(frame: Frame, document_id: str) -> Markup:
    """The pages that tell more: the cascade, the picture, the timeline."""
    links = (
        frame.link(frame.say("nav.cascade"), "cascade", id=document_id),
        frame.link(frame.say("nav.network"), "network", id=document_id),
        frame.link(frame.say("timeline.title"), "network", id=document_id, show="timeline"),
    )
    return element("p", join(links, " · "), cls="gb-more")


def _ranks(frame: Frame, document_id: str) -> Markup | None:
    rows = [row for row in frame.read(networks.ranks_of, document_id) if row["cited_by"] >= _CITED][:_SHOWN]
    lines = (
        element(
            "li",
            element(
                "span", known(frame.language, f"citation.{row['relation']}", row["relation"]), cls="gb-badge"
            ),
            " ",
            frame.say(
                "network.rank", n=row["cited_by"], place=f"{row['place']:,}", ranked=f"{row['ranked']:,}"
            ),
        )
        for row in rows
    )
    return element("ul", *lines, cls="gb-citations") if rows else None


def _community(frame: Frame, document_id: str) -> Markup | None:
    found = frame.read(networks.community_of, document_id)
    if found is None:
        return None
    name = frame.named(found["name_zh"], found["name_en"])
    others = [
        element("li", frame.link(row["title"] or frame.say("word.untitled"), "doc", id=row["document_id"]))
        for row in found["members"]
    ]
    summary = element("summary", frame.say("network.community", n=found["documents"], name=name))
    return element("details", summary, element("ul", *others, cls="gb-citations"))


def _cascade(frame: Frame, key: str, rows: list[dict[str, Any]]) -> Markup | None:
    if not rows:
        return None
    items = (element("li", *_step(frame, row)) for row in rows)
    return join((element("h3", frame.say(key)), element("ul", *items, cls="gb-citations")))


def _not_found(frame: Frame, document_id: str) -> Markup | None:
    """Regions one level below of whose sources none was found to follow, once some were."""
    if not frame.read(networks.followers, document_id):
        return None
    regions = frame.read(networks.not_acted, document_id)
    if not regions:
        return None
    names = frame.say("word.and").join(frame.region_name(one) for one in regions[:_MOST_REGIONS])
    return element("p", frame.say("network.not-found", n=len(regions), names=names), cls="gb-quiet")


def _step(frame: Frame, row: Mapping[str, Any]) -> list[Child]:
    return [
        relation_badge(frame, row["relation"]),
        " ",
        frame.link(row["title"] or frame.say("word.untitled"), "doc", id=row["document_id"]),
        " ",
        element("span", frame.say("network.lag", n=row["lag_days"]), cls="gb-quiet"),
        " ",
        element("span", f"{row['confidence']:.2f}", cls="gb-score", title=frame.say("doc.score")),
    ]
