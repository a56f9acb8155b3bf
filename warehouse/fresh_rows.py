"""The rows that each document has by itself, for `touched` ones: made in `fresh`, masked, put in `pub`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from warehouse.body_delta import find_merged, forget_lost, sweep_segments, write_bodies
from warehouse.database import Warehouse
from warehouse.draft import Draft, NeedsWhole
from warehouse.figures import KEYED
from warehouse.masked_columns import mask_columns
from warehouse.personal.places import forget_places, keep_places
from warehouse.rows import sql
from warehouse.suspicion import is_marked
from warehouse.version_changes import update_changes

CHUNK = 50_000  # documents at a time: what memory has to hold
Progress = Callable[[str, int, int], None]
_DATED = """
insert into pub.dated_duty by name
select * exclude (document_no) from fresh.duty where due is not null
order by due, document_id, paragraph, start_at, fact_id
"""
_LIMITED = """
insert into pub.limit_duty by name
select document_no, paragraph, start_at, end_at, due_printed, who
from fresh.duty where strength = 'deadline' and due is null
order by document_no, paragraph, start_at, fact_id
"""
_TAKE_OUT_LIMITS = """
delete from pub.limit_duty
where document_no in (select document_no from pub.document semi join touched using (document_id))
"""


@dataclass(frozen=True, slots=True)
class RowsWritten:
    """How many bodies were written, and documents looked at."""

    bodies: int
    documents: int


def write_rows(w: Warehouse, draft: Draft, publication_id: str, report: Progress) -> RowsWritten:
    """Bring the rows of every touched document to what the warehouse knows.

    Makes the temporary tables `touched`, `former` and the new keys (views/touched.sql). NeedsWhole when the
    draft shows what is to be blanked now.
    """
    connection = w.connection
    connection.execute(sql("views", "macros"))
    connection.execute(sql("views", "series_macros"))
    forget_lost(w, draft.whole or is_marked(w.home.published))
    sweep_segments(w)
    find_merged(w)
    connection.execute(sql("views", "touched"))
    _take_out(w, draft)
    connection.execute(sql("views", "chunks"), [CHUNK])
    row = connection.execute("select coalesce(max(part), -1) + 1, count(*) from chunked").fetchone()
    parts, total = row or (0, 0)
    bodies = done = 0
    for part in range(parts):
        connection.execute(
            "create or replace temp table chunk as select document_id from chunked where part = $1", [part]
        )
        connection.execute(sql("views", "selected"))
        update_changes(w)
        keep_places(w)
        bodies += write_bodies(w, publication_id, lambda now, due: report("bodies", now, due))
        if not draft.whole:
            _refuse_new_blanks(w)
        _put_in(w, draft)
        row = connection.execute("select count(*) from chunk").fetchone()
        done += int(row[0]) if row else 0
        if parts > 1:
            report("documents", done, total)
    draft.figures.bodies(connection, "new_body_key", 1)
    draft.living = sum(_count(w, table) for table in KEYED)
    if draft.whole:
        forget_places(w)
    connection.execute("delete from body_place where segment in (select segment from merged_segment)")
    connection.execute(sql("views", "seen_again"))
    sweep_segments(w)
    return RowsWritten(bodies, total)


def _count(w: Warehouse, table: str) -> int:
    row = w.connection.execute(f"select count(*) from pub.{table}").fetchone()
    return int(row[0]) if row else 0


def _take_out(w: Warehouse, draft: Draft) -> None:
    if draft.whole:
        return
    draft.figures.bodies(w.connection, "(from published_body semi join touched using (document_id))", -1)
    w.connection.execute(_TAKE_OUT_LIMITS)
    draft.holes += draft.figures.take_out(w.connection)
    for table in ("theme_member", "past_body", "dated_duty"):
        w.connection.execute(
            f"delete from pub.{table} where document_id in (select document_id from touched)"
        )


def _refuse_new_blanks(w: Warehouse) -> None:
    """Words that were shown and are blanked now would lie on in the file that a delta is worked into."""
    found = w.connection.execute(sql("views", "new_blanks")).fetchone()
    if found is not None:
        raise NeedsWhole(f"personal data was found in {found[0]}, which was published")


@cache
def _schema() -> str:
    """What makes the keyed tables; the others would stay empty, and to make them takes its time."""
    tables = re.findall(r"^(create table (\w+) .*?\);)", sql("views", "publication_schema"), re.M | re.S)
    return "\n".join(text for text, name in tables if name in KEYED)


def _put_in(w: Warehouse, draft: Draft) -> None:
    connection = w.connection
    connection.execute("attach ':memory:' as fresh")
    try:
        connection.execute("use fresh")
        connection.execute(_schema())
        connection.execute("use warehouse")
        for name in ("effective_label", "summary_codes", "facts_document", "facts_mined", "facts_history"):
            connection.execute(sql("views", name))
        mask_columns(w)
        draft.figures.put(connection)
        connection.execute(sql("views", "new_keys"))
        for table in KEYED:
            connection.execute(f"insert into pub.{table} by name select * from fresh.{table}")
        connection.execute(_DATED)
        connection.execute(_LIMITED)
    finally:
        connection.execute("use warehouse")
        connection.execute("detach fresh")
