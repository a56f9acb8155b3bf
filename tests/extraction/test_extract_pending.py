"""Extraction reads what the archive holds, batch by batch, and a repeated run changes nothing."""

from __future__ import annotations

import pytest

from crawlers import extract, reading_pool
from crawlers.catalogue import build_catalogue
from crawlers.extract import extract_pending
from crawlers.shelving import archive_bodies
from dashboard.commands.state import state_of
from tests.extraction.helpers import source
from warehouse.archive.writer import ArchiveWriter
from warehouse.crawl_state.store import CrawlState
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.records import Capture

CATALOGUE = build_catalogue([source("trs")], sample=True)
Body = tuple[str, bytes]


def page(number: int, text: str = "各有关单位应当认真组织实施，并按季度报送进展情况。") -> Body:
    url = f"http://a.example/zc/202605/t20260506_{number}.html"
    body = f"<h1>关于第{number}号事项的通知</h1><div class='TRS_Editor'><p>{text}</p></div>"
    return url, f"<html><body>{body}</body></html>".encode()


def archive(home: Home, bodies: list[Body]) -> list[Capture]:
    with CrawlState.open(home) as state:
        run_id = state.new_run("crawl", ["s"])
        with ArchiveWriter(home.archive, run_id, home.clock) as writer:
            rows = [("s", url, "text/html", body) for url, body in bodies]
            captures = archive_bodies(home, state, run_id, writer, rows, "handed-in")
        state.end_run(run_id, "done")
    return captures


def titles(home: Home) -> list[str]:
    with Warehouse.open(home) as warehouse:
        return [
            row[0]
            for row in warehouse.connection.execute("select title from reading order by title").fetchall()
        ]


def test_everything_archived_is_read_once(home: Home) -> None:
    archive(home, [page(1), page(2), ("http://a.example/robots.txt", b"User-agent: *\nDisallow: /")])
    first = extract_pending(home, CATALOGUE)
    assert dict(first.outcomes) == {"document": 2, "unreadable": 1}
    assert (first.ingested.new, dict(first.problems), first.exit_code) == (2, {"robots-file": 1}, 0)
    assert extract_pending(home, CATALOGUE).captures == 0
    assert extract_pending(home, CATALOGUE, again=True).ingested.unchanged == 2
    assert titles(home) == ["关于第1号事项的通知", "关于第2号事项的通知"]


def test_a_marked_page_of_a_crawl_is_refused_and_named(home: Home) -> None:
    (marked, _) = archive(home, [page(1, "秘密★长期</p><p>请认真组织实施。"), page(2)])
    summary = extract_pending(home, CATALOGUE)
    assert (dict(summary.problems), summary.ingested.new) == ({"classified-marking": 1}, 1)
    assert titles(home) == ["关于第2号事项的通知"]
    with CrawlState.open(home) as state:
        assert state.problem_counts(marked.run_id, "classified-marking") == {"s": 1}
    assert [alarm["code"] for alarm in state_of(home)["alarms"]] == [
        "nothing-published",
        "classified-marking",
    ]


def test_progress_is_told_and_batches_are_bounded(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "_BATCH", 2)
    archive(home, [page(number) for number in range(5)])
    told: list[tuple[int, int]] = []
    extract_pending(home, CATALOGUE, progress=lambda name, done, total: told.append((done, total)))
    assert told == [(2, 5), (4, 5), (5, 5)]


def test_a_damaged_record_is_one_named_problem_and_the_rest_is_read(home: Home) -> None:
    captures = archive(home, [page(1), page(2), page(3)])
    file = home.archive / captures[1].place.file
    raw = bytearray(file.read_bytes())
    place = captures[1].place
    raw[place.offset + 20 : place.offset + place.length] = b"\x00" * (place.length - 20)
    file.write_bytes(bytes(raw))
    summary = extract_pending(home, CATALOGUE)
    assert dict(summary.problems) == {"damaged-record": 1}
    assert (summary.ingested.new, summary.exit_code) == (2, 3)


def test_a_new_extractor_version_re_reads_the_old_capture_first_so_no_change_is_seen(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = archive(home, [page(1)])
    extract_pending(home, CATALOGUE)
    for module in (extract, reading_pool):
        monkeypatch.setattr(module, "EXTRACTOR_VERSION", "next")
    url, body = page(1)
    second = archive(home, [(url, body + b"<!-- made anew -->")])
    assert first[0].capture_id != second[0].capture_id
    summary = extract_pending(home, CATALOGUE, run_id=second[0].run_id)
    assert summary.ingested.changed == 0
    with Warehouse.open(home) as warehouse:
        kinds = warehouse.connection.execute("select kind from event").fetchall()
    assert kinds == [("new",)]


def test_a_changed_page_makes_a_version(home: Home) -> None:
    archive(home, [page(1)])
    extract_pending(home, CATALOGUE)
    archive(home, [page(1, "内容已经调整：各单位改为按月报送进展情况。")])
    assert extract_pending(home, CATALOGUE).ingested.changed == 1


@pytest.mark.slow
def test_many_captures_are_read_in_worker_processes_with_the_same_result(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_pool, "POOL_FROM", 3)
    monkeypatch.setattr(reading_pool.os, "cpu_count", lambda: 2)
    archive(home, [page(number) for number in range(40)])
    assert extract_pending(home, CATALOGUE).ingested.new == 40
    assert len(titles(home)) == 40
