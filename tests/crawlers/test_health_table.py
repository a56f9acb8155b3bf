"""The crawl state of an older version is brought up to date; alarms open, last and close by findings."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from warehouse.crawl_state.engine import SCHEMA_VERSION, open_engine, open_reader
from warehouse.crawl_state.store import CrawlState
from warehouse.errors import EnvironmentProblem
from warehouse.home import Home
from warehouse.records import Finding

AT = datetime(2026, 6, 1, tzinfo=UTC)
_YOUNGER = ("observation", "finding", "canary", "alarm")
_COLUMNS = (("frontier", "step"), ("frontier", "unconfirmed"), ("capture", "standing"))


def aged(file: Path) -> None:
    """Make a file what version 1 would have left."""
    open_engine(file).dispose()
    with sqlite3.connect(file) as connection:
        for table in _YOUNGER:
            connection.execute(f"drop table {table}")
        for table, column in _COLUMNS:
            connection.execute(f"alter table {table} drop column {column}")
        connection.execute("pragma user_version = 1")


def test_a_file_of_version_1_is_brought_up_to_date_by_a_writer_and_named_by_a_reader(tmp_path: Path) -> None:
    file = tmp_path / "crawl_state.sqlite"
    aged(file)
    with pytest.raises(EnvironmentProblem, match="older govbrief"):
        open_reader(file)
    open_engine(file).dispose()
    open_reader(file).dispose()
    with sqlite3.connect(file) as connection:
        assert connection.execute("pragma user_version").fetchone() == (SCHEMA_VERSION,)
        for table, column in _COLUMNS:
            connection.execute(f"select {column} from {table}")
        for table in _YOUNGER:
            connection.execute(f"select count(*) from {table}")


def found(run: str, source: str, code: str) -> Finding:
    return Finding(run, source, code, "drifting", f"{source} shows {code}.", {"share": 0.5}, AT)


def test_alarms_open_last_and_close_by_findings(tmp_path: Path) -> None:
    home = Home.create(tmp_path / "home", "")
    with CrawlState.open(home) as state:
        table = state.health_table
        table.set_findings("run-1", "a", [found("run-1", "a", "empty-list")])
        table.settle_alarms("run-1", ["a", "b"], AT)
        table.set_findings("run-2", "a", [found("run-2", "a", "empty-list"), found("run-2", "a", "silent")])
        table.settle_alarms("run-2", ["a", "b"], AT)
        table.settle_alarms("run-2", ["a", "b"], AT)  # a second time changes nothing
        assert [(one.code, one.opened_run, one.last_run) for one in table.alarms()] == [
            ("silent", "run-2", "run-2"),
            ("empty-list", "run-1", "run-2"),
        ]
        table.settle_alarms("run-3", ["b"], AT)  # the source was not asked: nothing closes
        assert len(table.alarms()) == 2
        table.settle_alarms("run-4", ["a"], AT)
        assert table.alarms() == []
        assert {one.closed_at for one in table.alarms(open_only=False)} == {AT}
