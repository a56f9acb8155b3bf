"""A backup is one moment of the home, shares what did not change, and a restored one is the home again."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crawlers.shelving import archive_bodies
from tests.warehouse.make import copy_of, document, fill, make_home
from warehouse.archive.writer import ArchiveWriter
from warehouse.backup import CRAWL_STATE, Copy, back_up
from warehouse.backup_list import LIST, backups_in, new_part
from warehouse.crawl_state.store import CrawlState
from warehouse.desk.desk import LOCAL, Desk
from warehouse.errors import EnvironmentProblem, LockHeld, NothingUsable, UserError
from warehouse.home import Home
from warehouse.locks import work_lock
from warehouse.publish import publish
from warehouse.restore import MARK, restore
from warehouse.verify import verify_home

ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import sys, time
from pathlib import Path
from warehouse.home import Home
from warehouse.locks import work_lock
with work_lock(Home.open(Path(sys.argv[1]))):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""
COPY = """
import sys
from pathlib import Path
from warehouse.backup import back_up
from warehouse.home import Home
back_up(Home.open(Path(sys.argv[1])), Path(sys.argv[2]))
"""


def shelve(home: Home, number: int) -> None:
    """One page in an archive file of its own run."""
    with CrawlState.open(home) as state:
        run_id = state.new_run("crawl", ["mzt"])
        with ArchiveWriter(home.archive, run_id, home.clock) as writer:
            rows = [("mzt", f"http://a.example/{number}", "text/html", f"第{number}页".encode() * 90)]
            archive_bodies(home, state, run_id, writer, rows, "handed-in")
        state.end_run(run_id, "done")


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with archive, warehouse, publication and a desk."""
    home = make_home(tmp_path_factory.mktemp("full"))
    shelve(home, 1)
    fill(home, [document(1), document(2)])
    publish(home)
    with Desk.open(home) as desk:
        desk.correct(document(1).document_id, "title", "改正的标题", "旧", "", LOCAL)
    return home


@pytest.fixture
def full(untouched: Home, tmp_path: Path) -> Home:
    """Such a home for one test."""
    return copy_of(untouched, tmp_path)


def files(copy: Copy) -> dict[str, str]:
    listed: dict[str, str] = json.loads((copy.folder / LIST).read_text(encoding="utf-8"))["files"]
    return listed


def start(program: str, *words: object) -> subprocess.Popen[str]:
    order = [sys.executable, "-c", program, *map(str, words)]
    return subprocess.Popen(order, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_second_backup_shares_what_did_not_change_and_stands_alone(full: Home, tmp_path: Path) -> None:
    first = back_up(full, tmp_path / "copies")
    assert first.reused_from is None
    assert 0 < first.new_files <= first.files
    again = back_up(full, tmp_path / "copies")
    assert (again.new_files, again.new_bytes, again.reused_from) == (0, 0, first.folder.name)
    held = {name for name in files(first) if name.startswith("archive/")}
    shelve(full, 2)
    third = back_up(full, tmp_path / "copies", keep=1)
    assert third.removed == (again.folder.name, first.folder.name)
    assert {name for name in files(third) if name.startswith("archive/")} > held
    assert 0 < third.new_files <= 3  # the new archive file, crawl state, perhaps the desk
    assert [one.folder for one in backups_in(tmp_path / "copies")] == [third.folder]
    restored = restore(third.folder, tmp_path / "new")
    assert restored.files == third.files
    home = Home.open(tmp_path / "new")
    answer = verify_home(home)
    assert (answer.checked, answer.faults) == (2, ())
    with Desk.open(home) as desk:
        assert [one.value for one in desk.corrections()] == ["改正的标题"]


def test_damage_of_one_backup_does_not_pass_into_the_next(full: Home, tmp_path: Path) -> None:
    first = back_up(full, tmp_path / "copies")
    (name,) = (one for one in files(first) if one.endswith(".warc.gz"))
    names = {name, CRAWL_STATE}
    for one in names:
        rotten = first.folder / one
        times, content = rotten.stat(), bytearray(rotten.read_bytes())
        content[len(content) // 2] ^= 0xFF
        rotten.write_bytes(content)
        os.utime(rotten, ns=(times.st_atime_ns, times.st_mtime_ns))
    again = back_up(full, tmp_path / "copies")
    assert set(again.copied_anew) == names
    assert again.new_files == 2
    assert restore(again.folder, tmp_path / "new").files == again.files
    assert back_up(full, tmp_path / "copies").copied_anew == ()


def test_a_torn_tail_of_the_archive_is_not_copied_and_a_lost_end_is_told(full: Home, tmp_path: Path) -> None:
    (file,) = full.archive.rglob("*.warc.gz")
    whole = file.read_bytes()
    file.write_bytes(whole + b"torn by a kill")
    copy = back_up(full, tmp_path / "copies")
    assert (copy.folder / file.relative_to(full.root)).read_bytes() == whole
    file.write_bytes(whole[:-30])
    worse = back_up(full, tmp_path / "copies")
    (told,) = worse.damaged
    assert f"it holds {len(whole) - 30} of {len(whole)} bytes" in told


def test_one_file_under_two_names_is_copied_once(full: Home, tmp_path: Path) -> None:
    copy = back_up(full, tmp_path / "copies")
    (segment,) = (copy.folder / "bodies").iterdir()
    (published,) = copy.folder.glob("published/*/bodies/*.seg")
    assert segment.stat().st_ino == published.stat().st_ino
    restore(copy.folder, tmp_path / "new")
    (published,) = (tmp_path / "new").glob("published/*/bodies/*.seg")
    assert (tmp_path / "new" / "bodies" / segment.name).stat().st_ino == published.stat().st_ino


def test_a_backup_waits_for_a_writer_and_says_who_when_it_waits_no_longer(full: Home, tmp_path: Path) -> None:
    holder = start(HOLD, full.root, 1.5)
    assert holder.stdout is not None
    holder.stdout.readline()
    with pytest.raises(LockHeld, match=f"process {holder.pid}"), work_lock(full, patience=0.1):
        pass
    copy = back_up(full, tmp_path / "copies")
    assert holder.wait(timeout=30) == 0
    assert "warehouse.duckdb" in files(copy)


def test_what_a_kill_left_is_swept_by_the_next_and_a_living_one_stays(full: Home, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    (copies / "govbrief-20260101-000000.part" / "archive").mkdir(parents=True)
    living, handle = new_part(copies, full.clock.now())
    (full.root / "tmp" / "backup-1").mkdir(parents=True)
    copy = back_up(full, copies)
    assert handle
    assert sorted(entry.name for entry in copies.iterdir()) == sorted([living.name, copy.folder.name])
    assert list((full.root / "tmp").iterdir()) == []


def test_a_killed_backup_leaves_a_part_and_the_home_as_it_was(full: Home, tmp_path: Path) -> None:
    (full.root / "models").mkdir()
    (full.root / "models" / "large").write_bytes(b"x" * 80_000_000)
    worker = start(COPY, full.root, tmp_path / "copies")
    while not list((tmp_path / "copies").glob("*.part")) and worker.poll() is None:
        time.sleep(0.005)
    worker.send_signal(signal.SIGKILL)
    worker.wait(timeout=30)
    (left,) = (tmp_path / "copies").iterdir()
    assert left.name.endswith(".part")
    copy = back_up(full, tmp_path / "copies")
    assert [entry.name for entry in (tmp_path / "copies").iterdir()] == [copy.folder.name]


def test_no_room_is_one_sentence_and_leaves_nothing(full: Home, tmp_path: Path) -> None:
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, usual[1]))
    try:
        with pytest.raises(EnvironmentProblem, match="nothing was left there, make room"):
            back_up(full, tmp_path / "copies")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        signal.signal(signal.SIGXFSZ, ignored)
    assert list((tmp_path / "copies").iterdir()) == []
    assert list((full.root / "tmp").glob("backup-*")) == []


def test_a_restore_refuses_other_bytes_and_goes_on_where_it_was_stopped(full: Home, tmp_path: Path) -> None:
    copy = back_up(full, tmp_path / "copies")
    target = tmp_path / "new"
    target.mkdir()
    (target / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UserError, match="is not empty"):
        restore(copy.folder, target)
    (target / "mine.txt").rename(target / MARK)
    (target / "desk.sqlite").write_bytes(b"half")
    restore(copy.folder, target)
    assert not (target / MARK).exists()
    assert verify_home(Home.open(target)).exit_code in (0, 3)
    (copy.folder / "desk.sqlite").write_bytes(b"other")
    with pytest.raises(NothingUsable, match="differs from its checksum"):
        restore(copy.folder, tmp_path / "third")
    assert not (tmp_path / "third").exists()
