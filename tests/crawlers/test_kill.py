"""Claims about sudden ends: a killed crawl and a full disk lose nothing and leave nothing twice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from crawlers.fetching import module_environment
from crawlers.run import crawl
from tests.crawlers.loopback import Site, make_home, source_toml
from warehouse.archive.reader import read_record
from warehouse.crawl_state.store import CrawlState
from warehouse.home import Home
from warehouse.identity import sha256

DOCUMENTS = 300


def start(home: Home, site: Site, *more: str) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "-m",
        "tests.crawlers.crawl_worker",
        str(home.root),
        json.dumps(site.resolve),
        *more,
    ]
    return subprocess.Popen(
        command, env=module_environment(), stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def kill_during(home: Home, site: Site, requests: int, whole_group: bool) -> None:
    """Kill the crawl after that many further requests; alone, or together with its fetching process."""
    process = start(home, site)
    target = len(site.log) + requests
    while len(site.log) < target and process.poll() is None:
        time.sleep(0.002)
    if whole_group:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
    assert process.stderr is not None
    process.stderr.read()  # ends when the fetching process, which inherited it, has ended


def check_whole(home: Home, site: Site) -> None:
    """Every document once, every record readable, no byte beyond what was committed."""
    with CrawlState.open(home) as state:
        captures = [item for batch in state.captures_to_extract("none") for item in batch]
        state.repair(home.archive)
    details = Counter(item.url for item in captures if item.role == "detail")
    assert details == Counter(site.url(number) for number in site.texts)
    assert all(sha256(read_record(home.archive, item.place).body) == item.sha256 for item in captures)
    ends: dict[str, int] = {}
    for item in captures:
        ends[item.place.file] = max(ends.get(item.place.file, 0), item.place.offset + item.place.length)
    files = {
        path.relative_to(home.archive).as_posix(): path.stat().st_size for path in home.archive.glob("*/*")
    }
    assert files == ends


@pytest.mark.kill
def test_ten_kills_lose_nothing_and_leave_nothing_twice(tmp_path: Path) -> None:
    chance = random.Random(20260601)
    with Site(DOCUMENTS) as site:
        home = make_home(tmp_path / "home")
        for number in range(10):
            kill_during(home, site, chance.randint(1, 45), whole_group=number % 2 == 0)
        summary = crawl(home, ["prueba"], resolve=site.resolve)
        assert summary.exit_code == 0
        check_whole(home, site)
        with CrawlState.open(home) as state:
            assert "interrupted" in {run.outcome for run in state.runs()}
            assert "running" not in {run.outcome for run in state.runs()}
        site.log.clear()
        crawl(home, ["prueba"], resolve=site.resolve)
        assert not [path for path in site.paths(200) if path in site.details()]


@pytest.mark.kill
def test_a_kill_makes_at_most_the_request_in_flight_be_asked_twice(tmp_path: Path) -> None:
    kills = 4
    with Site(16) as site:
        text = source_toml().replace("delay_seconds = 0", "delay_seconds = 0.2")
        home = make_home(tmp_path / "home", sources={"prueba": text})
        for _ in range(kills):
            kill_during(home, site, 4, whole_group=True)
        crawl(home, ["prueba"], resolve=site.resolve)
        twice = sum(count - 1 for count in Counter(site.details()).values())
        assert twice <= kills  # one connection to one host
        check_whole(home, site)


@pytest.mark.kill
def test_a_fetching_process_that_dies_is_reported_and_made_good(tmp_path: Path) -> None:
    with Site(DOCUMENTS) as site:
        home = make_home(tmp_path / "home")
        process = start(home, site)
        while len(site.log) < 30:
            time.sleep(0.002)
        (child,) = [
            int(name) for name in os.listdir("/proc") if name.isdigit() and _parent(name) == process.pid
        ]
        os.kill(child, signal.SIGKILL)
        assert process.wait() in {3, 4}
        crawl(home, ["prueba"], resolve=site.resolve)
        check_whole(home, site)


def test_a_full_disk_is_one_sentence_and_loses_nothing(tmp_path: Path) -> None:
    with Site(60, body_bytes=40_000) as site:
        home = make_home(tmp_path / "home")
        process = start(home, site, "700000")
        _, said = process.communicate()
        assert process.returncode == 5
        assert len([line for line in said.splitlines() if line.strip()]) == 1
        assert "cannot be written" in said
        with CrawlState.open(home) as state:
            kept = [item for batch in state.captures_to_extract("none") for item in batch]
        assert all(sha256(read_record(home.archive, item.place).body) == item.sha256 for item in kept)
        crawl(home, ["prueba"], resolve=site.resolve)
        check_whole(home, site)


def _parent(pid: str) -> int | None:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None
