"""Claims: forty sites crawled in one night under kill -9 every few seconds end as an undisturbed night does.

Both homes share a first night; the second, five days later, brings news, corrections and withdrawals. About
two minutes on two cores.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawlers.fetching import module_environment
from tests.breakages.answers import night_of
from tests.breakages.harness import make_home
from tests.breakages.papers import Rhythm
from tests.breakages.server import Sites, SiteServer
from tests.breakages.site import Site
from tests.breakages.styles import SYSTEMS
from tests.breakages.worlds import build
from warehouse.crawl_state.store import CrawlState
from warehouse.home import Home
from warehouse.publication import Publication

pytestmark = [pytest.mark.kill, pytest.mark.slow]

SITES = 40
FIRST = date(2026, 3, 2)
LATER = FIRST + timedelta(days=5)
KILLS = 12
WHILE_FETCHING = 8  # of the kills, so many in the crawl
TRIES = 40
IN_FLIGHT = 1  # a host has one connection
_NOW = re.compile(r'now = "[^"]*"')
_DOCUMENTS = """
select source_id, url, status, version_no, title, doc_number, published, paragraphs, document_id
from document order by document_id
"""
_FILES = "select document_id, url, name, status, media_type, text from attachment order by all"
_VERSIONS = "select document_id, version_no from version order by all"
_CHANGES = "select document_id, version_no, fields, paragraphs from version_change order by all"
_EVENTS = "select document_id, kind, version_no, count(*) as n from event group by all order by all"


def forty_sites() -> list[Site]:
    """Small sites on every system, with a lively rhythm."""
    rhythm = Rhythm(stock=14, a_day=0.8, files=0.3, amended=0.25, withdrawn=0.12)
    styles = sorted(SYSTEMS)
    return [
        build(number, f"night-{number}", styles[number % len(styles)], rhythm, FIRST, 6)
        for number in range(SITES)
    ]


def start(home: Home, server: SiteServer) -> subprocess.Popen[str]:
    """The whole night in a process that leads its own group."""
    words = [sys.executable, "-m", "tests.commands.kill_worker", "night"]
    words += [str(home.root), json.dumps(server.resolve)]
    environment = module_environment()
    return subprocess.Popen(words, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True)


def finish(home: Home, server: SiteServer) -> None:
    """An undisturbed night."""
    worker = start(home, server)
    _, complained = worker.communicate(timeout=300)
    assert worker.returncode == 0, complained


def tormented(home: Home, server: SiteServer, chance: random.Random) -> int:
    """Kill the night every few seconds, first while it fetches, then anywhere; then let it end.

    Gives the number of kills that landed.
    """
    landed = 0
    for _ in range(TRIES):
        if landed == KILLS:
            break
        worker = start(home, server)
        until = time.monotonic() + chance.uniform(3.0, 8.0)
        answers = len(server.sites.log) + chance.randint(10, 90)
        while worker.poll() is None and (
            len(server.sites.log) < answers if landed < WHILE_FETCHING else time.monotonic() < until
        ):
            time.sleep(0.01)
        if worker.poll() is None:
            os.killpg(worker.pid, signal.SIGKILL)
            landed += 1
        _, complained = worker.communicate(timeout=60)
        assert "Traceback" not in complained, complained
    finish(home, server)
    return landed


def move(home: Home, server: SiteServer, today: date) -> Home:
    """Sites and home on the night of a day."""
    server.sites.today = today
    server.sites.asked.clear()
    file = home.root / "govbrief.toml"
    now = night_of(today).isoformat()
    file.write_text(_NOW.sub(f'now = "{now}"', file.read_text(encoding="utf-8")), encoding="utf-8")
    return Home.open(home.root)


def shown(home: Home) -> dict[str, Any]:
    """All that a reader could compare, without run names and instants."""
    publication = Publication.current(home)
    assert publication is not None
    asked = {"files": _FILES, "versions": _VERSIONS, "changes": _CHANGES, "events": _EVENTS}
    rows = publication.rows(_DOCUMENTS)
    told: dict[str, Any] = {name: publication.rows(sql) for name, sql in asked.items()}
    told["bodies"] = {row["document_id"]: publication.body(row["document_id"]) for row in rows}
    return {"documents": rows, **told}


def left_over(home: Home) -> Counter[str]:
    """Addresses that were neither fetched nor given up, by state."""
    with CrawlState.open(home) as state:
        counts: Counter[str] = Counter()
        for number in range(SITES):
            counts.update(state.frontier.counts(f"night-{number}"))
    return Counter({name: n for name, n in counts.items() if name in ("discovered", "leased", "failed")})


def test_a_night_under_kills_ends_as_an_undisturbed_one(tmp_path: Path) -> None:
    sites = forty_sites()
    calm = make_home(tmp_path / "calm", sites, FIRST)
    with SiteServer(Sites.of(FIRST, sites)) as server:
        finish(calm, server)
        first = len(server.sites.log)
        shutil.copytree(calm.root, tmp_path / "wild")
        calm = move(calm, server, LATER)
        finish(calm, server)
        between = len(server.sites.log)
        wild = move(Home.open(tmp_path / "wild"), server, LATER)
        landed = tormented(wild, server, random.Random(40))
    assert first >= SITES * 14
    assert landed == KILLS
    with CrawlState.open(wild) as state:
        assert [run.outcome for run in state.runs()].count("interrupted") >= WHILE_FETCHING
    expected, found = shown(calm), shown(wild)
    for part in expected:
        assert found[part] == expected[part], part
    assert {row["kind"] for row in expected["events"]} >= {"new", "changed"}
    assert left_over(wild) == left_over(calm)
    usual = Counter(line[1:3] for line in server.sites.log[first:between])
    again = Counter(line[1:3] for line in server.sites.log[between:])
    new = {row["url"].split("/", 3)[3] for row in expected["documents"] if row["published"] > FIRST}
    often = {
        key: n
        for key, n in again.items()
        if key[1].lstrip("/") in new and n > usual[key] + IN_FLIGHT * landed
    }
    assert often == {}
