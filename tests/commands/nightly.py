"""A home whose crawl state tells of nights that were never crawled: runs, findings, captures, alarms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from warehouse.crawl_state.cards import epoch
from warehouse.crawl_state.store import CrawlState
from warehouse.home import Home
from warehouse.records import ArchivePlace, Capture
from warehouse.run_records import Finding, Observation

FIRST = datetime(2026, 6, 1, tzinfo=UTC)
EMPTY = "3 of 4 lists hold no entry; http://a.example/l held 25."
VALUES: dict[str, float | str] = {"empty": 3, "lists": 4, "list": "http://a.example/l", "before": 25}
FILLED = {"tried_title": 8, "filled_title": 8, "tried_published": 8, "filled_published": 2, "tried_files": 0}


def home_of_night(folder: Path, night: int = 0, settings: str = "") -> Home:
    """The home with its clock at some night, two in the morning at the library; its settings made anew."""
    at = FIRST + timedelta(days=night)
    folder.mkdir(parents=True, exist_ok=True)
    text = f'[clock]\nnow = "{at.isoformat()}"\n{settings}'
    (folder / "govbrief.toml").write_text(text, encoding="utf-8")
    return Home.open(folder)


def night(
    home: Home,
    codes: Sequence[str] = (),
    *,
    source: str = "sample-lanjiang",
    verdict: str | None = None,
    archived: int = 1000,
    kind: str = "crawl",
) -> str:
    """One finished run of one source with these findings, and its alarms settled; its id."""
    at = home.clock.now()
    with CrawlState.open(home) as state:
        run_id = state.new_run(kind, [source])
        capture = _capture(run_id, source, at, archived)
        state.add_captures([capture], {capture.place.file: 0})
        said = verdict or ("drifting" if codes else "ok")
        row = {"run_id": run_id, "source_id": source, "verdict": said, "at": epoch(at), "detail": ""}
        state.set_counts(
            [{**row, "requests": 5, "fetched": 4, "failures": 1, "new_documents": 2, "bytes": 9}]
        )
        failed = '{"http://a.example/1": "failed:timeout", "http://a.example/2": "refused:robots"}'
        measures: dict[str, float | str] = {"failed": failed, **FILLED}
        table = state.health_table
        table.observe([Observation(run_id, source, at, measures, not codes)])
        table.set_findings(
            run_id,
            source,
            [
                Finding(run_id, source, code, said, EMPTY, VALUES, at, "cap-good", capture.capture_id)
                for code in codes
            ],
        )
        table.settle_alarms(run_id, [source], at)
        state.set_source_state(source, last_started_at=epoch(at), last_success_at=epoch(at))
        state.set_source_state(source, last_new_at=epoch(at))
        state.end_run(run_id, "done")
    return run_id


def _capture(run_id: str, source: str, at: datetime, archived: int) -> Capture:
    url = "http://a.example/l"
    place = ArchivePlace(f"2026/{run_id}.warc.gz", 0, archived)
    return Capture(
        f"cap-{run_id}",
        source,
        run_id,
        url,
        url,
        at,
        200,
        "text/html",
        "0" * 64,
        10,
        place,
        "fetched",
        "list",
    )
