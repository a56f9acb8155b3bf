"""An English paper that another one repeals is repealed, by its number in any form or by its title."""

from __future__ import annotations

from datetime import date

import pytest

from classify.pipeline import build_classifier
from tests.warehouse.make import CLASSIFIER, document, read
from tests.warehouse.test_citations import home, validity  # noqa: F401
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.ingest import ingest_reads
from warehouse.labelling import store_classifications
from warehouse.records import Document, StoredDocument

ORDER = document(
    1, title="Executive Order 14901 of May 12, 2019", doc_number=None, published=date(2019, 5, 12),
    paragraphs=("Lakes are to be kept clean.",), language="en", jurisdiction="XS",
)  # fmt: skip
RULES = document(
    2, title="Lake (Dues) Regulations 2012", doc_number="S.I. 2012/632", published=date(2012, 3, 1),
    paragraphs=("Dues are paid each May.",), language="en", jurisdiction="XS",
)  # fmt: skip


def keep(home: Home, one: Document) -> None:  # noqa: F811
    """The document in the warehouse, classified by the whole pipeline."""
    with Warehouse.open(home) as w:
        ingest_reads(w, [read(one)])
        (reading,) = w.connection.execute(
            "select reading_id from document where document_id = ?", [one.document_id]
        ).fetchone() or ("",)
    (done,) = build_classifier().classify([StoredDocument(one, reading, None)])
    with Warehouse.open(home) as w:
        store_classifications(w, CLASSIFIER, [done])


@pytest.mark.parametrize(
    ("old", "sentence", "told"),
    [
        (ORDER, "E.O. 14901 of May 12, 2019 (Clean Lakes), is hereby revoked.", "repealed"),
        (ORDER, "Executive Order 14901 of May 12, 2019, is hereby amended.", "amended"),
        (ORDER, "EO 14901 is revoked effective January 1, 2090.", "unknown"),
        (ORDER, "The agency proposes that Executive Order 14901 is revoked.", "unknown"),
        (ORDER, "Executive Order 14902 is hereby revoked.", "unknown"),
        (RULES, "The Lake (Dues) Regulations 2012 are revoked.", "repealed"),
        (RULES, "The Lake (Dues) Regulations 2012 (SI 2012 No. 632) are revoked.", "repealed"),
        (RULES, "The Lake (Dues) Regulations 2012 are revoked in so far as they name ponds.", "amended"),
        (RULES, "If the Lake (Dues) Regulations 2012 are revoked, dues end.", "unknown"),
    ],
)  # fmt: skip
def test_what_a_later_paper_says_decides(home: Home, old: Document, sentence: str, told: str) -> None:  # noqa: F811
    keep(home, old)
    new = document(
        3, title="Order on lakes", doc_number=None, published=date(2024, 6, 30), language="en",
        jurisdiction="XS", paragraphs=("This order is about lakes.", sentence),
    )  # fmt: skip
    keep(home, new)
    assert validity(home, old)[0] == told
