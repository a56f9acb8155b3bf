"""Figures of a draft, made from the publication when they are shown: for the paper and for the editor."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dashboard.briefing.assemble import assemble
from dashboard.briefing.model import Briefing
from dashboard.drafting import model
from dashboard.drafting.figure_kinds import MAKERS, Asked, Drawn, spans_of
from dashboard.drafting.figure_settings import FigureProblem, FigureWish, figure_problem, read_figure
from dashboard.markup import Markup, element
from dashboard.report.model import plain
from dashboard.report.prose import Figure
from dashboard.report.spoken import spoken
from dashboard.report.words import Words
from dashboard.words import say
from warehouse.clock import today
from warehouse.home import Home
from warehouse.publication import Publication

__all__ = ["FigureMaker", "FigureProblem", "figure_preview", "figure_problem"]
PREVIEWED = 6  # rows of a preview


class FigureMaker:
    """Makes the figures of one paper and counts them: charts and tables each for themselves."""

    def __init__(self, publication: Publication, words: Words, day: date, home_region: str) -> None:
        self._publication, self._words, self._day, self._home = publication, words, day, home_region
        self._counts = {"figure": 0, "table": 0}
        self._briefings: dict[tuple[object, ...], Briefing] = {}

    def figure(self, block: model.Figure) -> Figure:
        """The figure that a block asks for; FigureProblem where it cannot be made."""
        if block.problem:
            raise FigureProblem("unreadable", value=plain(block.problem))
        wish = read_figure(self._publication, block.settings)
        briefing = self._briefing(wish)
        drawn = MAKERS[wish.kind](Asked(self._publication, wish, briefing, self._words))
        name = plain(briefing.subject.name(self._words.language))
        title = wish.title or self._usual_title(wish, name)
        return Figure(
            label=self._label("figure" if drawn.chart else "table"),
            title=title,
            unit=say(self._words.language, "printed.unit", unit=drawn.unit) if drawn.unit else "",
            caption=wish.caption,
            note=drawn.note,
            source=self._source(briefing, name),
            alternative=drawn.said,
            heads=drawn.heads,
            rows=drawn.rows or (self._nothing(drawn),),
            numbers=drawn.numbers,
            chart=json.dumps(drawn.chart, ensure_ascii=False, sort_keys=True) if drawn.chart else "",
        )

    def _nothing(self, drawn: Drawn) -> tuple[str, ...]:
        told = say(self._words.language, "figures.nothing")
        return (told, *("" for _ in drawn.heads[1:]))

    def _usual_title(self, wish: FigureWish, name: str) -> str:
        own = wish.kind == "targets" and wish.subject.kind in ("region", "department")
        key = "own-targets" if own else wish.kind
        return say(self._words.language, f"figures.{key}-title", name=name, days=wish.days)

    def _label(self, sort: str) -> str:
        self._counts[sort] += 1
        return say(self._words.language, f"printed.{sort}-label", number=self._counts[sort])

    def _source(self, briefing: Briefing, name: str) -> str:
        coverage = briefing.coverage
        return say(
            self._words.language,
            "printed.source",
            name=name,
            n=coverage.members,
            ok=coverage.sources_ok,
            sources=coverage.sources,
            until=self._words.moment(coverage.data_until),
            publication=briefing.publication_id,
        )

    def _briefing(self, wish: FigureWish) -> Briefing:
        since, ahead = spans_of(wish, self._day)
        key = (wish.subject, since, ahead)
        if key not in self._briefings:
            told = assemble(
                self._publication, wish.subject, since, self._day, home_region=self._home, due_days=ahead
            )
            self._briefings[key] = spoken(self._publication, told, self._words.language)
        return self._briefings[key]


def figure_preview(
    home: Home, publication: Publication, settings: Mapping[str, Any], language: str
) -> Markup:
    """The first rows of a figure as a small table for the editor, or the sentence why there is none."""
    problem = figure_problem(publication, settings, language)
    if problem:
        return element("p", problem, cls="gb-notice", role="note")
    place = home.settings.place
    words = Words(language, timezone=place.timezone)
    maker = FigureMaker(publication, words, today(home.clock, place.timezone), place.region)
    figure = maker.figure(model.Figure(settings, "", model.Place(0, 0, 0)))
    return _small(figure, settings.get("kind") == "trend", words.language)


def _small(figure: Figure, by_month: bool, language: str) -> Markup:
    title = say(language, "figures.preview", title=figure.title)
    heads = element("thead", element("tr", *(element("th", one, scope="col") for one in figure.heads)))
    lines = (element("tr", *(element("td", cell) for cell in row)) for row in _shown(figure, by_month))
    more = len(figure.rows) > PREVIEWED
    told = say(language, "figures.preview-more", n=len(figure.rows), shown=PREVIEWED) if more else None
    table = element("table", element("caption", title), heads, element("tbody", *lines))
    return element(
        "div",
        element("div", table, cls="gb-table"),
        element("p", told, cls="gb-note") if told else None,
        element("p", figure.source, cls="gb-note"),
        cls="gb-figure-preview",
    )


def _shown(figure: Figure, by_month: bool) -> Sequence[tuple[str, ...]]:
    """The latest months of a trend, whose rows go by time, and the first rows of everything else."""
    return figure.rows[-PREVIEWED:] if by_month else figure.rows[:PREVIEWED]
