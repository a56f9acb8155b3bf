"""kill -9 at random moments: what was acknowledged is there, nothing is double, no reader sees a torn
publication.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.warehouse.kill_worker import BATCH, batch
from tests.warehouse.make import make_home
from warehouse.database import Warehouse
from warehouse.folders import CURRENT, publication_ids
from warehouse.home import Home
from warehouse.ingest import IngestSummary, ingest_reads
from warehouse.publication import Publication
from warehouse.publish import publish
from warehouse.search.index import all_ids, open_index

ROOT = Path(__file__).resolve().parents[2]
KILLS = 10

pytestmark = [pytest.mark.kill, pytest.mark.slow]


class Reader(threading.Thread):
    """Opens the current publication again and again and reads it through, as a dashboard does."""

    def __init__(self, home: Home) -> None:
        super().__init__(daemon=True)
        self.home = home
        self.stop = threading.Event()
        self.troubles: list[str] = []
        self.seen: set[str] = set()

    def run(self) -> None:
        while not self.stop.wait(0.05):
            try:
                publication = Publication.current(self.home)
                if publication is not None:
                    self.seen.add(publication.publication_id)
                    self.troubles += check(publication)
            except Exception as error:  # every failure of a reader is what this test looks for
                self.troubles.append(repr(error))


def check(publication: Publication) -> list[str]:
    """What is wrong with a publication: rows, bodies and index must agree with its manifest."""
    rows = publication.rows("select document_id, paragraphs from document order by hash(document_id)")
    troubles = []
    if len(rows) != publication.manifest["documents"]:
        troubles.append(f"{publication.publication_id}: {len(rows)} rows")
    for row in rows[:5]:
        if len(publication.body(row["document_id"])) != row["paragraphs"]:
            troubles.append(f"{publication.publication_id}: body of {row['document_id']}")
    return troubles


def run_and_kill(what: str, home: Home, first: int, seconds: float) -> int:
    """Let the worker go on from batch `first` and kill it `seconds` after its first batch; returns the next
    batch.
    """
    worker = subprocess.Popen(
        [sys.executable, "-m", "tests.warehouse.kill_worker", what, str(home.root), str(first)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert worker.stdout is not None
    acknowledged = worker.stdout.readline()
    time.sleep(seconds)
    worker.send_signal(signal.SIGKILL)
    answered, complained = worker.communicate(timeout=60)
    assert "Traceback" not in complained, complained
    return max(int(line) for line in (acknowledged + answered).split()) + 1


def test_ingesting_survives_ten_kills(tmp_path: Path) -> None:
    home, chance, following = make_home(tmp_path), random.Random(11), 0
    for _ in range(KILLS):
        following = run_and_kill("ingest", home, following, chance.random())
        assert_sound(home, following)
    assert following >= KILLS
    with Warehouse.open(home) as w:
        for number in range(following):
            assert ingest_reads(w, batch(number)).new == 0
        assert ingest_reads(w, batch(following - 1)) == IngestSummary(unchanged=BATCH + 1)
    assert_sound(home, following)


def test_publishing_survives_ten_kills_and_no_reader_notices(tmp_path: Path) -> None:
    home, chance, following = make_home(tmp_path), random.Random(12), 0
    reader = Reader(home)
    reader.start()
    for _ in range(KILLS):
        following = run_and_kill("publish", home, following, chance.random() * 1.5)
        assert_sound(home, following)
    last = publish(home)
    reader.stop.set()
    reader.join(timeout=60)
    assert reader.troubles == []
    assert len(reader.seen) > 2
    publication = Publication.current(home)
    assert publication is not None
    assert publication.publication_id == last.publication_id
    ids = {row["document_id"] for row in publication.rows("select document_id from document")}
    assert set(all_ids(open_index(publication.index_folder))) == ids
    assert all(publication.body(document_id) for document_id in ids)
    assert {entry.name for entry in home.published.iterdir()} == {*publication_ids(home.published), CURRENT}
    assert len(publication_ids(home.published)) <= 3


def assert_sound(home: Home, acknowledged: int) -> None:
    """All acknowledged batches are there once; every document has reading, text, version and event."""
    with Warehouse.open(home) as w:
        found = w.connection.execute(
            """
            select
                (select count(*) from document),
                (select count(*) from document d left join reading r on r.reading_id = d.reading_id
                    where r.reading_id is null),
                (select count(*) from reading r left join reading_text t on t.reading_id = r.reading_id
                    where t.reading_id is null),
                (select count(*) from document d left join version v
                    on v.document_id = d.document_id and v.version_no = d.version_no
                    where v.document_id is null),
                (select count(*) from document) - (select count(*) from event where kind = 'new'),
                (select count(*) from version where version_no > 1)
                    - (select count(*) from event where kind = 'changed')
            """
        ).fetchone()
    assert found is not None
    assert found[0] % BATCH == 0
    assert found[0] >= acknowledged * BATCH
    assert found[1:] == (0, 0, 0, 0, 0)
