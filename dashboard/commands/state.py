"""The state of a home for `status` and `health`: publication, runs, sources, alarms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.commands.console import plain
from warehouse.home import Home

if TYPE_CHECKING:
    from warehouse.crawl_state.store import CrawlState
    from warehouse.publication import Publication

WELL = ("ok", "quiet")
RUNS_SHOWN = 20


def state_of(home: Home) -> dict[str, Any]:
    """Everything `status --json` prints."""
    from warehouse.publication import Publication

    publication = Publication.current(home)
    runs, sources, marked = _crawl_state(home)
    held = _held(publication) if publication else None
    return {
        "home": str(home.root),
        "now": home.clock.now().isoformat(),
        "publication": held,
        "runs": runs,
        "sources": sources,
        "alarms": _alarms(held, runs, sources) + marked,
    }


def _held(publication: Publication) -> dict[str, Any]:
    row = publication.rows("select documents, sources, data_until, sample from publication")[0]
    return {
        "publication_id": publication.publication_id,
        "created_at": publication.created_at.isoformat(),
        **plain(row),
    }


def _crawl_state(home: Home) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, str]]]:
    if not home.crawl_state_file.is_file():
        return [], [], []
    from warehouse.crawl_state.store import CrawlState

    with CrawlState.look(home) as state:
        runs = [plain(run) for run in state.runs()][:RUNS_SHOWN]
        latest: dict[str, dict[str, Any]] = {}
        for run in runs:
            for health in state.health(run["run_id"]):
                latest.setdefault(health.source_id, plain(health))
        marked = [alarm for run in runs for alarm in _marked(state, run["run_id"])]
    return runs, [latest[source] for source in sorted(latest)], marked


def _marked(state: CrawlState, run_id: str) -> list[dict[str, str]]:
    """Captures of a run that were refused for a secrecy mark, an alarm a source."""
    from warehouse.content import MARKING

    return [
        {
            "what": source,
            "code": MARKING,
            "sentence": f"Source {source}: {count} captures of {run_id} carry a secrecy mark; their text was"
            " refused, only the archive holds the bytes.",
        }
        for source, count in state.problem_counts(run_id, MARKING).items()
    ]


def _alarms(
    held: dict[str, Any] | None, runs: list[dict[str, Any]], sources: list[dict[str, Any]]
) -> list[dict[str, str]]:
    alarms = []
    if held is None:
        alarms.append(
            {
                "what": "publication",
                "code": "nothing-published",
                "sentence": "Nothing is published; type 'govbrief run'.",
            }
        )
    if runs and runs[0]["outcome"] in ("failed", "interrupted"):
        sentence = (
            f"The last run, {runs[0]['run_id']}, ended {runs[0]['outcome']}; the next run continues it."
        )
        alarms.append({"what": runs[0]["run_id"], "code": f"run-{runs[0]['outcome']}", "sentence": sentence})
    for row in sources:
        if row["verdict"] not in (*WELL, "running"):
            sentence = f"Source {row['source_id']}: {row['verdict']}" + (
                f", {row['detail']}" if row["detail"] else ""
            )
            alarms.append(
                {
                    "what": row["source_id"],
                    "code": f"source-{row['verdict']}",
                    "sentence": sentence.rstrip(".") + ".",
                }
            )
    return alarms
