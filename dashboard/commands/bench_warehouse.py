"""The benchmarks of warehouse and search: which home each works on, how much room it needs, what is kept."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.commands.console import Console
from warehouse.bench.figures import Part
from warehouse.errors import EnvironmentProblem, UserError
from warehouse.home import Home

if TYPE_CHECKING:
    from warehouse.publication import Publication

SIZE = 100_000  # made documents unless told otherwise
BYTES = {"search": 26_000, "publish": 26_000, "dashboards": 26_000, "index": 60_000}  # a document
LEAST = {"import": 3_000_000_000, "exact": 3_000_000_000}
_SMALL = 500_000_000


def index(console: Console, args: argparse.Namespace, size: int | None) -> Part:
    """Documents a second of our index writer beside a bare tantivy writer, SQLite FTS5 and DuckDB fts."""
    from warehouse.bench.index import SIZE as documents
    from warehouse.bench.index import bench_index

    _ask_room(console, Path(tempfile.gettempdir()), "index", (size or documents) * BYTES["index"] + _SMALL)
    return bench_index(Path(args.data), size or documents, console.progress)


def search(console: Console, args: argparse.Namespace, size: int | None) -> Part:
    """Milliseconds of seven kinds of search beside the bare tantivy query behind each."""
    from warehouse.bench.scale import plan_of
    from warehouse.bench.search import bench_search

    with _published(console, args, "search", size) as home:
        return bench_search(_current(home), plan_of(home), console.progress)


def publish(console: Console, args: argparse.Namespace, size: int | None) -> Part:
    """Seconds and memory of adding 1,000 documents and publishing, and bytes by store."""
    from classify.network import update_networks
    from warehouse.bench.publish import bench_publish

    with _made(console, args, "publish", size) as home:
        return bench_publish(home, console.progress, networks=update_networks)


def dashboards(console: Console, args: argparse.Namespace, size: int | None) -> Part:
    """Milliseconds of every query of every page."""
    from warehouse.bench.dashboards import bench_dashboards

    with _published(console, args, "dashboards", size) as home:
        return bench_dashboards(_current(home), console.progress)


def dashboard(console: Console, args: argparse.Namespace, size: int | None) -> Part:
    """Milliseconds of pages that fifty readers open, beside an empty page, and the server's memory."""
    from dashboard.bench.run import bench_dashboard

    with _published(console, args, "dashboards", size) as home:
        return bench_dashboard(home, console.progress)


def exact(console: Console, args: argparse.Namespace, size: int | None) -> Part:
    """Phrases and document numbers of real documents beside a search by brute force."""
    from warehouse.bench.exact import bench_exact

    with _real(console, args, "exact", size) as home:
        return bench_exact(_current(home), console.progress)


def import_(console: Console, args: argparse.Namespace, size: int | None) -> Part:
    """Documents a second of each stage from JSONL to publication, and peak memory of all processes."""
    from dashboard.commands.bench_import import bench_import, made_file, real_files

    kept = f"import-{size}" if size else "import"
    with _folder(console, args, "import", kept, size and size * BYTES["search"]) as folder:
        if (folder / "home").exists():
            raise UserError(
                f"{folder / 'home'}: is there already; remove it, an import is timed from nothing."
            )
        files = [made_file(folder / "made.jsonl", size)] if size else real_files(Path(args.data))
        return bench_import(folder, files, console.progress, made=bool(size))


def readers(console: Console, args: argparse.Namespace, size: int | None) -> Part:
    """Readers while publications come and their writer is killed: errors, mixed versions, losses."""
    from warehouse.bench.readers import BASE, KILLS, PUBLICATIONS, bench_readers

    wanted = size or PUBLICATIONS
    kills = max(1, wanted * KILLS // PUBLICATIONS)
    with tempfile.TemporaryDirectory(prefix="govbrief-bench-") as folder:
        _ask_room(console, Path(folder), "readers", _SMALL)
        return bench_readers(
            Path(folder) / "home", console.progress, publications=wanted, kills=kills, base=BASE
        )


def duplicates(console: Console, args: argparse.Namespace, size: int | None) -> Part:
    """Planted copies of real documents that are found, and texts a second that get signatures."""
    from warehouse.bench.duplicates import SIZE as documents
    from warehouse.bench.duplicates import bench_duplicates

    return bench_duplicates(Path(args.data), size or documents, console.progress)


def gaps(console: Console, args: argparse.Namespace, size: int | None) -> Part:
    """Numbers of hidden documents that the series of document numbers list as missing."""
    from warehouse.bench.gaps import SIZE as documents
    from warehouse.bench.gaps import bench_gaps

    with tempfile.TemporaryDirectory(prefix="govbrief-bench-") as folder:
        _ask_room(console, Path(folder), "gaps", (size or documents) * BYTES["search"] + _SMALL)
        return bench_gaps(Path(folder) / "home", size or documents, console.progress)


def quotations(console: Console, args: argparse.Namespace, size: int | None) -> Part:
    """True quotations of real texts that the check of a draft refuses, and planted faults that it passes."""
    from dashboard.commands.bench_quotations import bench_quotations

    with tempfile.TemporaryDirectory(prefix="govbrief-bench-") as folder:
        _ask_room(console, Path(folder), "quotations", _SMALL)
        return bench_quotations(Path(args.data), Path(folder), size)


def _current(home: Home) -> Publication:
    from warehouse.publication import Publication

    publication = Publication.current(home)
    if publication is None:
        raise UserError(
            f"{home.root}: nothing is published there; run 'govbrief publish --home {home.root}'."
        )
    return publication


@contextmanager
def _made(console: Console, args: argparse.Namespace, name: str, size: int | None) -> Iterator[Home]:
    """A home of made documents, kept where --home-folder says so; it need not be published."""
    from warehouse.bench.scale import make_home

    count = size or SIZE
    with _folder(console, args, name, f"made-{count}", count * BYTES[name]) as folder:
        yield make_home(folder, count, progress=console.progress)


@contextmanager
def _published(console: Console, args: argparse.Namespace, name: str, size: int | None) -> Iterator[Home]:
    from classify.network import update_networks
    from warehouse.publication import Publication
    from warehouse.publish import publish as publish_home

    with _made(console, args, name, size) as home:
        if Publication.current(home) is None:
            console.say(f"Publishing {size or SIZE:,} made documents once ...")
            publish_home(home, progress=console.progress, networks=update_networks)
        yield home


@contextmanager
def _real(console: Console, args: argparse.Namespace, name: str, size: int | None) -> Iterator[Home]:
    """A published home of the real documents, or of about `size` of them; made when not there."""
    from dashboard.commands.bench_import import bench_import, real_files, sample_file

    need = size * BYTES["search"] if size else LEAST[name]
    with _folder(console, args, name, f"real-{size}" if size else "import", need) as folder:
        if not (folder / "home").exists():
            console.say("Importing, classifying and publishing real documents once ...")
            data = Path(args.data)
            files = [sample_file(data, folder / "sample.jsonl", size)] if size else real_files(data)
            bench_import(folder, files, console.progress)
        yield Home.open(folder / "home")


@contextmanager
def _folder(
    console: Console, args: argparse.Namespace, name: str, kept: str, need: int | None
) -> Iterator[Path]:
    """A folder to work in: below --home-folder, where it stays, or a temporary one."""
    if args.home_folder:
        folder = Path(args.home_folder) / kept
        there = folder.is_dir() and any(folder.iterdir())
        folder.parent.mkdir(parents=True, exist_ok=True)
        _ask_room(console, folder.parent, name, _SMALL + (need or LEAST[name]) // (5 if there else 1))
        yield folder
        return
    temporary = Path(tempfile.mkdtemp(prefix="govbrief-bench-"))
    try:
        _ask_room(console, temporary, name, _SMALL + (need or LEAST[name]))
        yield temporary / kept
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _ask_room(console: Console, folder: Path, name: str, need: int) -> None:
    """Say what is needed; an EnvironmentProblem where there is less."""
    free = shutil.disk_usage(folder).free
    console.say(f"bench {name} takes up to {need / 1e9:.1f} GB in {folder}; {free / 1e9:.1f} GB are free.")
    if free < need:
        raise EnvironmentProblem(
            f"{folder}: bench {name} needs {need / 1e9:.1f} GB and {free / 1e9:.1f} GB are free; "
            "name a roomier folder with --home-folder, or fewer documents with --size."
        )


WORKS: dict[str, Callable[[Console, argparse.Namespace, int | None], Part]] = {
    "index": index,
    "search": search,
    "publish": publish,
    "dashboards": dashboards,
    "dashboard": dashboard,
    "exact": exact,
    "import": import_,
    "readers": readers,
    "duplicates": duplicates,
    "gaps": gaps,
    "quotations": quotations,
}
