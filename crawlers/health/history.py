"""Observations of a source that an examination completed; notes of killed runs and of watches are none."""

from __future__ import annotations

from warehouse.crawl_state.store import CrawlState
from warehouse.run_records import Observation

_RAW = 8  # rows looked through for each that is wanted


def examined(state: CrawlState, source_id: str, number: int = 1) -> list[Observation]:
    """The latest examined runs of a source, sound or not, newest first."""
    rows = state.health_table.observations(source_id, number * _RAW, sound=False)
    return [one for one in rows if "reader" in one.measures][:number]
