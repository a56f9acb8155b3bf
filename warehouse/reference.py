"""What documents refer to: sources, runs and their health, vocabularies, measured quality figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple
from typing import Any

from warehouse.database import Warehouse
from warehouse.records import Body, CrawlRun, Quality, Source, SourceHealth, TopicClass
from warehouse.rows import stage

_SOURCE = (
    "source_id varchar, name_zh varchar, name_en varchar, jurisdiction varchar, region varchar, level "
    "varchar, language varchar, platform varchar, home_url varchar, department_code varchar, timezone "
    "varchar, reuse varchar, sample boolean, enabled boolean, disabled_reason varchar"
)
_RUN = (
    "run_id varchar, kind varchar, started_at timestamptz, ended_at timestamptz, outcome varchar, sources "
    "varchar[]"
)
_HEALTH = (
    "run_id varchar, source_id varchar, verdict varchar, detail varchar, requests integer, fetched "
    "integer, not_modified integer, new_documents integer, changed integer, withdrawn integer, failures "
    "integer, bytes bigint, at timestamptz"
)
_TOPIC = (
    "scheme varchar, code varchar, parent varchar, level integer, name_zh varchar, name_en varchar, path "
    "varchar"
)
_BODY = (
    "code varchar, name_zh varchar, name_en varchar, short varchar, jurisdiction varchar, region varchar, "
    "level varchar, parent varchar, valid_from date, valid_to date, successors varchar[]"
)
_QUALITY = "name varchar, value double, sample integer, data varchar, measured_on varchar, note varchar"


def ingest_sources(w: Warehouse, sources: Iterable[Source]) -> None:
    """Write the catalogue rows; a source that is there takes the new values, none is removed."""
    _put(w, "source", _SOURCE, sources)


def ingest_runs(w: Warehouse, runs: Iterable[CrawlRun], health: Iterable[SourceHealth]) -> None:
    """Write runs and how their sources fared; a run that is there takes its newer standing."""
    _put(w, "crawl_run", _RUN, runs)
    _put(w, "source_health", _HEALTH, health)


def ingest_vocabulary(w: Warehouse, classes: Iterable[TopicClass], bodies: Iterable[Body]) -> None:
    """Make the vocabularies exactly `classes` and `bodies`; what is no longer in them goes."""
    _put(w, "topic_class", _TOPIC, classes, whole=True)
    _put(w, "body", _BODY, bodies, whole=True)


def ingest_quality(w: Warehouse, figures: Iterable[Quality]) -> None:
    """Write measured figures by their names; a new measurement replaces the old one."""
    _put(w, "quality", _QUALITY, figures)


def _put(w: Warehouse, table: str, columns: str, records: Iterable[Any], whole: bool = False) -> None:
    rows = [_plain(astuple(record)) for record in records]
    if not rows and not whole:
        return
    with w.transaction() as connection:
        stage(connection, "incoming", columns, rows)
        if whole:
            connection.execute(f"delete from {table}")
        connection.execute(f"insert or replace into {table} select * from incoming")


def _plain(values: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(list(value) if isinstance(value, tuple) else value for value in values)
