"""Trains the starter model and measures this room: `python -m classify.measure --data ../shared/data`.

Writes models/starter (of titles up to STARTER_UNTIL; the newest fifth stays unseen) and quality.json.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from classify.components.citation import plain_title
from classify.evaluation import evaluate
from classify.pipeline import STARTER, build_classifier
from classify.quality import FILE
from classify.rows import stored_of_row
from classify.training import read_rows, train, within
from warehouse.clock import SystemClock, today
from warehouse.records import Quality

STARTER_UNTIL = date(2023, 8, 15)
BLOCKS = (  # three time blocks, each judged by a model of everything older
    (date(2019, 12, 31), date(2021, 7, 27)),
    (date(2021, 7, 27), STARTER_UNTIL),
    (STARTER_UNTIL, date.max),
)
TITLES, DOCUMENTS = "gov_titles.jsonl.gz", "documents.jsonl.gz"
GOVCN = "ZhouYNF/platform-1"
SPEED_CHARACTERS, SPEED_DOCUMENTS = 1800, 1500


def main(arguments: list[str] | None = None) -> int:
    """Measure everything and write both results; prints each figure."""
    parser = argparse.ArgumentParser(prog="python -m classify.measure", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="default: %(default)s")
    folder = parser.parse_args(arguments).data / "zh"
    figures = measure(folder, today(SystemClock(), "UTC").isoformat(), Path(tempfile.mkdtemp()) / "block")
    FILE.write_text(
        json.dumps([asdict(one) for one in figures], ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    for one in figures:
        print(f"{one.name}\t{one.value}\t{one.sample}\t{one.note}")
    return 0


def measure(folder: Path, on: str, scratch: Path) -> list[Quality]:
    """All figures of this room; the last block's model becomes the starter."""
    kept_out = {plain_title(row["title"]) for row in _govcn(folder / DOCUMENTS)}
    figures = _title_figures(folder / TITLES, on, scratch, kept_out)
    figures += _department_figures(folder / TITLES, on)
    figures += _page_figures(folder / DOCUMENTS, on)
    figures.append(_speed(folder / DOCUMENTS, on))
    return figures


def _title_figures(titles: Path, on: str, scratch: Path, kept_out: set[str]) -> list[Quality]:
    reports: list[dict[str, Any]] = []
    terms: list[dict[str, Any]] = []
    for since, until in BLOCKS:
        shutil.rmtree(scratch, ignore_errors=True)
        tested = {
            plain_title(row["title"]) for row in read_rows(titles) if within(row, since, until)
        } | kept_out
        rows = (row for row in read_rows(titles) if plain_title(row["title"]) not in tested)
        card = train(rows, "topic", scratch, until=since)
        print(f"trained {card['id']} on {card['documents']} titles until {since}", file=sys.stderr)
        reports.append(evaluate(titles, "topic", scratch, since=since, until=until))
        terms.append(evaluate(titles, "topic", since=since, until=until, use_model=False))
    _install_starter(scratch, reports[-1])
    return _topic_figures(reports, terms, on)


def _topic_figures(reports: list[dict[str, Any]], terms: list[dict[str, Any]], on: str) -> list[Quality]:
    newest, base, every = reports[-1], terms[-1], sum(report["documents"] for report in reports)
    fifth = "newest fifth"
    three = "mean of three time blocks (the terms were weeded on titles of the two older ones)"
    note = "title and number only; model of everything older"

    def figure(name: str, value: float, count: int, about: str) -> Quality:
        return Quality(name, round(value, 4), count, f"data/zh/{TITLES}", on, about)

    def mean(key: str, of: list[dict[str, Any]]) -> float:
        return sum(float(report[key]) for report in of) / len(of)

    count = newest["documents"]
    return [
        figure("topic-first-level", newest["accuracy"], count, f"{fifth}; {note}"),
        figure("topic-both-levels", newest["accuracy_both"], count, f"{fifth}; {note}"),
        figure("topic-first-three", newest["found_in_first"]["3"], count, f"{fifth}; {note}"),
        figure("topic-calibration-error", newest["ece"], count, f"{fifth}; {note}"),
        figure("topic-first-level-blocks", mean("accuracy", reports), every, f"{three}; {note}"),
        figure("topic-both-levels-blocks", mean("accuracy_both", reports), every, f"{three}; {note}"),
        figure("topic-first-level-terms", base["accuracy"], count, f"{fifth}; terms alone, no training"),
        figure("topic-first-level-terms-blocks", mean("accuracy", terms), every, f"{three}; terms alone"),
    ]


def _install_starter(scratch: Path, report: dict[str, Any]) -> None:
    """The model of the last block, with its scores on the block it never saw."""
    file = scratch / "card.json"
    card = json.loads(file.read_text(encoding="utf-8"))
    card["trained_on"] = (
        f"{card['documents']} titles of data/zh/{TITLES} until {STARTER_UNTIL}, label: gov.cn 主题分类; "
        "titles of the test block and of the 60 gov.cn documents left out"
    )
    card["scores"] = {
        "split": f"titles after {STARTER_UNTIL}",
        **{
            key: report[key]
            for key in ("documents", "accuracy", "accuracy_both", "macro_f1", "found_in_first", "ece")
        },
    }
    card["limits"] = (
        "Learnt from titles of national documents in Chinese: local documents, service items and texts "
        "without a title are outside what it saw; a third of the second-level labels it learnt from are 其他."
    )
    file.write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    shutil.rmtree(STARTER, ignore_errors=True)
    shutil.move(scratch, STARTER)


def _department_figures(titles: Path, on: str) -> list[Quality]:
    report = evaluate(titles, "department", since=STARTER_UNTIL)
    about = "newest fifth; title and number only; any body of a joint issue is right"
    answered, count = f"{about}; of the {report['coverage']:.1%} with an answer", report["documents"]
    data = f"data/zh/{TITLES}"
    return [
        Quality("department-titles", report["accuracy"], count, data, on, about),
        Quality("department-titles-answered", report["accuracy_where_answered"], count, data, on, answered),
    ]


def _page_figures(documents: Path, on: str) -> list[Quality]:
    rows = _govcn(documents)
    noted = [
        {**row, "text": f"{row['adoption_note']}\n{row['text']}"}
        for row in read_rows(documents)
        if row.get("adoption_note") and row.get("department")
    ]
    department, topic = evaluate(rows, "department"), evaluate(rows, "topic")
    laws = evaluate(noted, "department")
    data, count = f"data/zh/{DOCUMENTS}", len(rows)
    whole = "full gov.cn documents, metadata hidden; never learnt from, looked at as a whole between settings"
    circular = "laws and rules with their adoption note; the published label was itself read from that note"
    return [
        Quality("department-govcn", department["accuracy"], count, data, on, whole),
        Quality("topic-first-level-govcn", topic["accuracy"], count, data, on, whole),
        Quality("topic-both-levels-govcn", topic["accuracy_both"], count, data, on, whole),
        Quality("department-laws", laws["accuracy"], laws["documents"], data, on, circular),
    ]


def _govcn(documents: Path) -> list[dict[str, Any]]:
    """The 60 full gov.cn documents: judged, never learnt from."""
    return [row for row in read_rows(documents) if row["source_repo"] == GOVCN]


def _speed(documents: Path, on: str) -> Quality:
    rows = [row for row in read_rows(documents) if row.get("unit") == "document" and row.get("text")][::3]
    stored = [
        stored_of_row({**row, "text": row["text"][:SPEED_CHARACTERS]}, number)
        for number, row in enumerate(rows[:SPEED_DOCUMENTS], start=1)
    ]
    classifier = build_classifier(hide_published=True)
    list(classifier.classify(stored[:20]))
    started = time.process_time()
    count = sum(1 for _ in classifier.classify(stored))
    rate = round(count / (time.process_time() - started), 1)
    return Quality("classify-documents-per-cpu-second", rate, count, f"data/zh/{DOCUMENTS}", on,
                   f"whole pipeline with all facts, texts cut at {SPEED_CHARACTERS} characters")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
