"""`govbrief duties` on the sample: forms, files, and what cannot be."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.commands.conftest import Govbrief
from tests.dashboard.calendar_reader import read_calendar


def test_the_sample_has_duties_in_every_state(govbrief: Govbrief, published_home: Path) -> None:
    span = ("--since", "2024-01-01", "--until", "2026-12-31")
    rows = govbrief("duties", "--home", published_home, "--state", "all", *span, "--json").json
    assert {row["state"] for row in rows} == {"due", "overdue", "unnamed", "evidence", "ended"}
    assert all(row["evidence"] for row in rows if row["state"] == "evidence")
    assert all(not row["evidence"] for row in rows if row["state"] in ("overdue", "unnamed"))
    over = ("overdue", "unnamed", "evidence")
    assert all(row["due"] < "2026-06-01" for row in rows if row["state"] in over)
    past = govbrief("duties", "--home", published_home, "--state", "past", *span, "--json").json
    parts = [
        govbrief("duties", "--home", published_home, "--state", state, *span, "--json").json
        for state in ("overdue", "evidence")
    ]
    assert len(past) == sum(len(part) for part in parts)


def test_files_are_written_whole_in_the_form_their_name_says(
    govbrief: Govbrief, published_home: Path, tmp_path: Path
) -> None:
    for name in ("d.ics", "d.csv"):
        file = tmp_path / name
        assert govbrief("duties", "--home", published_home, "-o", file).code == 0
    calendar = read_calendar((tmp_path / "d.ics").read_bytes())
    rows = list(csv.DictReader(io.StringIO((tmp_path / "d.csv").read_text("utf-8-sig"), newline="")))
    assert {one.raw("UID").split("@")[0] for one in calendar.inside} == {row["duty_id"] for row in rows}
    assert len(rows) > 20


def test_a_table_is_for_people_and_says_what_overdue_means(govbrief: Govbrief, published_home: Path) -> None:
    done = govbrief("duties", "--home", published_home, "--state", "overdue", "--days", "365", "--limit", "3")
    assert done.code == 0
    assert len(done.out.splitlines()) == 5
    assert "no evidence was found in what is held" in done.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--region", "火星"], "'火星' names nothing"),
        (["--days", "0"], "--days takes 1 to 3700"),
        (["--since", "2026-06-02", "--until", "2026-06-01"], "--since comes before --until"),
        (["--bearer", "没有这个局"], "is called '没有这个局'"),
        (["--of", "undated", "--format", "ics"], "no place for limits without a day"),
        (["--alarm", "3"], "--alarm 3: it belongs to --format ics"),
        (["--format", "ics", "--alarm", "400"], "takes 0 to 90 days"),
        (["--format", "csv", "--json"], "two forms"),
        (["--limit", "0"], "give a number of 1 or more"),
        (["-o", "duties.txt"], "name the form with --format"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    govbrief: Govbrief, published_home: Path, words: list[str], said: str
) -> None:
    done = govbrief("duties", "--home", published_home, *words)
    assert done.code == 2
    assert said in done.err
