"""The figures a draft may ask for, each a function from a wish and its briefing to rows and maybe a chart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dashboard.briefing import questions
from dashboard.briefing.matrix import Cell, Column
from dashboard.briefing.model import Actor, Briefing, DueItem
from dashboard.briefing.trend import MonthCount
from dashboard.drafting.figure_settings import FigureWish
from dashboard.reads import reads_of
from dashboard.report.model import plain
from dashboard.report.spoken import region_in_english
from dashboard.report.words import Words
from dashboard.words import say
from warehouse.publication import Publication
from warehouse.queries import compare, pages_overview
from warehouse.targets import Target

DUE, ACTORS, INDICATORS = 12, 12, 12  # lines of a figure
SIDES, COLUMNS = 4, 5  # abreast on a page
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a figure shows; `chart` is a Vega-Lite specification, None for a table."""

    heads: Row
    rows: tuple[Row, ...]
    numbers: tuple[int, ...]
    note: str
    said: str  # the figure in words
    unit: str = ""
    chart: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What every kind of figure is made from."""

    publication: Publication
    wish: FigureWish
    briefing: Briefing  # as a paper in this language tells it
    words: Words

    @property
    def name(self) -> str:
        """The subject's name in the paper's language."""
        return plain(self.briefing.subject.name(self.words.language))

    def say(self, key: str, **values: object) -> str:
        """A sentence of the figures."""
        return say(self.words.language, f"figures.{key}", **values)

    def day(self, day: date | None) -> str:
        """A day as the paper writes it."""
        return self.words.day(day)


def trend(asked: Asked) -> Drawn:
    """Twenty-four months beside those of the year before, a month without sources marked as a gap."""
    from dashboard import charts

    words, language = asked.words, asked.words.language
    months = questions.months(reads_of(asked.publication), asked.briefing)
    rows = tuple(_month(one, words) for one in months)
    heads = tuple(words.say("months_head").split("|"))
    said = {name: say(language, f"trend.{name}") for name in charts.TREND_WORDS}
    whole = [one for one in months if one.complete][-12:]
    top = max(months, key=lambda one: one.documents)
    told = asked.say(
        "trend-said",
        name=asked.name,
        first=f"{months[0].month:%Y-%m}",
        last=f"{months[-1].month:%Y-%m}",
        n=sum(one.documents for one in whole),
        before=sum(one.a_year_before for one in whole),
        most=f"{top.month:%Y-%m}",
        top=top.documents,
    )
    gaps = sum(one.heard in ("none", "unknown") for one in months)
    if gaps:
        told += ("" if language == "zh" else " ") + asked.say("trend-gaps", n=gaps)
    chart = charts.trend(months, said, 210).to_dict()
    unit = say(language, "printed.documents")
    return Drawn(heads, rows, (1, 2), asked.say("trend-note"), told, unit, chart)


def _month(one: MonthCount, words: Words) -> Row:
    heard = (
        words.say("heard_unknown")
        if one.heard == "unknown"
        else f"{one.sources - len(one.silent)}/{one.sources}"
    )
    running = "" if one.complete else words.say("running_month")
    count = "—" if one.is_gap else str(one.documents)
    return f"{one.month:%Y-%m}{running}", count, str(one.a_year_before), heard


def actors(asked: Asked) -> Drawn:
    """Who issued on the subject, most first."""
    from dashboard import charts

    language = asked.words.language
    shown = [_named(one) for one in asked.briefing.actors[:ACTORS]]
    heads = tuple(asked.words.say("actor_head").split("|"))
    rows = tuple((one.name, plain(one.region), str(one.documents), asked.day(one.latest)) for one in shown)
    times = {"since": asked.day(asked.briefing.since), "today": asked.day(asked.briefing.today)}
    parts = (asked.say("actors-one", who=one.name, n=one.documents) for one in shown)
    told = asked.words.listed(parts) or asked.say("nothing")
    said = asked.say("actors-said", name=asked.name, told=told.rstrip("。."), **times)
    unit = say(language, "printed.documents")
    chart = charts.actors(shown, unit).to_dict() if shown else None
    note = asked.say("actors-note", most=ACTORS, **times)
    return Drawn(heads, rows, (2,), note, said, unit, chart)


def _named(one: Actor) -> Actor:
    return Actor(one.code, plain(one.name), one.region, one.level, one.documents, one.latest)


def due(asked: Asked) -> Drawn:
    """Duties that fall due, soonest first: day, body, duty, document."""
    duties = asked.briefing.due
    heads = tuple(asked.say("due-heads").split("|"))
    rows = tuple(_duty(one, asked) for one in duties[:DUE])
    note = _note(asked, "due-note", len(duties) - DUE)
    return Drawn(heads, rows, (), note, _table_said(asked, heads, rows))


def _duty(one: DueItem, asked: Asked) -> Row:
    who = asked.words.beside(one.who) or asked.say("nobody")
    return _soon(one.due, asked), who, plain(one.what), asked.words.titled(one.item.title)


def _soon(day: date, asked: Asked) -> str:
    """A day of the paper's own year without its year in Chinese: columns are narrow."""
    if asked.words.language == "zh" and day.year == asked.briefing.today.year:
        return f"{day.month}月{day.day}日"
    return asked.day(day)


def matrix(asked: Asked) -> Drawn:
    """Region by measure: there, none, not found."""
    columns, lines = questions.matrix(reads_of(asked.publication), asked.briefing)
    columns = columns[:COLUMNS]
    names = pages_overview.topic_names(asked.publication)
    heads = (asked.words.say("matrix_region"), *(_measure(one, names, asked) for one in columns))
    rows = tuple(
        (_region(one.region, asked), *(_cell(cell, asked.words) for cell in one.cells[: len(columns)]))
        for one in lines
    )
    if not columns or not rows:
        heads, rows = heads[:1], ()
    return Drawn(heads, rows, (), asked.say("matrix-note"), _table_said(asked, heads, rows))


def _measure(column: Column, names: Mapping[str, tuple[str, str]], asked: Asked) -> str:
    if column.kind != "topic":
        return plain(column.key)
    zh, en = names.get(column.key, (column.key, column.key))
    return plain((en or zh) if asked.words.language == "en" else (zh or en))


def _region(name: str, asked: Asked) -> str:
    return plain(region_in_english(name) if asked.words.language == "en" else name)


def _cell(one: Cell, words: Words) -> str:
    told = words.code("cells", one.state)
    return told if one.state == "not-found" else f"{told} {one.documents}"


def targets(asked: Asked) -> Drawn:
    """Indicator by region: what the newest documents on the subject set."""
    subject = asked.wish.subject
    sides, about = _sides(asked)
    kind: compare.Kind = "department" if subject.kind == "department" else "region"
    found: dict[tuple[str, str, str], dict[int, list[Target]]] = defaultdict(lambda: defaultdict(list))
    for at, (key, _) in enumerate(sides):
        documents = compare.documents_of_side(asked.publication, kind, key, about)
        for row in compare.targets_of(asked.publication, documents):
            told = found[row["target"].what][at]
            if row["target"] not in told:
                told.append(row["target"])
    setting = sorted({at for cells in found.values() for at in cells}) or [*range(len(sides))]
    best = sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))
    heads = (asked.say("targets-heads"), *(sides[at][1] for at in setting))
    rows = tuple(
        (plain(what[0]), *(_set(cells.get(at, []), asked) for at in setting))
        for what, cells in best[:INDICATORS]
    )
    note = _note(asked, "targets-note", len(best) - INDICATORS)
    return Drawn(heads, rows, (), note, _table_said(asked, heads, rows))


def _sides(asked: Asked) -> tuple[list[tuple[str, str]], tuple[str, str] | None]:
    """Whose targets stand beside each other: the regions that hold most, the home region first."""
    subject = asked.wish.subject
    if subject.kind in ("region", "department"):
        return [(subject.key, asked.name)], None
    about = (subject.kind, subject.key)
    held = [str(row["side"]) for row in compare.sides_holding(asked.publication, "region", about)]
    held.sort(key=lambda region: region != asked.briefing.home_region)  # stable: then by documents
    return [(one, _region(one, asked)) for one in held[:SIDES]], about  # those that set none are left out


def _set(several: Sequence[Target], asked: Asked) -> str:
    told = (_target(one, asked.words.language) for one in several[:3])
    return "；".join(told) if several else asked.say("not-found")


def _target(one: Target, language: str) -> str:
    told = plain(one.printed.lstrip("≥≤+-").replace("％", "%"))
    if one.change:
        told = say(language, "sides.up" if one.change == "+" else "sides.down", figure=told)
    if one.bound:
        told = say(language, f"sides.{one.bound}", figure=told)
    told = told.replace(" ", "") if language == "zh" else told
    if not one.year:
        return told
    return f"{told}（{one.year}）" if language == "zh" else f"{told} ({one.year})"


def _note(asked: Asked, key: str, left: int) -> str:
    """How the table is to be read, and how many lines it leaves out."""
    more = asked.say("more", n=left) if left > 0 else ""
    return ("" if asked.words.language == "zh" else " ").join(one for one in (asked.say(key), more) if one)


def _table_said(asked: Asked, heads: Sequence[str], rows: Sequence[Row]) -> str:
    listed = asked.words.listed(heads)
    return asked.say("table-said", rows=len(rows), heads=listed)


MAKERS: Mapping[str, Callable[[Asked], Drawn]] = {
    "trend": trend,
    "due": due,
    "matrix": matrix,
    "actors": actors,
    "targets": targets,
}


def spans_of(wish: FigureWish, day: date) -> tuple[date, int]:
    """From which day on the briefing of a figure tells, and how many days ahead."""
    ahead = wish.days if wish.kind == "due" else 60
    return day - timedelta(days=wish.days if wish.kind == "actors" else 30), ahead
