"""The state of the crawl in Prometheus' text format, for node_exporter's textfile collector."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from warehouse.crawl_state.cards import instant
from warehouse.crawl_state.store import CrawlState
from warehouse.errors import EnvironmentProblem
from warehouse.files import write_whole
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.run_records import CrawlRun

VERDICTS = ("ok", "quiet", "blocked", "broken", "drifting")
_COUNTS = {
    "requests": "Requests of the source's latest visit.",
    "new_documents": "Documents that the latest visit found new.",
    "changed": "Documents that the latest visit found changed.",
    "withdrawn": "Documents that the latest visit found withdrawn.",
    "failures": "Requests of the latest visit that failed.",
    "bytes": "Bytes received in the latest visit.",
}
_NAMES = {"new_documents": "new"}


@dataclass(slots=True)
class Metric:
    """One metric with its meaning and samples: labels and value."""

    name: str
    help: str
    samples: list[tuple[Mapping[str, str], float]] = field(default_factory=list)


def write_metrics(home: Home) -> None:
    """Write the file the settings name, in one step; nothing when they name none or nothing was crawled."""
    name = home.settings.alarms.prometheus_file
    if not name or not home.crawl_state_file.exists():
        return
    file = home.root / name
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, exposition(metrics(home)))
        file.chmod(0o644)  # another account's collector reads it
    except OSError as error:
        raise EnvironmentProblem(
            f"{file}: the metrics cannot be written ({error.strerror}); see [alarms] prometheus_file."
        ) from error


def metrics(home: Home) -> list[Metric]:
    """All metrics of a home whose crawl state exists."""
    with CrawlState.look(home) as state:
        latest = next((run for run in state.runs() if run.ended_at is not None), None)
        return [*_sources(state, home.clock.now()), *_alarms(state), *_run(latest), *_house(home)]


def exposition(metrics: Iterable[Metric]) -> str:
    """The text of the file; metrics without a sample are left out."""
    return "".join(line for one in metrics if one.samples for line in _lines(one))


def _sources(state: CrawlState, now: datetime) -> Iterator[Metric]:
    visits = state.figures.latest_visits()
    verdict = Metric("govbrief_source_verdict", "1 for the verdict of the source's latest visit, else 0.")
    for row in visits:
        for name in dict.fromkeys((*VERDICTS, row.verdict)):
            labels = {"source": row.source_id, "verdict": name}
            verdict.samples.append((labels, float(name == row.verdict)))
    yield verdict
    for name, meaning in _COUNTS.items():
        samples = [({"source": row.source_id}, float(getattr(row, name))) for row in visits]
        yield Metric(f"govbrief_source_{_NAMES.get(name, name)}", meaning, list(samples))
    rhythm = state.figures.rhythm()
    news = [
        ({"source": name}, round((now - instant(row["last_new_at"])).total_seconds() / 86_400, 3))
        for name, row in sorted(rhythm.items())
        if row["last_new_at"] is not None
    ]
    yield Metric(
        "govbrief_source_days_since_new", "Days since a visit last brought anything new.", list(news)
    )
    held = [({"source": name}, float(count)) for name, count in state.figures.standing("held").items()]
    yield Metric("govbrief_source_held", "Captures held back until somebody has looked.", list(held))


def _alarms(state: CrawlState) -> Iterator[Metric]:
    counts = dict.fromkeys(VERDICTS[2:], 0)
    for one in state.health_table.alarms():
        counts[one.verdict] = counts.get(one.verdict, 0) + 1
    samples = [({"verdict": name}, float(count)) for name, count in counts.items()]
    yield Metric("govbrief_alarms_open", "Open alarms by verdict.", list(samples))


def _run(run: CrawlRun | None) -> Iterator[Metric]:
    if run is None or run.ended_at is None:
        return
    seconds = (run.ended_at - run.started_at).total_seconds()
    yield Metric(
        "govbrief_run_seconds", "Seconds the latest ended run took.", [({"kind": run.kind}, seconds)]
    )
    stamp = run.started_at.timestamp()
    yield Metric(
        "govbrief_run_start_timestamp_seconds", "When that run started.", [({"kind": run.kind}, stamp)]
    )


def _house(home: Home) -> Iterator[Metric]:
    disk = os.statvfs(home.root)
    free = float(disk.f_bavail * disk.f_frsize)
    yield Metric("govbrief_disk_free_bytes", "Room on the disk of the home.", [({}, free)])
    publication = Publication.current(home)
    if publication is not None:
        age = (home.clock.now() - publication.created_at).total_seconds()
        yield Metric("govbrief_publication_age_seconds", "Age of what readers see.", [({}, age)])


def _lines(metric: Metric) -> Iterator[str]:
    yield f"# HELP {metric.name} {metric.help}\n"
    yield f"# TYPE {metric.name} gauge\n"
    for labels, value in metric.samples:
        inner = ",".join(f'{name}="{_escaped(text)}"' for name, text in labels.items())
        yield f"{metric.name}{{{inner}}} {value:.15g}\n" if inner else f"{metric.name} {value:.15g}\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
