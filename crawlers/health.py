"""The verdict on each source of a run, the run's exit code, and its report as JSON and Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from warehouse.crawl_state.store import CrawlState
from warehouse.errors import EnvironmentProblem
from warehouse.files import write_whole
from warehouse.home import Home
from warehouse.records import CrawlRun, SourceHealth

GOOD = frozenset({"ok", "quiet"})


def judge(counts: Mapping[str, Any], breaker: str, *, replay: bool = False) -> tuple[str, str]:
    """Verdict and reason from the counters of a source in a run.

    ok: something new or changed; quiet: all lists answered, nothing new; partial: part of it failed;
    broken: nothing usable came, or no list held an entry; blocked: the site or its robots rules refuse us.
    A quiet source may be found silent afterwards.
    """
    said = str(counts.get("detail") or "")
    if breaker == "blocked":
        return "blocked", said or "the site refused an earlier run and is left alone"
    if counts["requests"] == 0:
        return "quiet", said or "nothing was due"
    came = counts["fetched"] + counts["not_modified"]
    if not came:
        return ("blocked" if "(robots)" in said else "broken"), said or "no request was answered"
    if not replay and breaker == "open":
        return "broken", said
    if not replay and counts["lists"] and not counts["entries"]:
        return "broken", said or "the lists answered, but none held an entry"
    if counts["failures"]:
        return "partial", f"{counts['failures']} of {counts['requests']} requests failed; {said}"
    if counts["new_documents"] or counts["changed"] or counts["withdrawn"]:
        return "ok", said
    return "quiet", said or "nothing new"


def silence(verdict: str, newest: date | None, today: date, patience: int | None) -> str | None:
    """The reason to call a quiet source silent: longer without a new document than its file finds plausible.

    It catches the source that still answers but has moved, ended or hidden its news; None: nothing to say.
    """
    if verdict != "quiet" or newest is None or patience is None or (today - newest).days <= patience:
        return None
    return (
        f"nothing new for {(today - newest).days} days (since {newest.isoformat()}), {patience} are usual at"
        " most; look at the site and at the lists of the source's file"
    )


def settle_verdicts(
    state: CrawlState,
    run_id: str,
    sources: Iterable[str],
    *,
    replay: bool,
    today: date,
    silent_days: Mapping[str, int],
) -> list[SourceHealth]:
    """Judge every source of a run, store the verdicts and give them back.

    `silent_days` says for each source after how many days without a new document it counts as silent.
    """
    counted = state.source_counts(run_id)
    rows = []
    for name in sources:
        counts = counted.get(name)
        if counts is None:
            continue
        verdict, detail = judge(counts, state.source_state(name)["breaker"], replay=replay)
        idle = "quiet" if verdict == "ok" and not counts["new_documents"] else verdict  # old pages changed
        silent = silence(idle, state.newest_document(name), today, silent_days.get(name))
        if silent:
            verdict, detail = "silent", silent
        rows.append(
            {"run_id": run_id, "source_id": name, "verdict": verdict, "detail": detail, "at": counts["at"]}
        )
    state.set_counts(rows)
    return state.health(run_id)


def exit_code(verdicts: Iterable[str]) -> int:
    """0 when all is well or nothing was asked, 4 when no source was usable, 3 when some were not."""
    found = list(verdicts)
    bad = [verdict for verdict in found if verdict not in GOOD]
    usable = [verdict for verdict in found if verdict in GOOD or verdict == "partial"]
    if not bad:
        return 0
    return 3 if usable else 4


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
