"""A small publication for tests: published tables in a real DuckDB file, bodies in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from tests.given_class import GIVEN_CLASS
from warehouse.bodies import BodyPlace
from warehouse.figures import KEYED
from warehouse.queries.classes import class_paths
from warehouse.queries.issuers import issuer_names
from warehouse.search.fields import OPEN_END, IndexedDocument
from warehouse.search.index import IndexWriter, link_segments

_AS_PUBLISHED = (
    "document_id", "title", "doc_number", "number_normal", "department_code", "department_name", "level",
    "region", "jurisdiction", "doc_type", "language", "source_id", "published", "validity", "sample",
    "in_force_from", "duplicate_group", "url", "status",
)  # fmt: skip
VIEWS = Path(__file__).parents[2] / "warehouse" / "views"
SCHEMA = VIEWS / "publication_schema.sql"
_CODES = """
update document
set topic_codes = coalesce(codes.topic_codes, []), issuer_codes = coalesce(codes.issuer_codes, [])
from document_codes codes where codes.document_id = document.document_id
"""

_THEMES = """
update document set theme_ids = (
    select ',' || string_agg(distinct m.theme_id, ',' order by m.theme_id) || ','
    from theme_member m where m.document_id = document.document_id
)
"""


class Shelf:
    """Answers like a Publication does."""

    def __init__(self, folder: Path) -> None:
        self.publication_id = "20260601-000000-1"
        self.index_folder = folder / "published-index"
        self._writing = folder / "index"
        self._bodies: dict[str, tuple[str, ...]] = {}
        self._database = duckdb.connect(str(folder / "facts.duckdb"))
        self._database.execute("set timezone = 'UTC'")
        self._database.execute(SCHEMA.read_text(encoding="utf-8"))
        self._coded = True

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[dict[str, Any]]:
        if not self._coded:
            self._code()
        cursor = self._database.cursor()
        cursor.execute("set timezone = 'UTC'")
        cursor.execute(sql, list(parameters))
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def _code(self) -> None:
        """List each document under its codes and themes, and dated duties apart, as publishing does."""
        self._coded = True
        self._database.execute("create or replace temp view effective_label as from label")
        self._database.execute((VIEWS / "summary_codes.sql").read_text(encoding="utf-8"))
        self._database.execute(_CODES)
        self._database.execute(_THEMES)
        self._database.execute("update document set document_no = rowid")
        for table in set(KEYED) - {"document"}:
            self._database.execute(
                f"update {table} set document_no = d.document_no from document d"
                f" where d.document_id = {table}.document_id"
            )
        self._database.execute("delete from dated_duty")
        self._database.execute(
            "insert into dated_duty by name select * exclude (document_no) from duty where due is not null"
        )
        self._database.execute("delete from limit_duty")
        self._database.execute(
            "insert into limit_duty by name select document_no, paragraph, start_at, end_at, due_printed, who"
            " from duty where strength = 'deadline' and due is null"
        )

    def body(self, document_id: str) -> tuple[str, ...]:
        return self._bodies[document_id]

    def body_at(self, place: BodyPlace) -> tuple[str, ...]:
        return self.body(place.segment)

    def insert(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        for row in rows:
            names = ", ".join(f'"{name}"' for name in row)
            marks = ", ".join("?" for _ in row)
            self._database.execute(f"insert into {table} ({names}) values ({marks})", list(row.values()))
        self._coded = False

    def add(
        self, document_id: str, title: str, *paragraphs: str, attachment: str = "", **columns: Any
    ) -> None:
        """One document row with its body; index it with `publish`."""
        self._bodies[document_id] = paragraphs
        row = {
            "document_id": document_id, "title": title, "source_id": "s1", "status": "active",
            "unit": "document", "validity": "unknown", "language": "zh", "sample": True, "version_no": 1,
            "excerpt": "".join(paragraphs)[:200], **columns,
        }  # fmt: skip
        self.insert("document", [row])
        if columns.get("department_code"):
            lead = (columns["department_code"], columns["department_name"])
            self.issuer(document_id, *lead, 1)
        if columns.get("topic_code"):
            self.topic(document_id, columns["topic_code"], columns.get("topic_path", ""), 1)
        if attachment:
            self.insert(
                "attachment",
                [{"document_id": document_id, "url": "http://a/1.pdf", "name": "附件", "text": attachment}],
            )

    def issuer(
        self, document_id: str, code: str, name: str, rank: int, score: float = 1.0, basis: str = "published"
    ) -> None:
        """One label of an issuing body."""
        self.insert(
            "label",
            [
                {
                    "document_id": document_id, "field": "department", "rank": rank, "code": code,
                    "name": name, "score": score, "basis": basis,
                }
            ],
        )  # fmt: skip

    def topic(
        self, document_id: str, code: str, path: str, rank: int, given: bool = True, evidence: str = "[]"
    ) -> None:
        """One label of a topic class, an answer or a candidate."""
        self.insert(
            "label",
            [
                {
                    "document_id": document_id, "field": "topic", "rank": rank, "code": code, "name": path,
                    "score": 1.0, "basis": "published", "scheme": "state-council", "evidence": evidence,
                    "given": given,
                }
            ],
        )  # fmt: skip

    def publish(self) -> Shelf:
        rows = self.rows("select * from document")
        ids = [row["document_id"] for row in rows]
        attached = self._by_document("select document_id, name, text from attachment")
        classes = self._by_document(GIVEN_CLASS)
        topics, departments = class_paths(self, ids), issuer_names(self, ids)
        with IndexWriter(self._writing) as writer:
            writer.put(
                self._indexed(
                    row, attached.get(document_id, []), classes.get(document_id, []),
                    topics=topics.get(document_id, ()), departments=departments.get(document_id, ()),
                )
                for document_id, row in zip(ids, rows, strict=True)
            )  # fmt: skip
            writer.commit()
        link_segments(self._writing, self.index_folder)
        return self

    def _by_document(self, sql: str) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for row in self.rows(sql):
            found.setdefault(row["document_id"], []).append(row)
        return found

    def _indexed(
        self,
        row: dict[str, Any],
        attached: list[dict[str, Any]],
        classes: list[dict[str, Any]],
        **named: tuple[str, ...],
    ) -> IndexedDocument:
        until = row["in_force_until"]
        if until is None and row["validity"] in ("in-force", "amended"):
            until = OPEN_END
        shown = {name: row[name] for name in _AS_PUBLISHED}
        return IndexedDocument(
            **shown,
            **named,
            topic_codes=tuple(one["code"] for one in classes),
            topic1_codes=tuple(sorted({one["first_code"] for one in classes})),
            topic=row["topic_path"],
            in_force_until=until,
            is_reprint=row["reprint_of"] is not None,
            has_attachment=bool(attached),
            attachment_names=tuple(one["name"] for one in attached),
            body="\n".join(self._bodies[row["document_id"]]),
            attachment_text="\n".join(one["text"] for one in attached),
        )


def day(text: str) -> date:
    return date.fromisoformat(text)
