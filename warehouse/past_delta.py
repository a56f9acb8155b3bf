"""Publishing former versions: their masked bodies, and an index of their own that grows by what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from warehouse.bodies import BodyPlace, Segments
from warehouse.database import Warehouse
from warehouse.past_bodies import Progress, write_past_bodies
from warehouse.rows import sql, stage
from warehouse.search.fields import IndexedDocument
from warehouse.search.index import IndexWriter, link_segments
from warehouse.search.past import PAST_INDEX, past_name

_BATCH = 500
_HEAP = 50_000_000  # bytes; former versions are few beside the documents
_FIELDS = (
    "title", "doc_number", "department_code", "department_name", "level", "region", "jurisdiction",
    "doc_type", "language", "source_id", "published", "validity", "sample", "topic_codes", "topic1_codes",
)  # fmt: skip


def update_past(w: Warehouse, partial: Path, publication_id: str, progress: Progress) -> int:
    """Give the publication in `partial` its former versions: `pub.past_body`, their bodies and their index.

    `pub` is filled but for this. Only documents whose history, masking or classes changed are written;
    returns how many versions were put into the index or taken out of it. A home whose documents never
    changed has no such index.
    """
    write_past_bodies(w, publication_id, progress)
    changes = _update_index(w)
    if (w.home.root / PAST_INDEX).is_dir():
        link_segments(w.home.root / PAST_INDEX, partial / PAST_INDEX)
    return changes


def _update_index(w: Warehouse) -> int:
    connection = w.connection
    if not connection.execute(_ANY).fetchone():
        return 0
    with IndexWriter(w.home.root / PAST_INDEX, _HEAP, 1) as writer:
        if writer.created:
            connection.execute("delete from past_indexed")
            connection.execute(_ASK_ALL)
        connection.execute(sql("views", "past_rows"))
        due = connection.execute(_DUE).fetchall()
        gone = connection.execute(_GONE).fetchall()
        if not due and not gone and not writer.created:
            return 0
        writer.delete(past_name(*row) for row in gone)
        for start in range(0, len(due), _BATCH):
            writer.put(_rows(w, due[start : start + _BATCH]))
        writer.commit()
    with w.transaction() as transaction:
        transaction.execute(_NOT_ANY_MORE)
        transaction.execute(
            "insert or replace into past_indexed select document_id, version_no, index_hash from past_row"
        )
    return len(due) + len(gone)


def _rows(w: Warehouse, part: Sequence[tuple[str, int]]) -> Iterator[IndexedDocument]:
    stage(w.connection, "asked_past", "document_id varchar, version_no integer", part)
    found = w.connection.execute(_ASKED.format(columns=", ".join(_FIELDS))).fetchall()
    segments = Segments(w.home.bodies, tuple({row[2] for row in found}))
    try:
        for document_id, number, segment, start, length, *values in found:
            yield IndexedDocument(
                document_id=past_name(document_id, number),
                body="\n".join(segments.read(BodyPlace(segment, start, length))),
                attachment_text="",
                number_normal=None,
                duplicate_group=document_id,  # the index finds the versions of a document by it
                **dict(zip(_FIELDS, map(_plain, values), strict=True)),
            )
    finally:
        segments.close()


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


_ANY = "select 1 from pub.past_body union all select 1 from past_indexed limit 1"
_ASK_ALL = "create or replace temp table past_asked as select distinct document_id from pub.past_body"
_DUE = """
select past_row.document_id, past_row.version_no
from past_row
left join past_indexed using (document_id, version_no)
where past_indexed.index_hash is distinct from past_row.index_hash
order by past_row.document_id, past_row.version_no
"""
_GONE = """
select past_indexed.document_id, past_indexed.version_no
from past_indexed
semi join past_asked using (document_id)
anti join past_row using (document_id, version_no)
"""
_NOT_ANY_MORE = """
delete from past_indexed
where document_id in (select document_id from past_asked)
    and (document_id, version_no) not in (select (document_id, version_no) from past_row)
"""
_ASKED = """
select document_id, version_no, segment, start_at, length, {columns}
from past_row semi join asked_past using (document_id, version_no)
order by document_id, version_no
"""
