"""A briefing as JSON, in the shape that docs/json.md fixes."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from dashboard.briefing.model import Briefing
from dashboard.report import as_json
from dashboard.report.model import Report


def as_dict(briefing: Briefing) -> dict[str, Any]:
    """The lists of the briefing as plain JSON values; dates and instants in ISO 8601, paragraphs from 1.

    What stands beside the lists is told in the sections of the report.
    """
    answer: dict[str, Any] = _plain(asdict(replace(briefing, extras=None)))
    del answer["extras"]
    for section in ("new", "changed", "ended", "elsewhere"):
        for item in answer[section]:
            _count_from_one(item)
    for told in (*answer["due"], *answer["follow_ups"]):
        _count_from_one(told["item"])
    return answer


def render(briefing: Briefing, report: Report | None = None) -> str:
    """The briefing as an indented JSON text, with the sentences of its report when that is given."""
    answer = as_dict(briefing)
    if report is not None:
        answer["report"] = as_json.as_dict(report)
    return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"


def _count_from_one(item: dict[str, Any]) -> None:
    proof = item["proof"]
    if proof and proof["paragraph"] is not None:
        proof["paragraph"] += 1


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(entry) for entry in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value
