"""What a document is about: its leading class and every other given one, not what is merely likely."""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.queries.reading import Published, Row, placeholders

# Label `l` with the first-level class above it; several schemes may give classes to one document.
GIVEN_CLASS = """
select l.document_id, l.scheme, l.code, l.name, l.rank, l.evidence,
    coalesce(c.parent, c.code, split_part(l.code, '-', 1)) as first_code
from label l left join topic_class c on c.scheme = l.scheme and c.code = l.code
where l.field = 'topic' and l.given
"""
# Document `d` is about the class asked for (?), or about one below it; views/summary_codes.sql says the same.
ABOUT = "list_contains(d.topic_codes, ?)"


def class_paths(publication: Published, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The paths of the classes of each document, lead first."""
    found: dict[str, list[str]] = {}
    for row in given_classes(publication, ids):
        found.setdefault(str(row["document_id"]), []).append(str(row["name"]))
    return {document_id: tuple(dict.fromkeys(paths)) for document_id, paths in found.items()}


def given_classes(publication: Published, ids: Sequence[str]) -> list[Row]:
    """Document, scheme, code, path, basis and score of every class that these documents were given."""
    return publication.rows(_OF_DOCUMENTS.format(ids=placeholders(ids)), ids)


_OF_DOCUMENTS = """
select document_id, scheme, code, name, basis, score from label
where field = 'topic' and given and document_id in ({ids})
order by document_id, rank
"""
