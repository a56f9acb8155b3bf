"""Claims: forty healthy sites give at most one false alarm in thirty nights, and nothing of theirs is lost.

Two holidays, bursts before them, withdrawals, corrections, passing failures are part of their health. A night
costs about five seconds on two cores; `make test` has the first twelve, into the first holiday.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from tests.breakages.harness import Night, make_home, readings, run_night
from tests.breakages.healthy import FIRST, NIGHTS, healthy_sites
from tests.breakages.server import Sites, SiteServer

pytestmark = pytest.mark.slow
_EXTRACTED_EVERY = 6  # nights; reading what came is not what is tested here


@pytest.mark.parametrize(
    "nights",
    [
        pytest.param(2 * _EXTRACTED_EVERY, id="twelve-nights"),
        pytest.param(NIGHTS, id="thirty-nights", marks=pytest.mark.drill),
    ],
)
def test_forty_healthy_sites_give_at_most_one_false_alarm_in_all_their_nights(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str], nights: int
) -> None:
    sites = healthy_sites()
    home = make_home(tmp_path_factory.mktemp("healthy") / "home", sites, FIRST)
    alarms: list[str] = []
    verdicts: Counter[str] = Counter()
    with SiteServer(Sites.of(FIRST, sites)) as server:
        for number in range(nights):
            read = number % _EXTRACTED_EVERY == _EXTRACTED_EVERY - 1 or number == 0
            home, night = run_night(home, server, FIRST + timedelta(days=number), extracting=read)
            verdicts.update(row.verdict for row in night.crawled.sources.values())
            alarms += _alarms(night)
    with capsys.disabled():
        print(f"\n{len(sites)} healthy sources, {nights} nights: {dict(verdicts)}", *alarms, sep="\n  ")
    assert len(sites) == 40
    assert len(alarms) <= 1, "\n".join(alarms)
    held = readings(home)
    lost = {
        f"{site.id}: {paper.title}"
        for site in sites
        for paper in site.papers
        if paper.shown(FIRST + timedelta(days=nights - 1))
        and paper.title not in {one.title for one in held[site.id].values() if one.status == "active"}
    }
    assert lost == set()


def _alarms(night: Night) -> list[str]:
    return [f"{night.today} {name}: {night.told(name)}" for name in night.alarmed()]
