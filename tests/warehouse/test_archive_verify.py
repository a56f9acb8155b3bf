"""`verify` reads every record and names the file and the capture of whatever is not as it was fetched."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from crawlers.shelving import archive_bodies
from warehouse.archive.verify import verify_archive
from warehouse.archive.writer import ArchiveWriter
from warehouse.crawl_state.store import CrawlState
from warehouse.home import Home
from warehouse.records import Capture


def shelved(home: Home, roll_at: int = 1_000_000) -> list[Capture]:
    """Three captures, each in a file of its own when `roll_at` is small."""
    with CrawlState.open(home) as state:
        run_id = state.new_run("crawl", ["s"])
        with ArchiveWriter(home.archive, run_id, home.clock, roll_at) as writer:
            rows = [("s", f"http://a.example/{n}", "text/html", f"第{n}页".encode() * 90) for n in range(3)]
            captures = archive_bodies(home, state, run_id, writer, rows, "handed-in")
        state.end_run(run_id, "done")
    return captures


def flip(file: Path, capture: Capture) -> None:
    raw = bytearray(file.read_bytes())
    raw[capture.place.offset + capture.place.length // 2] ^= 0x10
    file.write_bytes(bytes(raw))


def truncate(file: Path, capture: Capture) -> None:
    file.write_bytes(file.read_bytes()[: capture.place.offset + 20])


def test_a_whole_archive_has_no_faults_and_a_home_without_one_neither(home: Home) -> None:
    assert verify_archive(home).checked == 0
    captures = shelved(home)
    answer = verify_archive(home)
    assert (answer.checked, answer.bytes, answer.faults) == (3, sum(one.length for one in captures), ())


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (flip, "no readable record"),
        (truncate, "bytes are there"),
        (lambda file, capture: file.unlink(), "No such file"),
    ],
)
def test_damage_names_file_and_capture(
    home: Home, harm: Callable[[Path, Capture], object], reason: str
) -> None:
    captures = shelved(home, roll_at=1)
    harm(home.archive / captures[1].place.file, captures[1])
    (fault,) = verify_archive(home).faults
    assert (fault.capture_id, fault.url, fault.file) == (
        captures[1].capture_id,
        captures[1].url,
        captures[1].place.file,
    )
    assert reason in fault.detail
    assert captures[1].place.file in fault.detail


def test_a_record_in_the_place_of_another_is_noticed(home: Home) -> None:
    captures = shelved(home, roll_at=1)
    first, second = (home.archive / one.place.file for one in captures[:2])
    second.write_bytes(first.read_bytes())
    (fault,) = verify_archive(home).faults
    assert fault.capture_id == captures[1].capture_id
    assert re.search(r"no readable record|that of http://a\.example/0", fault.detail)


@pytest.mark.parametrize("standing", ["unconfirmed", "held", "dropped"])
def test_captures_that_extraction_does_not_take_are_verified_too(home: Home, standing: str) -> None:
    captures = shelved(home)
    with CrawlState.open(home) as state:
        state.set_standing([captures[2].capture_id], standing)
    flip(home.archive / captures[2].place.file, captures[2])
    assert [fault.capture_id for fault in verify_archive(home).faults] == [captures[2].capture_id]
