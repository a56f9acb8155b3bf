"""Charts as pure functions from records to an Altair chart; names are never cut, an unfinished week is hollow."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from dashboard.briefing.model import Actor, WeekCount
from dashboard.looks import ACCENT, INK, MUTED, RULE, SANS

_MOST_ACTORS = 12


def actors(rows: Sequence[Actor], documents: str) -> alt.Chart:
    """Who published how much, most first."""
    data = alt.Data(values=[{"name": one.name, "documents": one.documents} for one in rows[:_MOST_ACTORS]])
    base = alt.Chart(data).encode(
        y=alt.Y(
            "name:N",
            sort="-x",
            title=None,
            axis=alt.Axis(labelLimit=0, ticks=False, domain=False, labelPadding=8),
        ),
        x=alt.X("documents:Q", title=documents, axis=alt.Axis(tickMinStep=1, format="d", grid=True)),
        tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("documents:Q", title=documents)],
    )
    bars = base.mark_bar(color=ACCENT, height=16)
    numbers = base.mark_text(align="left", dx=5, color=INK).encode(text="documents:Q")
    return _dressed((bars + numbers).properties(height=max(60, 30 * min(len(rows), _MOST_ACTORS))))


def weeks(rows: Sequence[WeekCount], documents: str, running: str) -> alt.Chart:
    """Documents a week; the week that is still running is drawn hollow."""
    values = [
        {"week": one.week.isoformat(), "documents": one.documents, "state": "" if one.complete else running}
        for one in rows
    ]
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X(
            "week:O",
            title=None,
            axis=alt.Axis(labelAngle=0, labelOverlap="greedy", labelExpr="slice(datum.label, 2)"),
        ),
        y=alt.Y(
            "documents:Q",
            title=documents,
            axis=alt.Axis(tickMinStep=1, format="d", titleAngle=0, titleAlign="left", titleY=-8),
        ),
        tooltip=[
            alt.Tooltip("week:O", title=" "),
            alt.Tooltip("documents:Q", title=documents),
            alt.Tooltip("state:N", title=" "),
        ],
    )
    whole = base.transform_filter("datum.state == ''").mark_bar(color=ACCENT)
    hollow = base.transform_filter("datum.state != ''").mark_bar(
        color="white", stroke=ACCENT, strokeDash=[3, 2]
    )
    return _dressed((whole + hollow).properties(height=180))


def _dressed(chart: alt.Chart) -> alt.Chart:
    return (
        chart.properties(width="container")
        .configure(font=SANS)
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
