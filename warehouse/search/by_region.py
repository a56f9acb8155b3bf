"""How many documents of each region a search finds, and which, without making a page of hits."""

from __future__ import annotations

from warehouse.queries.reading import Published
from warehouse.search.conditions import OneOf, must
from warehouse.search.filters import Filters
from warehouse.search.index import readable
from warehouse.search.query import prepare, search

_MOST_REGIONS = 500


def region_counts(publication: Published, query: str) -> dict[str, int]:
    """Documents found by region, without reprints: what a region only prints again is not its own.

    UserError as in `search`.
    """
    with readable(publication.index_folder):
        wanted = prepare(publication, query, Filters())
        if not wanted.reader.searcher.num_docs:
            return {}
        asked = {"region": {"terms": {"field": "region", "size": _MOST_REGIONS}}}
        own = must(wanted.reader.schema, wanted.found, [OneOf(("copy",), ("yes",), negative=True)])
        answer = wanted.reader.searcher.aggregate(own, asked)
    return {str(one["key"]): int(one["doc_count"]) for one in answer["region"]["buckets"]}


def documents_found(publication: Published, query: str, limit: int) -> tuple[str, ...]:
    """The documents of the best hits, copies included."""
    answer = search(publication, query, limit=limit, facets=False, fold=False, with_snippets=False)
    return tuple(hit.document_id for hit in answer.hits)
