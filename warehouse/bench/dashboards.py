"""`govbrief bench dashboards`: every query of every page, at the size of the publication it is given."""

from __future__ import annotations

from warehouse.bench.figures import Bar, Part, Progress, table
from warehouse.bench.pages import PageQuery, dashboard_queries
from warehouse.bench.timing import Spread, milliseconds, spread
from warehouse.publication import Publication

CALLS = 20
MILLISECONDS = 100.0
_SHOWN = 30


def bench_dashboards(publication: Publication, progress: Progress | None = None, calls: int = CALLS) -> Part:
    """Each query so many times after a call that does not count; the slowest are listed."""
    report = progress or (lambda stage, done, total: None)
    size = int(publication.manifest["documents"])
    asked = dashboard_queries(publication)
    timed: list[tuple[PageQuery, Spread]] = []
    for number, query in enumerate(asked):
        if number % 10 == 0:
            report("dashboards", number, len(asked))
        query.ask()
        timed.append((query, spread([milliseconds(query.ask) for _ in range(calls)])))
    timed.sort(key=lambda one: one[1].late, reverse=True)
    rows = [(query.page, query.name, one.middle, one.late) for query, one in timed]
    slow = [row for row in rows if row[3] > MILLISECONDS]
    told = (
        f"{size:,} made documents; {len(asked)} queries of the pages, {calls} calls of each, one at a time."
    )
    bars = (
        Bar(
            f"dashboards, {size:,}: p95 of the slowest query, milliseconds", rows[0][3], MILLISECONDS,
            note=f"{rows[0][0]}, {rows[0][1]}; {len(slow)} of {len(rows)} queries above",
        ),
    )  # fmt: skip
    heads = ("page", "query", "p50 ms", "p95 ms")
    shown = rows[: max(_SHOWN, len(slow))]
    title = f"The slowest {len(shown)} of {len(rows)} queries"
    values = {f"{page}: {name}, ms p95": late for page, name, _, late in shown}
    return Part("dashboards", size, told, (table(title, heads, shown),), bars, (), values)
