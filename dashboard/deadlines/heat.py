"""The days of the duty calendar as a chart, a month a row, and as a table whose numbers are links."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt

from dashboard.deadlines.ledger import Ledger
from dashboard.deadlines.wish import Wish
from dashboard.frame import Frame
from dashboard.looks import ACCENT, INK, MUTED, SANS
from dashboard.markup import Child, Markup, element
from dashboard.pieces import table

_ROW = 30  # pixels of a month
_DAYS = 34  # pixels of the days' numbers below, which Streamlit counts to the height


def heat(rows: Sequence[dict[str, Any]], duties: str) -> alt.LayerChart:
    """Months against days of the month, darker where more falls due; the number stands in its day."""
    values = [
        {
            "month": f"{row['day']:%Y-%m}",
            "on": row["day"].day,
            "day": str(row["day"]),
            "duties": row["duties"],
        }
        for row in rows
    ]
    months = sorted({value["month"] for value in values})
    days = alt.Axis(labelAngle=0, ticks=False, domain=False, values=list(range(1, 32)), labelOverlap="greedy")
    most = max((value["duties"] for value in values), default=1)
    base = alt.Chart(alt.InlineData(values=values)).encode(
        x=alt.X("on:O", title=None, axis=days, scale=alt.Scale(domain=list(range(1, 32)))),
        y=alt.Y("month:O", title=None, sort=months, axis=alt.Axis(ticks=False, domain=False)),
        tooltip=[alt.Tooltip("day:N", title=" "), alt.Tooltip("duties:Q", title=duties)],
    )
    colour = alt.Scale(domain=[0, most], range=["#E9EEF4", ACCENT])
    cells = base.mark_rect(cornerRadius=2).encode(color=alt.Color("duties:Q", scale=colour, legend=None))
    dark = alt.condition(alt.datum.duties > most / 2, alt.value("white"), alt.value(INK))
    numbers = base.mark_text(fontSize=14).encode(text="duties:Q", color=dark)
    drawn: alt.LayerChart = (cells + numbers).properties(
        height=_DAYS + _ROW * max(1, len(months)), width="container"
    )
    dressed: alt.LayerChart = (
        drawn.configure(font=SANS)
        .configure_view(stroke=None)
        .configure_axis(labelColor=INK, titleColor=MUTED, labelFontSize=14, titleFontSize=14, grid=False)
    )
    return dressed


def heat_table(frame: Frame, wish: Wish, ledger: Ledger, rows: Sequence[dict[str, Any]]) -> Markup:
    """The same days as a table behind a click; each number opens its day."""
    told: list[list[Child]] = [
        [
            element("time", str(row["day"]), datetime=str(row["day"])),
            frame.say(f"weekday.{row['day'].isoweekday()}"),
            _open_day(frame, ledger, row["day"]),
            frame.link(
                f"{row['duties']:,}",
                "deadlines",
                "gb-number",
                **wish.parameters(first=row["day"], last=row["day"]),
            ),
        ]
        for row in rows
    ]
    heads = [frame.say(f"deadlines.head-{name}") for name in ("day", "weekday", "open", "duties")]
    shown = table(heads, told, frame.say("deadlines.heat-title"), frozenset({3}))
    return element("details", element("summary", frame.say("brief.as-table")), shown)


def _open_day(frame: Frame, ledger: Ledger, day: date) -> str:
    works = ledger.works(day)
    key = "unknown" if works is None else "yes" if works else "no"
    return frame.say(f"deadlines.open-{key}")
