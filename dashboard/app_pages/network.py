"""引用网络: what a document rests on and what rests on it, as a picture, a table and a policy's timeline."""

from __future__ import annotations

import streamlit as st

from dashboard.frame import Frame, close, open_frame, refuse, show
from dashboard.markup import Markup, element, join
from dashboard.network.lists import link_table, node_list
from dashboard.network.picture import height, specification
from dashboard.network.timeline import timeline_section
from dashboard.pieces import basis_of, day, quiet
from warehouse.queries.ego import Ego, Node, ego

_VIEWS = ("network", "timeline")


def page() -> None:
    """Draw the page: the picture with its table, or the timeline; without a document, how to come here."""
    frame = open_frame("network")
    asked = frame.parameters.get("id", "")
    if not asked:
        show(
            element("h1", frame.say("nav.network")),
            quiet(frame.say("ego.choose")),
            element(
                "p",
                frame.link(frame.say("nav.docs"), "docs"),
                " · ",
                frame.link(frame.say("nav.cascade"), "cascade"),
            ),
        )
        close(frame)
        return
    view = frame.parameters.get("show", "network")
    if view not in _VIEWS:
        refuse(frame, "ego.unknown-view", view)
    found = frame.read(ego, asked)
    if found is None:
        refuse(frame, "unknown.document", asked)
    show(_head(frame, found.nodes[0], view))
    if view == "timeline":
        show(timeline_section(frame, asked))
    else:
        _network(frame, found)
    close(frame)


def _head(frame: Frame, middle: Node, view: str) -> Markup:
    title = frame.link(middle.title or frame.say("word.untitled"), "doc", id=middle.document_id)
    views = (
        element(
            "li",
            element(
                "a",
                frame.say("nav.network" if name == "network" else "timeline.title"),
                href=frame.to("network", id=middle.document_id, show=name if name != "network" else None),
                data_go=True,
                aria_current="true" if name == view else None,
            ),
        )
        for name in _VIEWS
    )
    cascade = element("li", frame.link(frame.say("nav.cascade"), "cascade", id=middle.document_id))
    return join(
        (
            element(
                "p", frame.say("nav.network" if view == "network" else "timeline.title"), cls="gb-kicker"
            ),
            element("h1", title, cls="gb-title"),
            element("p", middle.doc_number or "", " ", day(frame, middle.published), cls="gb-meta"),
            element("ul", *views, cascade, cls="gb-choices", aria_label=frame.say("ego.views")),
        )
    )


def _network(frame: Frame, found: Ego) -> None:
    ids = [one.document_id for one in found.nodes]
    if len(found.nodes) == 1:
        show(quiet(frame.say("ego.alone")), basis_of(frame, ids))
        return
    told = frame.say("ego.lead", n=len(found.nodes) - 1, links=len(found.ties))
    show(element("p", told, cls="gb-coverage"))
    left, right = st.columns([15, 8], gap="large")
    with left:
        st.echarts_chart(
            specification(frame, found),
            height=height(found.nodes),
            theme=None,
            renderer="svg",
            alt=frame.say(
                "ego.alt", title=found.nodes[0].title, n=len(found.nodes) - 1, links=len(found.ties)
            ),
        )
        show(element("p", frame.say("ego.reading"), cls="gb-note"))
    with right:
        show(node_list(frame, found))
    show(link_table(frame, found), basis_of(frame, ids))


page()
