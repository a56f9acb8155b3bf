"""Nights of a sample home: moving its clock, the real command in this process, and killing it in its own."""

from __future__ import annotations

import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard.commands.main import main
from dashboard.commands.sample_home import open_sample_home
from warehouse.bodies import BodyPlace
from warehouse.home import Home
from warehouse.publication import Publication

ROOT = Path(__file__).resolve().parents[2]
STAGES = ("crawl", "extract", "classify", "publish")
_MARKS = {"classify": "extract: ", "publish": "classify: "}  # what stderr says when the stage before is done
_SPANS = {
    "crawl": (0.8, 3.0),
    "extract": (0.0, 0.4),
    "classify": (0.0, 1.0),
    "publish": (0.0, 0.7),
}  # seconds


@dataclass(frozen=True, slots=True)
class Night:
    """What `govbrief run` said in the morning."""

    code: int
    summary: dict[str, Any]

    @property
    def verdicts(self) -> dict[str, str]:
        """The verdicts that call for a look, by source."""
        rows = self.summary["crawl"]["sources"].items()
        return {name: row["verdict"] for name, row in rows if row["verdict"] not in ("ok", "quiet")}

    def remark(self, source_id: str) -> str:
        """What the run says of a source."""
        return str(self.summary["crawl"]["sources"][source_id]["detail"])


def move_to(root: Path, day: int) -> Home:
    """The home on that day."""
    return open_sample_home(Home.open(root), day)


def run(root: Path) -> Night:
    """One `govbrief run` of the home, its JSON read."""
    said = io.StringIO()
    with redirect_stdout(said):
        code = main(["run", "--json", "--quiet", "--home", str(root)])
    return Night(code, json.loads(said.getvalue()))


def kill_during(root: Path, stage: str, chance: random.Random) -> bool:
    """Start the night's command in a process group of its own and kill it at some moment of the stage.

    False when it had ended by then.
    """
    log = root.with_name("killed.log")
    reports = _reports(root)
    words = [sys.executable, "-m", "dashboard.commands.main", "run", "--home", str(root)]
    with log.open("w", encoding="utf-8") as stderr:
        process = subprocess.Popen(
            words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=stderr, start_new_session=True
        )
        if stage == "extract":
            _wait(process, lambda: _reports(root) > reports)
        elif stage in _MARKS:
            _wait(process, lambda: _MARKS[stage] in log.read_text(encoding="utf-8"))
        time.sleep(chance.uniform(*_SPANS[stage]))
        landed = process.poll() is None
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            landed = False
        process.wait(timeout=60)
    complained = log.read_text(encoding="utf-8")
    assert "Traceback" not in complained, complained
    return landed


def place_of(row: dict[str, Any]) -> BodyPlace:
    """Where the text of a row of `document` lies."""
    return BodyPlace(row["segment"], row["start_at"], row["length"])


def whole(home: Home, part: int = 0, parts: int = 1) -> Publication:
    """The current publication, after a look that it can be read; `parts`: only each so-many-th text."""
    publication = Publication.current(home)
    assert publication is not None
    rows = publication.rows(
        "select document_id, segment, start_at, length, paragraphs from document order by document_id"
    )
    assert len(rows) == publication.manifest["documents"]
    torn = [
        row
        for row in rows[part % parts :: parts]
        if len(publication.body_at(place_of(row))) != row["paragraphs"]
    ]
    assert torn == []
    return publication


def _reports(root: Path) -> int:
    return len(list((root / "run-reports").glob("*.md")))


def _wait(process: subprocess.Popen[bytes], reached: Callable[[], bool]) -> None:
    """Until the stage is reached or the process has ended."""
    while process.poll() is None and not reached():
        time.sleep(0.01)
