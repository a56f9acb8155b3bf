"""`govbrief bench dashboards`: every query of every page, at the size of the publication it is given."""

from __future__ import annotations

import gc

from warehouse.bench.figures import Bar, Part, Progress, table
from warehouse.bench.pages import PageQuery, dashboard_queries
from warehouse.bench.timing import Spread, both_clocks, spread
from warehouse.publication import Publication

CALLS = 20
MILLISECONDS = 100.0
_SHOWN = 30
_GROWN = 40  # whose growth from size to size is told


def bench_dashboards(publication: Publication, progress: Progress | None = None, calls: int = CALLS) -> Part:
    """Each query so many times after a call that does not count; the slowest are listed."""
    report = progress or (lambda stage, done, total: None)
    size = int(publication.manifest["documents"])
    asked = dashboard_queries(publication)
    timed: list[tuple[PageQuery, Spread, Spread]] = []
    gc.collect()
    gc.freeze()  # as the dashboards' server does once it has loaded everything
    for number, query in enumerate(asked):
        if number % 10 == 0:
            report("dashboards", number, len(asked))
        query.ask()
        taken, spent = zip(*(both_clocks(query.ask) for _ in range(calls)), strict=True)
        timed.append((query, spread(taken), spread(spent)))
    gc.unfreeze()
    timed.sort(key=lambda one: one[1].late, reverse=True)
    rows = [(query.page, query.name, taken.middle, taken.late, spent.middle) for query, taken, spent in timed]
    slow = [row for row in rows if row[3] > MILLISECONDS]
    told = (
        f"{size:,} made documents; {len(asked)} queries of the pages, {calls} calls of each, one at a time;"
        " CPU is the median of all threads together."
    )
    bars = (
        Bar(
            f"dashboards, {size:,}: p95 of the slowest query, milliseconds", rows[0][3], MILLISECONDS,
            note=f"{rows[0][0]}, {rows[0][1]}; {len(slow)} of {len(rows)} queries above",
        ),
    )  # fmt: skip
    heads = ("page", "query", "p50 ms", "p95 ms", "CPU ms")
    shown = rows[: max(_SHOWN, len(slow))]
    title = f"The slowest {len(shown)} of {len(rows)} queries"
    values = {f"{page}: {name}, ms of CPU": spent for page, name, *_, spent in rows[:_GROWN]}
    return Part("dashboards", size, told, (table(title, heads, shown),), bars, (), values)
