"""What page and paper ask of a subject beside its lists: the same questions, periods and order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from dashboard.briefing.assemble import DUE_DAYS
from dashboard.briefing.matrix import (
    Column,
    MatrixRow,
    cell,
    columns_of_classes,
    columns_of_terms,
    regions_shown,
)
from dashboard.briefing.model import Briefing
from dashboard.briefing.trend import MONTHS, MonthCount, first_month, month_counts
from dashboard.reads import Reads
from warehouse.publication import Publication
from warehouse.queries import (
    briefing_carried,
    briefing_force,
    briefing_known,
    briefing_matrix,
    briefing_trend,
)

AHEAD = 60  # days in which a document takes force that is told beforehand
_YEARS = 3  # of documents whose aims are compared
_FEWEST_DAYS = 90  # a week names too few problems to be worth a section
_YEAR = 365
Row = dict[str, Any]


def asked_of(briefing: Briefing) -> tuple[str, str]:
    """Kind and key, as the queries of briefings take them."""
    return briefing.subject.kind, briefing.subject.key


def carried(read: Reads, briefing: Briefing) -> list[Row]:
    """What the briefing before had open or due, each point with its state and what was seen of it."""
    found: list[Row] = read(_carried, *asked_of(briefing), briefing.since, briefing.today, briefing.timezone)
    return found


def taking_force(read: Reads, briefing: Briefing) -> list[Row]:
    """Documents that took force in the period or take it within `AHEAD` days, soonest first."""
    last = briefing.today + timedelta(days=AHEAD)
    found: list[Row] = read(briefing_force.taking_force, *asked_of(briefing), briefing.since, last)
    return found


def disputed(read: Reads, briefing: Briefing) -> list[list[Row]]:
    """Figures that differ for one aim, in documents of this year and the three before."""
    since = briefing.today.replace(month=1, day=1)
    since = since.replace(year=since.year - _YEARS)
    found: list[list[Row]] = read(briefing_force.disputed, *asked_of(briefing), since)
    return found


def findings_since(briefing: Briefing) -> date:
    """From when on sentences are looked for: the period, three months at least."""
    return min(briefing.since, briefing.today - timedelta(days=_FEWEST_DAYS))


def findings(read: Reads, briefing: Briefing) -> list[Row]:
    """Sentences that name a problem or a measure, the surest of each kind first."""
    found: list[Row] = read(briefing_known.findings, *asked_of(briefing), findings_since(briefing))
    return found


def related_since(briefing: Briefing) -> date:
    """From when on documents say which classes go together."""
    return briefing.today.replace(day=1) - timedelta(days=_YEAR)


def related(read: Reads, briefing: Briefing) -> list[Row]:
    """Topic classes that stand beside the subject; of a region, its own."""
    found: list[Row] = read(briefing_known.related_topics, *asked_of(briefing), related_since(briefing))
    return found


def months(read: Reads, briefing: Briefing) -> tuple[MonthCount, ...]:
    """The months of the subject up to that of the briefing."""
    asked = asked_of(briefing)
    first = first_month(briefing.today, MONTHS + 11)
    rows = read(briefing_trend.months, *asked, first, briefing.today)
    sources = read(briefing_trend.sources_of, *asked)
    return month_counts(rows, sources, read(briefing_trend.months_heard), briefing.today)


def matrix(read: Reads, briefing: Briefing) -> tuple[tuple[Column, ...], tuple[MatrixRow, ...]]:
    """Columns and rows: a theme's words, a topic's classes, a region beside those of its level.

    Nothing for a department, which has no regions.
    """
    subject, home = briefing.subject, briefing.home_region
    if subject.kind == "department":
        return (), ()
    beside = subject.key if subject.kind == "region" else ""
    regions = regions_shown(read(briefing_matrix.regions_covered), home, beside)
    if subject.kind == "theme":
        terms = read(briefing_matrix.terms_of_theme, subject.key)
        named = {term: read(briefing_matrix.regions_naming, term) for term in terms}
        shown = {row["region"] for row in regions}
        here = {term: {r: n for r, n in counts.items() if r in shown} for term, counts in named.items()}
        columns = columns_of_terms(here)
        lacking = {one.key: read(briefing_matrix.regions_lacking, one.key) for one in columns}
        if columns:
            return columns, _rows(regions, home, columns, here, lacking)
    counts, columns = _classes(read, briefing)
    return columns, _rows(regions, home, columns, counts, {})


def _carried(
    publication: Publication, kind: str, key: str, issued: date, today: date, timezone: str
) -> list[Row]:
    ahead = issued + timedelta(days=DUE_DAYS)
    return briefing_carried.carried_over(publication, kind, key, issued, today, ahead, timezone=timezone)


def _classes(read: Reads, briefing: Briefing) -> tuple[dict[str, dict[str, int]], tuple[Column, ...]]:
    """Documents by class and region, and the classes that make columns."""
    subject = briefing.subject
    counts: dict[str, dict[str, int]] = {}
    if subject.kind == "region":
        since = briefing.today.replace(year=briefing.today.year - 1, day=1)
        for row in read(briefing_known.related_topics, *asked_of(briefing), since):
            counts[row["code"]] = read(briefing_matrix.regions_of_class, row["code"])
        return counts, tuple(Column("topic", code) for code in counts)
    rows = read(briefing_matrix.classes_by_region, *asked_of(briefing))
    for row in rows:
        counts.setdefault(row["code"], {})[row["region"]] = int(row["documents"])
    return counts, columns_of_classes(rows, subject.key if subject.kind == "topic" else "")


def _rows(
    regions: Sequence[Mapping[str, Any]], home: str, columns: Sequence[Column],
    counts: Mapping[str, Mapping[str, int]], lacking: Mapping[str, Mapping[str, list[Any]]],
) -> tuple[MatrixRow, ...]:  # fmt: skip
    return tuple(
        MatrixRow(
            str(row["region"]),
            row["region"] == home,
            int(row["sources"]),
            tuple(
                cell(counts[one.key].get(row["region"], 0), lacking.get(one.key, {}).get(row["region"], ()))
                for one in columns
            ),
        )
        for row in regions
    )
