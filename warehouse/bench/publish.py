"""`govbrief bench publish`: what a thousand further documents cost, by stage, and what a document weighs."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from warehouse.bench.figures import Bar, Part, Progress, Table, table
from warehouse.bench.scale import add_documents
from warehouse.folders import FACTS
from warehouse.home import Home
from warehouse.networks import Networks
from warehouse.publication import Publication
from warehouse.publish import publish

ADDED = 1000
ROUNDS = 3
GIGABYTES = 15.0  # of a million documents on the disk
STORES = ("warehouse", "bodies", "index", "facts", "former publications", "archive and other")


@dataclass(frozen=True, slots=True)
class Publishing:
    """One publishing in a process of its own."""

    documents: int
    seconds: float
    stages: Mapping[str, float]  # seconds until the last word of each stage
    peak_mb: int


def bench_publish(
    home: Home, progress: Progress | None = None, rounds: int = ROUNDS, networks: Networks | None = None
) -> Part:
    """Publish a home of made documents if that is due, then add a thousand and publish, `rounds` times."""
    report = progress or (lambda stage, done, total: None)
    report("publish whole", 0, rounds + 1)
    first = _publish(home, networks) if Publication.current(home) is None else None
    added: list[float] = []
    delta: list[Publishing] = []
    for turn in range(rounds):
        report("publish 1,000 more", turn + 1, rounds + 1)
        began = time.perf_counter()
        add_documents(home, ADDED)
        added.append(time.perf_counter() - began)
        delta.append(_publish(home, networks))
    size = delta[0].documents - ADDED
    whole = [_whole(first)] if first else []
    values = {
        "adding 1,000 and publishing, seconds": round(median(_sums(added, delta)), 2),
        "adding 1,000, seconds": round(median(added), 2),
        "publishing 1,000 more, seconds": round(median(one.seconds for one in delta), 2),
        "publishing 1,000 more, peak MB": max(one.peak_mb for one in delta),
    } | ({"publishing all, documents a second": whole[0]} if whole else {})
    stores = disk(home)
    weight = sum(stores.values()) / delta[-1].documents
    bar = Bar(
        f"disk: GB of a million documents, from {size:,}", round(weight * 1e6 / 1e9, 2), GIGABYTES,
        note="everything in the home with all publications kept; made documents have no archive",
    )  # fmt: skip
    tables = (
        table("Seconds and memory", ("figure", "value"), values.items()),
        _stages(delta, first),
        disk_table(stores, delta[-1].documents),
    )
    told = (
        f"{size:,} made documents; {rounds} times a thousand more, taken as a crawl's are and "
        "published; medians. Each publishing runs in a process of its own, whose greatest memory is told."
    )
    return Part("publish", size, told, tables, (bar,), (), values | {"bytes a document": round(weight)})


def disk(home: Home) -> dict[str, int]:
    """Bytes by store, a file that several publications share counted once, where it was made."""
    current = Publication.current(home)
    newest = current.folder / FACTS if current else None
    seen: set[int] = set()
    found = dict.fromkeys(STORES, 0)
    for file in sorted(home.root.rglob("*"), key=lambda one: (home.published in one.parents, str(one))):
        if not file.is_file() or file.stat().st_ino in seen:
            continue
        seen.add(file.stat().st_ino)
        found[_store(home, file, newest)] += file.stat().st_blocks * 512
    return found


def _store(home: Home, file: Path, newest: Path | None) -> str:
    if file == newest:
        return "facts"
    if home.published in file.parents:
        return "former publications"
    if file.name.startswith(home.warehouse_file.name):
        return "warehouse"
    return {home.bodies: "bodies", home.index: "index"}.get(file.parent, "archive and other")


def _sums(added: list[float], delta: list[Publishing]) -> list[float]:
    return [one + other.seconds for one, other in zip(added, delta, strict=True)]


def _whole(first: Publishing) -> float:
    return round(first.documents / first.seconds)


def _publish(home: Home, networks: Networks | None) -> Publishing:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(_published, home.root, networks).result()


def _published(root: Path, networks: Networks | None) -> Publishing:
    """In a process of its own, so that its memory is that of publishing alone."""
    began = time.perf_counter()
    stages: dict[str, float] = {}

    def note(stage: str, done: int, total: int) -> None:
        stages[stage] = time.perf_counter() - began

    summary = publish(Home.open(root), progress=note, networks=networks)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Publishing(summary.documents, seconds, stages, peak)


def _stages(delta: list[Publishing], first: Publishing | None) -> Table:
    names = list(dict.fromkeys(name for one in (*delta, *([first] if first else [])) for name in one.stages))
    rows = [
        (
            name,
            round(median(one.stages.get(name, 0.0) for one in delta), 2),
            round(first.stages.get(name, 0.0), 2) if first else None,
        )
        for name in names
    ]
    return table("Seconds until a stage was done", ("stage", "1,000 more", "the whole"), rows)


def disk_table(stores: Mapping[str, int], documents: int) -> Table:
    """What each store weighs, and a document in it."""
    rows = [(name, size // 1_000_000, round(size / documents)) for name, size in stores.items()]
    rows.append(("all", sum(stores.values()) // 1_000_000, round(sum(stores.values()) / documents)))
    return table("On the disk", ("store", "MB", "bytes a document"), rows)
