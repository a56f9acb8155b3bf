"""How long the disk lasts at the pace at which runs fill the archive."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from statistics import median

from warehouse.crawl_state.figures import RunBytes

LATEST = 14  # runs that the trend is drawn from
FEWEST = 3  # with fewer there is no trend
SHORT = 30  # days below which the forecast is a warning
FARTHEST = 3650  # days; beyond, the forecast says no more
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DiskForecast:
    """Archive bytes a run and a day, the room there is, and for how many days it does."""

    runs: int  # that the forecast rests on
    bytes_a_run: int  # of the next full run, by the trend
    growth_a_run: int  # by how much each run is larger than the one before
    watch_bytes_a_day: int
    free: int
    days_left: int | None  # None: too few runs to say, or longer than ten years
    short: bool  # below 30 days


def free_bytes(folder: Path) -> int:
    """Room for us on the disk that holds the folder."""
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize


def forecast(runs: Sequence[RunBytes], free: int) -> DiskForecast:
    """The forecast from the latest ended runs, newest first; watch runs count by the day.

    The pace is the median of full runs carried on along the median of their slopes (Theil and Sen), so that a
    first harvest or one huge night does not bend it.
    """
    full = [one for one in reversed(runs) if one.kind == "crawl"][-LATEST:]
    if len(full) < FEWEST:
        return DiskForecast(len(full), 0, 0, 0, free, None, short=False)
    sizes = [float(one.bytes) for one in full]
    slopes = ((b - a) / (j - i) for (i, a), (j, b) in combinations(enumerate(sizes), 2))
    growth = max(0.0, median(slopes))
    coming = median(sizes) + growth * (len(sizes) + 1) / 2
    span = full[-1].started_at - full[0].started_at
    every = (span / _DAY) / (len(full) - 1) or 1.0  # days between two runs; a standing clock counts as daily
    watched = sum(one.bytes for one in runs if one.kind == "watch" and one.started_at >= full[0].started_at)
    watch_a_day = watched / max(span / _DAY, 1.0)
    days = _days(free, coming, growth, watch_a_day, every)
    return DiskForecast(
        len(full),
        round(coming),
        round(growth),
        round(watch_a_day),
        free,
        days,
        days is not None and days < SHORT,
    )


def _days(free: float, coming: float, growth: float, watch_a_day: float, every: float) -> int | None:
    day = 0.0
    while day < FARTHEST:
        need = coming + watch_a_day * every
        if need > free:
            return int(day)
        free, coming, day = free - need, coming + growth, day + every
    return None
