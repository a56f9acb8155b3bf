"""Measures the classifier and trains the starter model: `python -m classify.measure --data ../shared/data`.

Writes quality.json, and models/starter from titles up to STARTER_UNTIL; what is newer stays unseen.
`--only topics speed` measures these parts alone and leaves the other figures as they were; `--bench FILE`
takes over the headline figures of a run of `govbrief bench classify --results FILE` and measures nothing.
A figure that is not measured anew stays: some come from elsewhere, such as `cascade-precision` from pairs
that two readers judged.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from classify.bench.report import quality_rows
from classify.bench.run import Result
from classify.measures.abroad import measure_abroad
from classify.measures.departments import measure_departments
from classify.measures.duties import measure_duties
from classify.measures.issuers import measure_issuers
from classify.measures.memory import memory_figures
from classify.measures.pages import page_figures, speed_figures
from classify.measures.precision import precision_figures
from classify.measures.recall import measure_recall
from classify.measures.sentences import measure_sentences
from classify.measures.summaries import measure_summaries
from classify.measures.themes import measure_themes
from classify.measures.topics import BLOCKS, STARTER_UNTIL, TITLES, topic_figures
from classify.quality import FILE, measured_quality
from warehouse.clock import SystemClock, today
from warehouse.records import Quality

__all__ = ["BLOCKS", "STARTER_UNTIL", "TITLES", "main"]

PARTS: dict[str, Callable[[Path, str], list[Quality]]] = {
    "topics": lambda data, on: topic_figures(data / "zh", on),
    "departments": lambda data, on: measure_departments(data),
    "issuers": lambda data, on: measure_issuers(data),
    "abroad": lambda data, on: measure_abroad(data),
    "pages": lambda data, on: page_figures(data / "zh", on),
    "summaries": lambda data, on: measure_summaries(data),
    "speed": lambda data, on: speed_figures(data / "zh", on),
    "recall": measure_recall,
    "precision": precision_figures,
    "sentences": measure_sentences,
    "duties": measure_duties,
    "themes": measure_themes,
    "memory": lambda data, on: memory_figures(data / "zh", on),
}


def main(arguments: list[str] | None = None) -> int:
    """Measure the parts asked for, print each figure and write those that were measured."""
    parser = argparse.ArgumentParser(prog="python -m classify.measure", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="default: %(default)s")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="default: all")
    parser.add_argument("--bench", type=Path, metavar="FILE", help="results of govbrief bench classify")
    args = parser.parse_args(arguments)
    fresh = benchmarked(args.bench) if args.bench else list(measure(args.data, args.only))
    kept = {one.name: one for one in measured_quality()} | {one.name: one for one in fresh}
    rows = [asdict(one) for one in kept.values()]
    FILE.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def benchmarked(results: Path) -> list[Quality]:
    """The headline figures of a run of the benchmark, from the file it left."""
    return quality_rows(Result.of_json(json.loads(results.read_text(encoding="utf-8"))))


def measure(data: Path, parts: list[str]) -> Iterator[Quality]:
    """The figures of these parts, each printed when it is known."""
    on = today(SystemClock(), "UTC").isoformat()
    for part in parts:
        for one in PARTS[part](data, on):
            print(f"{one.name}\t{one.value}\t{one.sample}\t{one.note}", flush=True)
            yield one


if __name__ == "__main__":
    sys.exit(main())
