"""An English paper that another one repeals is repealed, by its number in any form or by its title."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from classify.pipeline import build_classifier
from tests.warehouse.make import CLASSIFIER, document, read
from tests.warehouse.test_citations import home, stated  # noqa: F401
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.ingest import ingest_reads
from warehouse.labelling import store_classifications
from warehouse.publish import publish
from warehouse.records import Document, StoredDocument

ORDER = document(
    1, title="Executive Order 14901 of May 12, 2019", doc_number=None, published=date(2019, 5, 12),
    paragraphs=("Lakes are to be kept clean.",), language="en", jurisdiction="XS",
)  # fmt: skip
RULES = document(
    2, title="Lake (Dues) Regulations 2012", doc_number="S.I. 2012/632", published=date(2012, 3, 1),
    paragraphs=("Dues of the Lake are paid each May.",), language="en", jurisdiction="XS",
)  # fmt: skip
SAID = (  # of which paper, what a later one says, and what is then said of it
    (ORDER, "E.O. 14901 of May 12, 2019 (Clean Lakes), is hereby revoked.", "repealed"),
    (ORDER, "Executive Order 14901 of May 12, 2019, is hereby amended.", "amended"),
    (ORDER, "EO 14901 is revoked effective January 1, 2090.", "unknown"),
    (ORDER, "The agency proposes that Executive Order 14901 is revoked.", "unknown"),
    (ORDER, "Executive Order 14902 is hereby revoked.", "unknown"),
    (RULES, "The Lake (Dues) Regulations 2012 are revoked.", "repealed"),
    (RULES, "The Lake (Dues) Regulations 2012 (SI 2012 No. 632) are revoked.", "repealed"),
    (RULES, "The Lake (Dues) Regulations 2012 are revoked in so far as they name ponds.", "amended"),
    (RULES, "If the Lake (Dues) Regulations 2012 are revoked, dues end.", "unknown"),
)
WATERS = ("Lake", "River", "Canal", "Harbour", "Stream", "Spring", "Bay", "Marsh", "Fjord")


def keep(home: Home, *papers: Document) -> None:  # noqa: F811
    """The documents in the warehouse, classified by the whole pipeline."""
    with Warehouse.open(home) as w:
        ingest_reads(w, [read(one) for one in papers])
        found = w.connection.execute("select document_id, reading_id from document").fetchall()
        readings = dict(found)
        stored = [StoredDocument(one, readings[one.document_id], None) for one in papers]
        store_classifications(w, CLASSIFIER, list(build_classifier().classify(stored)))


def of_its_own(text: str, place: int) -> str:
    """The same words about another paper: one of the numbers 14901, 14911, ..., of another water."""
    return text.replace("1490", f"149{place}").replace("632", f"63{place}").replace("Lake", WATERS[place])


def test_what_a_later_paper_says_decides(home: Home) -> None:  # noqa: F811
    held, papers = {}, []
    for place, (old, sentence, _) in enumerate(SAID):
        plain = document(10 + place)
        held[sentence] = replace(
            old,
            document_id=plain.document_id,
            url=plain.url,
            title=of_its_own(old.title, place),
            doc_number=old.doc_number and of_its_own(old.doc_number, place),
            paragraphs=tuple(of_its_own(one, place) for one in old.paragraphs),
        )
        new = document(
            30 + place, title=f"Order on the {WATERS[place]}", doc_number=None, published=date(2024, 6, 30),
            language="en", jurisdiction="XS",
            paragraphs=(f"This order is about the {WATERS[place]}.", of_its_own(sentence, place)),
        )  # fmt: skip
        papers += [held[sentence], new]
    keep(home, *papers)
    publish(home)
    told = {sentence: stated(home, one)[0] for sentence, one in held.items()}
    assert told == {sentence: said for _, sentence, said in SAID}
