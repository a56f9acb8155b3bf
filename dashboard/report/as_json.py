"""A report as plain JSON values, in the shape that docs/json.md fixes."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from dashboard.report.model import Block, Entry, Paragraph, Point, Report, Table
from dashboard.report.prose import Figure, Grid, Heading, Listed, Prose, Quote

_KINDS: dict[type[Block], str] = {
    Paragraph: "paragraph",
    Point: "point",
    Entry: "entry",
    Table: "table",
    Prose: "prose",
    Quote: "quote",
    Heading: "heading",
    Listed: "listed",
    Grid: "grid",
    Figure: "figure",
}
_PAPERS_OWN = ("paper", "cited", "note", "italics")  # keys that a briefing does not have


def as_dict(report: Report) -> dict[str, Any]:
    """The report as JSON values; each block says its `kind`, dates and instants are ISO 8601."""
    answer: dict[str, Any] = _plain(asdict(report))
    for section, told in zip(report.sections, answer["sections"], strict=True):
        told["blocks"] = [
            {"kind": _KINDS[type(block)], **shown}
            for block, shown in zip(section.blocks, told["blocks"], strict=True)
        ]
    for told in (answer, *answer["sections"], *answer["references"]):
        for key in _PAPERS_OWN:
            if key in told and not told[key]:
                del told[key]
    return answer


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(entry) for entry in value]
    return value.isoformat() if isinstance(value, (date, datetime)) else value
