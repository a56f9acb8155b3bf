"""Figures on whole documents: the 60 of gov.cn, laws with their adoption note, and the pipeline's speed."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

from classify.evaluation import evaluate
from classify.gold import read_rows
from classify.measures.topics import DOCUMENTS, govcn_rows
from classify.pipeline import build_classifier
from classify.rows import stored_of_row
from warehouse.records import Quality

SPEED_CHARACTERS, SPEED_DOCUMENTS, ROUNDS = 1800, 1500, 3


def page_figures(folder: Path, on: str) -> list[Quality]:
    """Departments and topics of the 60 full documents, and departments of laws."""
    documents = folder / DOCUMENTS
    rows = govcn_rows(documents)
    noted = [
        {**row, "text": f"{row['adoption_note']}\n{row['text']}"}
        for row in read_rows(documents)
        if row.get("adoption_note") and row.get("department")
    ]
    department, topic = evaluate(rows, "department"), evaluate(rows, "topic")
    laws = evaluate(noted, "department")
    whole = "full gov.cn documents, metadata hidden; never learnt from, looked at as a whole between settings"
    circular = "laws and rules with their adoption note; the published label was itself read from that note"

    def figure(name: str, value: float, count: int, about: str, bounds: tuple[float, float]) -> Quality:
        told = f"{about}; 95 % interval {bounds[0]:.3f} to {bounds[1]:.3f}"
        return Quality(name, value, count, f"data/zh/{DOCUMENTS}", on, told)

    spread = {**topic["intervals"], "department": department["intervals"]["accuracy"]}
    count = len(rows)
    return [
        figure("department-govcn", department["accuracy"], count, whole, spread["department"]),
        figure("topic-first-level-govcn", topic["accuracy"], count, whole, spread["accuracy"]),
        figure("topic-both-levels-govcn", topic["accuracy_both"], count, whole, spread["accuracy_both"]),
        figure(
            "department-laws", laws["accuracy"], laws["documents"], circular, laws["intervals"]["accuracy"]
        ),
    ]


def speed_figures(folder: Path, on: str) -> list[Quality]:
    """Documents a CPU second through the whole pipeline, median of three."""
    found = [
        row for row in read_rows(folder / DOCUMENTS) if row.get("unit") == "document" and row.get("text")
    ]
    stored = [
        stored_of_row({**row, "text": row["text"][:SPEED_CHARACTERS]}, number)
        for number, row in enumerate(found[::3][:SPEED_DOCUMENTS], start=1)
    ]
    classifier = build_classifier(hide_published=True)
    list(classifier.classify(stored[:20]))
    rates = []
    for _ in range(ROUNDS):
        started = time.process_time()
        count = sum(1 for _ in classifier.classify(stored))
        rates.append(count / (time.process_time() - started))
    about = f"whole pipeline with all facts, texts cut at {SPEED_CHARACTERS} characters; median of three"
    rate = round(median(rates), 1)
    return [Quality("classify-documents-per-cpu-second", rate, count, f"data/zh/{DOCUMENTS}", on, about)]
