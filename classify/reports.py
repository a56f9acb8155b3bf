"""Writes evaluations.json, what the method page shows: `python -m classify.reports --data ../shared/data`.

The packaged classifier is judged on titles newer than all it learnt from: reported, never tuned on.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from classify.evaluation import evaluate
from classify.measure import STARTER_UNTIL, TITLES
from classify.quality import EVALUATIONS
from warehouse.clock import SystemClock, today

NOTE = f"titles after {STARTER_UNTIL}; title and number only; nothing of them was learnt or tuned on"
LABELS = 60  # classes listed, those with most documents


def main(arguments: list[str] | None = None) -> int:
    """Judge both fields and write what was found."""
    parser = argparse.ArgumentParser(prog="python -m classify.reports", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="default: %(default)s")
    folder = parser.parse_args(arguments).data / "zh"
    on = today(SystemClock(), "UTC").isoformat()
    told: list[dict[str, Any]] = [
        {
            "name": f"{field}-titles", "data": f"data/zh/{TITLES}", "measured_on": on, "note": NOTE,
            "report": shortened(evaluate(folder / TITLES, field, since=STARTER_UNTIL)),
        }
        for field in ("topic", "department")
    ]  # fmt: skip
    EVALUATIONS.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for one in told:
        print(f"{one['name']}\t{one['report']['accuracy']}\t{one['report']['documents']}")
    return 0


def shortened(report: dict[str, Any]) -> dict[str, Any]:
    """The report without what changes with the machine, and with the classes that have most documents."""
    kept = {key: value for key, value in report.items() if not key.startswith("documents_per")}
    return {**kept, "labels": report["labels"][:LABELS], "classes": len(report["labels"])}


if __name__ == "__main__":
    sys.exit(main())
