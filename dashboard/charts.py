"""Charts as pure functions of records; names are never cut, an unfinished week is hollow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import altair as alt

from dashboard.briefing.model import Actor, WeekCount
from dashboard.looks import ACCENT, INK, MUTED, RULE, SANS

_MOST_ACTORS = 12
Drawing = TypeVar("Drawing", alt.Chart, alt.LayerChart)


def actors(rows: Sequence[Actor], documents: str) -> alt.LayerChart:
    """Who published how much, most first; the number stands at the end of its bar."""
    shown = rows[:_MOST_ACTORS]
    data = alt.InlineData(values=[{"name": one.name, "documents": one.documents} for one in shown])
    names = alt.Axis(labelLimit=0, ticks=False, domain=False, labelPadding=8)
    base = alt.Chart(data).encode(
        y=alt.Y("name:N", sort=[one.name for one in shown], title=None, axis=names),
        x=alt.X("documents:Q", title=None, axis=None),
        tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("documents:Q", title=documents)],
    )
    bars = base.mark_bar(color=ACCENT, height=16)
    numbers = base.mark_text(align="left", dx=6, color=INK, fontSize=13).encode(text="documents:Q")
    drawn: alt.LayerChart = (bars + numbers).properties(height=max(44, 30 * len(shown)), width="container")
    return _dressed(drawn)


def weeks(rows: Sequence[WeekCount], documents: str, running: str) -> alt.Chart:
    """Documents a week; the week that is still running is drawn hollow."""
    values = [
        {
            "week": one.week.isoformat(),
            "documents": one.documents,
            "state": "" if one.complete else running,
            "complete": one.complete,
        }
        for one in rows
    ]
    days = alt.Axis(labelAngle=0, labelOverlap="greedy", labelExpr="slice(datum.label, 5)", ticks=False)
    counts = alt.Axis(tickMinStep=1, format="d", titleAngle=0, titleAlign="left", titleY=-10, titleX=0)
    whole = alt.datum.complete
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=values), height=180, width="container")
        .mark_bar(stroke=ACCENT)
        .encode(
            x=alt.X("week:O", title=None, axis=days),
            y=alt.Y("documents:Q", title=documents, axis=counts),
            fill=alt.condition(whole, alt.value(ACCENT), alt.value("white")),
            strokeWidth=alt.condition(alt.datum.documents > 0, alt.value(1.5), alt.value(0)),
            strokeDash=alt.condition(whole, alt.value([1, 0]), alt.value([3, 2])),
            tooltip=[
                alt.Tooltip("week:O", title=" "),
                alt.Tooltip("documents:Q", title=documents),
                alt.Tooltip("state:N", title=" "),
            ],
        )
    )
    return _dressed(chart)


def _dressed(chart: Drawing) -> Drawing:
    dressed: Drawing = (
        chart.configure(font=SANS)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=INK,
            titleColor=MUTED,
            gridColor=RULE,
            domainColor=MUTED,
            labelFontSize=13,
            titleFontSize=12,
        )
    )
    return dressed
