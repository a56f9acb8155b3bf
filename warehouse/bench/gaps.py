"""`govbrief bench gaps`: a tenth of the numbered documents is hidden; are their numbers listed as missing?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

from warehouse.bench.figures import Bar, Part, Progress, table
from warehouse.bench.load import load_made, prepare
from warehouse.bench.made import Made, made_documents
from warehouse.bench.plan import SKIPPED, Plan
from warehouse.bench.scale import SETTINGS, refer
from warehouse.database import Warehouse
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.publish import publish

SIZE = 10_000
HIDDEN = 0.1
FOUND, FALSE = 0.95, 0.05
_BATCH = 4000
_LISTED = """
select s.word, s.year, unnest(range(g.first_serial, g.last_serial + 1)) as serial
from series_gap g join series s using (series_id)
where s.year is not null
"""
Number = tuple[str, int, int]


def bench_gaps(folder: Path, size: int = SIZE, progress: Progress | None = None, seed: int = 6) -> Part:
    """Publish made documents without a tenth of the numbered ones in a new home in `folder`."""
    report = progress or (lambda stage, done, total: None)
    if folder.exists():
        raise UserError(f"{folder}: is there already; remove it, the documents are hidden anew.")
    plan = Plan(size, seed)
    numbers = {number for place in range(size) if (number := plan.number(place))}
    hidden = set(Random(seed).sample(sorted(numbers), round(len(numbers) * HIDDEN)))
    home = Home.create(folder, SETTINGS)
    report("documents", 0, size)
    with Warehouse.open(home) as w:
        refer(w)
        prepare(w.connection)
        shown = (one for one in made_documents(plan, 0, size) if plan.number(one.place) not in hidden)
        for batch in _batches(shown):
            load_made(w, batch)
    publish(home, progress=report)
    return _judged(home, size, numbers, hidden)


def _judged(home: Home, size: int, numbers: set[Number], hidden: set[Number]) -> Part:
    publication = Publication.current(home)
    assert publication is not None
    listed = {(str(row["word"]), int(row["year"]), int(row["serial"])) for row in publication.rows(_LISTED)}
    skipped = {one for one in listed if one[2] % SKIPPED == 0}
    false = listed - hidden - skipped
    recall = len(listed & hidden) / len(hidden) if hidden else None
    share = len(false) / len(listed) if listed else None
    rows = [
        ("numbers", len(numbers)), ("hidden", len(hidden)),
        ("hidden and listed as missing", len(listed & hidden)),
        ("listed in all", len(listed)), ("of these never used, one serial in 16", len(skipped)),
        ("of these wrong", len(false)),
    ]  # fmt: skip
    bars = (
        Bar("gaps: share of the hidden numbers found", recall, FOUND, at_most=False),
        Bar("gaps: share of the listed numbers that are wrong", share, FALSE),
    )
    told = (
        f"{size:,} made documents; a tenth of the numbers hidden with every document that bears them. "
        "Of a series whose last numbers are hidden nobody can know them, unless a document cites them."
    )
    said = tuple(f"Not found: {one}." for one in sorted(hidden - listed)[:5])
    return Part("gaps", size, told, (table("", ("what", "number"), rows),), bars, said)


def _batches(documents: Iterator[Made]) -> Iterator[list[Made]]:
    while batch := list(islice(documents, _BATCH)):
        yield batch
