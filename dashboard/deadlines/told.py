"""Lines of the duty calendar for other programs: as objects of JSON, as rows of CSV, and proofs in words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dashboard.deadlines.ledger import Line
from dashboard.words import say
from warehouse.exchange.csv_table import BOM, cell
from warehouse.publication import Publication

COLUMNS = (
    "duty_id", "due", "days_left", "working_days_left", "state", "due_printed", "who", "what", "sentence",
    "title", "doc_number", "issuer", "published", "validity", "status", "region", "evidence_titles",
    "evidence_days", "evidence_relations", "evidence_ids", "judged", "document_id", "paragraph", "url",
    "publication", "sample",
)  # fmt: skip


def as_object(publication: Publication, line: Line, judged: str | None) -> dict[str, Any]:
    """One duty as docs/json.md fixes it; `paragraph` counts from 1 as people do, `judged` is their word."""
    row = line.row
    return {
        "duty_id": row["fact_id"],
        "due": row["due"],
        "days_left": line.days,
        "working_days_left": line.working_days,
        "state": line.state,
        "due_printed": row["due_printed"],
        "who": list(row["who"] or ()),
        "what": row["what"],
        "sentence": row["sentence"],
        "title": row["title"],
        "doc_number": row["doc_number"],
        "issuer": row["department_name"] or row["issuer"],
        "published": row["published"],
        "validity": row["validity"] or "unknown",
        "status": row["status"],
        "region": row["region"],
        "evidence": [
            {
                "document_id": one.document_id,
                "title": one.title,
                "published": one.published,
                "issuer": one.issuer,
                "relation": one.relation,
                "whole_bearer": one.how in ("name", "short"),
                "days_after_due": one.late,
            }
            for one in line.proofs
        ],
        "judged": judged or "candidate",
        "document_id": row["document_id"],
        "paragraph": row["paragraph"] + 1,
        "url": row["url"],
        "publication": publication.publication_id,
        "sample": bool(publication.sample or row["sample"]),
    }


def csv_file(objects: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Byte order mark, head and one row a duty; cells that would be taken for formulas are text."""
    yield BOM + _row(COLUMNS)
    for one in objects:
        found = one["evidence"]
        told = {
            **one,
            "evidence_titles": [each["title"] for each in found],
            "evidence_days": [str(each["published"]) for each in found],
            "evidence_relations": [each["relation"] for each in found],
            "evidence_ids": [each["document_id"] for each in found],
        }
        yield _row([cell(told[name]) for name in COLUMNS])


def told_proofs(line: Line, language: str) -> Iterator[str]:
    """What was found for a duty in words, or that nothing was in what is held."""
    for one in line.proofs:
        relation = say(language, f"deadlines.relation-{one.relation}")
        group = say(language, "deadlines.one-of-many") if one.how in ("group", "below") else ""
        found = say(language, "deadlines.found")
        yield f"{found}{one.title} ({one.issuer}, {one.published}, {relation}){group}"
    if line.state in ("overdue", "unnamed"):
        yield say(language, "deadlines.none-found" if line.row["who"] else "deadlines.none-asked")


def _row(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(list(cells))
    return out.getvalue()
