"""What is older than the settings say goes, by kind; documents and what people decided never do."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawlers.shelving import card_of
from tests.warehouse.make import document, fill, later, make_home, read
from warehouse.archive.verify import verify_archive
from warehouse.archive.writer import ArchiveWriter
from warehouse.crawl_state.store import CrawlState
from warehouse.database import Warehouse
from warehouse.desk.desk import LOCAL, Desk
from warehouse.home import Home
from warehouse.ingest import ingest_reads
from warehouse.retention import apply_retention

SETTINGS = """
[retention]
runs = 100
problems = 100
visits = 10
jobs = 10
audit = 10
demand = 10
searches = 10
listings = 10
superseded_readings = false
"""
NOW = later(200)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return make_home(tmp_path, now=NOW, extra=SETTINGS)


def age(home: Home, table: str, column: str) -> None:
    """Set a column of every row of a desk table back by 50 days."""
    with closing(sqlite3.connect(home.desk_file)) as desk, desk:
        triggers = desk.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
        for name, _ in triggers:
            desk.execute(f"drop trigger {name}")
        desk.execute(f"update {table} set {column} = {column} - ?", [50 * 86_400])
        for _, made in triggers:
            desk.execute(made)


def test_old_visits_jobs_and_audit_go_and_corrections_stay(home: Home) -> None:
    with Desk.open(home) as desk:
        desk.record_visit(LOCAL, "doc", "1", "p", NOW)
        job = desk.queue.add("preview-model", {"name": "x"}, LOCAL)
        desk.correct("doc-1", "title", "新", "旧", "", LOCAL)
    for table, column in (
        ("visit", "at"),
        ("audit_event", "at"),
        ("job", "created_at"),
        ("correction", "created_at"),
    ):
        age(home, table, column)
    with closing(sqlite3.connect(home.desk_file)) as connection, connection:
        connection.execute("update job set state = 'done', ended_at = created_at")
        connection.execute(
            "insert into unanswered_query values ('2026-01-01', '无此', 3), ('2026-12-15', '新', 1)"
        )
        connection.executemany(
            "insert into handled_query (query, day, note, account, at) values (?, ?, '', 'local', 0)",
            [("无此", "2026-01-02"), ("新", "2026-01-02")],
        )
    rehearsed = apply_retention(home, dry_run=True)
    assert rehearsed.removed == {
        "audit_events": 3, "handled_queries": 1, "jobs": 1, "unanswered_queries": 1, "visits": 1,
    }  # fmt: skip
    assert apply_retention(home).removed == rehearsed.removed
    assert apply_retention(home).removed == {}
    with Desk.open(home) as desk:
        assert [one.value for one in desk.corrections()] == ["新"]
        assert desk.audit_events() == []
        assert [(one.query, one.times) for one in desk.demand.listed(handled=True)] == [("新", 1)]
        assert job
    with closing(sqlite3.connect(home.desk_file)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute("delete from correction")  # the log is guarded as before


def test_answers_removed_searches_and_jobs_that_hang_go_with_age(home: Home) -> None:
    old, new = NOW.timestamp() - 150 * 86_400, NOW.timestamp()
    with Desk.open(home) as desk:
        desk.queue.add("preview-model", {"name": "x"}, LOCAL)
    with closing(sqlite3.connect(home.desk_file)) as desk, desk:
        desk.execute("update job set state = 'running', created_at = ?, started_at = ?", [old, old])
        for at in (old, new):
            desk.execute(
                "insert into alarm_answer (alarm_no, source_id, code, verdict, opened_at, note, account, at)"
                " values (1, 'mzt', 'list-empty', 'broken', 0, '', 'local', ?)",
                [at],
            )
        for number, removed in ((1, old), (2, new), (3, None)):
            desk.execute(
                "insert into saved_search (search_id, name, note, asked, revision, owner, shared, created_at,"
                " changed_at, removed_at) values (?, 'n', '', '{}', 1, 'local', 0, 0, 0, ?)",
                [number, removed],
            )
            desk.execute(
                "insert into saved_search_hit (search_id, document_id, version_no, kind, publication_id,"
                " recorded_at) values (?, 'doc-1', 1, 'new', 'p', 0)",
                [number],
            )
    gone = {"alarm_answers": 1, "jobs": 1, "saved_search_hits": 1, "saved_searches": 1}
    assert apply_retention(home, dry_run=True).removed == gone
    assert apply_retention(home).removed == gone
    with closing(sqlite3.connect(home.desk_file)) as desk:
        assert desk.execute("select search_id from saved_search order by 1").fetchall() == [(2,), (3,)]
        assert desk.execute("select search_id from saved_search_hit order by 1").fetchall() == [(2,), (3,)]


def test_of_list_pages_the_latest_stays_and_the_archive_stays_whole(home: Home) -> None:
    long_ago = NOW - timedelta(days=90)
    with CrawlState.open(home) as state:
        run_id = state.new_run("crawl", ["mzt"])
        with ArchiveWriter(home.archive, run_id, home.clock) as writer:
            captures = []
            for number, role in enumerate(("list", "list", "detail", "feed")):
                body = f"第{number}页".encode() * 5000
                url = "http://a.example/feed" if role == "feed" else "http://a.example/"
                at = long_ago + timedelta(minutes=number)
                place = writer.write_resource(url, "text/html", body, at)
                card = card_of("mzt", run_id, url, "text/html", body, at, place, "handed-in")
                captures.append(replace(card, role=role))
            writer.sync()
        state.add_captures(
            captures, {captures[-1].place.file: captures[-1].place.offset + captures[-1].place.length}
        )
        state.end_run(run_id, "done")
    before = (home.archive / captures[0].place.file).stat().st_size
    answer = apply_retention(home)
    assert answer.removed["listings"] == 2  # the detail page is the latest of the address
    assert answer.bytes == captures[0].place.length + captures[1].place.length
    assert (home.archive / captures[0].place.file).stat().st_size == before
    left = verify_archive(home)
    assert (left.checked, left.faults) == (2, ())


def test_old_runs_go_but_the_latest_of_a_source_stays(home: Home) -> None:
    with CrawlState.open(home) as state:
        for _ in range(3):
            run_id = state.new_run("crawl", ["mzt"])
            state.end_run(run_id, "done")
            state.set_counts([{"run_id": run_id, "source_id": "mzt", "verdict": "ok", "at": 0.0}])
    old = datetime(2025, 1, 1, tzinfo=UTC).timestamp()
    with closing(sqlite3.connect(home.crawl_state_file)) as connection, connection:
        connection.execute("update source_run set at = ? + rowid", [old])
        connection.execute("update run set started_at = ?", [old])
    assert apply_retention(home).removed == {"runs": 2, "verdicts": 2}


def test_readings_that_nobody_sees_go_unless_somebody_worked_on_the_document(home: Home) -> None:
    one, two = document(1), document(2)
    fill(home, [one, two])
    with Warehouse.open(home) as w:
        w.connection.execute("update reading set extractor_version = '1'")
        other = [read(replace(paper, title=paper.title + "（新）"), extractor="2") for paper in (one, two)]
        same = [read(paper).capture for paper in (one, two)]
        ingest_reads(w, [replace(new, capture=old) for new, old in zip(other, same, strict=True)])
        count = w.connection.execute("select count(*) from reading").fetchone()
    assert count == (4,)
    with Desk.open(home) as desk:
        desk.correct(two.document_id, "title", "改", "旧", "", LOCAL)
    assert apply_retention(home).removed == {"readings": 1, "texts": 1}
    with Warehouse.open(home) as w:
        rows = w.connection.execute("select document_id, count(*) from reading group by 1").fetchall()
    assert dict(rows) == {one.document_id: 1, two.document_id: 2}
