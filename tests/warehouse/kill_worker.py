"""Runs until it is killed: `publish` adds documents and publishes, `ingest` takes in batches."""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import count
from pathlib import Path

from tests.warehouse.make import document, later, read, source
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.ingest import ingest_reads, ingest_sources
from warehouse.publish import publish
from warehouse.records import ReadCapture

BATCH = 40


def batch(number: int) -> list[ReadCapture]:
    """The documents of one batch: new ones, and a changed version of one from the batch before."""
    reads = [read(document(number * BATCH + place), at=later(number)) for place in range(BATCH)]
    if number:
        before = document((number - 1) * BATCH)
        reads.append(read(replace(before, paragraphs=(f"第{number}次修改。",)), at=later(number)))
    return reads


def main(what: str, root: Path, first: int) -> None:
    """Work from batch `first` on; a line on stdout says that a batch is done."""
    home = Home.open(root)
    for number in count(first):
        with Warehouse.open(home) as w:
            ingest_sources(w, [source()])
            ingest_reads(w, batch(number))
        if what == "publish":
            publish(home)
        print(number, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
