"""`bench dashboard`: readers without a browser open real pages, and what they met becomes figures."""

from __future__ import annotations

import pytest

from dashboard.bench.reader import Opened, Told
from dashboard.bench.report import markdown
from dashboard.bench.run import bench_dashboard, part_of
from warehouse.home import Home


@pytest.mark.browser
def test_readers_open_every_kind_of_page_without_a_failure(published: Home) -> None:
    part = bench_dashboard(published, count=6, every=1.0, seconds=4.0)
    assert part.said == ()
    sides = {row[0]: row for row in part.tables[0].rows}
    assert int(str(sides["govbrief"][1])) > 5
    assert int(str(sides["empty page"][1])) > 5
    assert {bar.name: bar.verdict for bar in part.bars}["dashboard: pages that failed"] == "met"
    held = next(bar.value for bar in part.bars if bar.name.endswith("MB"))
    assert held is not None
    assert held > 50
    assert "| dashboard: p95 in times of the empty page |" in markdown(part)


def test_a_page_that_fails_counts_and_is_named() -> None:
    told = Told([Opened("/docs?s=x", 0.1, 400.0), Opened("/docs?s=y", 0.2, 200.0)], ["/runs: no answer"])
    part = part_of(told, Told([Opened("/", 0.1, 50.0)]), 700, 10, 2, 1.0, 1.0)
    bars = {bar.name: bar for bar in part.bars}
    assert bars["dashboard: median in times of the empty page"].value == 6.0
    assert bars["dashboard: most memory of the server, MB"].verdict == "NOT MET"
    assert bars["dashboard: pages that failed"].verdict == "NOT MET"
    assert part.said == ("/runs: no answer",)
    assert part.tables[1].rows == (("/docs?s", 2, 300.0, 400.0),)
