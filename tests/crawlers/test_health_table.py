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
from warehouse.run_records import Finding, Observation

AT = datetime(2026, 6, 1, tzinfo=UTC)
_YOUNGER = ("observation", "finding", "canary", "alarm")
_COLUMNS = (
    ("frontier", "step"),
    ("frontier", "unconfirmed"),
    ("frontier", "relisted"),
    ("capture", "standing"),
    ("listing", "open_walk"),
    ("notice", "held"),
)


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


def found(run: str, source: str, code: str, good: str | None = None, bad: str | None = None) -> Finding:
    sentence = f"{source} shows {code}."
    return Finding(run, source, code, "drifting", sentence, {"share": 0.5}, AT, good, bad)


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
        table.settle_alarms("run-3", ["a"], AT)  # nothing could be measured: nothing closes
        assert len(table.alarms()) == 2
        table.observe([Observation("run-4", "a", AT, {}, True)])
        table.settle_alarms("run-4", ["a"], AT)
        assert table.alarms() == []
        assert {one.closed_at for one in table.alarms(open_only=False)} == {AT}


def test_an_outage_closes_no_alarm_but_another_outage_s(tmp_path: Path) -> None:
    with CrawlState.open(Home.create(tmp_path / "home", "")) as state:
        table = state.health_table
        table.set_findings(
            "run-1", "a", [found("run-1", "a", "empty-list"), found("run-1", "a", "no-answer")]
        )
        table.settle_alarms("run-1", ["a"], AT)
        table.set_findings("run-2", "a", [found("run-2", "a", "blocked")])
        table.observe([Observation("run-2", "a", AT, {}, False)])  # a few pages came before the refusal
        table.settle_alarms("run-2", ["a"], AT)
        assert [one.code for one in table.alarms()] == ["blocked", "empty-list"]


def test_an_alarm_keeps_its_pages_until_a_run_shows_as_many(tmp_path: Path) -> None:
    with CrawlState.open(Home.create(tmp_path / "home", "")) as state:
        table = state.health_table
        nights = [("good-1", "bad-1"), (None, None), (None, "bad-3"), ("good-4", "bad-4")]
        kept = []
        for night, pages in enumerate(nights):
            table.set_findings(f"run-{night}", "a", [found(f"run-{night}", "a", "empty-list", *pages)])
            table.settle_alarms(f"run-{night}", ["a"], AT)
            (held,) = table.alarms()
            shown = table.finding_of(held)
            assert shown is not None
            kept.append((shown.good_capture, shown.bad_capture))
        assert kept == [nights[0], nights[0], nights[0], nights[3]]


def test_standing_alarms_are_settled_by_what_holds_and_by_no_visit(tmp_path: Path) -> None:
    with CrawlState.open(Home.create(tmp_path / "home", "")) as state:
        table = state.health_table
        table.settle_standing("run-1", [found("run-1", "a", "source-file")], AT)
        table.observe([Observation("run-2", "a", AT, {}, True)])
        table.settle_alarms("run-2", ["a"], AT)
        assert [one.code for one in table.alarms()] == ["source-file"]
        table.settle_standing("run-2", [], AT)
        assert table.alarms() == []
