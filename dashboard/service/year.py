"""The figures of a year's service: each with what is counted behind it, from the desk and the publication."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from warehouse.desk import Desk
from warehouse.desk.service.model import Request
from warehouse.exchange.csv_table import BOM, cell

COLUMNS = ("year", "figure", "series", "value", "of", "publication", "sample")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a figure counts, and where it is to be seen."""

    text: str
    page: str = ""
    parameters: Mapping[str, object] = field(default_factory=dict)
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: how many, of how many where it is a part, and the things counted."""

    key: str  # its word is `service.figure-<key>`
    value: int
    of: int | None = None
    series: str = ""
    lines: tuple[Line, ...] = ()

    @property
    def name(self) -> str:
        """How an address names it."""
        return f"{self.key}:{self.series}" if self.series else self.key


def years(desk: Desk, today: date) -> list[int]:
    """The years of which anything is known, the latest first; this one always."""
    asked = {one.asked_on.year for one in desk.requests.listed()}
    return sorted({today.year, *asked, *(one.year for one in desk.issues.all())}, reverse=True)


def span(year: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first instant of a year at the library and that of the next."""
    first, last = (datetime(one, 1, 1, tzinfo=zone).astimezone(UTC) for one in (year, year + 1))
    return first, last


def desk_figures(desk: Desk, year: int, today: date, zone: ZoneInfo) -> list[Figure]:
    """What the desk says of a year. Who adopted counts issue and recipient pairs that were delivered."""
    requests = desk.requests.listed(year=year)
    due = [one for one in requests if one.due and (one.delivered_on or one.due < today)]
    in_time = [one for one in due if one.in_time]
    return [
        Figure("requests", len(requests), lines=_requests(requests)),
        Figure("in-time", len(in_time), len(due), lines=_requests(in_time)),
        *_searched(desk, *span(year, zone)),
        *_products(desk, year),
        Figure("handed", *_handed(desk, year)),
        Figure("corrections", *_corrections(desk, span(year, zone), zone)),
    ]


def as_csv(year: int, figures: Iterable[Figure], publication_id: str, sample: bool) -> bytes:
    """One row a figure; cells that would be taken for formulas are text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in figures:
        row = (year, one.key, one.series, one.value, one.of, publication_id, sample)
        writer.writerow([cell(value) for value in row])
    return (BOM + out.getvalue()).encode("utf-8")


def _requests(requests: Sequence[Request]) -> tuple[Line, ...]:
    return tuple(
        Line(f"{one.department}：{one.need}", "service", {"request": one.request_id}, one.asked_on)
        for one in requests
    )


def _searched(desk: Desk, start: datetime, end: datetime) -> list[Figure]:
    """Sources and searches that were noted for requests in the year, each once."""
    noted = desk.requests.answers.made_between(start, end)
    sources = {one.key: one for one in noted if one.kind == "source"}
    searches = {(one.kind, one.key): one for one in noted if one.kind in ("search", "query")}
    of_search = tuple(
        Line(one.label, "docs", {"saved" if one.kind == "search" else "s": one.key})
        for one in searches.values()
    )
    of_source = tuple(Line(one.label, "listing", {"source": one.key}) for one in sources.values())
    return [
        Figure("sources", len(sources), lines=of_source),
        Figure("searches", len(searches), lines=of_search),
    ]


def _products(desk: Desk, year: int) -> list[Figure]:
    """Signed issues by series; how often they were delivered, read and adopted."""
    issues = desk.issues.all(year=year)
    by_series = Counter(one.series for one in issues)
    figures = [
        Figure(
            "products",
            count,
            series=series,
            lines=tuple(
                Line(f"{one.year}-{one.number} {one.title}", "reports", {"issue": one.issue_id})
                for one in issues
                if one.series == series
            ),
        )
        for series, count in sorted(by_series.items())
    ]
    received = [one for one in desk.issues.adoption() if one.year == year]
    delivered = sum(one.delivered for one in received)
    lines = tuple(Line(one.series, "reports", {"series": one.series}) for one in received)
    return [
        *(figures or [Figure("products", 0)]),
        Figure("sent", delivered, lines=lines),
        Figure("read", sum(one.read for one in received), delivered, lines=lines),
        Figure("adopted", sum(one.adopted for one in received), delivered, lines=lines),
        Figure("issues-adopted", sum(one.issues_adopted for one in received), len(issues), lines=lines),
    ]


def _handed(desk: Desk, year: int) -> tuple[int, None, str, tuple[Line, ...]]:
    handed = desk.requests.answers.deliveries(year=year)
    lines = tuple(Line(one.what, "service", {"request": one.request_id}, one.day) for one in handed)
    return len(handed), None, "", lines


def _corrections(
    desk: Desk, within: tuple[datetime, datetime], zone: ZoneInfo
) -> tuple[int, None, str, tuple[Line, ...]]:
    """Corrections made in the year that were not undone; confirming a label corrects nothing."""
    start, end = within
    made = [
        one
        for one in desk.corrections(active=False)
        if start <= one.created_at < end and one.undone_at is None and not one.confirms
    ]
    lines = tuple(
        Line(
            f"{one.field}：{one.document_id}",
            "doc",
            {"id": one.document_id},
            one.created_at.astimezone(zone).date(),
        )
        for one in made
    )
    return len(made), None, "", lines
