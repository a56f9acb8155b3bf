"""The benchmarks themselves, made small: every engine, every store, brute force, readers under fire."""

from __future__ import annotations

import inspect
import pkgutil
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import FrameType

import pytest

from warehouse import queries
from warehouse.bench import engines
from warehouse.bench.dashboards import bench_dashboards
from warehouse.bench.documents import scale_documents
from warehouse.bench.duplicates import bench_duplicates
from warehouse.bench.exact import bench_exact, folded
from warehouse.bench.gaps import bench_gaps
from warehouse.bench.index import bench_index
from warehouse.bench.pages import dashboard_queries
from warehouse.bench.pages_other import COMMANDS_ONLY
from warehouse.bench.publish import STORES, bench_publish, disk
from warehouse.bench.readers import bench_readers, mixed
from warehouse.bench.scale import make_home, plan_of
from warehouse.bench.writer import main as write_rounds
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.publish import publish


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    found = make_home(tmp_path_factory.mktemp("bench") / "home", 80)
    publish(found)
    return found


def current(home: Home) -> Publication:
    publication = Publication.current(home)
    assert publication is not None
    return publication


def test_every_engine_makes_an_index_of_the_same_documents(tmp_path: Path) -> None:
    documents = scale_documents(12)
    builds = [engines.ours, engines.bare, engines.bare_same, engines.sqlite_fts]
    builds += [engines.duckdb_fts] if engines.extension() else []
    for build in builds:
        build(tmp_path / build.__name__, documents)
        assert engines.folder_bytes(tmp_path / build.__name__) > 10_000, build.__name__


def test_what_the_brute_force_ignores_is_what_the_manual_says() -> None:
    assert folded("第一条  为了 ＡＢ９ of  the") == "第一条为了ab9 of the"
    assert folded("（一）50％") == "（一）50%"


def test_every_count_of_a_phrase_is_the_brute_forces(home: Home) -> None:
    part = bench_exact(current(home))
    assert part.said == ()
    assert [bar.verdict for bar in part.bars] == ["met", "met", "met"]


def test_every_query_of_the_pages_is_timed(home: Home) -> None:
    part = bench_dashboards(current(home), calls=1)
    assert part.size == current(home).manifest["documents"]
    assert len(part.tables[0].rows) >= 30


def test_no_question_of_a_page_is_forgotten(home: Home) -> None:
    asked: set[tuple[str, str]] = set()

    def note(frame: FrameType, event: str, value: object) -> None:
        if event == "call":
            asked.add((str(frame.f_globals.get("__name__")), frame.f_code.co_name))

    sys.setprofile(note)
    try:
        for query in dashboard_queries(current(home)):
            query.ask()
    finally:
        sys.setprofile(None)
    left = {
        f"{name.rpartition('.')[2]}.{function}"
        for name, function in _questions()
        if (name, function) not in asked
    }
    assert left == COMMANDS_ONLY


def _questions() -> Iterator[tuple[str, str]]:
    """Module and name of every public function of warehouse/queries that asks a publication."""
    for module in pkgutil.iter_modules(queries.__path__, f"{queries.__name__}."):
        found = import_module(module.name)
        for name, function in inspect.getmembers(found, inspect.isfunction):
            takes = next(iter(inspect.signature(function).parameters), "")
            if function.__module__ == module.name and not name.startswith("_") and takes == "publication":
                yield module.name, name


@pytest.mark.slow
def test_adding_and_publishing_is_told_by_stage_and_store(home: Home) -> None:
    part = bench_publish(home, rounds=1)
    assert part.values["adding 1,000 and publishing, seconds"] > 0
    assert part.values["publishing 1,000 more, peak MB"] > 50
    stores = disk(home)
    assert tuple(stores) == STORES
    assert all(stores[name] > 0 for name in ("warehouse", "bodies", "index", "facts"))
    whole = {
        file.stat().st_ino: file.stat().st_blocks * 512 for file in home.root.rglob("*") if file.is_file()
    }
    assert sum(stores.values()) == sum(whole.values())


def test_a_publication_whose_parts_differ_is_noticed(tmp_path: Path) -> None:
    home = make_home(tmp_path / "home", 30)
    write_rounds(home.root, 2)
    publication = current(home)
    plan = plan_of(home)
    assert mixed(publication, plan) is None
    publication.manifest["documents"] -= 1
    assert mixed(publication, plan) is not None


@pytest.mark.realdata
@pytest.mark.slow
def test_real_documents_are_indexed_by_every_engine(shared_data: Path) -> None:
    part = bench_index(shared_data, 40, rounds=1)
    assert {row[0] for row in part.tables[0].rows} == {"real zh", "real en", "real both", "made"}
    assert len(part.bars) == 4


@pytest.mark.kill
@pytest.mark.slow
def test_readers_meet_no_error_and_nothing_is_lost_while_writers_are_killed(tmp_path: Path) -> None:
    part = bench_readers(tmp_path / "home", threads=16, processes=1, publications=5, kills=3, base=40)
    assert part.said == ()
    assert [bar.verdict for bar in part.bars] == ["met"] * 4
    told = dict(part.tables[0].rows)
    assert int(str(told["publications"])) >= 5
    assert int(str(told["kills of the writer"])) >= 3


@pytest.mark.slow
def test_hidden_numbers_are_listed_as_missing_and_none_that_is_held(tmp_path: Path) -> None:
    part = bench_gaps(tmp_path / "home", 300, lambda stage, done, total: None)
    assert [bar.verdict for bar in part.bars] == ["met", "met"]


@pytest.mark.realdata
def test_planted_copies_of_real_documents_are_found(shared_data: Path) -> None:
    part = bench_duplicates(shared_data, 10, lambda stage, done, total: None)
    assert [bar.verdict for bar in part.bars] == ["met", "met"]
