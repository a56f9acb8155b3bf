"""Bringing the search index and the theme memberships to what is published, touching only what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from warehouse.bodies import BodyPlace, Segments
from warehouse.database import Warehouse
from warehouse.errors import NothingUsable
from warehouse.identity import digest
from warehouse.records import Theme
from warehouse.rows import sql, stage
from warehouse.search.fields import IndexedDocument
from warehouse.search.index import IndexWriter, link_segments
from warehouse.themes.members import RULES, MemberInput, theme_members

_BATCH = 500
_PART = 50_000  # documents whose rows are put together at once: all of a million need more than a gigabyte
_TEXTS = ("body", "attachment_text")
_FIELDS = tuple(field.name for field in fields(IndexedDocument) if field.name not in _TEXTS)
_COLUMNS = (*_FIELDS, "segment", "start_at", "length")
Progress = Callable[[int, int], None]


def look_at(w: Warehouse) -> None:
    """Make the temporary table `index_row` of what search and themes know of the `affected` documents and of
    those that they cite.
    """
    connection = w.connection
    connection.execute(sql("views", "to_look_at"), [_PART])
    row = connection.execute("select coalesce(max(part), 0) from to_look_at").fetchone()
    for part in range(int(row[0]) + 1 if row else 1):
        chosen = f"select document_id from to_look_at where part = {part}"
        connection.execute(f"create or replace temp table looked_part as {chosen}")
        into = "insert into index_row" if part else "create or replace temp table index_row as"
        connection.execute(f"{into} {sql('views', 'index_rows')}")


def update_themes(w: Warehouse, themes: Sequence[Theme], progress: Progress) -> int:
    """Look for theme members among the documents that changed since they were last looked at; returns how
    many.
    """
    marker = digest(repr(themes), RULES)
    with w.transaction() as connection:
        connection.execute(_DUE_FOR_THEMES, [marker])
        connection.execute(
            "delete from theme_found where document_id in (select document_id from due_for_themes)"
        )
        connection.execute(
            "delete from theme_scan where document_id in (select document_id from due_for_themes)"
        )
    due = _numbers(w, "due_for_themes")
    for start in range(0, len(due), _BATCH):
        part = due[start : start + _BATCH]
        found = list(theme_members(themes, (_member_input(*one) for one in _rows(w, part))))
        with w.transaction() as connection:
            stage(connection, "found_member", "theme_id varchar, document_id varchar, reason varchar", found)
            connection.execute("insert or replace into theme_found select * from found_member")
            connection.execute(
                """
                insert or replace into theme_scan
                select document_id, md5(index_hash || $1)
                from index_row
                where document_no between $2 and $3
                    and document_no in (select document_no from asked_row)
                """,
                [marker, part[0], part[-1]],
            )
        progress(start + len(part), len(due))
    return len(due)


def update_index(w: Warehouse, progress: Progress) -> int:
    """Put the documents whose indexed values changed, delete those no longer published; returns how many of
    both.
    """
    connection = w.connection
    with IndexWriter(w.home.index, threads=1 if w.is_small() else 2) as writer:
        if writer.created:
            connection.execute("delete from indexed")
            _look_at_all(w)
        connection.execute(_DUE_FOR_INDEX)
        due = _numbers(w, "due_for_index")
        gone = connection.execute(
            "select document_id from indexed anti join pub.document using (document_id)"
        ).fetchall()
        if not due and not gone and not writer.created:
            return 0
        writer.delete([row[0] for row in gone])
        for start in range(0, len(due), _BATCH):
            part = due[start : start + _BATCH]
            writer.put(_indexed(*one) for one in _rows(w, part))
            progress(start + len(part), len(due))
        writer.commit()
    with w.transaction() as transaction:
        transaction.execute(
            "delete from indexed where document_id not in (select document_id from pub.document)"
        )
        transaction.execute("insert or replace into indexed select document_id, index_hash from index_row")
    return len(due) + len(gone)


def _look_at_all(w: Warehouse) -> None:
    """An index that holds nothing needs the rows of every document, not only of the affected ones."""
    looked_at, documents = w.connection.execute(
        "select (select count(*) from index_row), (select count(*) from pub.document)"
    ).fetchone() or (0, 0)
    if looked_at < documents:
        w.connection.execute("create or replace temp table affected as select document_id from pub.document")
        look_at(w)


def link_index(w: Warehouse, folder: Path, documents: int) -> None:
    """Give a publication the index as committed; NothingUsable when it lacks documents."""
    link_segments(w.home.index, folder)
    row = w.connection.execute("select count(*) from indexed").fetchone()
    if not row or row[0] != documents:
        raise NothingUsable(
            "The search index does not hold the published documents; run 'govbrief publish' again."
        )


_Text = tuple[str, ...]
# Documents are read as they lie, by their numbers: in the order of their names each batch would read the
# whole table, and a million documents would take as long as their square.
_DUE_FOR_THEMES = """
create or replace temp table due_for_themes as
select index_row.document_no, index_row.document_id
from index_row
left join theme_scan scan on scan.document_id = index_row.document_id
where scan.scan_hash is distinct from md5(index_row.index_hash || $1)
"""
_DUE_FOR_INDEX = """
create or replace temp table due_for_index as
select index_row.document_no
from index_row
left join indexed on indexed.document_id = index_row.document_id
where indexed.index_hash is distinct from index_row.index_hash
"""
_ATTACHED = """
select document_id, string_agg(text, chr(10) order by url)
from pub.attachment
where document_no between $1 and $2 and document_no in (select document_no from asked_row)
    and text is not null
group by document_id
"""


def _numbers(w: Warehouse, table: str) -> list[int]:
    found = w.connection.execute(f"select document_no from {table} order by document_no").fetchall()
    return [row[0] for row in found]


def _rows(w: Warehouse, numbers: list[int]) -> Iterator[tuple[dict[str, Any], _Text, str]]:
    """Values, masked paragraphs and masked attachment texts of the documents of these numbers, which rise."""
    connection, ends = w.connection, [numbers[0], numbers[-1]]
    stage(connection, "asked_row", "document_no integer", ((one,) for one in numbers))
    attached = dict(connection.execute(_ATTACHED, ends).fetchall())
    found = connection.execute(
        f"select {', '.join(_COLUMNS)} from index_row where document_no between $1 and $2"
        " and document_no in (select document_no from asked_row) order by document_no",
        ends,
    ).fetchall()
    rows = [dict(zip(_COLUMNS, map(_plain, row), strict=True)) for row in found]
    segments = Segments(w.home.bodies, tuple({row["segment"] for row in rows}))
    try:
        for row in rows:
            place = BodyPlace(row.pop("segment"), row.pop("start_at"), row.pop("length"))
            yield row, segments.read(place), attached.get(row["document_id"], "")
    finally:
        segments.close()


def _member_input(row: dict[str, Any], paragraphs: _Text, attached: str) -> MemberInput:
    text = "\n".join(paragraphs)
    codes, first = row["topic_codes"], row["topic1_codes"]
    return MemberInput(row["document_id"], row["title"], text, codes, row["department_code"], first)


def _indexed(row: dict[str, Any], paragraphs: _Text, attached: str) -> IndexedDocument:
    return IndexedDocument(**row, body="\n".join(paragraphs), attachment_text=attached)


def _plain(value: Any) -> Any:
    return tuple(dict.fromkeys(value)) if isinstance(value, list) else value
