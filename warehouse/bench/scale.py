"""A home with as many made documents as a benchmark asks for, kept and found again in a folder of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from warehouse.bench.load import load_made, prepare
from warehouse.bench.made import CLASSIFIER, Made, made_documents, run_name
from warehouse.bench.places import bodies, classes, sources
from warehouse.bench.plan import FIRST_DAY, LAST_DAY, Plan
from warehouse.database import Warehouse
from warehouse.errors import UserError
from warehouse.files import write_whole
from warehouse.home import Home
from warehouse.ingest import ingest_reads, ingest_runs, ingest_sources, ingest_vocabulary
from warehouse.labelling import store_classifications
from warehouse.run_records import CrawlRun

Progress = Callable[[str, int, int], None]
SETTINGS = '[clock]\nnow = "2026-06-01T08:00:00+08:00"\n[place]\nregion = "云河省"\n'
_CARD = "scale.json"
_LOADED, _TAKEN = 4000, 250  # documents of a transaction: written in bulk, taken as a crawl's are


def make_home(folder: Path, size: int, *, seed: int = 6, progress: Progress | None = None) -> Home:
    """A home with `size` made documents in its warehouse, not published; one that is there is taken as it is.

    A home that was begun and not finished goes on where it stopped. A UserError when the folder holds a
    home of another size or seed.
    """
    report = progress or (lambda stage, done, total: None)
    home = Home.create(folder, SETTINGS)
    card = _card(home) or {"size": size, "seed": seed, "loaded": 0, "added": 0}
    if (card["size"], card["seed"]) != (size, seed):
        raise UserError(
            f"{folder}: holds {card['size']:,} made documents of seed {card['seed']}, "
            f"not {size:,} of {seed}; name another folder with --home-folder."
        )
    with Warehouse.open(home) as w:
        if card["loaded"] < size:
            refer(w)
            prepare(w.connection)
        card["loaded"] = _held(w) - card["added"]
        write_whole(home.root / _CARD, json.dumps(card))
        made = made_documents(Plan(size, seed), card["loaded"], size - card["loaded"])
        for batch in _batches(made, _LOADED):
            load_made(w, batch)
            card["loaded"] += len(batch)
            write_whole(home.root / _CARD, json.dumps(card))
            report("documents", card["loaded"], size)
    return home


def add_documents(home: Home, count: int) -> list[str]:
    """Take `count` further documents as a crawl and its classification would; returns their ids."""
    card = _card(home)
    if card is None:
        raise UserError(f"{home.root}: is no home of made documents; only those are added to.")
    plan, first = Plan(card["size"], card["seed"]), card["size"] + card["added"]
    found: list[str] = []
    with Warehouse.open(home) as w:
        for batch in _batches(made_documents(plan, first, count), _TAKEN):
            take_made(w, batch)
            found += [one.document.document_id for one in batch]
    write_whole(home.root / _CARD, json.dumps({**card, "added": card["added"] + count}))
    return found


def take_made(w: Warehouse, documents: Sequence[Made]) -> None:
    """Take documents by the way that those of a crawl go."""
    ingest_reads(w, [one.read for one in documents])
    ingest_reads(w, [one.attached for one in documents if one.attached])
    store_classifications(w, CLASSIFIER, [one.said for one in documents])


def later(home: Home, count: int) -> list[Made]:
    """The documents that `add_documents` would take next."""
    card = _card(home)
    if card is None:
        raise UserError(f"{home.root}: is no home of made documents.")
    return list(made_documents(Plan(card["size"], card["seed"]), card["size"] + card["added"], count))


def plan_of(home: Home) -> Plan:
    """By what plan the documents of a home were made."""
    card = _card(home)
    if card is None:
        raise UserError(f"{home.root}: is no home of made documents.")
    return Plan(card["size"], card["seed"])


def _card(home: Home) -> dict[str, Any] | None:
    file = home.root / _CARD
    found: dict[str, Any] | None = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None
    return found


def _held(w: Warehouse) -> int:
    row = w.connection.execute("select count(*) from document").fetchone()
    return int(row[0]) if row else 0


def refer(w: Warehouse) -> None:
    """Store what made documents refer to: sources, runs, classes, bodies and the classifier."""
    ingest_sources(w, sources())
    ingest_vocabulary(w, classes(), bodies())
    ingest_runs(w, _runs(), ())
    w.connection.execute(
        "insert into classifier values (?, ?, ?, ?, ?, ?) on conflict do nothing",
        [*asdict(CLASSIFIER).values(), w.home.clock.now()],
    )


def _runs() -> Iterator[CrawlRun]:
    """A run each morning, and one in the last evening for what is added."""
    names = tuple(one.source_id for one in sources())
    for number in range((LAST_DAY - FIRST_DAY).days + 1):
        yield _run(FIRST_DAY + timedelta(days=number), False, names)
    yield _run(LAST_DAY, True, names)


def _run(day: date, later: bool, names: tuple[str, ...]) -> CrawlRun:
    began = datetime.combine(day, time(20 if later else 2, tzinfo=UTC))
    return CrawlRun(run_name(day, later), "crawl", began, began + timedelta(hours=2), "done", names)


def _batches(documents: Iterator[Made], size: int) -> Iterator[list[Made]]:
    while batch := list(islice(documents, size)):
        yield batch
