"""The state of a home for `status` and `health`: publication, runs, sources, alarms."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dashboard.commands.console import plain
from dashboard.commands.open_alarms import (
    WELL,
    Row,
    crawl_alarms,
    disk_alarm,
    file_alarms,
    older_alarm,
    refusal_alarm,
    row,
    schedule_alarm,
)
from warehouse.home import Home
from warehouse.run_records import STANDING

if TYPE_CHECKING:
    from crawlers.catalogue import Catalogue
    from warehouse.crawl_state.store import CrawlState
    from warehouse.publication import Publication
    from warehouse.run_records import CrawlRun

RUNS_SHOWN = 20


def state_of(home: Home) -> dict[str, Any]:
    """Everything `status --json` prints."""
    from dashboard.commands.chain import catalogue_of
    from warehouse.publication import Publication

    publication = Publication.current(home)
    held = _published(publication) if publication else None
    shown = publication.publication_id if publication else None
    catalogue = catalogue_of(home)
    crawled = _crawl_state(home, catalogue)
    nothing = [row("publication", "nothing-published", "Nothing is published; type 'govbrief run'.")]
    return {
        "home": str(home.root),
        "now": home.clock.now().isoformat(),
        "publication": held,
        **crawled,
        "alarms": [
            *([] if held else nothing),
            *older_alarm(home, shown),
            *refusal_alarm(home),
            *crawled["alarms"],
        ],
    }


def asks_for_a_look(home: Home) -> bool:
    """Whether an alarm of a source is open that nobody acknowledged as it is now."""
    alarms = state_of(home)["alarms"]
    return any(one["counts"] and (one["number"] or one["code"] in STANDING) for one in alarms)


def faults_count(home: Home) -> bool:
    """Whether a source file of the home does not fit and nobody acknowledged that."""
    return any(one["counts"] and one["code"] == "source-file" for one in state_of(home)["alarms"])


def _published(publication: Publication) -> dict[str, Any]:
    found = publication.rows(
        "select documents, sources, data_until, sample, networks_as_of from publication"
    )[0]
    return {
        "publication_id": publication.publication_id,
        "created_at": publication.created_at.isoformat(),
        **plain(found),
    }


def _crawl_state(home: Home, catalogue: Catalogue) -> dict[str, Any]:
    if not home.crawl_state_file.is_file():
        blank: dict[str, Any] = {"runs": [], "sources": [], "not_due": [], "held": {}}
        return {**blank, "never_crawled": _enabled(catalogue), "alarms": file_alarms(home, catalogue)}
    from warehouse.crawl_state.store import CrawlState

    with CrawlState.look(home) as state:
        runs = [_as_it_is(state, run) for run in state.runs()]
        visits = state.figures.latest_visits()
        alarms = [
            *_run_alarm(state, runs[0] if runs else None),
            *schedule_alarm(home, state, catalogue),
            *disk_alarm(home, state),
            *crawl_alarms(home, state, catalogue, visits),
            *(alarm for run in runs[:RUNS_SHOWN] for alarm in _marked(state, run.run_id)),
        ]
        return {
            "runs": [plain(run) for run in runs[:RUNS_SHOWN]],
            "sources": [plain(visit) for visit in visits],
            "never_crawled": _never(state, catalogue),
            "not_due": _not_due(home, state, catalogue),
            "held": state.figures.standing("held"),
            "alarms": alarms,
        }


def _enabled(catalogue: Catalogue) -> list[str]:
    return sorted(one.id for one in catalogue.sources.values() if one.enabled)


def _never(state: CrawlState, catalogue: Catalogue) -> list[str]:
    """Sources switched on that no crawl has asked yet."""
    asked = {name for name, known in state.figures.rhythm().items() if known["last_started_at"] is not None}
    return [name for name in _enabled(catalogue) if name not in asked]


def _not_due(home: Home, state: CrawlState, catalogue: Catalogue) -> list[dict[str, str]]:
    """Sources switched on whose time has not come, with the instant from which it has."""
    from crawlers.schedule import is_due
    from warehouse.crawl_state.cards import instant

    known, now = state.figures.rhythm(), home.clock.now()
    rows = []
    for name in _enabled(catalogue):
        source, asked = catalogue.sources[name], known.get(name)
        if asked is None or asked["last_started_at"] is None or is_due(source, asked, now):
            continue
        due = instant(asked["last_started_at"]) + timedelta(hours=source.cadence_hours)
        rows.append({"source_id": name, "due_at": due.isoformat()})
    return rows


def _marked(state: CrawlState, run_id: str) -> list[Row]:
    """Captures of a run that were refused for a secrecy mark, an alarm a source."""
    from warehouse.content import MARKING

    return [
        row(
            source,
            MARKING,
            f"Source {source}: {count} captures of {run_id} carry a secrecy mark; their text was"
            " refused, only the archive holds the bytes.",
        )
        for source, count in state.problem_counts(run_id, MARKING).items()
    ]


def _as_it_is(state: CrawlState, run: CrawlRun) -> CrawlRun:
    """A run that still says it is running though its process is gone was interrupted."""
    gone = run.outcome == "running" and not state.run_table.lives(run.run_id)
    return replace(run, outcome="interrupted") if gone else run


def _run_alarm(state: CrawlState, run: CrawlRun | None) -> list[Row]:
    """The last run came to no end; where it did and its sources are not well, their own alarms tell."""
    if run is None or run.outcome not in ("failed", "interrupted"):
        return []
    visits = state.health(run.run_id)
    if run.outcome == "interrupted":
        sentence = f"The last run, {run.run_id}, was interrupted; the next run continues it."
    elif not visits or any(one.verdict in WELL for one in visits):
        sentence = f"The last run, {run.run_id}, failed; type 'govbrief run' and look at what it says."
    else:
        return []
    return [row(run.run_id, f"run-{run.outcome}", sentence)]
