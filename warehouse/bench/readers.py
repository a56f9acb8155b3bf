"""`govbrief bench readers`: many readers while publications come and the writer is killed again and again."""

from __future__ import annotations

import multiprocessing
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from warehouse.bench.figures import Bar, Part, Progress, table
from warehouse.bench.plan import Plan
from warehouse.bench.scale import make_home, plan_of
from warehouse.bench.writer import MARK, documents_at, marked
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.search.query import search

THREADS, PROCESSES, PUBLICATIONS, KILLS, BASE = 16, 4, 50, 20, 300
_NUMBER = re.compile(MARK.format(number=r"(\d+)"))
_PAUSE = 0.1  # seconds between two looks of one reader
_PATIENCE = 600.0  # seconds a writer may take for its rounds
_SHOWN = 10


@dataclass(slots=True)
class Seen:
    """What readers came across."""

    looks: int = 0
    publications: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)

    def __iadd__(self, other: Seen) -> Seen:
        self.looks += other.looks
        self.publications |= other.publications
        self.errors += other.errors
        self.mixed += other.mixed
        return self


@dataclass(slots=True)
class Written:
    """What the writers acknowledged."""

    taken: set[str] = field(default_factory=set)
    published: int = 0
    kills: int = 0
    faults: list[str] = field(default_factory=list)


def bench_readers(
    folder: Path, progress: Progress | None = None, *, threads: int = THREADS, processes: int = PROCESSES,
    publications: int = PUBLICATIONS, kills: int = KILLS, base: int = BASE, seed: int = 6,
) -> Part:  # fmt: skip
    """Readers in threads and processes look at whatever is current until so many publications and kills."""
    report = progress or (lambda stage, done, total: None)
    home = make_home(folder, base)
    written = Written()
    _write(home, written, rounds=1, seconds=None)
    seen = _with_readers(
        home, threads, processes, lambda: _torment(home, written, publications, kills, seed, report)
    )
    _write(home, written, rounds=1, seconds=None)  # what was taken last is published
    lost = written.taken - _published(home)
    rows = [
        ("publications", written.published), ("kills of the writer", written.kills),
        ("publications that readers saw", len(seen.publications)), ("looks", seen.looks),
        ("reader errors", len(seen.errors)), ("looks at mixed versions", len(seen.mixed)),
        ("acknowledged documents", len(written.taken)), ("of these lost", len(lost)),
    ]  # fmt: skip
    bars = (
        Bar("readers: errors", len(seen.errors), 0),
        Bar("readers: mixed versions", len(seen.mixed), 0),
        Bar("readers: acknowledged documents lost", len(lost), 0),
        Bar("readers: faults of writers that were not killed", len(written.faults), 0),
    )
    told = (
        f"{threads} reader threads and {processes} reader processes; each look compares the row, the text "
        "and the index entry of a document that is new in every publication, and what all three count."
    )
    said = tuple((seen.errors + seen.mixed + written.faults)[:_SHOWN])
    return Part("readers", base, told, (table("", ("what", "number"), rows),), bars, said)


def look(home: Home, plan: Plan, seen: Seen) -> None:
    """One look of a reader; what it meets is noted, never raised."""
    try:
        publication = Publication.current(home)
        if publication is None:
            seen.errors.append("no publication")
            return
        seen.looks += 1
        seen.publications.add(publication.publication_id)
        difference = mixed(publication, plan)
        if difference:
            seen.mixed.append(f"{publication.publication_id}: {difference}")
    except Exception as error:  # any failure of a reader is what is looked for
        seen.errors.append(repr(error))


def mixed(publication: Publication, plan: Plan) -> str | None:
    """How facts, texts and index of one publication differ; None when they agree."""
    name = marked(plan, 1).extraction.documents[0].document_id
    row = publication.rows(
        "select title, (select count(*) from document) as documents from document where document_id = ?",
        [name],
    )[0]
    number = _number(row["title"])
    told = {
        "title": number,
        "text": _number(publication.body(name)[0]),
        "index": number if _finds(publication, number, name) else -1,
    }
    counted = {
        "rows": int(row["documents"]),
        "index": search(publication, "", limit=1).total,
        "manifest": int(publication.manifest["documents"]),
    }
    if set(told.values()) == {number} and set(counted.values()) == {documents_at(plan, number)}:
        return None
    return f"{told}, {counted} for {documents_at(plan, number)}"


def _finds(publication: Publication, number: int, name: str) -> bool:
    found = search(publication, f'"{MARK.format(number=number)}"', limit=5)
    return [hit.document_id for hit in found.hits] == [name]


def _number(text: str) -> int:
    found = _NUMBER.search(text)
    return int(found[1]) if found else -1


def _with_readers(home: Home, threads: int, processes: int, work: Callable[[], None]) -> Seen:
    context = multiprocessing.get_context("spawn")
    ended, answers = context.Event(), context.Queue()
    others = [context.Process(target=_read, args=(home.root, ended, answers)) for _ in range(processes)]
    found = [Seen() for _ in range(threads)]
    own = [threading.Thread(target=_look_until, args=(home, ended, seen)) for seen in found]
    running: list[Any] = [*others, *own]
    for one in running:
        one.start()
    try:
        work()
    finally:
        ended.set()
        found += [answers.get(timeout=_PATIENCE) for _ in others]
        for one in running:
            one.join()
    whole = Seen()
    for seen in found:
        whole += seen
    return whole


def _read(root: Path, ended: Any, answers: Any) -> None:
    """A reader process."""
    seen = Seen()
    _look_until(Home.open(root), ended, seen)
    answers.put(seen)


def _look_until(home: Home, ended: Any, seen: Seen) -> None:
    plan = plan_of(home)
    while not ended.wait(_PAUSE):
        look(home, plan, seen)


def _torment(
    home: Home, written: Written, publications: int, kills: int, seed: int, report: Progress
) -> None:
    """Writers one after another, killed at random moments, until enough was published and killed."""
    chance = Random(seed)
    began = time.monotonic()
    _write(home, written, rounds=1, seconds=None)
    usual = time.monotonic() - began
    while written.published < publications or written.kills < kills:
        report("publications", written.published, publications)
        killed = written.kills < kills
        _write(home, written, rounds=3, seconds=chance.uniform(0.2, 1.8) * usual if killed else None)


def _write(home: Home, written: Written, rounds: int, seconds: float | None) -> None:
    """A writer process for some rounds, killed after some seconds if it lasts as long."""
    words = [sys.executable, "-m", "warehouse.bench.writer", str(home.root), str(rounds)]
    writer = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=_root(), env=dict(os.environ)
    )
    killed = False
    try:
        said, complained = writer.communicate(timeout=seconds if seconds is not None else _PATIENCE)
    except subprocess.TimeoutExpired:
        writer.kill()
        killed = seconds is not None
        said, complained = writer.communicate()
    written.kills += killed
    for line in said.splitlines():
        what, _, *names = line.split()
        written.published += what == "published"
        written.taken.update(names)
    if writer.returncode and not killed:
        written.faults.append((complained.strip().splitlines() or ["a writer did not end"])[-1])


def _root() -> Path:
    """Where the packages are found when they are not installed."""
    return Path(__file__).resolve().parents[2]


def _published(home: Home) -> set[str]:
    publication = Publication.current(home)
    rows = publication.rows("select document_id from document") if publication else []
    return {str(row["document_id"]) for row in rows}
