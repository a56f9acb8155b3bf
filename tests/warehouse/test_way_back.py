"""What is damaged is told with what to type, and typing that makes it good."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from dashboard.commands.failures import explain
from tests.warehouse.make import copy_of, document, fill, make_home
from warehouse import mending
from warehouse.bodies import DamagedBody
from warehouse.database import Warehouse
from warehouse.errors import EnvironmentProblem
from warehouse.folders import FACTS, read_current
from warehouse.home import Home
from warehouse.mending import damaged_tables
from warehouse.publication import Publication
from warehouse.publish import publish
from warehouse.search.index_check import damaged_files
from warehouse.search.query import search
from warehouse.suspicion import clear_mark, is_marked

HEAD, BLOCK = 3 * 4096, 256 * 1024  # of a DuckDB file; a block begins with the sum of what follows


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = make_home(tmp_path_factory.mktemp("published"))
    fill(made, [document(n) for n in range(1, 8)])
    publish(made)
    return made


@pytest.fixture
def home(published: Home, tmp_path: Path) -> Home:
    return copy_of(published, tmp_path)


def folder(home: Home) -> Path:
    return home.published / str(read_current(home.published))


def total(home: Home) -> int:
    publication = Publication.current(home)
    assert publication is not None
    return search(publication, '"养老服务"', with_snippets=True).total


def zero_a_third(file: Path) -> None:
    size = file.stat().st_size
    with file.open("r+b") as handle:
        handle.seek(size // 3)
        handle.write(bytes(size // 3))


def flip(file: Path) -> None:
    with file.open("r+b") as handle:
        handle.seek(file.stat().st_size // 3)
        content = handle.read(8)
        handle.seek(-8, os.SEEK_CUR)
        handle.write(bytes(one ^ 0xFF for one in content))


def halve(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


DAMAGES = [("idx", zero_a_third), ("pos", zero_a_third), ("term", zero_a_third), ("store", flip)]


@pytest.mark.parametrize("marked", [False, True], ids=["small", "large, after a read error"])
@pytest.mark.parametrize(("part", "damage"), DAMAGES, ids=[part for part, _ in DAMAGES])
def test_publishing_makes_a_damaged_index_anew(
    home: Home, part: str, damage: Callable[[Path], None], marked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if marked:
        monkeypatch.setattr(mending, "SMALL", 0)
        publication = Publication.current(home)
        assert publication is not None
    for file in (folder(home) / "index").glob(f"*.{part}"):
        damage(file)  # the writer's own file is the same one
    assert damaged_files(folder(home) / "index")
    if marked:
        (home.published / ".damage-met").touch()
    before = read_current(home.published)
    made = publish(home)
    assert not made.unchanged
    assert made.publication_id != before
    assert damaged_files(folder(home) / "index") == damaged_files(home.index) == []
    assert total(home) == 7
    assert publish(home).unchanged


def test_a_reader_that_meets_damage_names_the_way_back_and_leaves_a_mark(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mending, "SMALL", 0)
    for file in (folder(home) / "index").glob("*.store"):
        zero_a_third(file)
    with pytest.raises(EnvironmentProblem, match="run 'govbrief publish' to make it anew"):
        total(home)
    assert is_marked(home.published)
    publish(home)
    assert total(home) == 7
    assert not is_marked(home.published)


def _told(publication: Publication, document_id: str) -> str:
    """What is said of a damaged body; empty for one that can be read, which is never without a text."""
    try:
        assert publication.body(document_id) != ()
    except DamagedBody as error:
        return str(error)
    return ""


@pytest.mark.parametrize("whole", [False, True], ids=["publish", "publish --whole"])
@pytest.mark.parametrize("damage", [zero_a_third, halve], ids=["bytes", "cut"])
def test_publishing_writes_damaged_bodies_anew(
    home: Home, damage: Callable[[Path], None], whole: bool
) -> None:
    for file in (folder(home) / "bodies").iterdir():
        damage(file)  # the home's own file is the same one
    publication = Publication.current(home)
    assert publication is not None
    rows = publication.rows("select document_id from document order by document_id")
    told = [_told(publication, row["document_id"]) for row in rows]
    assert any(told)
    assert all(one.endswith("type 'govbrief publish'.") for one in told if one)
    assert is_marked(home.published)
    if whole:
        clear_mark(home.published)
    assert not publish(home, whole=whole).unchanged
    mended = Publication.current(home)
    assert mended is not None
    assert all(mended.body(row["document_id"]) for row in rows)
    assert publish(home).unchanged


def test_a_lost_index_is_made_anew(home: Home) -> None:
    for file in (folder(home) / "index").iterdir():
        file.unlink()
    (folder(home) / "index").rmdir()
    assert not publish(home).unchanged
    assert total(home) == 7


def used_blocks(file: Path) -> Iterator[int]:
    """Where the first byte that is not zero stands in each block of a DuckDB file, after the block's sum."""
    content = file.read_bytes()
    for start in range(HEAD, len(content), BLOCK):
        block = content[start + 8 : start + BLOCK]
        stripped = block.lstrip(b"\0")
        if stripped:
            yield start + 8 + len(block) - len(stripped)


def break_table(file: Path, table: str) -> None:
    """One other byte in a block of the file, so that the table can no longer be read."""
    plain = file.read_bytes()
    for at in used_blocks(file):
        broken = bytearray(plain)
        broken[at] ^= 0xFF
        file.write_bytes(bytes(broken))
        try:
            connection = duckdb.connect(str(file), read_only=True)
        except duckdb.Error:
            continue  # the file does not open at all: another damage
        with connection:
            try:
                connection.execute(f'select sum(hash(t)::hugeint) from "{table}" t').fetchall()
            except duckdb.IOException:
                return
    raise AssertionError(f"no block of {file} is of {table} alone")


def test_damaged_facts_are_told_in_one_sentence_and_made_anew(home: Home) -> None:
    break_table(folder(home) / FACTS, "document")
    publication = Publication.current(home)
    assert publication is not None
    with pytest.raises(
        EnvironmentProblem, match=r"the publication is damaged .*; type 'govbrief publish'\.$"
    ):
        publication.rows("select * from document")
    assert not publish(home).unchanged
    with duckdb.connect(str(folder(home) / FACTS), read_only=True) as connection:
        assert damaged_tables(connection) == {}
    assert total(home) == 7


def test_a_delta_is_not_made_of_damaged_facts(home: Home) -> None:
    break_table(folder(home) / FACTS, "document")
    fill(home, [document(8)])
    assert publish(home).documents == 8
    with duckdb.connect(str(folder(home) / FACTS), read_only=True) as connection:
        assert damaged_tables(connection) == {}
    assert total(home) == 8


def test_a_damaged_warehouse_is_told_with_its_name_and_leaves_the_publication(home: Home) -> None:
    break_table(home.warehouse_file, "reading")
    with Warehouse.open(home) as w, w.transaction() as connection:
        connection.execute("delete from publication_state")
    with pytest.raises(EnvironmentProblem, match=r"warehouse\.duckdb.*'govbrief verify'.*'govbrief restore'"):
        publish(home)
    assert total(home) == 7


def test_a_disk_so_full_that_even_letting_go_fails_leaves_no_half_publication(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise duckdb.IOException("Could not write all bytes: no space left on device")

    monkeypatch.setattr("warehouse.publish._detach", full)
    with pytest.raises(EnvironmentProblem, match="the disk is full"):
        publish(home, whole=True)
    assert [one.name for one in home.published.iterdir() if one.name.startswith(".partial")] == []
    assert total(home) == 7


def test_an_unforeseen_place_tells_of_a_damaged_file_in_one_sentence() -> None:
    said = explain(duckdb.IOException("IO Error: Corrupt database file: computed checksum 1 in block 2"))
    assert said is not None
    assert said[0] == 5
    assert "type 'govbrief verify'" in said[1]
