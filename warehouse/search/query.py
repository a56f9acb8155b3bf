"""Searching a publication: hits of one page, the exact total and facet counts over all hits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import tantivy
from tantivy import Occur

from warehouse.errors import UserError
from warehouse.queries.classes import class_paths
from warehouse.queries.issuers import issuer_names
from warehouse.queries.reading import Published, Row, placeholders
from warehouse.records import SearchAnswer, SearchHit
from warehouse.search import snippets
from warehouse.search.characters import Reader
from warehouse.search.facets import FACETS, named_facets
from warehouse.search.filters import Filters, clauses
from warehouse.search.grammar import Node, parse, terms
from warehouse.search.index import published_index
from warehouse.search.matching import found_query, ranked_query
from warehouse.search.passages import leaves_choice, shown_passage
from warehouse.search.problems import SearchProblem

MAX_LIMIT = 1000
MAX_OFFSET = 100_000
ORDERS = ("relevance", "date")
_FACET_SIZE = 1000

_HITS = """
select d.document_id, d.title, d.url, d.source_id, d.department_name, d.topic_path, d.doc_number, d.published,
    d.level, d.excerpt, d.sample, s.reuse
from document d left join source s using (source_id) where d.document_id in ({ids})
"""


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
    since: date | None = None,
    until: date | None = None,
    in_force: bool = False,
    limit: int = 20,
    offset: int = 0,
    order: str = "relevance",
) -> SearchAnswer:
    """Search titles, bodies, numbers and attachment texts; the language is described in `search/grammar.py`.

    An empty query lists what the filters leave, newest first. Total and facets are exact and count the
    publication. Order `date` puts the newest first and undated documents last. A UserError names what
    cannot be read: a place in the query, or a department, topic, region, level, source or kind that is
    not known here.
    """
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
    node = parse(query)
    index = published_index(publication.index_folder)
    filters = Filters(department, topic, level, region, source, doc_type, since, until, in_force)
    narrowing = clauses(publication, index.schema, filters)
    reader = Reader.of(index)
    searcher = reader.searcher
    found = _joined(found_query(reader, node) if node else tantivy.Query.all_query(), narrowing)
    by_date = order == "date" or node is None
    ranked = found if by_date or node is None else _joined(ranked_query(reader, node), narrowing)
    total, scored = _page(searcher, ranked, by_date, limit, offset)
    return SearchAnswer(
        query=query,
        total=total,
        hits=_hits(publication, scored, node),
        facets=named_facets(publication, _facets(searcher, found)),
        publication_id=publication.publication_id,
    )


def _joined(query: Any, narrowing: Sequence[tuple[Any, Any]]) -> Any:
    return tantivy.Query.boolean_query([(Occur.Must, query), *narrowing])


def _facets(searcher: Any, found: Any) -> dict[str, list[dict[str, Any]]]:
    asked = {name: {"terms": {"field": field, "size": _FACET_SIZE}} for name, field in FACETS.items()}
    answer = searcher.aggregate(found, asked) if searcher.num_docs else {}
    return {name: answer.get(name, {}).get("buckets", []) for name in FACETS}


def _page(
    searcher: Any, query: Any, by_date: bool, limit: int, offset: int
) -> tuple[int, list[tuple[float, str]]]:
    """The exact total and (score, id) of the asked page; a listing by date has no scores."""
    ordering = {"order_by_field": "day"} if by_date else {"weight_by_field": "prior"}
    answer = searcher.search(query, limit=limit, offset=offset, count=True, **ordering)
    hits = [
        (0.0 if by_date else float(score), searcher.doc(address)["id"][0]) for score, address in answer.hits
    ]
    return int(answer.count), hits


def _hits(
    publication: Published, scored: list[tuple[float, str]], node: Node | None
) -> tuple[SearchHit, ...]:
    ids = [document_id for _, document_id in scored]
    rows = {row["document_id"]: row for row in publication.rows(_HITS.format(ids=placeholders(ids)), ids)}
    wanted, choice = snippets.patterns(terms(node)), leaves_choice(node)
    issuers, classes = issuer_names(publication, ids), class_paths(publication, ids)
    return tuple(
        _hit(publication, rows[found], score, wanted, choice, issuers.get(found, ()), classes.get(found, ()))
        for score, found in scored
        if found in rows
    )


def _hit(
    publication: Published, row: Row, score: float, wanted: Sequence[Any], choice: bool,
    departments: tuple[str, ...], topics: tuple[str, ...],
) -> SearchHit:  # fmt: skip
    found = shown_passage(publication, row, wanted, choice=choice)
    passage = found.passage
    return SearchHit(
        document_id=row["document_id"],
        title=row["title"],
        url=row["url"],
        source_id=row["source_id"],
        department=row["department_name"],
        departments=departments,
        topic=row["topic_path"],
        topics=topics,
        doc_number=row["doc_number"],
        published=row["published"].isoformat() if row["published"] else None,
        level=row["level"],
        score=score,
        snippet=passage.snippet,
        marks=passage.marks,
        paragraph=passage.paragraph,
        sample=bool(row["sample"]),
        place=found.place,
    )
