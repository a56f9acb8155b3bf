"""The comparison as files: all of it as JSON, the target table as CSV that runs nothing in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from dashboard.compare.sides import Side
from dashboard.compare.targets import hints
from dashboard.compare.wish import Wish
from dashboard.frame import Frame
from warehouse.exchange.csv_table import BOM, cell
from warehouse.side_by_side import SideBySide, first_of

COLUMNS = (
    "side", "indicator", "printed", "bound", "change", "figure", "low", "high", "unit", "year", "scope",
    "sentence", "document_id", "paragraph", "title", "doc_number", "issuer", "published", "url", "rule",
    "publication", "sample",
)  # fmt: skip


def targets_csv(frame: Frame, sides: Sequence[Side]) -> bytes:
    """One row a target; `paragraph` counts from 1; cells that would be taken for formulas are text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in target_objects(frame, sides):
        writer.writerow([cell(one[name]) for name in COLUMNS])
    return (BOM + out.getvalue()).encode("utf-8")


def comparison_json(
    frame: Frame,
    wish: Wish,
    sides: Sequence[Side],
    texts: Sequence[dict[str, Any] | None],
    found: SideBySide | str,
) -> bytes:
    """Sides, targets, figures told differently, aligned clauses, first days; null means not found."""
    told = {
        "publication": frame.publication.publication_id,
        "sample": frame.publication.sample,
        "kind": wish.kind,
        "about": list(wish.about) if wish.about else None,
        "sides": [_side(side, text) for side, text in zip(sides, texts, strict=True)],
        "targets": target_objects(frame, sides),
        "told_differently": [[_place(one), _place(other)] for one, other in hints(sides)],
        "clauses": [] if isinstance(found, str) else _clauses(sides, texts, found),
        "reuse": []
        if isinstance(found, str)
        else [
            {
                "of": sides[one.of].key,
                "in": sides[one.other].key,
                "share": round(one.share, 4),
                "clauses": one.clauses,
            }
            for one in found.reuse
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1, default=str).encode("utf-8")


def target_objects(frame: Frame, sides: Sequence[Side]) -> list[dict[str, Any]]:
    """Every target as one flat object."""
    return [
        {
            "side": side.key,
            "indicator": row["target"].key,
            "printed": row["target"].indicator,
            "bound": row["target"].bound,
            "change": row["target"].change,
            "figure": row["target"].printed,
            "low": row["target"].low,
            "high": row["target"].high,
            "unit": row["target"].measure,
            "year": row["target"].year,
            "scope": row["target"].scope,
            **_place(row),
            "title": row["document"]["title"],
            "doc_number": row["document"]["doc_number"],
            "issuer": row["document"]["department_name"] or row["document"]["issuer"],
            "published": row["document"]["published"],
            "url": row["document"]["url"],
            "rule": row["rule"],
            "publication": frame.publication.publication_id,
            "sample": bool(frame.publication.sample or row["document"]["sample"]),
        }
        for side in sides
        for row in side.targets
    ]


def _place(row: dict[str, Any]) -> dict[str, Any]:
    return {"sentence": row["sentence"], "document_id": row["document_id"], "paragraph": row["paragraph"] + 1}


def _side(side: Side, text: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "side": side.key,
        "name": side.name,
        "documents": side.total,
        "looked_at": [row["document_id"] for row in side.documents],
        "text": text["document_id"] if text else None,
    }


def _clauses(
    sides: Sequence[Side], texts: Sequence[dict[str, Any] | None], found: SideBySide
) -> list[dict[str, Any]]:
    days = [row["published"] if row else None for row in texts]
    return [
        {
            "likeness": row.likeness,
            "figures_differ": row.moved,
            "days_after_first": {sides[at].key: lag for at, lag in first_of(row, days)},
            "clauses": {
                side.key: {"paragraph": one.paragraph + 1, "start": one.start, "text": one.text}
                if one
                else None
                for side, one in zip(sides, row.clauses, strict=True)
            },
        }
        for row in found.rows
    ]
