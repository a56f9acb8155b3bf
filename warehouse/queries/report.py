"""What a report says of each document beside its particulars: the archived copy and when it was fetched."""

from __future__ import annotations

from collections.abc import Iterable

from warehouse.queries.by_name import documents_by_name
from warehouse.queries.reading import Published, Row, placeholders

AT_ONCE = 500


def archived_copies(publication: Published, ids: Iterable[str]) -> dict[str, Row]:
    """`sha256` and `fetched_at` of the copy each document was read from; none for what was only imported."""
    captures = {
        document_id: row["capture_id"]
        for document_id, row in documents_by_name(publication, "d.capture_id", ids).items()
        if row["capture_id"]
    }
    copies = _copies(publication, sorted(set(captures.values())))
    return {document_id: copies[one] for document_id, one in captures.items() if one in copies}


def _copies(publication: Published, captures: list[str]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for at in range(0, len(captures), AT_ONCE):
        some = captures[at : at + AT_ONCE]
        rows = publication.rows(
            f"select capture_id, sha256, fetched_at from capture where capture_id in ({placeholders(some)})",
            some,
        )
        found.update({row["capture_id"]: row for row in rows})
    return found
