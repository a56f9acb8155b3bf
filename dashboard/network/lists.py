"""The picture in words: every document of it with its links, for the keyboard, the ear and the printer."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.folding import folded, folded_list
from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element, join
from dashboard.network.marks import badge
from dashboard.network.names import name_in
from dashboard.pieces import day, section, table
from warehouse.queries.ego import Ego, Node, Tie

_SHOWN = 20


def node_list(frame: Frame, found: Ego) -> Markup:
    """Beside the picture: what it rests on, what rests on it, and what stands behind these."""
    groups = (
        ("above", [one for one in found.nodes if (one.side, one.distance) == ("above", 1)]),
        ("below", [one for one in found.nodes if (one.side, one.distance) == ("below", 1)]),
        ("behind", [one for one in found.nodes if one.distance == 2]),
    )
    parts = [_group(frame, name, nodes) for name, nodes in groups if nodes]
    cut = element("p", frame.say("ego.left-out", n=found.left_out), cls="gb-note") if found.left_out else None
    return element("div", *parts, cut, data_nodes=len(found.nodes))


def _group(frame: Frame, name: str, nodes: Sequence[Node]) -> Markup:
    items = [element("li", *_node(frame, one)) for one in nodes]
    title = element("h2", frame.say(f"ego.{name}", n=len(nodes)), cls="gb-minor")
    return element("div", title, *folded_list(frame, items, _SHOWN, "gb-citations"))


def _node(frame: Frame, one: Node) -> tuple[Child, ...]:
    return (
        badge(frame, one.relation),
        " ",
        frame.link(one.title or frame.say("word.untitled"), "doc", id=one.document_id),
        " ",
        day(frame, one.published),
        " ",
        frame.link(frame.say("ego.centre"), "network", "gb-at", id=one.document_id),
    )


def link_table(frame: Frame, found: Ego) -> Markup:
    """Every link of the picture with the sentence that makes it."""
    titles = {one.document_id: one for one in found.nodes}
    heads = [frame.say(f"ego.head-{name}") for name in ("from", "relation", "to", "evidence")]
    rows = [
        (
            _name(frame, titles[one.document_id]),
            badge(frame, one.relation),
            _name(frame, titles[one.target_id]),
            _evidence(frame, one),
        )
        for one in found.ties
    ]
    title = frame.say("ego.links-title", n=len(rows))
    return section(title, *folded(frame, rows, _SHOWN, lambda some: table(heads, some, title)))


def _name(frame: Frame, one: Node) -> Markup:
    return frame.link(name_in(one), "doc", id=one.document_id)


def _evidence(frame: Frame, one: Tie) -> Markup:
    if one.sentence is None or one.paragraph is None:
        compare = frame.link(
            frame.say("cascade.compare"), "cascade", id=one.target_id, **{"with": one.document_id}
        )
        return join(
            (element("span", frame.say("facts.candidate"), cls="gb-badge gb-badge-candidate"), " ", compare)
        )
    number = one.paragraph + 1
    place = frame.link(
        frame.say("doc.paragraph", n=number),
        "doc",
        "gb-at",
        id=one.document_id,
        para=number,
        fact=one.fact_id,
    )
    return element("span", "“", one.sentence, "” ", place, cls="gb-quote")
