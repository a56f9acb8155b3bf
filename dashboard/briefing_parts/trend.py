"""How much was published over twenty-four months, with what could be heard drawn under it, and as a table."""

from __future__ import annotations

from datetime import date, timedelta

from dashboard import charts
from dashboard.briefing import questions
from dashboard.briefing.model import Briefing
from dashboard.briefing.trend import MONTHS, MonthCount
from dashboard.briefing_parts.subject import at_most, selection_of_subject
from dashboard.drawing import draw
from dashboard.frame import Frame, show
from dashboard.markup import Child, Markup, element
from dashboard.pieces import number, provenance, section, table
from dashboard.search_wish import sources_of


def trend(frame: Frame, briefing: Briefing) -> None:
    """Draw the figure; nothing when the subject has no document in these months or the year before."""
    months = questions.months(frame.read, briefing)
    if not any(one.documents or one.a_year_before for one in months):
        return
    title = frame.say("trend.title", months=MONTHS)
    show(section(title, note=frame.say("trend.note"), cls="gb-figure"))
    words = {name: frame.say(f"trend.{name}") for name in charts.TREND_WORDS}
    height = at_most(frame, 260, 130)
    key = ("trend", months, words, height)
    draw(key, lambda: charts.trend(months, words, height), f"{title}. {_finding(frame, months)}")
    whole = selection_of_subject(briefing.subject, published_from=months[0].month, told_once=True)
    show(
        element("p", _finding(frame, months), cls="gb-note"),
        _table(frame, briefing, months),
        provenance(frame, whole),
    )


def _finding(frame: Frame, months: tuple[MonthCount, ...]) -> str:
    """The figure in a sentence: this year's whole months beside the same of the year before, and the gaps."""
    whole = [one for one in months if one.complete][-12:]
    gaps = sum(one.heard in ("none", "unknown") for one in months)
    told = frame.say(
        "trend.finding", n=sum(one.documents for one in whole), before=sum(one.a_year_before for one in whole)
    )
    return told + (frame.say("trend.gaps", n=gaps) if gaps else "")


def _table(frame: Frame, briefing: Briefing, months: tuple[MonthCount, ...]) -> Markup:
    rows: list[list[Child]] = [
        [_month(frame, one), _count(frame, briefing, one), one.a_year_before, _heard(frame, one)]
        for one in reversed(months)
    ]
    heads = [frame.say(f"trend.{name}") for name in ("month", "documents", "before", "heard")]
    title = frame.say("trend.title", months=MONTHS)
    shown = table(heads, rows, title, frozenset({1, 2}))
    return element("details", element("summary", frame.say("brief.as-table")), shown)


def _month(frame: Frame, one: MonthCount) -> str:
    return f"{one.month:%Y-%m}" + ("" if one.complete else f" ({frame.say('trend.running')})")


def _count(frame: Frame, briefing: Briefing, one: MonthCount) -> Child:
    if one.is_gap:
        return "—"
    if not one.documents:
        return "0"
    last = min(_last_day(one.month), briefing.today)
    days = {"published_from": one.month, "published_to": last}
    selection = selection_of_subject(briefing.subject, told_once=True, **days)
    return number(frame, selection, one.documents)


def _heard(frame: Frame, one: MonthCount) -> str:
    if one.heard == "unknown":
        return frame.say("trend.unknown")
    told = frame.say("trend.of", heard=one.sources - len(one.silent), sources=one.sources)
    if not one.silent:
        return told
    english = dict(sources_of(frame).values())
    between = ", " if frame.language == "en" else "、"
    names = between.join(frame.named(name, english.get(name)) for name in one.silent[:4])
    return told + frame.say("trend.silent", names=names)


def _last_day(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
