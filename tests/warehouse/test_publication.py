"""Reading a publication: cheap, from any thread, the last good one when CURRENT is missing, damaged or too
new.
"""

from __future__ import annotations

import json
import threading
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.make import copy_of, document, fill, later, make_home, read, source
from warehouse.database import Warehouse
from warehouse.folders import CURRENT, MANIFEST, publication_ids
from warehouse.home import Home
from warehouse.ingest import ingest_reads, ingest_sources
from warehouse.publication import Publication
from warehouse.publish import publish


@pytest.fixture(scope="module")
def published_twice(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = make_home(tmp_path_factory.mktemp("twice"))
    for extra in (1, 2):
        fill(made, [document(extra)], at=later(extra))
        publish(made)
    return made


@pytest.fixture
def home(published_twice: Home, tmp_path: Path) -> Home:
    return copy_of(published_twice, tmp_path)


def shown(home: Home) -> Publication:
    publication = Publication.current(home)
    assert publication is not None
    return publication


def test_nothing_published_is_none(tmp_path: Path) -> None:
    assert Publication.current(make_home(tmp_path)) is None


def test_the_same_publication_is_opened_once(home: Home) -> None:
    assert shown(home) is shown(home)


def test_a_new_publication_appears_and_the_old_one_keeps_working(home: Home) -> None:
    old = shown(home)
    for extra in range(3, 8):
        fill(home, [document(extra)], at=later(extra))
        publish(home)
    assert old.publication_id not in publication_ids(home.published)
    assert shown(home).publication_id == publication_ids(home.published)[0]
    assert old.rows("select count(*) as n from document") == [{"n": 2}]
    assert old.body(document(1).document_id) == document(1).paragraphs
    assert shown(home).rows("select count(*) as n from document") == [{"n": 7}]


def test_no_name_is_used_twice_while_the_clock_stands(tmp_path: Path) -> None:
    """Publications without new bodies, each read while those before are open in this process."""
    home = make_home(tmp_path, now=later(9))
    with Warehouse.open(home) as w:
        ingest_sources(w, [source(sample=True)])
        ingest_reads(w, [read(document())])
    told: dict[str, str] = {}
    home.themes.mkdir(exist_ok=True)
    for number in range(6):
        (home.themes / "probe.toml").write_text(f'name_zh = "第{number}"\nname_en = "P"\nterms = ["试验"]\n')
        summary = publish(home)
        row = shown(home).rows("select name_zh from theme where theme_id = 'probe'")
        assert row == [{"name_zh": f"第{number}"}]
        told[summary.publication_id] = row[0]["name_zh"]
    assert len(told) == 6


@pytest.mark.parametrize("spoilt", ["", "nonsense", "20990101-000000-1", "../../etc\n", "\udcff"])
def test_a_damaged_current_falls_back_to_the_newest_good_one(home: Home, spoilt: str) -> None:
    newest = shown(home).publication_id
    (home.published / CURRENT).write_bytes(spoilt.encode("utf-8", "surrogateescape"))
    assert shown(home).publication_id == newest
    (home.published / CURRENT).unlink()
    assert shown(home).publication_id == newest


@pytest.mark.parametrize("schema", [1, 99])
def test_another_schema_or_a_torn_folder_is_passed_over(home: Home, schema: int) -> None:
    newest, older = publication_ids(home.published)
    file = home.published / newest / MANIFEST
    manifest = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(manifest | {"schema_version": schema}), encoding="utf-8")
    touch(home)
    fresh = Home(home.root, home.settings)
    assert_shown_elsewhere(fresh, older)
    file.write_text('{"publication_id": ', encoding="utf-8")
    assert_shown_elsewhere(fresh, older)


def touch(home: Home) -> None:
    """Write CURRENT anew, as a publisher does."""
    file = home.published / CURRENT
    file.write_text(file.read_text(encoding="ascii").strip(), encoding="ascii")


def assert_shown_elsewhere(home: Home, publication_id: str) -> None:
    """Another process, which has nothing open, shows `publication_id`."""
    import subprocess
    import sys

    code = (
        "import sys; from pathlib import Path; from warehouse.home import Home; "
        "from warehouse.publication import Publication; "
        "print(Publication.current(Home.open(Path(sys.argv[1]))).publication_id)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code, str(home.root)], capture_output=True, text=True, check=True, timeout=60
    )
    assert answer.stdout.strip() == publication_id


def test_readers_can_neither_write_nor_reach_other_files(home: Home) -> None:
    publication = shown(home)
    with pytest.raises(duckdb.InvalidInputException, match="read-only"):
        publication.rows("delete from document")
    with pytest.raises(duckdb.PermissionException, match="disabled"):
        publication.rows("select * from read_text('/etc/hostname')")
    assert publication.rows("select current_setting('TimeZone') as zone") == [{"zone": "UTC"}]


def test_many_threads_read_at_once(home: Home) -> None:
    errors: list[Exception] = []

    def work() -> None:
        try:
            for _ in range(20):
                publication = shown(home)
                found = publication.rows(
                    "select document_id, title from document where title like ?", ["%2项%"]
                )
                assert [row["document_id"] for row in found] == [document(2).document_id]
                assert publication.body(document(2).document_id) == document(2).paragraphs
        except Exception as error:  # collected for the main thread
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert errors == []
