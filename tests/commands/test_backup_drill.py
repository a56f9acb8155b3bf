"""The drill: people write while a run is under way and a backup is taken; the machine dies; all is there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dashboard.commands.sample_home import open_sample_home
from tests.commands.conftest import Govbrief
from tests.commands.test_json import differences, documented
from warehouse.desk.desk import LOCAL, Desk
from warehouse.home import Home
from warehouse.publication import Publication

pytestmark = [pytest.mark.kill, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]


class Librarian(threading.Thread):
    """Corrects, judges, opens pages and asks for jobs all the while; keeps what the desk acknowledged."""

    def __init__(self, home: Home, documents: list[str]) -> None:
        super().__init__(daemon=True)
        self.home, self.documents = home, documents
        self.ended = threading.Event()
        self.acknowledged: list[tuple[Any, ...]] = []

    def run(self) -> None:
        with Desk.open(self.home) as desk:
            for number in range(100_000):
                document_id = self.documents[number % len(self.documents)]
                made = desk.correct(document_id, "title", f"第{number}次改正", "旧题", "", LOCAL)
                desk.judge(document_id, f"fac-{number}", "confirmed", LOCAL)
                desk.record_visit(LOCAL, "doc", f"{number}", "p", datetime.now(UTC))
                self.acknowledged.append((made.correction_id, document_id, f"fac-{number}", f"{number}"))
                if self.ended.wait(0.01):
                    return


def lost(home: Home, acknowledged: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Which acknowledged writings are not on the desk."""
    with Desk.open(home) as desk:
        kept = {one.correction_id for one in desk.corrections(active=False)}
        judged = desk.judgements({one[1] for one in acknowledged})
        return [
            one
            for one in acknowledged
            if one[0] not in kept
            or (one[1], one[2]) not in judged
            or desk.last_visit(LOCAL, "doc", one[3]) is None
        ]


def start(*words: object) -> subprocess.Popen[str]:
    order = [sys.executable, "-m", "dashboard.commands.main", *map(str, words)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(order, cwd=ROOT, text=True, start_new_session=True, **pipes)  # type: ignore[call-overload, no-any-return]


def documents(home: Home) -> list[dict[str, Any]]:
    publication = Publication.current(home)
    assert publication is not None
    return publication.rows("select document_id, version_no, characters from document order by all")


def test_the_drill(govbrief: Govbrief, published_home: Path, tmp_path: Path) -> None:
    subprocess.run(["cp", "-a", str(published_home), str(tmp_path / "home")], check=True)
    home = open_sample_home(Home.open(tmp_path / "home"), 1)
    librarian = Librarian(home, [row["document_id"] for row in documents(home)][:9])
    librarian.start()
    run = start("run", "--home", home.root)
    assert run.stderr is not None
    while "extract:" not in (line := run.stderr.readline()) and line:
        pass  # the crawl is over, the warehouse is being written
    before = len(librarian.acknowledged)
    backup = govbrief("backup", tmp_path / "copies", "--home", home.root, "--json")
    under_way = run.poll() is None
    assert backup.code == 0, backup.err
    time.sleep(0.3)
    try:
        os.killpg(run.pid, signal.SIGKILL)
    except ProcessLookupError:
        under_way = False
    run.communicate(timeout=60)
    librarian.ended.set()
    librarian.join()
    assert under_way, "the run had ended before the backup did; nothing was tried"
    assert before > 5

    restored = govbrief("restore", backup.json["folder"], "--home", tmp_path / "new", "--json")
    assert restored.code == 0, restored.err
    assert differences(documented("restore FOLDER --json"), restored.json) == []
    new = Home.open(tmp_path / "new")
    assert lost(new, librarian.acknowledged[:before]) == []
    assert lost(home, librarian.acknowledged) == []
    verified = govbrief("verify", "--home", new.root, "--json")
    assert (verified.code, verified.json["faults"], verified.json["findings"]) == (0, [], []), verified.err
    assert govbrief("verify", backup.json["folder"]).code == 0
    counts = verified.json["counts"]
    assert counts["published"] == counts["bodies_readable"] == counts["indexed"] == len(documents(home))
    assert govbrief("search", "养老", "--home", new.root, "--json").json["total"] > 0
    assert govbrief("status", "--home", new.root).code == 0
    assert govbrief("run", "--home", new.root, "--quiet").code in (0, 3)
    assert govbrief("run", "--home", home.root, "--quiet").code in (0, 3)
    assert documents(new) == documents(home)
    assert lost(new, librarian.acknowledged[:before]) == []
