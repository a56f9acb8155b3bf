"""One document and its cascade: who followed, after how many days, who was not seen to, and what is due."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any

import streamlit as st

from dashboard.cascade.expected import duties_section, expected_section
from dashboard.cascade.follower import MOST_COMPARED, evidence, pair_id, relation_badge, state_badge
from dashboard.cascade.lags import lag_chart, lag_table, spans
from dashboard.cascade.texts import texts_section
from dashboard.drawing import draw
from dashboard.folding import folded
from dashboard.frame import Frame, refuse, show
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import basis_of, day, issuer_of, quiet, section, table, validity_badge
from warehouse.queries import cascades, networks

_SHOWN = 25  # followers in the table; the rest stands behind a click
Verdicts = dict[tuple[str, str], str]


def cascade_of(frame: Frame, document_id: str) -> None:
    """The page of one upper document; an unknown one is refused by name."""
    held = frame.read(cascades.clause_places, (document_id,))
    if document_id not in held:
        refuse(frame, "unknown.document", document_id)
    root = held[document_id]
    found = frame.read(cascades.cascade, document_id)
    verdicts = frame.desk.judgements({row["document_id"] for row in found})
    kept = [row for row in found if _verdict(verdicts, row) != "rejected"]
    chosen = _chosen(frame, found)
    show(_head(frame, root), _lead(frame, kept, verdicts))
    show(_followers(frame, root, kept, verdicts), _rejected(frame, found, verdicts))
    regions = frame.read(cascades.expected, root["level"], root["jurisdiction"])
    parts = (
        element("div", duties_section(frame, root, regions, kept)),
        element("aside", expected_section(frame, root, regions, kept), aria_label=frame.say("cascade.aside")),
    )
    show(element("div", *parts, cls="gb-split"))
    _lags(frame, kept, verdicts)
    if chosen is not None:
        show(texts_section(frame, root, chosen))
        _judge(frame, chosen, _verdict(verdicts, chosen))


def _chosen(frame: Frame, found: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The follower laid beside the document: the one asked for, else the surest."""
    asked = frame.parameters.get("with")
    if asked is not None:
        chosen = next((row for row in found if row["document_id"] == asked), None)
        if chosen is None:
            refuse(frame, "cascade.unknown", asked)
        return chosen
    return min(found, key=lambda row: (row["step"], -row["confidence"], row["document_id"]), default=None)


def _head(frame: Frame, root: dict[str, Any]) -> Markup:
    document_id = root["document_id"]
    title = frame.link(root["title"] or frame.say("word.untitled"), "doc", id=document_id)
    meta: list[Child] = [issuer_of(frame, root), root["doc_number"], day(frame, root["published"])]
    spaced = [element("span", one) for one in meta if one]
    links = (
        frame.link(frame.say("nav.network"), "network", id=document_id),
        frame.link(frame.say("timeline.title"), "network", id=document_id, show="timeline"),
        frame.link(frame.say("cascade.all"), "cascade"),
    )
    return join(
        (
            element("p", frame.say("nav.cascade"), cls="gb-kicker"),
            element("h1", title, cls="gb-title"),
            element("p", *spaced, validity_badge(frame, root), cls="gb-meta"),
            element("p", join(links, " · ")),
        )
    )


def _lead(frame: Frame, rows: Sequence[dict[str, Any]], verdicts: Verdicts) -> Markup:
    if not rows:
        return element("p", frame.say("cascade.nobody"), cls="gb-lead")
    weak = sum(1 for row in rows if _is_candidate(row, verdicts))
    days = sorted(row["days"] for row in rows if row["days"] is not None)
    told = frame.say("cascade.lead", n=len(rows), cited=len(rows) - weak, weak=weak)
    when = (
        frame.say("cascade.lead-days", first=days[0], middle=int(median(days) + 0.5), last=days[-1])
        if days
        else None
    )
    return element("p", told, when, cls="gb-lead", data_followers=len(rows))


def _followers(
    frame: Frame, root: dict[str, Any], rows: Sequence[dict[str, Any]], verdicts: Verdicts
) -> Markup:
    title = frame.say("cascade.followers-title")
    if not rows:
        return section(title, quiet(frame.say("cascade.none-note")), basis_of(frame, [root["document_id"]]))
    by_text = [row["document_id"] for row in rows if row["relation"] == "clauses"][:MOST_COMPARED]
    heads = [frame.say(f"cascade.head-{name}") for name in ("document", "place", "days", "evidence")]
    cells = [_row(frame, root, row, verdicts, row["document_id"] in by_text) for row in rows]
    made = frame.say("network.as-of", at=frame.local(frame.read(networks.as_of)))
    return section(
        title,
        *folded(frame, cells, _SHOWN, lambda some: table(heads, some, title, frozenset({2}))),
        element("p", frame.say("cascade.followers-note"), " ", made, cls="gb-note"),
        basis_of(frame, [root["document_id"], *(row["document_id"] for row in rows)]),
    )


def _row(
    frame: Frame, root: dict[str, Any], row: dict[str, Any], verdicts: Verdicts, quoted: bool
) -> tuple[Child, ...]:
    name = row["document_id"]
    beside = {"id": root["document_id"], "with": name}
    compare = frame.link(frame.say("cascade.compare"), "cascade", **beside)
    over = frame.say("cascade.step", n=row["step"]) if row["step"] > 1 else None
    return (
        join(
            (
                frame.link(row["title"] or frame.say("word.untitled"), "doc", id=name),
                element("span", row["doc_number"] or "", " ", over, " ", compare, cls="gb-remark"),
            )
        ),
        join((frame.region_name(row["region"]), element("span", issuer_of(frame, row), cls="gb-remark"))),
        row["days"] if row["days"] is not None else frame.say("word.unknown"),
        join(
            (
                relation_badge(frame, row["relation"]),
                " ",
                state_badge(frame, row, _verdict(verdicts, row)),
                " ",
                evidence(frame, root, row, quoted),
            )
        ),
    )


def _rejected(frame: Frame, found: Sequence[dict[str, Any]], verdicts: Verdicts) -> Markup | None:
    """What a person rejected: not counted, still to be found."""
    rows = [row for row in found if _verdict(verdicts, row) == "rejected"]
    if not rows:
        return None
    items = (
        element("li", frame.link(row["title"] or frame.say("word.untitled"), "doc", id=row["document_id"]))
        for row in rows
    )
    summary = element("summary", frame.say("cascade.rejected", n=len(rows)))
    return element("details", summary, element("ul", *items, cls="gb-citations"))


def _lags(frame: Frame, rows: Sequence[dict[str, Any]], verdicts: Verdicts) -> None:
    made = spans((row["days"], _is_candidate(row, verdicts)) for row in rows if row["days"] is not None)
    if not made:
        return
    title = frame.say("cascade.lags-title")
    show(section(title, note=frame.say("cascade.lags-note"), cls="gb-figure"))
    draw(("lags", frame.language, made), lambda: lag_chart(frame, made), title)
    shown = element("details", element("summary", frame.say("brief.as-table")), lag_table(frame, made))
    show(shown, basis_of(frame, [row["document_id"] for row in rows]))


def _judge(frame: Frame, row: dict[str, Any], verdict: str | None) -> None:
    """A person says whether this one follows; the next look of anybody shows it."""
    if not frame.may("analyst"):
        return
    lower, pair = str(row["document_id"]), pair_id(str(row["parent_document_id"]))
    wanted = (None,) if verdict else ("confirmed", "rejected")
    words = {None: "take-back", "confirmed": "confirm", "rejected": "reject"}

    def judge(to: str | None) -> None:
        frame.desk.judge(lower, pair, to, frame.user.name)  # type: ignore[arg-type]

    show(element("p", frame.say("cascade.judge"), cls="gb-note"))
    with st.container(horizontal=True, gap="small"):
        for to in wanted:
            st.button(
                frame.say(f"facts.{words[to]}"),
                key=f"{words[to]}-{lower}",
                on_click=judge,
                args=(to,),
                type="tertiary",
            )


def _verdict(verdicts: Verdicts, row: dict[str, Any]) -> str | None:
    return verdicts.get((row["document_id"], pair_id(row["parent_document_id"])))


def _is_candidate(row: dict[str, Any], verdicts: Verdicts) -> bool:
    return row["relation"] in cascades.CANDIDATES and _verdict(verdicts, row) != "confirmed"
