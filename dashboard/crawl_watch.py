"""The crawl that is going on, looked at without disturbing it."""

from __future__ import annotations

from warehouse.crawl_state.store import CrawlState
from warehouse.home import Home
from warehouse.records import CrawlRun, SourceHealth


def running_now(home: Home) -> tuple[CrawlRun, list[SourceHealth]] | None:
    """The run in progress with its counts so far; None when no crawl is running or none ever ran."""
    if not home.crawl_state_file.exists():
        return None
    with CrawlState.look(home) as state:
        running = (one for one in state.runs(limit=5) if one.outcome == "running")
        run = next(
            (one for one in running if state.run_table.lives(one.run_id)), None
        )  # not one that was killed
        return (run, state.health(run.run_id)) if run else None
