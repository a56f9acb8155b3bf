"""After how many days followers came: a chart and the table behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import altair as alt

from dashboard.frame import Frame
from dashboard.looks import ACCENT, INK, MUTED, PALE, RULE, SANS
from dashboard.markup import Markup
from dashboard.pieces import table

_UPTO = (30, 60, 90, 180, 365, 730)
_AROUND = 140  # points for legend, axis and its title, which Streamlit counts to the height


@dataclass(frozen=True, slots=True)
class Span:
    """Followers that came within a span of days; `last` is None for the open end."""

    first: int
    last: int | None
    cited: int
    candidates: int


def spans(days: Iterable[tuple[int, bool]]) -> list[Span]:
    """Followers by span, each given as its days and whether it is a candidate only; empty ends are cut."""
    given = list(days)
    edges = [(before + 1 if before else 0, upto) for before, upto in zip((0, *_UPTO), _UPTO, strict=False)]
    made = [_span(given, first, last) for first, last in [*edges, (_UPTO[-1] + 1, None)]]
    filled = [at for at, one in enumerate(made) if one.cited + one.candidates]
    return made[: max(filled) + 1] if filled else []


def lag_chart(frame: Frame, rows: Sequence[Span]) -> alt.Chart:
    """Bars a span, candidates paler and named in the legend; names are never cut."""
    words = (frame.say("cascade.by-citation"), frame.say("facts.candidate"))
    values = [
        {"span": span_name(frame, one), "kind": word, "documents": count, "order": at}
        for one in rows
        for at, (word, count) in enumerate(zip(words, (one.cited, one.candidates), strict=True))
    ]
    names = alt.Axis(labelLimit=0, ticks=False, domain=False, labelPadding=8, labelOverlap=False)
    counts = alt.Axis(tickMinStep=1, format="d")
    documents = frame.say("cascade.documents")
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=values), height=_AROUND + 30 * len(rows), width="container")
        .mark_bar(height=18)
        .encode(
            y=alt.Y("span:N", sort=[span_name(frame, one) for one in rows], title=None, axis=names),
            x=alt.X("documents:Q", stack="zero", title=documents, axis=counts),
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=list(words), range=[ACCENT, PALE]),
                legend=alt.Legend(title=None, orient="top", labelLimit=0),
            ),
            order=alt.Order("order:Q"),
            tooltip=[
                alt.Tooltip("span:N", title=" "),
                alt.Tooltip("kind:N", title=" "),
                alt.Tooltip("documents:Q", title=documents),
            ],
        )
    )
    dressed: alt.Chart = (
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
        .configure_legend(labelColor=INK, labelFontSize=14)
    )
    return dressed


def lag_table(frame: Frame, rows: Sequence[Span]) -> Markup:
    """The same figures as a table."""
    heads = [
        frame.say("cascade.head-days"),
        frame.say("cascade.by-citation"),
        frame.say("facts.candidate"),
    ]
    cells = [(span_name(frame, one), one.cited, one.candidates) for one in rows]
    return table(heads, cells, frame.say("cascade.lags-title"), frozenset({1, 2}))


def span_name(frame: Frame, one: Span) -> str:
    """A span in words."""
    if one.last is None:
        return frame.say("cascade.days-over", first=one.first)
    return frame.say("cascade.days-span", first=one.first, last=one.last)


def _span(given: Sequence[tuple[int, bool]], first: int, last: int | None) -> Span:
    within = [weak for days, weak in given if first <= days and (last is None or days <= last)]
    return Span(first, last, sum(not weak for weak in within), sum(within))
