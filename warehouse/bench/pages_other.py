"""Queries that several pages ask beside their own, and that forms and briefings ask of a few documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from warehouse.publication import Publication
from warehouse.queries import (
    briefing_carried,
    compare,
    export,
    networks,
    pages_archive,
    pages_completeness,
    pages_document,
    pages_listing,
    pages_runs,
    regions,
    report,
    review,
    routing,
    series,
    subjects,
    wanted,
)
from warehouse.records import ParsedNumber

if TYPE_CHECKING:
    from warehouse.bench.pages import Usual

_PERIOD, _AHEAD = 30, 60
# Questions that no page asks: what is printed or written out by a command, once, for a program or a person,
# or put in order once for all readers of a publication.
COMMANDS_ONLY = frozenset(
    {
        "networks.network_lines",  # govbrief export: every rank, community and cascade
        "routing.list_routes",  # govbrief routing
        "routing.routing_counts",  # govbrief routing: all documents counted
        "series.series_totals",  # govbrief series --by
        "wanted.duplicate_groups",  # govbrief duplicates
        "wanted.excerpts",  # govbrief duplicates
        "teaching.candidates",  # a sitting is drawn out of all documents, in a process of its own
        "subjects.theme_counts",  # govbrief themes
        "review.open_labels",  # the review queue, put in order once a publication and kept (1 s at 45,000)
        "review.open_facts",  # likewise
    }
)


def other_queries(publication: Publication, usual: Usual) -> Iterator[tuple[str, str, Callable[[], object]]]:
    """Those of forms, exports of a page, provenance and the points that a briefing carries over."""
    hits, day = usual.hits, usual.today - timedelta(days=_PERIOD)
    yield "every page", "count_sources_of", partial(pages_listing.count_sources_of, publication, hits)
    yield "every page", "as_of", partial(networks.as_of, publication)
    yield "every page", "at_home", partial(regions.at_home, publication, hits, usual.region)
    yield (
        "every page",
        "code_names",
        partial(subjects.code_names, publication, (usual.topic, usual.department)),
    )
    yield "briefing", "subject_names", partial(subjects.subject_names, publication)
    yield "briefing", "archived_copies", partial(report.archived_copies, publication, hits)
    for kind, key in (("theme", usual.theme), ("department", usual.department), ("region", usual.region)):
        asked = (publication, kind, key, day, usual.today, usual.today + timedelta(days=_AHEAD))
        yield "briefing", f"{kind}: carried_over", partial(briefing_carried.carried_over, *asked)
    yield "doc", "former_versions", partial(pages_document.former_versions, publication, usual.document)
    yield "doc", "former_text", partial(pages_document.former_text, publication, usual.document, 1)
    yield "doc", "source_terms", partial(pages_runs.source_terms, publication, usual.source)
    file = _file(publication)
    yield "doc", "attachment_text", partial(pages_document.attachment_text, publication, *file)
    yield "archive", "documents_of", partial(pages_archive.documents_of, publication, usual.capture)
    words = _words(publication, usual.document)
    if usual.region and words:
        first = partial(compare.first_named, publication, "region", usual.region, words)
        yield "compare", "first_named", first
    yield "routing", "named", partial(routing.named, publication, hits)
    yield "review", "label_rows", partial(review.label_rows, publication, hits)
    yield "review", "likely_classes", partial(review.likely_classes, publication, "topic", hits)
    yield "runs", "run_names", partial(pages_runs.run_names, publication)
    yield "docs", "document_rows of a page", lambda: list(export.document_rows(publication, hits))
    yield "docs", "reference_rows of a page", lambda: list(export.reference_rows(publication, hits))
    yield "routing", "routed_name", partial(routing.routed_name, publication, usual.local)
    for name, number in _numbers(publication).items():
        yield "completeness", f"standing of a {name} number", partial(series.standing, publication, number)
    yield "completeness", "is_organ", partial(pages_completeness.is_organ, publication, usual.department)
    yield "completeness", "wanted_total", partial(wanted.wanted_total, publication)


def _file(publication: Publication) -> tuple[str, str]:
    """A file that has a text, by its document and address."""
    sql = "select document_id, url from attachment where text is not null order by document_no desc limit 1"
    rows = publication.rows(sql)
    return (str(rows[0]["document_id"]), str(rows[0]["url"])) if rows else ("", "")


def _words(publication: Publication, document_id: str) -> str:
    """The end of a title, which others may name too."""
    rows = publication.rows("select title from document where document_id = ?", [document_id])
    return str(rows[0]["title"] or "")[-4:] if rows else ""


def _numbers(publication: Publication) -> dict[str, ParsedNumber]:
    """A number that is held, and one of a series that nobody has."""
    rows = publication.rows(
        "select number_normal as normal, number_organ as organ, number_year as year, number_serial as serial"
        " from document where number_serial is not null order by document_no desc limit 1"
    )
    found = {"unknown": ParsedNumber("", "x〔1990〕1号", "x", 1990, 1)}
    if rows:
        found["held"] = ParsedNumber(str(rows[0]["normal"]), **rows[0])
    return found
