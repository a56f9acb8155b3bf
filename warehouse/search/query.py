"""Searching a publication: hits of one page, the exact total and facet counts over all hits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import tantivy

from warehouse.errors import UserError
from warehouse.queries.reading import Published
from warehouse.records import SearchAnswer, SearchHit
from warehouse.search.characters import Reader
from warehouse.search.conditions import Condition, InForceOn, must
from warehouse.search.facets import facet_counts, lineage_names
from warehouse.search.filters import Filters, asked
from warehouse.search.folding import Asking, folded_page, plain_page
from warehouse.search.grammar import parse
from warehouse.search.hits import shown_hits
from warehouse.search.index import published_index, readable
from warehouse.search.matching import found_query, ranked_query
from warehouse.search.naming import Names, names_of
from warehouse.search.nodes import Every, Node, terms
from warehouse.search.passages import Sought
from warehouse.search.past import appearances, past_passage, with_past
from warehouse.search.problems import SearchProblem

MAX_LIMIT = 1000
MAX_OFFSET = 100_000
ORDERS = ("relevance", "date")


def search(
    publication: Published,
    query: str,
    *,
    department: str | None = None,
    topic: str | None = None,
    level: str | None = None,
    region: str | None = None,
    source: str | None = None,
    doc_type: str | None = None,
    language: str | None = None,
    since: date | None = None,
    until: date | None = None,
    in_force: bool = False,
    validity: str | None = None,
    has_attachment: bool | None = None,
    year: str | int | None = None,
    in_force_on: date | None = None,
    limit: int = 20,
    offset: int = 0,
    order: str = "relevance",
    facets: bool = True,
    fold: bool = True,
    with_snippets: bool = True,
    versions: bool = False,
) -> SearchAnswer:
    """Search titles, bodies, numbers and attachment texts; the language is described in `search/grammar.py`.

    An empty query lists what the filters leave, newest first. Total and facets are exact and count every
    document, copies too. Order `date` puts the newest first and undated documents last. With `fold` copies of
    one document are told with one hit; the next page begins at `next_offset`, a place among the hits before
    folding. `in_force_on` finds what is known to have been in force; how many more may have been is `unknown`
    of the answer. `versions` also finds what only a former version holds. A UserError names what cannot be
    read: a place in the query, or a department, topic, region, level, source or kind that is not known here.
    """
    _check(order, limit, offset)
    chosen = Filters(
        department=department, topic=topic, level=level, region=region, source=source, doc_type=doc_type,
        language=language, since=since, until=until, in_force=in_force, validity=validity,
        has_attachment=has_attachment, year=year, in_force_on=in_force_on,
    )  # fmt: skip
    with readable(publication.index_folder):
        wanted = prepare(publication, query, chosen, versions=versions)
        by_date = order == "date" or wanted.node is None
        asking = Asking(wanted.reader, wanted.found, wanted.found if by_date else wanted.ranked(), by_date)
        total, raw = asking.raw(limit, offset, count=True)
        page = folded_page(asking, raw, total, offset, limit) if fold else plain_page(raw, total, offset)
        hits = shown_hits(publication, wanted.names, page, wanted.node, with_snippets)
        if versions and wanted.node:
            hits = _with_appearances(publication, wanted, hits)
        counted = facet_counts(wanted.reader, wanted.names, wanted.found) if facets else {}
        unknown = _unknown(wanted)
    return SearchAnswer(
        query=query,
        total=total,
        hits=hits,
        facets=counted,
        publication_id=publication.publication_id,
        next_offset=page.next_offset if page.next_offset and page.next_offset <= MAX_OFFSET else None,
        unknown=unknown,
        lineage=lineage_names(wanted.names, counted),
    )


@dataclass(frozen=True, slots=True)
class Prepared:
    """A query ready to be asked of a publication's index."""

    publication: Published
    reader: Reader
    names: Names
    node: Node | None  # what is asked of the text, fields that narrow the whole taken out
    conditions: tuple[Condition, ...]
    versions: bool
    found: Any

    def ranked(self) -> Any:
        """The same documents scored."""
        if self.node is None:
            return self.found
        scored = ranked_query(self.reader, self.node, _issuers(self.names, self.node))
        return must(self.reader.schema, self._through_versions(scored), self.conditions)

    def with_conditions(self, conditions: Iterable[Condition]) -> Any:
        """What is found with other conditions."""
        found = found_query(self.reader, self.node) if self.node else tantivy.Query.all_query()
        return must(self.reader.schema, self._through_versions(found), conditions)

    def _through_versions(self, current: Any) -> Any:
        if not self.versions or self.node is None:
            return current
        return with_past(self.publication, self.reader, self.node, current)


def prepare(publication: Published, query: str, filters: Filters, *, versions: bool = False) -> Prepared:
    """Read a query and its filters; a UserError names what cannot be read."""
    node = parse(query)
    names = names_of(publication)
    wanted = asked(names, node, filters)
    reader = Reader.of(published_index(publication.index_folder))
    prepared = Prepared(publication, reader, names, wanted.node, wanted.conditions, versions, None)
    return replace(prepared, found=prepared.with_conditions(wanted.conditions))


def _check(order: str, limit: int, offset: int) -> None:
    if order not in ORDERS:
        raise UserError(f"Order '{order}' is unknown; order by {' or '.join(ORDERS)}.")
    if not 0 <= offset <= MAX_OFFSET:
        raise SearchProblem(
            f"A search shows at most its first {MAX_OFFSET} hits; narrow it by department, topic or date.",
            "far",
            most=MAX_OFFSET,
        )
    if not 1 <= limit <= MAX_LIMIT:
        raise UserError(
            f"A search shows 1 to {MAX_LIMIT} hits at once, not {limit}; choose a limit between them."
        )


def _issuers(names: Names, node: Node) -> tuple[str, ...]:
    """The bodies that the words of a query name: 教育部 预算 is first of all what 教育部 issued."""
    named = node.parts if isinstance(node, Every) else (node,)
    if len(named) < 2:
        return ()
    found = (
        code for term in terms(node) for body in names.bodies_called(term.text) for code in names.family(body)
    )
    return tuple(dict.fromkeys(found))


def _unknown(wanted: Prepared) -> int | None:
    """Of how many more documents it is not known whether they were in force on the day that is asked for."""
    if not any(isinstance(one, InForceOn) for one in wanted.conditions):
        return None
    turned = [replace(one, unknown=True) if isinstance(one, InForceOn) else one for one in wanted.conditions]
    found = wanted.with_conditions(turned)
    return int(wanted.reader.searcher.search(found, limit=1, count=True).count)


def _with_appearances(
    publication: Published, wanted: Prepared, hits: tuple[SearchHit, ...]
) -> tuple[SearchHit, ...]:
    """The hits of a search through past versions with the version that first held the words."""
    assert wanted.node is not None
    since = appearances(publication, wanted.reader, wanted.node, [hit.document_id for hit in hits])
    sought = Sought.of(wanted.node)
    patterns = (*sought.anywhere, *sought.text)
    shown = []
    for hit in hits:
        first = since.get(hit.document_id)
        if first is None:
            shown.append(hit)
            continue
        hit = replace(hit, first_seen_version=first.version_no, appearance=first)
        gone = first.gone_version is not None and wanted.names.shows_text(hit.source_id)
        former = past_passage(publication, hit.document_id, first.version_no, patterns) if gone else None
        if former:
            hit = replace(
                hit, snippet=former.snippet, marks=former.marks, paragraph=None,
                appearance=replace(first, paragraph=former.paragraph),
            )  # fmt: skip
        shown.append(hit)
    return tuple(shown)
