"""The earliest dated document that a search finds, and how many it finds, without making a page of hits."""

from __future__ import annotations

from datetime import date

import tantivy

from warehouse.queries.reading import Published
from warehouse.search.filters import Filters
from warehouse.search.folding import read
from warehouse.search.index import readable
from warehouse.search.query import prepare

_DATED_FROM = date(1900, 1, 1)  # undated documents are no first ones


def first_found(
    publication: Published, query: str, *, region: str | None = None, department: str | None = None
) -> tuple[str | None, int]:
    """The earliest dated document of a region or body that a query finds, and how many dated ones there are.

    A UserError names what cannot be read or is not known, as in `search`.
    """
    with readable(publication.index_folder):
        wanted = prepare(publication, query, Filters(region=region, department=department, since=_DATED_FROM))
        searcher = wanted.reader.searcher
        if not searcher.num_docs:
            return None, 0
        answer = searcher.search(
            wanted.found, limit=1, count=True, order_by_field="day", order=tantivy.Order.Asc
        )
        if not answer.hits:
            return None, 0
        return read(searcher, answer.hits[0][1]).document_id, int(answer.count)
