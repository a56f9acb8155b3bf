"""The parts that other rooms measure, held against their bars: titles, issuers, summaries, speed."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from classify.bench.bars import Bar
from classify.bench.product import speeds
from classify.bench.titles import title_figures
from classify.measures.departments import measure_departments
from classify.measures.issuers import measure_issuers
from classify.measures.summaries import measure_summaries
from warehouse.records import Quality

Told = tuple[dict[str, Any], list[Bar]]
TOPICS = {"topic-first-level": 0.84, "topic-both-levels": 0.56, "topic-first-three": 0.95}
DEPARTMENTS = {
    "department-titles-blocks": 0.95, "department-titles-alone-blocks-merged": 0.88,
    "department-named-f1-blocks": 0.95, "lineage-recall": 0.98,
}  # fmt: skip
ISSUERS = {"issuer-page": 0.975, "issuer-agreement-coverage": 0.80, "issuer-agreement": 0.99}
RULE = 0.97  # precision of each rule that outranks the model
SUMMARY_RATE, SUMMARY_TIMES = 500.0, 1.15
SPEEDS = {"classifier": 1000.0, "whole": 800.0, "spans": 1000.0}
_RANDOM = re.compile(r"random (\d\.\d+) .*?lead (\d\.\d+)")


def title_bars(data: Path) -> Told:
    """gov_titles: topics in three blocks beside the reference, departments by their own measure."""
    found = title_figures(data)
    bars = []
    for name, asked in TOPICS.items():
        one = found[name]
        note = f"{one.low:.3f} to {one.high:.3f}; blocks {', '.join(f'{x:.3f}' for x in one.blocks)}"
        bars.append(Bar(f"titles: {name}", one.value, asked, "mean of three blocks", note))
    measured = {one.name: one for one in measure_departments(data)}
    bars += [_bar(f"titles: {name}", measured.get(name), asked) for name, asked in DEPARTMENTS.items()]
    told = {name: asdict(one) for name, one in found.items()}
    return told | {name: asdict(one) for name, one in measured.items()}, bars


def issuer_bars(data: Path) -> Told:
    """The issuer of a full page: rules then model, agreement, and each rule that outranks the model."""
    measured = {one.name: one for one in measure_issuers(data)}
    bars = [_bar(f"issuers: {name}", measured.get(name), asked) for name, asked in ISSUERS.items()]
    for name, one in measured.items():
        if name.startswith("issuer-rule-"):
            bars.append(_bar(f"issuers: precision of {name.removeprefix('issuer-rule-')}", one, RULE))
    return {name: asdict(one) for name, one in measured.items()}, bars


def summary_bars(data: Path) -> Told:
    """Summaries against chance and opening lines, and their speed."""
    measured = {one.name: one for one in measure_summaries(data)}
    bars = []
    for name, one in measured.items():
        if name.startswith("summary-speed"):
            bars.append(_bar(f"summaries: {name}", one, SUMMARY_RATE))
            continue
        beside = _RANDOM.search(one.note)
        if beside is not None:
            asked = max(SUMMARY_TIMES * float(beside[1]), float(beside[2]))
            bars.append(
                Bar(f"summaries: {name} R2", one.value, round(asked, 4), "1.15 × random, and lead", one.note)
            )
    return {name: asdict(one) for name, one in measured.items()}, bars


def speed_bars(data: Path) -> Told:
    """Documents a CPU second of the pipelines as they are shipped."""
    found = speeds(data)
    said = {
        "classifier": "tokenizer and classifier, 1,800 characters",
        "whole": "all facts, without summaries, 1,800 characters",
        "spans": "facts alone, 4,600 characters",
    }
    bars = [
        Bar(f"speed: {said[name]}", found[name], asked, "documents a CPU second")
        for name, asked in SPEEDS.items()
    ]
    return dict(found), bars


def _bar(name: str, measured: Quality | None, asked: float) -> Bar:
    if measured is None:
        return Bar(name, None, asked, "not measured")
    return Bar(name, measured.value, asked, f"{measured.sample} documents", measured.note)
