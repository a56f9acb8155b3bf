"""The index is replaced document by document, survives kills, and its publications do not change."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.search.test_exactness import document, found
from warehouse.copying import link_or_copy
from warehouse.errors import EnvironmentProblem, LockHeld
from warehouse.search.index import IndexWriter, all_ids, link_segments, open_index

ROOT = Path(__file__).parents[2]


def put(folder: Path, *titles: str, first: int = 0) -> None:
    with IndexWriter(folder) as writer:
        writer.put(document(first + number, title, "正文") for number, title in enumerate(titles))
        writer.commit()


def test_putting_again_replaces_also_within_one_commit(tmp_path: Path) -> None:
    put(tmp_path / "index", "养老", "托育")
    put(tmp_path / "index", "助餐")
    with IndexWriter(tmp_path / "new") as writer:
        writer.put([document(1, "养老", ""), document(1, "助餐", "")])
        writer.commit()
        assert writer.document_count() == 1
    index = open_index(tmp_path / "index")
    assert sorted(all_ids(index)) == ["d0", "d1"]
    assert found(index, "养老") == set()
    assert found(index, "助餐") == {"d0"}


def test_deleted_documents_are_gone_and_unknown_ids_do_nothing(tmp_path: Path) -> None:
    put(tmp_path / "index", "养老", "托育")
    with IndexWriter(tmp_path / "index") as writer:
        writer.delete(["d0", "nobody"])
        writer.commit()
        assert list(writer.document_ids()) == ["d1"]


def test_what_was_not_committed_is_dropped(tmp_path: Path) -> None:
    put(tmp_path / "index", "养老")
    with IndexWriter(tmp_path / "index") as writer:
        writer.put([document(5, "托育", "")])
    assert list(all_ids(open_index(tmp_path / "index"))) == ["d0"]


def test_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    with IndexWriter(tmp_path / "index"), pytest.raises(LockHeld, match="another process writes"):
        put(tmp_path / "index", "养老")


def test_publication_keeps_its_documents_while_the_writer_goes_on(tmp_path: Path) -> None:
    put(tmp_path / "index", "养老", "托育")
    link_segments(tmp_path / "index", tmp_path / "published")
    for round_ in range(6):
        put(tmp_path / "index", "改了", f"第{round_}次", "新增", first=0)
    published = open_index(tmp_path / "published")
    assert sorted(all_ids(published)) == ["d0", "d1"]
    assert found(published, "养老") == {"d0"}
    linked = [file for file in (tmp_path / "published").iterdir() if file.suffix == ".store"]
    assert all(file.is_file() for file in linked)


def test_a_file_that_goes_while_it_is_linked_was_of_an_earlier_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "index", "养老", "托育")
    store = next(file for file in (tmp_path / "index").iterdir() if file.suffix == ".store")
    left = store.with_suffix(".1.del")
    left.write_bytes(b"of an earlier commit")

    def linked(source: Path, target: Path) -> None:
        left.unlink(missing_ok=True)  # as tantivy's own sweeping does, between listing and linking
        link_or_copy(source, target)

    monkeypatch.setattr("warehouse.search.index.link_or_copy", linked)
    link_segments(tmp_path / "index", tmp_path / "published")
    assert sorted(all_ids(open_index(tmp_path / "published"))) == ["d0", "d1"]
    assert left.name not in (tmp_path / "published" / ".managed.json").read_text(encoding="utf-8")


def test_index_of_another_version_is_made_anew_and_says_so(tmp_path: Path) -> None:
    put(tmp_path / "index", "养老")
    (tmp_path / "index" / "fields-version").write_text("0")
    with IndexWriter(tmp_path / "index") as writer:
        assert writer.created
        assert writer.document_count() == 0


def test_a_folder_with_other_files_is_not_emptied(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(EnvironmentProblem, match=r"letter\.txt, which is no part of an index"):
        IndexWriter(tmp_path)
    assert (tmp_path / "letter.txt").read_text() == "mine"


def test_a_damaged_index_is_named_with_the_remedy(tmp_path: Path) -> None:
    put(tmp_path / "index", "养老")
    (tmp_path / "index" / "meta.json").write_text("{")
    with pytest.raises(EnvironmentProblem, match=r"cannot be read .* run 'govbrief publish'"):
        open_index(tmp_path / "index")


def test_a_disk_that_refuses_is_named_and_the_last_commit_stays(tmp_path: Path) -> None:
    put(tmp_path / "index", "养老")
    script = (
        "import resource, sys; from pathlib import Path; from tests.search.test_index import *\n"
        "text = ''.join(map(chr, range(0x4e00, 0x9000))); folder = Path(sys.argv[1])\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "try:\n"
        "    with IndexWriter(folder) as writer:\n"
        "        writer.put(document(n, '托育', text) for n in range(1, 30)); writer.commit()\n"
        "except EnvironmentProblem as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "index")], cwd=ROOT, capture_output=True, text=True
    )
    assert "the search index cannot be written" in done.stdout, done.stderr
    assert list(all_ids(open_index(tmp_path / "index"))) == ["d0"]


@pytest.mark.kill
def test_killed_writers_leave_the_last_commit(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from tests.search.test_index import put\n"
        "for batch in range(1000):\n"
        "    put(Path(sys.argv[1]), *['养老'] * 20, first=20 * batch)\n"
        "    print(20 * batch + 20, flush=True)\n"
    )
    chance = random.Random(3)
    folder = tmp_path / "index"
    for _ in range(10):
        process = subprocess.Popen(
            [sys.executable, "-c", script, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(chance.randint(1, 4))]
        os.kill(process.pid, signal.SIGKILL)
        process.wait(timeout=30)
        process.stdout.close()
        put(folder, "养老")  # a killed holder's lock is free, and the index opens
        held = set(all_ids(open_index(folder)))
        assert {f"d{number}" for number in range(int(told[-1]))} <= held
        assert len(held) % 20 == 0
