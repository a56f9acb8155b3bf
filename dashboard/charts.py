"""Charts as pure functions of records; names are never cut, what is unfinished is hollow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

import altair as alt

from dashboard.briefing.model import Actor, WeekCount
from dashboard.briefing.trend import MonthCount
from dashboard.looks import ACCENT, INK, MUTED, RULE, SANS

_MOST_ACTORS = 12
TREND_WORDS = ("documents", "before", "heard", "month", "all", "some", "none", "unknown", "running")
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
    numbers = base.mark_text(align="left", dx=6, color=INK, fontSize=14).encode(text="documents:Q")
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


def trend(rows: Sequence[MonthCount], words: Mapping[str, str], height: int = 260) -> alt.LayerChart:
    """Documents a month as bars, the running month hollow, the same month a year before as a dotted line.

    Under the bars a strip says from how many of the sources something came: dark, light, or an empty frame
    where nothing did. In such a month nought means that nobody knows: it bears a cross instead of a bar.
    """
    values = [_month_value(one, words) for one in rows]
    most = max(1, *(one.documents for one in rows), *(one.a_year_before for one in rows))
    month, year = "slice(datum.label, 5)", "slice(datum.label, 0, 4)"
    named = f"datum.index == 0 || {month} == '01' ? [{month}, {year}] :"  # the year on a line of its own
    months = alt.Axis(
        labelAngle=0,
        labelOverlap="greedy",
        labelExpr=f"{named} {month}",
        ticks=False,
        domain=False,
    )
    counts = alt.Axis(
        values=_steps(most), format="d", titleAngle=0, titleAlign="left", titleY=-10, titleX=0, domain=False
    )
    whole = alt.datum.complete
    base = alt.Chart(alt.InlineData(values=values)).encode(
        x=alt.X("month:O", title=None, axis=months),
        tooltip=[
            alt.Tooltip(f"{name}:N", title=words[name]) for name in ("month", "documents", "before", "heard")
        ],
    )
    bars = base.mark_bar(stroke=ACCENT).encode(
        y=alt.Y(
            "drawn:Q",
            title=words["documents"],
            axis=counts,
            scale=alt.Scale(domain=[-0.2 * most, most], nice=False),
        ),
        fill=alt.condition(whole, alt.value(ACCENT), alt.value("white")),
        strokeWidth=alt.condition(alt.datum.drawn > 0, alt.value(1.5), alt.value(0)),
        strokeDash=alt.condition(whole, alt.value([1, 0]), alt.value([3, 2])),
    )
    before = base.mark_line(color=INK, strokeDash=[2, 3], strokeWidth=1.5).encode(y="before:Q")
    gaps = base.transform_filter(alt.datum.gap).mark_text(text="×", color=INK, fontSize=16, dy=-9)
    shades = alt.Scale(
        domain=["all", "some", "none", "unknown"], range=[MUTED, "#cbc7bb", "#ffffff", "#ffffff"]
    )
    strip = base.mark_bar(stroke=MUTED, strokeWidth=1).encode(
        y=alt.datum(-0.18 * most),
        y2=alt.datum(-0.08 * most),
        fill=alt.Fill("state:N", scale=shades, legend=None),
        strokeDash=alt.condition(alt.datum.state == "unknown", alt.value([2, 2]), alt.value([1, 0])),
    )
    layers = bars + before + gaps.encode(y=alt.datum(0)) + strip
    drawn: alt.LayerChart = layers.properties(height=height, width="container")
    return _dressed(drawn)


def _steps(most: int) -> list[int]:
    """Round numbers from nought up to `most`, at most six of them."""
    power = 1
    while True:
        for factor in (1, 2, 5):
            if most / (factor * power) <= 5:
                return list(range(0, most + 1, factor * power))
        power *= 10


def _month_value(one: MonthCount, words: Mapping[str, str]) -> dict[str, object]:
    return {
        "month": f"{one.month:%Y-%m}",
        "documents": words["unknown"] if one.is_gap else str(one.documents),
        "drawn": one.documents,
        "before": one.a_year_before,
        "complete": one.complete,
        "gap": one.is_gap,
        "state": one.heard,
        "heard": words[one.heard],
    }


def _dressed(chart: Drawing) -> Drawing:
    dressed: Drawing = (
        chart.configure(font=SANS)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=INK,
            titleColor=MUTED,
            gridColor=RULE,
            domainColor=MUTED,
            labelFontSize=14,
            titleFontSize=14,
        )
    )
    return dressed
