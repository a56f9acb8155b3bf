"""What a home can teach: documents whose class a person or the publishing site has said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from classify.components.state import Findings, findings, language_of, make_doc
from classify.pipeline import build_pipeline
from classify.taxonomy.choice import Schemes
from classify.taxonomy.drafts import followed
from classify.taxonomy.load import Taxonomy
from warehouse.content import title_key
from warehouse.database import Warehouse
from warehouse.desk.desk import Desk
from warehouse.home import Home
from warehouse.identity import digest
from warehouse.labelling import documents_of
from warehouse.records import StoredDocument

MOST = 4000  # labelled documents that are learnt from, the newest; more change little and cost minutes
FOLDS = 3
BATCH = 256


@dataclass(frozen=True, slots=True)
class Lesson:
    """One document with the class it was given, and how it came to be labelled."""

    stored: StoredDocument
    gold: tuple[str, ...]  # first level, then the class itself
    basis: str  # published | librarian
    random: bool  # drawn by chance in a sitting: an unbiased witness
    said_at: datetime | None = None  # when a person said it

    @property
    def fold(self) -> int:
        """Which part of the cross-validation it belongs to; documents of one title are never parted."""
        key = title_key(self.stored.document.title) or self.stored.document.document_id
        return int(digest(key, length=8), 16) % FOLDS


def lessons(home: Home, taxonomy: Taxonomy, most: int = MOST) -> list[Lesson]:
    """Every labelled document of the warehouse, oldest first; a person's word outranks the site's."""
    with Desk.open(home) as desk:
        said = followed(desk.corrections(field="topic"), (taxonomy,))
        drawn = {
            one.document_id
            for sitting in desk.sittings.listed()
            for one in sitting.documents
            if one.drawn == "random" and one.answer in ("confirmed", "corrected")
        }
    with Warehouse.open(home) as warehouse:
        published = dict(warehouse.connection.execute(_PUBLISHED, [taxonomy.scheme]).fetchall())
        codes = {document_id: (str(code), "published") for document_id, code in published.items()}
        codes |= {one.document_id: (str(one.value["code"]), "librarian") for one in said}
        known = {one: code for one, code in codes.items() if code[0] in taxonomy.by_code}
        stored = [one for batch in documents_of(warehouse, known, BATCH) for one in batch]
    stored.sort(key=lambda one: (str(one.document.published or ""), one.document.document_id))
    when = {one.document_id: one.created_at for one in said}
    found = [_lesson(one, *known[one.document.document_id], taxonomy, drawn) for one in stored[-most:]]
    return [replace(one, said_at=when.get(one.stored.document.document_id)) for one in found]


def _lesson(stored: StoredDocument, code: str, basis: str, taxonomy: Taxonomy, drawn: set[str]) -> Lesson:
    document = replace(stored.document, topics=(), topic_scheme=None)
    gold = (taxonomy.parents[code] or code, code)
    return Lesson(replace(stored, document=document), gold, basis, document.document_id in drawn)


def read_states(documents: Iterable[StoredDocument], schemes: Schemes) -> Iterator[Findings]:
    """What the rules and terms find in each document, without its facts and before any model."""
    pipelines = {name: build_pipeline(name, (), schemes, mining=False) for name in ("zh", "en")}
    for stored in documents:
        nlp = pipelines[language_of(stored)]
        with nlp.memory_zone():
            yield findings(next(iter(nlp.pipe([make_doc(nlp.vocab, stored)]))))


_PUBLISHED = """
select document_id, arg_min(code, rank) from label
where field = 'topic' and basis = 'published' and scheme = ? group by document_id
"""
