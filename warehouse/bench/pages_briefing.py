"""Queries of a briefing's parts, of the regions and of the page on completeness, as readers ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from warehouse.publication import Publication
from warehouse.queries import (
    bases,
    briefing,
    briefing_carried,
    briefing_force,
    briefing_known,
    briefing_matrix,
    briefing_trend,
    duty_evidence,
    pages_completeness,
    regions,
    series,
    wanted,
)
from warehouse.summaries.period import period_summary

if TYPE_CHECKING:
    from warehouse.bench.pages import Usual

_PERIOD, _AHEAD, _YEARS, _TERMS, _LISTED = 30, 60, 3, 3, 50
_Made = Iterator[tuple[str, str, Callable[[], object]]]


def briefing_parts(publication: Publication, usual: Usual) -> _Made:
    """Every part for a subject of each kind; a carried list and its evidence are two questions."""
    kinds = (
        ("theme", usual.theme),
        ("topic", usual.topic),
        ("department", usual.department),
        ("region", usual.region),
    )
    for kind, key in kinds:
        page = {"department": "departments", "region": "regions"}.get(kind, "topics")
        for name, ask in _parts(publication, usual.today, kind, key):
            yield page, f"{kind}: {name}", ask
    yield "topics", "months_heard", partial(briefing_trend.months_heard, publication)
    yield "topics", "regions_covered", partial(briefing_matrix.regions_covered, publication)
    for term in briefing_matrix.terms_of_theme(publication, usual.theme)[:_TERMS]:
        yield "topics", f"regions_naming {term}", partial(briefing_matrix.regions_naming, publication, term)
        yield "topics", f"regions_lacking {term}", partial(briefing_matrix.regions_lacking, publication, term)
    yield "regions", "regions_of_class", partial(briefing_matrix.regions_of_class, publication, usual.topic2)
    yield "regions", "regions", partial(regions.regions, publication)
    yield "every page", "ended_bases", partial(bases.ended_bases, publication, usual.hits)


def _parts(
    publication: Publication, today: date, kind: str, key: str
) -> Iterator[tuple[str, Callable[[], object]]]:
    since, ahead = today - timedelta(days=_PERIOD), today + timedelta(days=_AHEAD)
    asked = (publication, kind, key)
    before, then = since - timedelta(days=_PERIOD), since + timedelta(days=_AHEAD)
    listed = briefing_carried.listed_then(*asked, before, then, since)
    yield "months", partial(briefing_trend.months, *asked, today - timedelta(days=36 * 31), today)
    yield "sources_of", partial(briefing_trend.sources_of, *asked)
    yield "states", partial(briefing_force.states, *asked)
    yield "taking_force", partial(briefing_force.taking_force, *asked, since, ahead)
    yield "disputed", partial(briefing_force.disputed, *asked, today - timedelta(days=365 * _YEARS))
    yield "listed_then", partial(briefing_carried.listed_then, *asked, before, then, since)
    yield "evidence_of", partial(duty_evidence.evidence_of, publication, listed, today)
    yield "key_documents", partial(briefing_known.key_documents, *asked)
    yield "related_topics", partial(briefing_known.related_topics, *asked, today - timedelta(days=365))
    yield "findings", partial(briefing_known.findings, *asked, since)
    yield "classes_by_region", partial(briefing_matrix.classes_by_region, *asked)
    new = tuple(row["document_id"] for row in briefing.new_documents(*asked, since, today))
    yield "period_summary", partial(period_summary, publication, new)
    if kind == "region":
        yield "new_documents", partial(briefing.new_documents, *asked, since, today)
        yield "actors", partial(briefing.actors, *asked, since, today)


def completeness(publication: Publication, usual: Usual) -> _Made:
    """Choices, totals and the first page of each part."""
    page = "completeness"
    for query in (
        pages_completeness.series_count,
        pages_completeness.organs,
        pages_completeness.years,
        pages_completeness.wanted_issuers,
        pages_completeness.wanted_count,
        pages_completeness.source_coverage,
    ):
        yield page, query.__name__, partial(query, publication)
    yield page, "gap_totals", partial(pages_completeness.gap_totals, publication, ())
    yield (
        page,
        "gap_totals of a source",
        partial(pages_completeness.gap_totals, publication, (), None, None, usual.source),
    )
    yield page, "series_gaps", partial(series.series_gaps, publication, (), limit=_LISTED)
    yield page, "series_list", partial(series.series_list, publication, limit=_LISTED)
    yield page, "wanted_list", partial(wanted.wanted_list, publication, limit=_LISTED)
