"""kill -9 at random in each stage: nothing is lost, nothing is double, no reader is disturbed.

Ten kills a stage are the drill; `make test` has four.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawlers.sample_sites import SampleServer, sample_settings
from dashboard.commands.main import main
from tests.commands.nights import place_of
from warehouse.crawl_state.store import CrawlState
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.queries.export import document_rows
from warehouse.search.query import search

pytestmark = [pytest.mark.kill, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
TRIES = 40
EVENTS = "select document_id, kind, version_no, count(*) as n from event group by all order by all"
THEME = 'name_zh = "试验"\nname_en = "Probe"\nterms = ["第{number}号"]\n'


class Reader(threading.Thread):
    """Reads whatever is current all the while, as a dashboard does."""

    def __init__(self, home: Home) -> None:
        super().__init__(daemon=True)
        self.home = home
        self.ended = threading.Event()
        self.seen: set[str] = set()
        self.troubles: list[str] = []

    def run(self) -> None:
        while not self.ended.wait(0.05):
            try:
                self._read()
            except Exception as error:  # any failure of a reader is what the test looks for
                self.troubles.append(repr(error))

    def _read(self) -> None:
        publication = Publication.current(self.home)
        if publication is None:
            return
        self.seen.add(publication.publication_id)
        rows = publication.rows("select segment, start_at, length, paragraphs from document")
        whole = all(len(publication.body_at(place_of(row))) == row["paragraphs"] for row in rows)
        found = search(publication, "", limit=1).total
        if not whole or not len(rows) == found == publication.manifest["documents"]:
            self.troubles.append(
                f"{publication.publication_id}: {len(rows)} rows, {found} found, whole: {whole}"
            )


@pytest.fixture
def server() -> Iterator[SampleServer]:
    with SampleServer(0) as running:
        yield running


def start(stage: str, home: Home, server: SampleServer) -> subprocess.Popen[str]:
    """The stage as a process that leads its own group."""
    words = [
        sys.executable,
        "-m",
        "tests.commands.kill_worker",
        stage,
        str(home.root),
        json.dumps(server.addresses),
    ]
    return subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True)


def finish(stage: str, home: Home, server: SampleServer) -> float:
    """Let the stage come to its end; how long that took."""
    started = time.monotonic()
    worker = start(stage, home, server)
    _, complained = worker.communicate(timeout=180)
    assert worker.returncode == 0, complained
    return time.monotonic() - started


def kill_once(stage: str, home: Home, server: SampleServer, seconds: float) -> bool:
    """Kill the stage, its children too, after some seconds; False when it had ended by then."""
    worker = start(stage, home, server)
    time.sleep(seconds)
    landed = worker.poll() is None
    try:
        os.killpg(worker.pid, signal.SIGKILL)
    except ProcessLookupError:
        landed = False
    _, complained = worker.communicate(timeout=60)
    assert "Traceback" not in complained, complained
    return landed


def torment(
    stage: str, home: Home, server: SampleServer, usual: float, kills: int, chance: random.Random
) -> None:
    """So many kills that landed at random moments of the stage's usual time; then it ends undisturbed.

    A stage that ended before its kill shows that the machine is quicker than when `usual` was measured: the
    moments shrink with it, so that a noisy first measurement does not decide the test.
    """
    landed, name = 0, stage
    for number in range(TRIES):
        if landed == kills:
            break
        if stage == "publish":  # something to publish each time
            home.themes.mkdir(exist_ok=True)
            (home.themes / "probe.toml").write_text(THEME.format(number=number), encoding="utf-8")
        if kill_once(name, home, server, chance.uniform(0.3, 1.0) * usual):
            landed += 1
            continue
        usual *= 0.85
        if stage in ("extract", "classify"):
            name = f"{stage}-again"  # all was done: from now on it is done once more
    assert landed == kills
    if stage == "publish":
        (home.themes / "probe.toml").unlink()
    finish(stage, home, server)


def state(home: Home) -> dict[str, Any]:
    """All that must not depend on kills: documents with labels and text, events, captures."""
    publication = Publication.current(home)
    assert publication is not None
    documents = [{**row, "publication": ""} for row in document_rows(publication)]
    with CrawlState.open(home) as crawl_state:
        captures = sorted(
            (capture.source_id, capture.url, capture.sha256)
            for batch in crawl_state.captures_to_extract("", again=True)
            for capture in batch
            if capture.role in ("detail", "attachment")
        )
    themes = publication.rows("select theme_id, document_id from theme_member order by all")
    return {
        "documents": documents,
        "events": publication.rows(EVENTS),
        "captures": captures,
        "themes": themes,
    }


@pytest.mark.parametrize(
    "kills", [pytest.param(4, id="four"), pytest.param(10, id="ten", marks=pytest.mark.drill)]
)
def test_killed_in_each_stage_the_chain_ends_as_if_nothing_had_happened(
    tmp_path: Path, server: SampleServer, kills: int
) -> None:
    calm = Home.create(tmp_path / "calm", sample_settings(0))
    usual = {stage: finish(stage, calm, server) for stage in ("crawl", "extract", "classify", "publish")}
    home = Home.create(tmp_path / "killed", sample_settings(0))
    reader = Reader(home)
    reader.start()
    chance = random.Random(20260601)
    for stage in usual:
        torment(stage, home, server, usual[stage], kills, chance)
    reader.ended.set()
    reader.join()
    assert reader.troubles == []
    assert reader.seen
    after, undisturbed = state(home), state(calm)
    for what, rows in undisturbed.items():
        assert [row for row in after[what] if row not in rows] == [], what
        assert len(after[what]) == len(rows), what
    assert main(["verify", "--home", str(home.root), "--quiet"]) == 0
