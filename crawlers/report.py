"""The report of a run, as JSON and as Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from warehouse.errors import EnvironmentProblem
from warehouse.files import write_whole
from warehouse.home import Home
from warehouse.records import CrawlRun, SourceHealth


def write_report(home: Home, run: CrawlRun, health: Iterable[SourceHealth], code: int) -> Path:
    """The run's report beside its Markdown twin; gives the JSON file."""
    rows = list(health)
    file = home.reports / f"{run.run_id}.json"
    try:
        home.reports.mkdir(parents=True, exist_ok=True)
        write_whole(file, json.dumps(_report(run, rows, code), ensure_ascii=False, indent=2) + "\n")
        write_whole(file.with_suffix(".md"), _markdown(run, rows, code))
    except OSError as error:
        raise EnvironmentProblem(f"{file}: the run report cannot be written ({error.strerror}).") from error
    return file


def _report(run: CrawlRun, rows: list[SourceHealth], code: int) -> dict[str, Any]:
    numbers = (
        "requests",
        "fetched",
        "not_modified",
        "new_documents",
        "changed",
        "withdrawn",
        "failures",
        "bytes",
    )
    return {
        "run_id": run.run_id,
        "kind": run.kind,
        "started_at": _stamp(run.started_at),
        "ended_at": _stamp(run.ended_at) if run.ended_at else None,
        "outcome": run.outcome,
        "exit_code": code,
        "totals": {name: sum(getattr(row, name) for row in rows) for name in numbers},
        "sources": [{**asdict(row), "at": _stamp(row.at)} for row in rows],
    }


def _markdown(run: CrawlRun, rows: list[SourceHealth], code: int) -> str:
    head = [
        f"# Run {run.run_id}",
        "",
        f"{run.kind}, {run.outcome}, exit code {code}; started {_stamp(run.started_at)}.",
        "",
        "| source | verdict | requests | unchanged | new | changed | withdrawn | failures | remark |",
        "| --- | --- | --: | --: | --: | --: | --: | --: | --- |",
    ]
    lines = [
        f"| {row.source_id} | {row.verdict} | {row.requests} | {row.not_modified} | {row.new_documents} "
        f"| {row.changed} | {row.withdrawn} | {row.failures} | {_cell(row.detail)} |"
        for row in rows
    ]
    return "\n".join([*head, *lines, ""])


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())


def _stamp(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
