"""Handing documents to classification and keeping what it says; a librarian's label is never overwritten."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

import duckdb

from warehouse.classified_rows import (
    citation_rows,
    classified_row,
    duty_rows,
    fact_rows,
    label_rows,
    route_rows,
)
from warehouse.database import Warehouse
from warehouse.desk.values import is_text
from warehouse.outbox import touch_rows
from warehouse.records import (
    AttachmentLink,
    Classification,
    Classifier,
    Correction,
    Document,
    FieldOrigin,
    Source,
    StoredDocument,
)
from warehouse.rows import sql, stage, stage_like

_AS_STORED = (
    "document_id", "source_id", "url", "site_id", "title", "doc_number", "index_number", "issuer",
    "topic_scheme", "published", "written", "effective", "doc_type", "validity", "jurisdiction", "language",
    "unit", "path",
)  # fmt: skip
# Places of the columns that tell a document's rows apart.
_KEYS = {
    "label": (0, 1, 3, 4, 7), "citation": (1, 0, 5), "duty": (1, 0, 4), "fact": (1, 0, 2, 6),
    "routing": (1, 0),
}  # fmt: skip
_CLASSIFIED = (
    "document_id varchar, reading_id varchar, classifier_id varchar, number_normal varchar, "
    "number_organ varchar, number_year integer, number_serial integer, doc_type varchar, reasons varchar[]"
)


def pending_documents(
    w: Warehouse, classifier: Classifier, again: bool = False, batch: int = 256
) -> Iterator[list[StoredDocument]]:
    """Documents whose current reading or attachments this classifier has not seen, in batches; `again`: all
    of them.
    """
    ids = [row[0] for row in _pending(w, classifier, again)]
    for start in range(0, len(ids), batch):
        yield _stored_documents(w.connection, ids[start : start + batch])


def count_pending(w: Warehouse, classifier: Classifier, again: bool = False) -> int:
    """How many documents `pending_documents` would hand out."""
    return len(_pending(w, classifier, again))


def count_documents(w: Warehouse) -> int:
    """How many documents the warehouse holds."""
    row = w.connection.execute("select count(*) from document").fetchone()
    return int(row[0]) if row else 0


def sampled_documents(w: Warehouse, count: int, batch: int = 256) -> Iterator[list[StoredDocument]]:
    """At most `count` documents in batches, the same ones each time and spread over all sources."""
    chosen = "select document_id from document order by md5(document_id), document_id limit ?"
    ids = [str(row[0]) for row in w.connection.execute(chosen, [count]).fetchall()]
    for start in range(0, len(ids), batch):
        yield _stored_documents(w.connection, ids[start : start + batch])


def documents_of(w: Warehouse, document_ids: Iterable[str], batch: int) -> Iterator[list[StoredDocument]]:
    """These documents in batches; those that the warehouse does not hold are left out."""
    ids = list(document_ids)
    for start in range(0, len(ids), batch):
        yield _stored_documents(w.connection, ids[start : start + batch])


def store_classifications(w: Warehouse, classifier: Classifier, batch: Sequence[Classification]) -> None:
    """Keep what classification says of each document instead of what it said before, but librarian labels."""
    with w.transaction() as connection:
        connection.execute(
            "insert into classifier values (?, ?, ?, ?, ?, ?) on conflict do nothing",
            [*asdict(classifier).values(), w.home.clock.now()],
        )
        stage(connection, "done", _CLASSIFIED, (classified_row(one, classifier) for one in batch))
        connection.execute(sql("views", "store_classified"))
        touch_rows(connection, "select document_id from done")
        for table in ("citation", "duty", "fact", "routing"):
            connection.execute(f"delete from {table} where document_id in (select document_id from done)")
        connection.execute(
            "delete from label where basis <> 'librarian' and document_id in (select document_id from done)"
        )
        _add(connection, "label", (row for one in batch for row in label_rows(one)))
        _add(connection, "citation", (row for one in batch for row in citation_rows(one)))
        _add(connection, "duty", (row for one in batch for row in duty_rows(one)))
        _add(connection, "fact", (row for one in batch for row in fact_rows(one)))
        _add(connection, "routing", (row for one in batch for row in route_rows(one)))


def bake_corrections(w: Warehouse, corrections: Sequence[Correction]) -> int:
    """Make the librarians' values exactly the active ones of `corrections`; returns how many values changed.

    Department and topic become labels of basis librarian, other fields rows that publication puts over the
    reading.
    """
    latest: dict[tuple[str, str], Correction] = {}
    for one in sorted(corrections, key=lambda correction: correction.correction_id):
        if one.undone_at is None:
            latest[one.document_id, one.field] = one
    labels = [one for one in latest.values() if one.field in {"department", "topic"}]
    # A corrected text of a file is not baked here: extraction puts it in place of what was recognised.
    others = [
        one for one in latest.values() if one.field not in {"department", "topic"} and not is_text(one.field)
    ]
    with w.transaction() as connection:
        schemes = _schemes(connection)
        label_rows = [_librarian_row(one, schemes) for one in labels]
        other_rows = [
            (
                one.document_id,
                one.field,
                str(one.value),
                one.correction_id,
                one.account,
                one.created_at,
            )
            for one in others
        ]
        key = "document_id, field, scheme, code"
        changed = _replace(connection, "label", label_rows, "basis = 'librarian'", key)
        changed += _replace(connection, "correction", other_rows, "true", "document_id, field, value")
    return changed


def _pending(w: Warehouse, classifier: Classifier, again: bool) -> list[Any]:
    return w.connection.execute(sql("views", "pending"), [classifier.classifier_id, again]).fetchall()


def _add(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert rows, the first of those that share a key."""
    key = _KEYS[table]
    first: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for row in rows:
        first.setdefault(tuple(row[at] for at in key), row)
    if stage_like(connection, "labelled", table, first.values()):
        connection.execute(f"insert into {table} select * from labelled")


def _replace(
    connection: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[Any, ...]], where: str, key: str
) -> int:
    """Make the rows of `table` that fulfil `where` exactly `rows`; returns how many differ by `key`."""
    before = set(connection.execute(f"select {key} from {table} where {where}").fetchall())
    stage_like(connection, "baked", table, rows)
    held = f"from {table} where {where}"
    for differing in (f"from baked except ({held})", f"({held}) except from baked"):
        touch_rows(connection, f"select document_id from ({differing})")
    connection.execute(f"delete from {table} where {where}")
    connection.execute(f"insert into {table} select * from baked")
    return len(before ^ set(connection.execute(f"select {key} from baked").fetchall()))


def _schemes(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    rows = connection.execute("select code, min(scheme) from topic_class group by code").fetchall()
    found = {f"topic {code}": scheme for code, scheme in rows}
    row = connection.execute("select min(scheme) from label where field = 'department'").fetchone()
    found["department"] = (row[0] if row else None) or "authority"
    return found


def _librarian_row(one: Correction, schemes: dict[str, str]) -> tuple[Any, ...]:
    code, name = str(one.value["code"]), str(one.value["name"])
    scheme = schemes.get(f"topic {code}", "") if one.field == "topic" else schemes["department"]
    evidence = json.dumps([{"where": "librarian", "text": one.note or one.account}], ensure_ascii=False)
    return (one.document_id, one.field, 1, scheme, code, name, 1.0, "librarian", evidence, "librarian", True)


def _stored_documents(connection: duckdb.DuckDBPyConnection, ids: list[str]) -> list[StoredDocument]:
    stage(
        connection, "asked", "document_id varchar, place integer", ((one, at) for at, one in enumerate(ids))
    )
    links: dict[str, list[AttachmentLink]] = {}
    texts: dict[str, list[str]] = {}
    for document_id, url, name, text in connection.execute(
        "select document_id, url, name, text from attachment semi join asked using (document_id) order by url"
    ).fetchall():
        links.setdefault(document_id, []).append(AttachmentLink(url, name))
        if text:
            texts.setdefault(document_id, []).append(text)
    found = connection.execute("select * from source").fetchall()
    sources = {row[0]: Source(*row) for row in found}
    answer = connection.execute(sql("views", "stored_document"))
    names = [column[0] for column in answer.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    return [
        StoredDocument(
            _document(row, tuple(links.get(row["document_id"], ()))),
            row["reading_id"],
            sources.get(row["source_id"]),
            tuple(texts.get(row["document_id"], ())),
        )
        for row in rows
    ]


def _document(row: dict[str, Any], links: tuple[AttachmentLink, ...]) -> Document:
    return Document(
        paragraphs=tuple(row["text"].split("\n")) if row["text"] else (),
        departments=tuple(row["departments"]),
        topics=tuple(row["topics"]),
        attachments=links,
        origins=tuple(FieldOrigin(**one) for one in json.loads(row["origins"])),
        **{name: row[name] for name in _AS_STORED},
    )
