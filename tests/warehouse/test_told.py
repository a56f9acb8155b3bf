"""What a site tells of a document's history: dated changes, a withdrawal with its day, and what follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.make import document, later, make_home, read
from warehouse.content import fingerprint
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.ingest import ingest_reads
from warehouse.records import Document, FieldOrigin, ReadCapture
from warehouse.told import Told, told, told_changes

ONE = document(1)


def saying(**fields: str) -> Document:
    """The document with further published fields."""
    more = tuple(FieldOrigin(name, value, "api") for name, value in fields.items())
    return replace(ONE, origins=(*ONE.origins, *more))


GONE = saying(withdrawn="2026-05-09 Replaced.")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return make_home(tmp_path)


def ingest(home: Home, *reads: ReadCapture) -> None:
    with Warehouse.open(home) as w:
        ingest_reads(w, reads)


def rows(home: Home, sql: str) -> list[tuple[Any, ...]]:
    with Warehouse.open(home) as w:
        return w.connection.execute(sql).fetchall()


STANDING = "select status from document"
EVENTS = 'select kind, "at" from event order by "at", kind'


@pytest.mark.parametrize(
    ("value", "day", "said"),
    [
        ("2026-05-03 Crew size added.", date(2026, 5, 3), "Crew size added."),
        ("2026-05-03", date(2026, 5, 3), ""),
        ("withdrawn", None, ""),
        ("Posted in error", None, "Posted in error"),
        ("2026-02-30 Odd.", None, "2026-02-30 Odd."),
    ],
)
def test_a_told_value_is_a_day_and_words(value: str, day: date | None, said: str) -> None:
    assert told(value) == Told(day, said)


def test_told_changes_stand_latest_first_each_once() -> None:
    values = ["2026-05-01 First published.", "2026-05-03 Crew.", "2026-05-03 Crew.", "without a day"]
    assert [one.said for one in told_changes(values)] == ["Crew.", "First published."]


def test_a_document_that_comes_withdrawn_was_withdrawn_on_the_day_it_names(home: Home) -> None:
    ingest(home, read(GONE))
    assert rows(home, STANDING) == [("withdrawn",)]
    assert ("withdrawn", datetime(2026, 5, 9, tzinfo=UTC)) in rows(home, EVENTS)


def test_a_known_document_is_withdrawn_when_its_page_says_so_and_stays_it(home: Home) -> None:
    ingest(home, read(ONE))
    ingest(home, read(GONE, at=later(1)))
    assert rows(home, STANDING) == [("withdrawn",)]
    assert ("withdrawn", later(1)) in rows(home, EVENTS)
    before = rows(home, EVENTS)
    ingest(home, read(GONE, at=later(2)))
    ingest(home, read(GONE, at=later(1)))
    assert (rows(home, STANDING), rows(home, EVENTS)) == ([("withdrawn",)], before)


def test_a_page_that_says_it_no_more_restores_the_document(home: Home) -> None:
    ingest(home, read(GONE))
    ingest(home, read(ONE, at=later(2)))
    assert rows(home, STANDING) == [("active",)]
    assert [kind for kind, _ in rows(home, EVENTS)].count("restored") == 1


def test_an_older_capture_that_said_so_changes_nothing(home: Home) -> None:
    ingest(home, read(ONE, at=later(3)))
    ingest(home, read(GONE, at=later(1)))
    assert rows(home, STANDING) == [("active",)]


def test_a_new_note_or_another_deadline_is_a_version_and_nothing_told_changes_no_hash() -> None:
    plain = fingerprint(ONE).content
    assert fingerprint(saying(docket="X-1")).content == plain
    first, second = (saying(comments_close=day) for day in ("2026-07-06", "2026-08-06"))
    assert len({plain, fingerprint(first).content, fingerprint(second).content}) == 3
