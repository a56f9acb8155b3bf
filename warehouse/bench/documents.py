"""The documents that the benchmarks index: real ones of the shared data, or made ones."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from warehouse.bench.made import made_documents
from warehouse.bench.plan import Plan
from warehouse.errors import UserError
from warehouse.search.fields import IndexedDocument

LANGUAGES = ("zh", "en")


def real_rows(data: Path, language: str, limit: int | None = None) -> Iterator[dict[str, Any]]:
    """The real documents with a text, in the file's order; a UserError when there are none."""
    file = data / language / "documents.jsonl.gz"
    if not file.is_file():
        raise UserError(
            f"{file}: no real documents there; name the folder that holds zh/ and en/ with --data."
        )
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        rows = (row for row in map(json.loads, lines) if row.get("text"))
        yield from islice(rows, limit)


def real_documents(data: Path, language: str, limit: int) -> list[IndexedDocument]:
    """Real documents as the index takes them."""
    return [
        _indexed(
            document_id=str(row["id"]),
            title=row["title"] or "",
            body=row["text"],
            language=language,
            doc_number=row.get("doc_number"),
            department_name=row.get("department"),
            published=_day(row.get("published")),
            doc_type=row.get("doc_type"),
            source_id=language,
        )
        for row in real_rows(data, language, limit)
    ]


def scale_documents(count: int) -> list[IndexedDocument]:
    """Made documents as the index takes them."""
    found = []
    for one in made_documents(Plan(max(count, 1)), 0, count):
        document, said = one.document, one.said
        codes = tuple(label.code for label in said.topics if label.given)
        found.append(
            _indexed(
                document_id=document.document_id,
                title=document.title,
                language=document.language,
                body="\n".join(document.paragraphs),
                doc_number=document.doc_number,
                number_normal=document.doc_number,
                department_code=said.departments[0].code,
                department_name=document.issuer,
                published=document.published,
                doc_type=document.doc_type,
                source_id=document.source_id,
                topic_codes=codes,
                topic1_codes=tuple(dict.fromkeys(code[:2] for code in codes)),
            )
        )
    return found


def _indexed(**known: Any) -> IndexedDocument:
    """With nothing where nothing is known."""
    open_fields = [one.name for one in fields(IndexedDocument) if one.default is MISSING]
    rest: dict[str, Any] = dict.fromkeys(open_fields) | {"attachment_text": "", "sample": True}
    return IndexedDocument(**(rest | known))


def _day(printed: str | None) -> date | None:
    try:
        return date.fromisoformat(printed) if printed else None
    except ValueError:
        return None
