"""When nobody answers, the fault is ours: one sentence for the run, and no breaker remembers it."""

from __future__ import annotations

import re

from crawlers.catalogue import Catalogue
from crawlers.job import Job
from warehouse.crawl_state.store import CrawlState

FEWEST = 3  # hosts that must have failed before we doubt our own connection
SHARE = 0.9  # of the sources asked
_LOST = re.compile(r"\((?:no-such-host|refused-connection|timeout|network)\)")


def own_network(state: CrawlState, catalogue: Catalogue, job: Job) -> str:
    """A sentence when nearly all sources of a run failed by network; their breakers are closed again.

    A run in which anything answered at a tenth of its sources is no such run; a replay asks nobody.
    """
    if job.replay is not None:
        return ""
    asked = {name: row for name, row in state.source_counts(job.run_id).items() if row["requests"]}
    lost = [
        name
        for name, row in asked.items()
        if not row["fetched"] + row["not_modified"] and _LOST.search(str(row["detail"]))
    ]
    hosts = {host for name in lost if name in catalogue.sources for host in catalogue.sources[name].hosts()}
    if len(hosts) < FEWEST or len(lost) < SHARE * len(asked):
        return ""
    for name in lost:
        if state.source_state(name)["breaker"] != "blocked":
            state.set_source_state(name, breaker="closed", breaker_until=None, failures_in_row=0, detail="")
    return f"None of {len(lost)} sites could be reached: our own connection seems to be down."
