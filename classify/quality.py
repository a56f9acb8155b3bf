"""The measured figures of this room, written by `classify.measure` and `classify.reports`."""

from __future__ import annotations

import json
from pathlib import Path

from warehouse.records import Evaluation, Quality

FILE = Path(__file__).parent / "quality.json"
EVALUATIONS = Path(__file__).parent / "evaluations.json"


def measured_quality() -> list[Quality]:
    """Every figure with its sample size, data and day; an empty list when none was measured."""
    if not FILE.is_file():
        return []
    return [Quality(**figure) for figure in json.loads(FILE.read_text(encoding="utf-8"))]


def measured_evaluations() -> list[Evaluation]:
    """What the packaged classifier did class by class; an empty list when it was not evaluated."""
    if not EVALUATIONS.is_file():
        return []
    found = json.loads(EVALUATIONS.read_text(encoding="utf-8"))
    return [
        Evaluation(
            one["name"], one["data"], one["measured_on"], one["note"],
            json.dumps(one["report"], ensure_ascii=False),
        )
        for one in found
    ]  # fmt: skip
