"""Damage and a full disk: the current publication stays, publishing makes good what is known."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.warehouse.make import copy_of, document, fill, make_home
from warehouse.database import Warehouse
from warehouse.errors import EnvironmentProblem
from warehouse.folders import CURRENT, FACTS, publication_ids
from warehouse.home import Home
from warehouse.outbox import make_whole
from warehouse.publication import Publication
from warehouse.publish import publish
from warehouse.search.query import search


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = make_home(tmp_path_factory.mktemp("published"))
    fill(made, [document(n) for n in range(1, 6)])
    publish(made)
    return made


@pytest.fixture
def home(published: Home, tmp_path: Path) -> Home:
    return copy_of(published, tmp_path)


def assert_whole(home: Home, documents: int) -> None:
    publication = Publication.current(home)
    assert publication is not None
    rows = publication.rows("select document_id from document")
    assert len(rows) == documents
    assert all(publication.body(row["document_id"]) for row in rows)
    assert search(publication, "养老服务").total == documents


def test_a_damaged_publication_is_made_anew(home: Home) -> None:
    file = home.published / publish(home).publication_id / FACTS
    size = file.stat().st_size
    with file.open("r+b") as handle:
        handle.seek(size // 4)
        handle.write(os.urandom(size // 2))
    fill(home, [document(6)])
    assert publish(home).documents == 6
    assert_whole(home, 6)


def test_a_lost_current_and_a_lost_segment_are_made_good(home: Home) -> None:
    (home.published / CURRENT).unlink()
    for file in home.bodies.iterdir():
        file.unlink()
    assert publish(home).counts["bodies_written"] == 5
    assert_whole(home, 5)


def test_a_run_that_was_killed_while_it_wrote_what_it_knows_is_followed_by_a_whole(home: Home) -> None:
    with Warehouse.open(home) as w:
        w.connection.execute("delete from publication_state where part = 'publication'")
        w.connection.execute("delete from known_name")
    fill(home, [document(6)])
    assert publish(home).counts["written_anew"] == 6
    fill(home, [document(7)])
    assert publish(home).counts["written_anew"] == 1
    assert_whole(home, 7)


def test_what_is_erased_leaves_no_byte_in_the_next_publication(home: Home) -> None:
    doomed = document(3)
    with Warehouse.open(home) as w, w.transaction() as connection:
        connection.execute("delete from document where document_id = $1", [doomed.document_id])
        make_whole(connection)
    made = publish(home)
    facts = (home.published / made.publication_id / FACTS).read_bytes()
    assert made.documents == 4
    assert doomed.document_id.encode() not in facts


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=80m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small tmpfs is not permitted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_disk_that_is_full_in_mid_publication_leaves_the_old_one(small_disk: Path) -> None:
    home = make_home(small_disk)
    fill(home, [document(n) for n in range(1, 4)])
    first = publish(home)
    fill(home, [document(4)])
    free = os.statvfs(small_disk)
    filler = small_disk / "filler"
    filler.write_bytes(bytes(max(free.f_bavail * free.f_frsize - 700_000, 0)))
    with pytest.raises(EnvironmentProblem, match="disk is full"):
        publish(home)
    assert publication_ids(home.published) == [first.publication_id]
    assert_whole(home, 3)
    filler.unlink()
    assert publish(home).documents == 4
    assert_whole(home, 4)
