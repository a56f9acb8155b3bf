"""Counting versions anew where a capture older than the one shown turned out to be a version between."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple

import duckdb

from warehouse.known import KnownDocument
from warehouse.rows import stage, stage_like
from warehouse.versions import Event, renumbered


def renumber_versions(connection: duckdb.DuckDBPyConnection, documents: Iterable[KnownDocument]) -> None:
    """Bring the stored versions, readings and events of the documents to the numbers their readings have now.

    Rows are replaced under their keys and only left-over ones deleted, since a DuckDB transaction may not
    delete a key and insert it again.
    """
    held = {one.document_id: one for one in documents}
    stage(connection, "renumbered", "document_id varchar", ((one,) for one in held))
    versions = connection.execute(
        "select * from version semi join renumbered using (document_id) order by version_no"
    ).fetchall()
    numbers: dict[tuple[str, int], int] = {}
    moved = []
    for document_id, number, content_hash, extractor, capture_id, observed_at in versions:
        now = _number_of(held[document_id], capture_id, number)
        numbers[document_id, number] = now
        moved.append((document_id, now, content_hash, extractor, capture_id, observed_at))
    stage_like(connection, "moved_version", "version", moved)
    connection.execute("insert or replace into version select * from moved_version")
    _move_readings(connection, held.values())
    _move_events(connection, numbers)


def _number_of(document: KnownDocument, capture_id: str, before: int) -> int:
    """The number of the version that this capture showed first."""
    readings = (one for one in document.readings.values() if one.capture_id == capture_id)
    return next((one.version_no for one in readings), before)


def _move_readings(connection: duckdb.DuckDBPyConnection, documents: Iterable[KnownDocument]) -> None:
    rows = ((one.reading_id, one.version_no) for held in documents for one in held.readings.values())
    stage(connection, "moved_reading", "reading_id varchar, version_no integer", rows)
    connection.execute(
        """
        update reading set version_no = moved_reading.version_no
        from moved_reading
        where moved_reading.reading_id = reading.reading_id
            and moved_reading.version_no <> reading.version_no
        """
    )


def _move_events(connection: duckdb.DuckDBPyConnection, numbers: dict[tuple[str, int], int]) -> None:
    rows = connection.execute(
        """
        select event_id, document_id, kind, version_no, "at", run_id
        from event semi join renumbered using (document_id)
        """
    ).fetchall()
    events = [Event(*row) for row in rows]
    moved = [
        renumbered(one, numbers.get((one.document_id, one.version_no), one.version_no)) for one in events
    ]
    stage_like(connection, "moved_event", "event", (astuple(one) for one in moved))
    connection.execute("insert or replace into event select * from moved_event")
    connection.execute(
        """
        delete from event
        where document_id in (select document_id from renumbered)
            and event_id not in (select event_id from moved_event)
        """
    )
