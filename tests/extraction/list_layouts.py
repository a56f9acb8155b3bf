"""One register of rulings in many layouts: the same entries as tables, lists, paragraphs, cards."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

_TREES = [
    "Alder",
    "Birch",
    "Cedar",
    "Dogwood",
    "Elm",
    "Fir",
    "Ginkgo",
    "Hazel",
    "Juniper",
    "Katsura",
    "Larch",
    "Maple",
    "Oak",
    "Pine",
    "Rowan",
    "Tupelo",
]
_SHORT = ["Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."]

Print = Callable[[date], str]
FORMATS: tuple[Print, ...] = (
    lambda day: f"{day:%B} {day.day}, {day.year}",
    lambda day: f"{day.month}/{day.day}/{day:%y}",
    lambda day: f"{_SHORT[day.month - 1]} {day.day}, '{day:%y}",
    lambda day: f"{day:%A}, {day:%B} {day.day}, {day.year}",
    lambda day: f"{day:%m-%d-%Y}",
    lambda day: day.isoformat(),
    lambda day: f"{day:%d-%b-%Y}",
    lambda day: f"{day.month}.{day.day}.{day.year}",
)


@dataclass(frozen=True, slots=True)
class Case:
    """One ruling of the made register."""

    name: str
    number: str
    file: str
    day: date


def register(seed: str, count: int = 12) -> list[Case]:
    """Rulings newest first, one or two a day."""
    chance = random.Random(seed)
    day = date(chance.choice((2019, 2021, 2023, 2024)), chance.randint(4, 11), chance.randint(1, 28))
    cases: list[Case] = []
    while len(cases) < count:
        for _ in range(chance.randint(1, 2)):
            at, (one, other) = len(cases), chance.sample(_TREES, 2)
            name = chance.choice((f"{one} v. {other}", f"State v. {one}", f"In re Estate of {one} {other}"))
            cases.append(Case(name, f"{day:%y}-{1000 + at * 7}", f"/files/{4000 + at * 13}.pdf", day))
        day -= timedelta(days=chance.randint(1, 9))
    return cases[:count]


def _by_day(cases: Sequence[Case]) -> Iterator[tuple[date, list[Case]]]:
    for day, same in groupby(cases, key=lambda case: case.day):
        yield day, list(same)


def _rows(cases: Sequence[Case], row: Callable[[Case], str], head: str = "") -> str:
    return f"<table>{head}{''.join(f'<tr>{row(case)}</tr>' for case in cases)}</table>"


def _link(case: Case, text: str | None = None) -> str:
    return f"<a href='{case.file}'>{text or case.name}</a>"


Layout = Callable[[Sequence[Case], Print], str]
_EARLIER = timedelta(days=97)

LAYOUTS: dict[str, Layout] = {
    "table": lambda cases, said: _rows(cases, lambda c: f"<td>{said(c.day)}<td>{c.number}<td>{_link(c)}"),
    "number linked": lambda cases, said: _rows(
        cases, lambda c: f"<td>{_link(c, c.number)}</td><td>{c.name}</td><td>{said(c.day)}</td>"
    ),
    "the word PDF linked": lambda cases, said: _rows(
        cases, lambda c: f"<td>{c.name}</td><td>{said(c.day)}</td><td>{_link(c, 'PDF')}</td>"
    ),
    "argued and filed": lambda cases, said: _rows(
        cases,
        lambda c: f"<td>{_link(c)}</td><td>{said(c.day - _EARLIER)}</td><td>{said(c.day)}</td>",
        "<tr><th>Case</th><th>Argued</th><th>Filed</th></tr>",
    ),
    "day of the court below": lambda cases, said: _rows(
        cases,
        lambda c: f"<td>{_link(c)}</td><td>{said(c.day - _EARLIER)}</td><td>{said(c.day)}</td>",
        "<tr><th>Case</th><th>Date of Lower Court Decision</th><th>Date Released</th></tr>",
    ),
    "a day a row of its own": lambda cases, said: "<table>" + "".join(
        f"<tr><td colspan=2><b>{said(day)}</b></td></tr>"
        + "".join(f"<tr><td>{c.number}</td><td>{_link(c)}</td></tr>" for c in same)
        for day, same in _by_day(cases)
    ) + "</table>",
    "paragraphs": lambda cases, said: "".join(
        f"<p>{_link(c, c.number)} {c.name} (filed {said(c.day)})</p>" for c in cases
    ),
    "line breaks under days": lambda cases, said: "".join(
        f"<b>{said(day)}</b><br>" + "".join(f"{_link(c)} {c.number}<br>" for c in same)
        for day, same in _by_day(cases)
    ),
    "day after in one paragraph": lambda cases, said: "<p>"
    + "".join(f"{_link(c)}, {said(c.day)}<br>" for c in cases) + "</p>",
    "definition list by day": lambda cases, said: "<dl>" + "".join(
        f"<dt>{said(day)}</dt>" + "".join(f"<dd>{_link(c)}, {c.number}</dd>" for c in same)
        for day, same in _by_day(cases)
    ) + "</dl>",
    "definition list by title": lambda cases, said: "<dl>" + "".join(
        f"<dt>{_link(c)}</dt><dd>Docket {c.number}</dd><dd>Released {said(c.day)}</dd>" for c in cases
    ) + "</dl>",
    "nested lists": lambda cases, said: "<ul>" + "".join(
        f"<li>{said(day)}<ul>" + "".join(f"<li>{_link(c)}</li>" for c in same) + "</ul></li>"
        for day, same in _by_day(cases)
    ) + "</ul>",
    "a heading and a list a day": lambda cases, said: "".join(
        f"<h3>{said(day)}</h3><ul>" + "".join(f"<li>{c.number} {_link(c)}</li>" for c in same) + "</ul>"
        for day, same in _by_day(cases)
    ),
    "months and numbers of days": lambda cases, said: "".join(
        f"<h3>{month}</h3>" + _rows(list(same), lambda c: f"<td>{c.day.day}</td><td>{_link(c)}</td>")
        for month, same in groupby(cases, key=lambda c: f"{c.day:%B %Y}")
    ),
    "year above, month and day in the row": lambda cases, said: f"<h2>{cases[0].day.year} Opinions</h2>"
    + _rows(cases, lambda c: f"<td>{c.day:%b}. {c.day.day}</td><td>{_link(c)}</td>"),
    "days linked under the year": lambda cases, said: f"<h3>{cases[0].day.year} Minutes</h3><ul>"
    + "".join(f"<li>{_link(c, f'{c.day:%B} {c.day.day}')}</li>" for c in cases) + "</ul>",
    "calendar": lambda cases, said: "".join(_month(list(same)) for _, same in groupby(
        cases, key=lambda c: (c.day.year, c.day.month))),
    "time element": lambda cases, said: "<ul>" + "".join(
        f"<li>{_link(c)} <time datetime='{c.day.isoformat()}'>some days ago</time></li>" for c in cases
    ) + "</ul>",
    "label read aloud": lambda cases, said: "<ul>" + "".join(
        f"<li><a href='{c.file}' aria-label='{c.name}, {FORMATS[0](c.day)}'>{c.name}</a></li>"
        for c in cases
    ) + "</ul>",
    "summaries with other days": lambda cases, said: "".join(
        f"<div><h4>{_link(c)}</h4><p>Appeal from a judgment entered June {at + 1}, 2016, and an order of"
        f" July 2, 2016.</p><p>Date filed: {said(c.day)} | Docket: {c.number}</p></div>"
        for at, c in enumerate(cases)
    ),
    "cards": lambda cases, said: "".join(
        f"<div class='card'><h4>{c.name}</h4><p>Argued: {said(c.day - _EARLIER)}</p>"
        f"<p>Released: {said(c.day)}</p>{_link(c, 'View Opinion')}</div>"
        for c in cases
    ),
    "boxes": lambda cases, said: "".join(
        f"<div><div>{said(c.day)}</div><div>{c.number}</div><div>{_link(c)}</div></div>" for c in cases
    ),
    "a table a case": lambda cases, said: "".join(
        f"<table><tr><td>Case Number:</td><td>{c.number}</td></tr><tr><td>Caption:</td><td>{c.name}</td></tr>"
        f"<tr><td>Date Filed:</td><td>{said(c.day)}</td></tr><tr><td>Opinion:</td><td>{_link(c, 'Download')}"
        "</td></tr></table><hr>"
        for c in cases
    ),
    "plain text": lambda cases, said: "<pre>"
    + "\n".join(f"{said(c.day):<28}{_link(c, c.number)}  {c.name}" for c in cases) + "</pre>",
    "a script's argument": lambda cases, said: _rows(
        cases,
        lambda c: f"<td>{said(c.day)}</td><td><a href=\"javascript:show('{c.file}')\">{c.name}</a></td>",
    ),
    "separate opinions and recordings": lambda cases, said: _rows(
        cases,
        lambda c: f"<td>{said(c.day)}</td><td>{_link(c)}</td><td>"
        + ("<a href='/separate/1.pdf'>Dissent</a>" if c.number.endswith("7") else "")
        + f"</td><td><a href='/audio/{c.number}'>Oral argument</a></td>",
    ),
}  # fmt: skip


def _month(cases: Sequence[Case]) -> str:
    first = cases[0].day
    cells = [f"<td><span>{n}</span>" + "".join(_link(c) for c in cases if c.day.day == n) + "</td>"
             for n in range(1, 32)]  # fmt: skip
    weeks = "".join(f"<tr>{''.join(cells[at : at + 7])}</tr>" for at in range(0, 31, 7))
    return f"<table><caption>{first:%B %Y}</caption>{weeks}</table>"
