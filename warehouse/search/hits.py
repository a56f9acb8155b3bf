"""From raw hits to what a list of hits shows: names, the first matching passage, folded copies."""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.bodies import BodyPlace
from warehouse.queries.reading import Published, Row, placeholders
from warehouse.records import Copy, SearchHit
from warehouse.search import snippets
from warehouse.search.folding import Page, Raw
from warehouse.search.naming import Names
from warehouse.search.nodes import Node
from warehouse.search.passages import Found, Sought, shown_passage

_PLACES = "select document_id, segment, start_at, length, places from document where document_id in ({ids})"
_EXCERPT = 400  # characters of a text that are looked at for its opening


def shown_hits(
    publication: Published, names: Names, page: Page, node: Node | None, with_snippets: bool
) -> tuple[SearchHit, ...]:
    """The hits of a page as records."""
    found = _passages(publication, names, page.hits, node) if with_snippets else {}
    return tuple(
        _hit(names, raw, found.get(raw.document_id), page.copies.get(raw.document_id, ()))
        for raw in page.hits
    )


def _passages(
    publication: Published, names: Names, hits: Sequence[Raw], node: Node | None
) -> dict[str, Found]:
    sought = Sought.of(node)
    ids = [raw.document_id for raw in hits]
    texts = {row["document_id"]: row for row in publication.rows(_PLACES.format(ids=placeholders(ids)), ids)}
    found = {}
    for raw in hits:
        text = texts.get(raw.document_id)
        if text is None or not names.shows_text(raw.card["source_id"]):
            continue
        body = _body(publication, text)
        row: Row = {
            "document_id": raw.document_id,
            "title": raw.card.get("title"),
            "excerpt": "\n".join(body[:3])[:_EXCERPT],
            "reuse": None,
            "files": raw.card.get("files", False),
            "body": body,
            "places": text["places"],
        }
        found[raw.document_id] = shown_passage(publication, row, sought)
    return found


def _body(publication: Published, text: Row) -> tuple[str, ...]:
    if text["segment"] is None:
        return publication.body(text["document_id"])
    return publication.body_at(BodyPlace(text["segment"], text["start_at"], text["length"]))


def _hit(names: Names, raw: Raw, found: Found | None, copies: Sequence[Raw]) -> SearchHit:
    card = raw.card
    passage = found.passage if found else snippets.Passage("", (), None)
    return SearchHit(
        document_id=raw.document_id,
        title=card.get("title", ""),
        url=card.get("url"),
        source_id=card["source_id"],
        department=card.get("department"),
        departments=tuple(card.get("departments", ())),
        topic=card.get("topic"),
        topics=tuple(card.get("topics", ())),
        doc_number=card.get("doc_number"),
        published=card.get("published"),
        level=card.get("level"),
        score=raw.score,
        snippet=passage.snippet,
        marks=passage.marks,
        paragraph=passage.paragraph,
        sample=bool(card.get("sample")),
        copies=tuple(_copy(names, one) for one in copies),
        place=found.place if found else None,
    )


def _copy(names: Names, one: Raw) -> Copy:
    card = one.card
    source = card["source_id"]
    return Copy(
        document_id=one.document_id,
        title=card.get("title", ""),
        url=card.get("url"),
        source_id=source,
        source_name=names.facet_names("source").get(source, source),
        published=card.get("published"),
    )
