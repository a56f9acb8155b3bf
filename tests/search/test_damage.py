"""A damaged index is told in one sentence, and publishing makes it anew."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.search.shelf import Shelf
from tests.search.test_exactness import document, found
from warehouse.errors import EnvironmentProblem
from warehouse.search.every_hit import count_hits, every_hit
from warehouse.search.index import IndexWriter, open_index, published_index
from warehouse.search.query import search


def answers(shelf: Shelf) -> list[str]:
    """What three searches tell: their totals, or that the index cannot be read."""
    published_index.cache_clear()
    told = []
    for query in ('"养老服务"', "养老 OR 托育", ""):
        told.append(answer(lambda query=query: search(shelf, query).total))
        for every in (
            lambda query=query: count_hits(shelf, query),
            lambda query=query: len([*every_hit(shelf, query)]),
        ):
            assert answer(every) in (told[-1], "damaged")  # without passages less is read, so less is met
    return told


def answer(ask: Callable[[], int]) -> str:
    """A count, or that the index cannot be read."""
    try:
        return str(ask())
    except EnvironmentProblem as error:
        return "damaged" if "run 'govbrief publish'" in str(error) else str(error)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path)
    for number in range(30):
        made.add(f"d{number}", f"养老服务通知{number}", "关于托育和养老服务。")
    yield made.publish()
    published_index.cache_clear()


def damage(file: Path, written: bytes) -> None:
    """Other bytes under the same name; the writer's own file stays."""
    file.unlink()
    file.write_bytes(written)


def test_cut_files_and_foreign_ones_are_told_and_never_a_traceback(shelf: Shelf) -> None:
    assert answers(shelf) == ["30", "30", "30"]
    told = {}
    for file in sorted(shelf.index_folder.iterdir()):
        whole = file.read_bytes()
        for kind, written in (("cut", whole[: len(whole) // 2]), ("empty", b""), ("foreign", b"x" * 4000)):
            damage(file, written)
            told[file.suffix or file.name, kind] = answers(shelf)
        damage(file, whole)
    assert answers(shelf) == ["30", "30", "30"]
    assert told[".json", "cut"] == ["damaged"] * 3  # meta.json


@pytest.mark.parametrize("name", ["meta.json", ".store", ".term"])
def test_the_writer_makes_a_damaged_index_anew(tmp_path: Path, name: str) -> None:
    with IndexWriter(tmp_path / "index") as writer:
        writer.put([document(1, "养老", "正文")])
        writer.commit()
    file = next(one for one in (tmp_path / "index").iterdir() if one.name.endswith(name))
    os.truncate(file, 3)
    with IndexWriter(tmp_path / "index") as writer:
        assert writer.created
        writer.put([document(2, "托育", "正文")])
        writer.commit()
    assert found(open_index(tmp_path / "index"), "托育") == {"d2"}


def test_an_index_of_other_fields_is_named(tmp_path: Path) -> None:
    import tantivy

    (tmp_path / "index").mkdir()
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("c", stored=False)
    tantivy.Index(builder.build(), str(tmp_path / "index"))
    with pytest.raises(EnvironmentProblem, match="another version of govbrief"):
        open_index(tmp_path / "index")
