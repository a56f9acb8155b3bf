"""Published documents as rows for every form of exchange, with no more text than their source allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol

from warehouse.bodies import BodyPlace
from warehouse.queries.classes import given_classes
from warehouse.queries.issuers import issuer_names
from warehouse.queries.reading import Published, Row, placeholders

BATCH = 1000  # documents asked for at once; what an export holds in memory
_NAMES = 20_000  # names of documents fetched at once when everything is wanted
ALL = f"select document_id from document where document_id > ? order by document_id limit {_NAMES}"
DOCUMENTS = """
    select d.document_id, d.source_id, d.url, d.title, d.doc_number, d.index_number, d.issuer,
        d.published, d.written, d.effective, d.doc_type, d.unit, d.language, d.jurisdiction, d.region,
        d.level, d.status, d.validity, d.department_code, d.department_name, d.department_basis,
        d.department_score, d.topic_code,
        d.topic_path, d.topic_basis, d.topic_score, d.excerpt, d.capture_id, d.version_no, d.sample,
        d.quality, d.method, d.origin, d.segment, d.start_at, d.length, s.reuse,
        s.name_zh as source_name_zh, s.name_en as source_name_en, s.timezone
    from document d left join source s on s.source_id = d.source_id
    where d.document_id in ({ids})
"""
PUBLISHED_TOPICS = """
    select document_id, name from label
    where field = 'topic' and basis = 'published' and document_id in ({ids}) order by document_id, rank
"""
ATTACHMENTS = """
    select document_id, name, url, status, media_type, quality, method from attachment
    where document_id in ({ids}) order by document_id, url
"""
CAPTURED = """
    select d.document_id, c.fetched_at from document d join capture c on c.capture_id = d.capture_id
    where d.document_id in ({ids})
"""
RELATED = """
    select distinct c.document_id, t.url
    from citation c join document t on t.document_id = c.target_document_id
    where c.kind <> 'mentions' and t.url is not null and c.document_id in ({ids})
    order by c.document_id, t.url
"""


class Bodies(Published, Protocol):
    """A publication that also gives bodies by their place."""

    def body_at(self, place: BodyPlace) -> tuple[str, ...]:
        """The numbered paragraphs at a place."""


def document_rows(
    publication: Bodies, ids: Iterable[str] | None = None, *, with_text: bool = True
) -> Iterator[Row]:
    """One object a document in the JSONL schema, in the order of `ids`, or all documents by name."""
    for batch in _batches(publication, ids):
        found = _documents(publication, batch)
        files = _listed(publication, ATTACHMENTS, batch)
        topics = _listed(publication, PUBLISHED_TOPICS, batch)
        classes = _classes(publication, batch)
        for document_id, row in found.items():
            row["topics"] = [one["name"] for one in topics.get(document_id, [])]
            row["classes"] = classes.get(document_id, [])
            text = _text(publication, row) if with_text else None
            yield _line(row, text, files.get(document_id, []), publication)


def reference_rows(
    publication: Published, ids: Iterable[str] | None = None, *, with_text: bool = True
) -> Iterator[Row]:
    """One row a document with what a bibliographic record is made of (exchange/reference_record.py).

    `issuers` are full names, lead first; `subjects` paths of the given classes; `related` addresses of held
    documents that it cites with effect; `captured_at` when the copy was fetched; `abstract` the beginning of
    the text where the source allows one and `with_text` asks for it.
    """
    for batch in _batches(publication, ids):
        found = _documents(publication, batch)
        issuers = issuer_names(publication, batch)
        classes = _classes(publication, batch)
        related = _listed(publication, RELATED, batch)
        captured = {row["document_id"]: row["fetched_at"] for row in _rows(publication, CAPTURED, batch)}
        for document_id, row in found.items():
            yield {
                **row,
                "issuers": issuers.get(document_id, ()),
                "subjects": [one["name"] for one in classes.get(document_id, [])],
                "related": [one["url"] for one in related.get(document_id, [])],
                "captured_at": captured.get(document_id),
                "abstract": row["excerpt"] if with_text and row["reuse"] != "link" else None,
            }


def _batches(publication: Published, ids: Iterable[str] | None) -> Iterator[list[str]]:
    wanted = iter(_all_ids(publication) if ids is None else ids)
    while batch := list(islice(wanted, BATCH)):
        yield batch


def _all_ids(publication: Published) -> Iterator[str]:
    last = ""
    while names := [str(row["document_id"]) for row in publication.rows(ALL, [last])]:
        yield from names
        last = names[-1]


def _documents(publication: Published, batch: Sequence[str]) -> dict[str, Row]:
    """The published documents of the batch, in its order; a name nobody knows is left out."""
    found = {row["document_id"]: row for row in _rows(publication, DOCUMENTS, batch)}
    return {document_id: found[document_id] for document_id in batch if document_id in found}


def _rows(publication: Published, sql: str, batch: Sequence[str]) -> list[Row]:
    return publication.rows(sql.format(ids=placeholders(batch)), batch)


def _listed(publication: Published, sql: str, batch: Sequence[str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in _rows(publication, sql, batch):
        found.setdefault(row.pop("document_id"), []).append(row)
    return found


def _classes(publication: Published, batch: Sequence[str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in given_classes(publication, batch):
        found.setdefault(row["document_id"], []).append(
            {key: row[key] for key in ("scheme", "code", "name", "basis", "score")}
        )
    return found


def _text(publication: Bodies, row: Row) -> str | None:
    """All of it, an excerpt or nothing, as the source's terms say; without a source nobody limited it."""
    if row["reuse"] in (None, "full"):
        place = BodyPlace(row["segment"], row["start_at"], row["length"])
        return "\n".join(publication.body_at(place)) or None
    return (row["excerpt"] or None) if row["reuse"] == "excerpt" else None


def _line(row: Row, text: str | None, attachments: list[Row], publication: Published) -> Row:
    return {
        "id": row["document_id"],
        "source": row["source_id"],
        "url": row["url"],
        "title": row["title"],
        "text": text,
        "department": row["issuer"],
        "topic": row["topics"],
        "doc_number": row["doc_number"],
        "index_number": row["index_number"],
        "published": row["published"],
        "written": row["written"],
        "effective": row["effective"],
        "doc_type": row["doc_type"],
        "unit": row["unit"],
        "lang": row["language"],
        "jurisdiction": row["jurisdiction"],
        "region": row["region"],
        "level": row["level"],
        "status": row["status"],
        "validity": row["validity"],
        "quality": row["quality"],
        "method": row["method"] or None,
        "attachments": [{**one, "method": one["method"] or None} for one in attachments],
        "labels": {
            **{field: _label(row, field) for field in ("department", "topic")},
            "topics": row["classes"],
        },
        "capture": row["capture_id"],
        "version": row["version_no"],
        "publication": publication.publication_id,
        "sample": row["sample"],
    }


def _label(row: Row, field: str) -> Row | None:
    """What we say, beside what the site says; null where we abstain."""
    if row[f"{field}_code"] is None:
        return None
    name = row["department_name"] if field == "department" else row["topic_path"]
    return {
        "code": row[f"{field}_code"],
        "name": name,
        "basis": row[f"{field}_basis"],
        "score": row[f"{field}_score"],
    }
