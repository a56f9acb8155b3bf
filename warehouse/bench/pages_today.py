"""The queries of the first page: what is told since a look, nearer deadlines, reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from warehouse.publication import Publication
from warehouse.queries import pages_listing
from warehouse.queries.nearer import Between, nearer, with_sentences
from warehouse.queries.pages_listing import Selection
from warehouse.queries.reader_delta import Told
from warehouse.queries.reasons import MOST, Wish, reasons
from warehouse.queries.unusual import unusual_weeks

if TYPE_CHECKING:
    from warehouse.bench.pages import Usual

_TOLD = 1_000  # documents of a busy look
_AWAY = 7  # days


def today_queries(publication: Publication, usual: Usual) -> Iterator[tuple[str, str, Callable[[], object]]]:
    """A reader who comes back after a week in which a thousand documents came."""
    rows = publication.rows(f"select document_id from document order by document_no desc limit {_TOLD}")
    ids = tuple(str(row["document_id"]) for row in rows)
    told = Selection("new", told=Told(0, 1, ids), told_once=True)
    looks = Between(usual.today - timedelta(days=_AWAY), usual.today, 0, 1, frozenset(ids), frozenset(), {})
    wish = Wish((usual.cited,), (usual.theme,), (usual.department,))
    near = nearer(publication, looks)[:6]
    yield "today", "look: count", lambda: pages_listing.count_documents(publication, told)
    yield "today", "look: sources", lambda: pages_listing.count_sources(publication, told)
    yield "today", "look: list", lambda: pages_listing.list_documents(publication, told, 13)
    yield "today", "look: names", lambda: pages_listing.list_names(publication, told, MOST)
    yield "today", "look: count_sources_of", lambda: pages_listing.count_sources_of(publication, ids)
    yield "today", "nearer", lambda: nearer(publication, looks)
    yield "today", "nearer: sentences", lambda: with_sentences(publication, near)
    yield "today", "unusual weeks", lambda: unusual_weeks(publication, usual.today)
    yield "today", "reasons", lambda: reasons(publication, ids[:MOST], wish, usual.today)
