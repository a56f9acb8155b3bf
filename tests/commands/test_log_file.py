"""The log of a home keeps what verbs say, turned over by size, and stops nothing when it is unwritable."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

from dashboard.commands.log_file import LibraryWarnings, LogFile
from tests.commands.conftest import Govbrief
from tests.commands.nightly import home_of_night
from warehouse.home import Home

SETTINGS = '[log]\nfile = "logs/govbrief.log"\nmax_bytes = 10000\nkeep = 2\n'
WORKER = (
    "import sys; from pathlib import Path; from warehouse.home import Home;"
    "from dashboard.commands.log_file import LogFile; log = LogFile.of(Home.open(Path(sys.argv[1])));"
    "[log.write(f'{sys.argv[2]} {n:03d} ' + 'x' * 40) for n in range(100)]"
)


def log_of(home: Home) -> LogFile:
    log = LogFile.of(home)
    assert log is not None
    return log


def test_what_a_verb_says_is_kept_with_its_time_and_its_end(tmp_path: Path, govbrief: Govbrief) -> None:
    home = home_of_night(tmp_path / "home", 0, SETTINGS)
    govbrief("health", "--acknowledge", "9", "--quiet", "--home", home.root)
    lines = (home.root / "logs" / "govbrief.log").read_text(encoding="utf-8").splitlines()
    assert [line.split("] ")[1] for line in lines] == [
        f"Home: {home.root}",
        "Home: " + str(home.root),
        "There is no alarm 9; 'govbrief health' lists those that are open.",
        "govbrief health ended with 2",
    ]
    assert lines[0].startswith("2026-06-01T00:00:00Z [")
    assert LogFile.of(home_of_night(tmp_path / "plain")) is None
    assert not any(isinstance(one, LibraryWarnings) for one in logging.getLogger().handlers)


def test_the_file_is_turned_over_by_size_and_only_so_many_are_kept(tmp_path: Path) -> None:
    home = home_of_night(tmp_path / "home", 0, SETTINGS)
    log = log_of(home)
    for number in range(700):
        log.write(f"{number:04d} " + "x" * 45)
    files = sorted(file.name for file in (home.root / "logs").glob("govbrief*"))
    assert files == ["govbrief.log", "govbrief.log.1", "govbrief.log.2"]
    kept = [line for name in reversed(files) for line in (home.root / "logs" / name).read_text().splitlines()]
    assert all((home.root / "logs" / name).stat().st_size <= 10_000 for name in files)
    numbers = [int(line.split("] ")[1][:4]) for line in kept]
    assert numbers == list(range(numbers[0], 700))


def test_processes_that_write_at_once_lose_no_line(tmp_path: Path) -> None:
    home = home_of_night(tmp_path / "home", 0, SETTINGS)
    words = [sys.executable, "-c", WORKER, str(home.root)]
    writers = [subprocess.Popen([*words, name]) for name in ("a", "b")]
    assert [one.wait(timeout=60) for one in writers] == [0, 0]
    lines = [
        line.split("] ")[1][:5]
        for file in (home.root / "logs").glob("govbrief.log*")
        for line in file.read_text().splitlines()
    ]
    assert sorted(lines) == [f"{name} {number:03d}" for name in "ab" for number in range(100)]


def test_a_log_that_cannot_be_written_is_said_once_and_ends_nothing(
    tmp_path: Path, govbrief: Govbrief
) -> None:
    home = home_of_night(tmp_path / "home", 0, '[log]\nfile = "govbrief.toml/govbrief.log"\n')
    outcome = govbrief("status", "--home", home.root)
    assert outcome.code == 0
    assert outcome.err.count("the log cannot be written") == 1


def test_a_line_of_log_is_one_line(tmp_path: Path) -> None:
    home = home_of_night(tmp_path / "home", 0, SETTINGS)
    log_of(home).write("one\ntwo\r\nthree")
    (line,) = (home.root / "logs" / "govbrief.log").read_text(encoding="utf-8").splitlines()
    assert line.endswith("one two three")
