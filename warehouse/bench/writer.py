"""A writer to be killed: each round takes documents with a new version of one marked document and publishes.

`python -m warehouse.bench.writer HOME ROUNDS` says `took NUMBER ID ...` when a round's documents are stored
and `published NUMBER` when they are current; started again it goes on with the round after the last stored.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from warehouse.bench.made import Made, made_documents
from warehouse.bench.plan import Plan
from warehouse.bench.scale import plan_of
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.identity import capture_id
from warehouse.ingest import ingest_reads
from warehouse.publish import publish
from warehouse.records import Extraction, ReadCapture

EACH = 10  # documents a round brings, beside the marked one
MARK = "标记第{number}号"


def main(root: Path, rounds: int) -> None:
    """Carry out so many rounds."""
    home = Home.open(root)
    plan = plan_of(home)
    for _ in range(rounds):
        number = last_round(home, plan) + 1
        batch = [one.read for one in brought(plan, number)]
        with Warehouse.open(home) as w:
            ingest_reads(w, [marked(plan, number), *batch])
        names = [one.extraction.documents[0].document_id for one in batch]
        print("took", number, *names, flush=True)
        publish(home)
        print("published", number, flush=True)


def last_round(home: Home, plan: Plan) -> int:
    """The round whose documents were stored last; 0 for none."""
    with Warehouse.open(home) as w:
        row = w.connection.execute("select count(*) from document").fetchone()
    return max(0, (int(row[0]) if row else 0) - plan.total - 1) // EACH


def brought(plan: Plan, number: int) -> Sequence[Made]:
    """The documents of a round, without attached files."""
    return list(made_documents(plan, plan.total + 1 + (number - 1) * EACH, EACH))


def documents_at(plan: Plan, number: int) -> int:
    """How many documents a publication holds whose marked document says this number."""
    return plan.total + 1 + number * EACH


def marked(plan: Plan, number: int) -> ReadCapture:
    """The marked document as a capture of this round shows it: title and text carry the number."""
    one = next(made_documents(plan, plan.total, 1))
    capture, document = one.read.capture, one.document
    mark = MARK.format(number=number)
    at = capture.fetched_at + timedelta(seconds=number)
    name = capture_id(capture.source_id, capture.url, at, capture.sha256)
    document = replace(
        document, title=f"通告{mark}", paragraphs=(f"本件为{mark}。", *document.paragraphs[1:])
    )
    return ReadCapture(
        replace(capture, capture_id=name, fetched_at=at),
        Extraction("document", "made", (document,)),
        one.read.extractor_version,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
