"""What a reference to one document is made of, for its page."""

from __future__ import annotations

from warehouse.queries.by_name import document_no
from warehouse.queries.issuers import EACH_ISSUER
from warehouse.queries.reading import Published, Row

# One document, its site and the day of its copy; classes and relations are no part of a reference.
CITED = """
    select d.document_id, d.source_id, d.url, d.title, d.doc_number, d.index_number, d.issuer,
        d.published, d.written, d.effective, d.doc_type, d.language, d.jurisdiction, d.region,
        d.validity, d.excerpt, d.sample, d.origin, d.reading_id, d.places, s.reuse,
        s.name_zh as source_name_zh, s.name_en as source_name_en, s.timezone, c.fetched_at as captured_at
    from document d
    left join source s on s.source_id = d.source_id
    left join capture c on c.capture_id = d.capture_id
    where d.document_no = ? and d.document_id = ?
"""
ISSUERS = f"{EACH_ISSUER} and d.document_no = ? and l.document_no = ? order by l.rank"


def cited(publication: Published, document_id: str) -> Row | None:
    """The row that exchange/reference_record.py takes, without subjects, relations and text."""
    number = document_no(publication, document_id)
    rows = publication.rows(CITED, [number, document_id])
    if not rows:
        return None
    issuers = [str(row["name"]) for row in publication.rows(ISSUERS, [number, number])]
    return {**rows[0], "issuers": issuers, "subjects": [], "related": [], "abstract": None}
