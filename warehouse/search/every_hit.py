"""All documents that a search finds, without ranking, passages and facets: for saved searches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import tantivy

from warehouse.errors import UserError
from warehouse.queries.reading import Published
from warehouse.search.filters import Filters
from warehouse.search.index import readable
from warehouse.search.query import prepare


def count_hits(publication: Published, query: str, **filters: Any) -> int:
    """How many documents the search finds; a UserError as `search` raises it."""
    with readable(publication.index_folder):
        searcher, wanted = _prepared(publication, query, filters)
        return int(searcher.search(wanted, limit=1, count=True).count)


def every_hit(publication: Published, query: str, **filters: Any) -> Iterator[str]:
    """The id of every document that the search finds, in no order that means anything."""
    with readable(publication.index_folder):
        searcher, wanted = _prepared(publication, query, filters)
        found = (
            searcher.search(wanted, limit=searcher.num_docs, count=False).hits if searcher.num_docs else ()
        )
    for _, address in found:
        with readable(publication.index_folder):
            name = searcher.doc(address)["id"][0]
        yield name


def _prepared(publication: Published, query: str, filters: dict[str, Any]) -> tuple[Any, Any]:
    wanted = prepare(publication, query, Filters(**filters))
    return wanted.reader.searcher, tantivy.Query.const_score_query(wanted.found, 1.0)


def hits_now(publication: Published, query: str) -> int | None:
    """How many documents a query finds that was typed some time ago; None when it cannot be read."""
    try:
        return count_hits(publication, query)
    except UserError:
        return None
