"""What documents refer to: sources, runs and their health, vocabularies, measured quality figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from warehouse.database import Warehouse
from warehouse.outbox import touch_rows
from warehouse.records import Body, Evaluation, Quality, Source, TopicClass
from warehouse.rows import stage_like
from warehouse.run_records import CrawlRun, SourceHealth

_DIFFERS = "select 1 from (from incoming except from {table}) limit 1"
_SHOWN_OF_SOURCE = "source_id, jurisdiction, region, level, department_code, sample"  # in a document's row
_OF_CHANGED_SOURCES = f"""
select document.document_id
from document
semi join (
    (select {_SHOWN_OF_SOURCE} from incoming) except (select {_SHOWN_OF_SOURCE} from source)
) changed using (source_id)
"""
_HAS_MORE = "select 1 from (from {table} except from incoming) limit 1"


def ingest_sources(w: Warehouse, sources: Iterable[Source]) -> None:
    """Write the catalogue rows; a source that is there takes the new values, none is removed."""
    _put(w, "source", sources)


def ingest_runs(w: Warehouse, runs: Iterable[CrawlRun], health: Iterable[SourceHealth]) -> None:
    """Write runs and how their sources fared; a run that is there takes its newer standing."""
    _put(w, "crawl_run", runs)
    _put(w, "source_health", health)


def ingest_vocabulary(w: Warehouse, classes: Iterable[TopicClass], bodies: Iterable[Body]) -> None:
    """Make the vocabularies exactly `classes` and `bodies`; what is no longer in them goes."""
    _put(w, "topic_class", classes, whole=True)
    _put(w, "body", bodies, whole=True)


def put_whole(w: Warehouse, table: str, records: Iterable[Any]) -> None:
    """Make a reference table exactly these records; it is left alone when it holds them already."""
    _put(w, table, records, whole=True)


def ingest_quality(w: Warehouse, figures: Iterable[Quality]) -> None:
    """Write measured figures by their names; a new measurement replaces the old one."""
    _put(w, "quality", figures)


def ingest_evaluations(w: Warehouse, found: Iterable[Evaluation]) -> None:
    """Write evaluations by their names; a new one replaces the old one."""
    _put(w, "evaluation", found)


def _put(w: Warehouse, table: str, records: Iterable[Any], whole: bool = False) -> None:
    rows = [_plain(record) for record in records]
    if not rows and not whole:
        return
    with w.transaction() as connection:
        stage_like(connection, "incoming", table, rows)
        questions = (_DIFFERS, _HAS_MORE) if whole else (_DIFFERS,)
        if not any(connection.execute(question.format(table=table)).fetchone() for question in questions):
            return  # most nights; rewriting thousands of rows costs more than comparing them
        if whole:
            connection.execute(f"delete from {table}")
        if table == "source":
            touch_rows(connection, _OF_CHANGED_SOURCES)
        connection.execute(f"insert or replace into {table} select * from incoming")


def _plain(record: Any) -> tuple[Any, ...]:
    values = (getattr(record, field.name) for field in fields(record))
    return tuple(list(value) if isinstance(value, tuple) else value for value in values)
