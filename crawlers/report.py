"""The report of a run as JSON: what came, what was wrong, alarms, and how long the disk lasts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from crawlers.acknowledged import seen_sources, silenced
from crawlers.catalogue import load_catalogue
from crawlers.disk_forecast import LATEST, forecast, free_bytes
from crawlers.standing import settle_standing
from warehouse.crawl_state.health_table import GOOD
from warehouse.crawl_state.store import CrawlState
from warehouse.errors import EnvironmentProblem
from warehouse.files import write_whole
from warehouse.home import Home
from warehouse.run_records import STANDING, Alarm, CrawlRun, Finding, SourceHealth

NUMBERS = (
    "requests", "fetched", "not_modified", "new_documents", "changed", "withdrawn", "failures", "bytes",
)  # fmt: skip
WATCH = "watch"  # kind of run whose reports lie in a folder of that name
WATCH_DAYS = 31  # for which those are kept at most: there are dozens a day


def write_report(
    home: Home,
    state: CrawlState,
    run: CrawlRun,
    health: Iterable[SourceHealth],
    code: int,
    remark: str = "",
) -> Path:
    """The run's report as JSON, and out with reports that are too old; gives the file.

    Alarms about what no visit finds are settled before, so that the report tells them.
    `dashboard/run_report.py` tells it in the reader's language.
    """
    folder = home.reports / WATCH if run.kind == WATCH else home.reports
    file = folder / f"{run.run_id}.json"
    settle_standing(home, state, run, load_catalogue(home, sample=bool(home.settings.clock.now)))
    report = {**assemble(home, state, run, list(health), code), "remark": remark}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(file, json.dumps(report, ensure_ascii=False, indent=2) + "\n")
        _tidy(home)
    except OSError as error:
        raise EnvironmentProblem(f"{file}: the run report cannot be written ({error.strerror}).") from error
    return file


def assemble(
    home: Home, state: CrawlState, run: CrawlRun, rows: list[SourceHealth], code: int
) -> dict[str, Any]:
    """Everything the report says; its keys are fixed in docs/json.md."""
    found = state.health_table.findings(run.run_id)
    held = state.figures.standing("held", run.run_id)
    seen = seen_sources(home, state, run.run_id, rows)
    sources = [
        {
            **_source(home, state, row, found, held.get(row.source_id, 0)),
            "acknowledged": row.source_id in seen,
        }
        for row in rows
    ]
    sources.sort(
        key=lambda one: (one["verdict"] in GOOD, one["acknowledged"], not one["findings"], one["source_id"])
    )
    return {
        "run_id": run.run_id,
        "kind": run.kind,
        "started_at": _stamp(run.started_at),
        "ended_at": _stamp(run.ended_at) if run.ended_at else None,
        "seconds": (run.ended_at - run.started_at).total_seconds() if run.ended_at else None,
        "outcome": run.outcome,
        "exit_code": code,
        "totals": {name: sum(getattr(row, name) for row in rows) for name in NUMBERS},
        "verdicts": dict(sorted(Counter(row.verdict for row in rows).items())),
        "errors": _added(one["errors"] for one in sources),
        "sources": sources,
        "alarms": _alarms(home, state, run),
        "letters": [one["letter"] for one in sources if one["letter"]],
        "disk": asdict(forecast(state.figures.archived_bytes(LATEST), free_bytes(home.root))),
    }


def _source(
    home: Home, state: CrawlState, row: SourceHealth, found: list[Finding], held: int
) -> dict[str, Any]:
    measures = _measures(state, row)
    return {
        **asdict(row),
        "at": _stamp(row.at),
        "errors": _errors(measures),
        "fill": _fill(measures),
        "canaries": {
            "kept": len(canaries := state.health_table.canaries(row.source_id)),
            "missed": sum(one.missed > 0 for one in canaries),
        },
        "held": held,
        "findings": [
            _finding(one)
            for one in _with_evidence(state, row.source_id, found)
            if one.code not in STANDING  # told as alarms: the visit did not find them
        ],
        "letter": _letter(home, row),
    }


def _with_evidence(state: CrawlState, source_id: str, found: Iterable[Finding]) -> list[Finding]:
    """The findings of a source with the pages that their alarms keep, where they have an alarm."""
    kept = {one.code: one for one in state.health_table.alarms() if one.source_id == source_id}
    mine = [one for one in found if one.source_id == source_id]
    return [
        replace(one, good_capture=alarm.good_capture, bad_capture=alarm.bad_capture)
        if (alarm := kept.get(one.code))
        else one
        for one in mine
    ]


def _measures(state: CrawlState, row: SourceHealth) -> Mapping[str, float | str]:
    """What the run measured of the source; empty when nothing came that could be measured."""
    latest = state.health_table.observations(row.source_id, limit=1, sound=False)
    return latest[0].measures if latest and latest[0].run_id == row.run_id else {}


def _errors(measures: Mapping[str, float | str]) -> dict[str, int]:
    """Failures by class, an address counted once: by the code its last try ended with."""
    failed: dict[str, str] = json.loads(str(measures.get("failed", "{}")))
    codes = (said.partition(":")[2] or said for said in failed.values())
    return dict(sorted(Counter(codes).items()))


def _fill(measures: Mapping[str, float | str]) -> dict[str, float]:
    """The share of the pages read that have what a document should have, by field."""
    fields = [name.removeprefix("tried_") for name in measures if name.startswith("tried_")]
    tries = {name: float(measures[f"tried_{name}"]) for name in sorted(fields)}
    return {
        name: round(float(measures.get(f"filled_{name}", 0)) / tried, 4)
        for name, tried in tries.items()
        if tried
    }


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "code": one.code,
        "verdict": one.verdict,
        "sentence": one.sentence,
        "found": dict(one.found),
        "good_capture": one.good_capture,
        "bad_capture": one.bad_capture,
    }


def _letter(home: Home, row: SourceHealth) -> str | None:
    """The letter to the site's owner that lies ready for a blocked source."""
    if row.verdict != "blocked":
        return None
    letters = sorted((home.root / "letters").glob(f"{row.source_id}-????-??-??.md"))
    return letters[-1].relative_to(home.root).as_posix() if letters else None


def _alarms(home: Home, state: CrawlState, run: CrawlRun) -> dict[str, list[dict[str, Any]]]:
    """Alarms by what the run did with them; `elsewhere` are open ones of sources it did not visit."""
    still = state.health_table.alarms()
    closed = [one for one in state.health_table.alarms(open_only=False) if one.closed_run == run.run_id]
    seen = silenced(home, [*still, *closed])

    def tell(one: Alarm) -> dict[str, Any]:
        finding = state.health_table.finding_of(one)
        return {
            **_alarm(one),
            "found": dict(finding.found) if finding else {},
            "acknowledged": one.alarm_no in seen,
        }

    told: dict[str, list[dict[str, Any]]] = {"opened": [], "continuing": [], "closed": [], "elsewhere": []}
    for one in still:
        here = "opened" if one.opened_run == run.run_id else "continuing"
        told[here if one.last_run == run.run_id else "elsewhere"].append(tell(one))
    told["closed"] = [tell(one) for one in closed]
    return told


def _alarm(one: Alarm) -> dict[str, Any]:
    return {
        "number": one.alarm_no,
        "source_id": one.source_id,
        "code": one.code,
        "verdict": one.verdict,
        "sentence": one.sentence,
        "since": _stamp(one.opened_at),
    }


def _added(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return dict(sorted(total.items()))


def _tidy(home: Home) -> None:
    """Remove reports older than the settings ask for, by the day in their names."""
    days = home.settings.reports.keep
    for folder, kept in ((home.reports, days), (home.reports / WATCH, min(days, WATCH_DAYS))):
        oldest = home.clock.now() - timedelta(days=kept)
        for file in folder.glob("run-*.*"):
            made = _day_of(file)
            if made is not None and made < oldest:
                file.unlink(missing_ok=True)


def _day_of(file: Path) -> datetime | None:
    try:
        return datetime.strptime(file.name[4:12], "%Y%m%d").replace(tzinfo=UTC)
    except ValueError:
        return None  # somebody else's file


def _stamp(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
