"""Published documents in the JSONL schema of docs/json.md, with no more text than their source allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from warehouse.queries.classes import given_classes
from warehouse.queries.reading import Published, Row, placeholders

BATCH = 500
ALL = "select document_id from document order by document_id"
DOCUMENTS = """
    select d.document_id, d.source_id, d.url, d.title, d.doc_number, d.index_number, d.issuer,
        d.published, d.written, d.effective, d.doc_type, d.unit, d.language, d.jurisdiction, d.region,
        d.level, d.status, d.validity, d.department_code, d.department_name, d.department_basis,
        d.department_score, d.topic_code,
        d.topic_path, d.topic_basis, d.topic_score, d.excerpt, d.capture_id, d.version_no, d.sample,
        d.quality, d.method, s.reuse
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


def document_rows(
    publication: Published, ids: Iterable[str] | None = None, *, with_text: bool = True
) -> Iterator[Row]:
    """One object a document, in the order of `ids`, or all documents by name."""
    wanted = iter(ids if ids is not None else [str(row["document_id"]) for row in publication.rows(ALL)])
    while batch := list(islice(wanted, BATCH)):
        marks = placeholders(batch)
        found = {row["document_id"]: row for row in publication.rows(DOCUMENTS.format(ids=marks), batch)}
        files: dict[str, list[Row]] = {}
        for row in publication.rows(ATTACHMENTS.format(ids=marks), batch):
            files.setdefault(row.pop("document_id"), []).append(row)
        topics: dict[str, list[str]] = {}
        for row in publication.rows(PUBLISHED_TOPICS.format(ids=marks), batch):
            topics.setdefault(row["document_id"], []).append(row["name"])
        classes: dict[str, list[Row]] = {}
        for row in given_classes(publication, batch):
            classes.setdefault(row["document_id"], []).append(
                {key: row[key] for key in ("scheme", "code", "name", "basis", "score")}
            )
        for document_id in batch:
            if document_id in found:
                listed = {"topics": topics.get(document_id, []), "classes": classes.get(document_id, [])}
                row = {**found[document_id], **listed}
                text = _text(publication, row) if with_text else None
                yield _line(row, text, files.get(document_id, []), publication)


def _text(publication: Published, row: Row) -> str | None:
    """All of it, an excerpt or nothing, as the source's terms say; without a source nobody limited it."""
    if row["reuse"] in (None, "full"):
        return "\n".join(publication.body(row["document_id"])) or None
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
