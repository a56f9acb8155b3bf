"""Who issued what, when: points in time by side, and the same as a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt

from dashboard.compare.sides import Side, not_found, number_of
from dashboard.compare.wish import Wish
from dashboard.drawing import draw
from dashboard.frame import Frame, show
from dashboard.looks import ACCENT, INK, MUTED, RULE, SANS
from dashboard.markup import Child, element, join
from dashboard.pieces import basis_of, day, issuer_of, section, table
from warehouse.queries.compare import MOST

_LISTED = 6
_AROUND = {"left": 5, "top": 5, "right": 28, "bottom": 5}  # half of the last month stands beyond the axis


def issued_section(
    frame: Frame, wish: Wish, sides: Sequence[Side], texts: Sequence[dict[str, Any] | None]
) -> None:
    """The chart where two documents and more bear a day, and the table."""
    title = frame.say("sides.issued-title")
    dated = [(side, row) for side in sides for row in side.documents if row["published"]]
    show(section(title, note=frame.say("sides.issued-note", n=MOST), cls="gb-figure"))
    if len(dated) > 1:
        points = tuple((side.name, row["published"], row["title"]) for side, row in dated)
        names = [side.name for side in sides]
        told = frame.say("sides.issued-alt", n=len(dated))
        draw(("issued", names, points), lambda: _chart(points, names), told)
    heads = [frame.say(f"sides.head-{name}") for name in (wish.kind, "documents", "newest")]
    chosen = {row["document_id"] for row in texts if row}
    rows = [
        (
            side.name,
            number_of(frame, wish, side) if side.total else not_found(frame),
            _listed(frame, wish, side, sides, chosen),
        )
        for side in sides
    ]  # fmt: skip
    ids = [row["document_id"] for side in sides for row in side.documents]
    show(element("div", table(heads, rows, title, frozenset({1})), cls="gb-changes"), basis_of(frame, ids))


def _listed(frame: Frame, wish: Wish, side: Side, sides: Sequence[Side], chosen: set[str]) -> Child:
    if not side.documents:
        return not_found(frame)
    items = [element("li", *_document(frame, wish, row, side, sides, chosen)) for row in side.documents]
    more = (
        element(
            "details",
            element("summary", frame.say("cascade.more", n=len(items) - _LISTED)),
            element("ul", *items[_LISTED:], cls="gb-citations"),
        )
        if len(items) > _LISTED
        else None
    )
    return join((element("ul", *items[:_LISTED], cls="gb-citations"), more))


def _document(
    frame: Frame, wish: Wish, row: dict[str, Any], side: Side, sides: Sequence[Side], chosen: set[str]
) -> list[Child]:
    title = frame.link(row["title"] or frame.say("word.untitled"), "doc", id=row["document_id"])
    who = [issuer_of(frame, row), " "] if wish.kind == "region" else []
    remark = element(
        "span", *who, row["doc_number"] or "", " ", day(frame, row["published"]), cls="gb-remark"
    )
    if row["document_id"] in chosen:
        return [title, " ", element("span", frame.say("sides.is-laid"), cls="gb-badge"), " ", remark]
    if row["unit"] != "document" or not row["characters"]:
        return [title, " ", remark]
    own = {one["document_id"] for one in side.documents}
    docs = (*(one for one in sorted(chosen) if one not in own), row["document_id"])
    take = frame.link(frame.say("sides.lay"), "compare", "gb-quiet", **wish.parameters(of=wish.of, docs=docs))
    return [title, " ", remark, " ", take]


def _chart(points: Sequence[tuple[str, date, str | None]], names: Sequence[str]) -> alt.Chart:
    """One row a side; a point is a document by the day of its publication."""
    values = [{"side": side, "day": day.isoformat(), "title": title or ""} for side, day, title in points]
    rows = alt.Axis(labelLimit=0, ticks=False, domain=False, labelPadding=8, grid=True)
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=values))
        .properties(height=60 + 34 * len(names), width="container", padding=_AROUND)
        .mark_circle(size=90, color=ACCENT, opacity=0.55)
        .encode(
            x=alt.X("day:T", title=None, axis=alt.Axis(format="%Y-%m", labelAngle=0, labelOverlap="greedy")),
            y=alt.Y("side:N", title=None, sort=names, axis=rows),
            tooltip=[alt.Tooltip("side:N", title=" "), alt.Tooltip("day:T", title=" ", format="%Y-%m-%d"),
                     alt.Tooltip("title:N", title=" ")],
        )
    )  # fmt: skip
    dressed: alt.Chart = (
        chart.configure(font=SANS)
        .configure_view(stroke=None)
        .configure_axis(labelColor=INK, titleColor=MUTED, gridColor=RULE, domainColor=MUTED, labelFontSize=14)
    )
    return dressed
