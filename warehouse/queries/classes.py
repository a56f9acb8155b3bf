"""What a document is about: its leading class and every other given one, not what is merely likely."""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.queries.by_name import rows_of
from warehouse.queries.reading import Published, Row

# Document `d` is about the class asked for (?), or about one below it; views/summary_codes.sql says the same.
ABOUT = "list_contains(d.topic_codes, ?)"


def class_paths(publication: Published, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The paths of the classes of each document, lead first."""
    found: dict[str, list[str]] = {}
    for row in given_classes(publication, ids):
        found.setdefault(str(row["document_id"]), []).append(str(row["name"]))
    return {document_id: tuple(dict.fromkeys(paths)) for document_id, paths in found.items()}


def parents(publication: Published) -> dict[tuple[str, str], str]:
    """The first-level class above each class, by scheme and code; a first-level class stands for itself."""
    rows = publication.rows("select scheme, code, coalesce(parent, code) as parent from topic_class")
    return {(row["scheme"], row["code"]): str(row["parent"]) for row in rows}


def given_classes(publication: Published, ids: Sequence[str]) -> list[Row]:
    """Document, scheme, code, path, basis and score of every class that these documents were given."""
    found = rows_of(publication, ids, "label", _GIVEN, "field = 'topic' and given")
    return sorted(found, key=lambda row: (row["document_id"], row["rank"]))


_GIVEN = "document_id, scheme, code, name, basis, score, rank"
