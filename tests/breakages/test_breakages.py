"""Claims: each of twelve kinds of breakage, in three variants, is noticed within two runs and spoils nothing.

The variants were made without a look at the detectors. One series of nights over forty sites tests them all:
about two minutes on two cores.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from tests.breakages.harness import Night, make_home, readings, run_night
from tests.breakages.outcome import Noticed, Shelf, invented, noticed, spoiled
from tests.breakages.server import Sites, SiteServer
from tests.breakages.site import Site
from tests.breakages.variants import BROKE, FIRST, HEALTHY, LAST, VARIANTS, Variant, controls, site_of

pytestmark = pytest.mark.slow
_EACH = pytest.mark.parametrize("variant", VARIANTS, ids=[variant.name for variant in VARIANTS])


@dataclass(frozen=True, slots=True)
class Story:
    """The healthy nights, the nights after the break, and the shelves before and after it."""

    sites: dict[str, Site]
    healthy: list[Night]
    broken: list[Night]
    before: Shelf
    after: Shelf

    def noticed(self, variant: Variant) -> Noticed:
        """How the variant's source fared."""
        return noticed(variant.source_id, self.healthy[-1], self.broken)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """Eight nights in good health, then two in which thirty-six of forty sites are broken."""
    sites = [*(site_of(variant, number) for number, variant in enumerate(VARIANTS)), *controls()]
    home = make_home(tmp_path_factory.mktemp("breakages") / "home", sites, FIRST)
    nights: list[Night] = []
    before: Shelf = {}
    with SiteServer(Sites.of(FIRST, sites)) as server:
        for number in range(HEALTHY + LAST):
            if number == HEALTHY:
                before = readings(home)
                server.sites.broken |= {variant.source_id: variant.change for variant in VARIANTS}
            home, night = run_night(home, server, FIRST + timedelta(days=number))
            nights.append(night)
        yield Story(
            {site.id: site for site in sites}, nights[:HEALTHY], nights[HEALTHY:], before, readings(home)
        )


def test_the_sites_were_read_well_until_they_broke(story: Story) -> None:
    for site in story.sites.values():
        shown = {paper.title for paper in site.papers if paper.shown(BROKE - timedelta(days=1))}
        held = {held.title for held in story.before[site.id].values()}
        assert shown <= held, site.id
        assert invented(site, {}, story.before) == [], site.id


def test_no_site_was_suspected_before_it_broke(story: Story) -> None:
    suspected = {
        (night.today.isoformat(), name): night.told(name)
        for night in story.healthy
        for name in night.alarmed()
    }
    assert len(suspected) <= 1, "\n".join(f"{key}: {said}" for key, said in suspected.items())


def test_healthy_sites_beside_broken_ones_stay_good(story: Story) -> None:
    suspected = {
        name: night.told(name)
        for night in story.broken
        for name in night.alarmed()
        if name.startswith("healthy-")
    }
    assert suspected == {}


@_EACH
def test_a_breakage_is_noticed_within_two_runs(story: Story, variant: Variant) -> None:
    assert story.noticed(variant).run is not None, f"{variant.sentence} {story.noticed(variant)}"


@_EACH
def test_what_was_published_stays_as_it_was(story: Story, variant: Variant) -> None:
    site = story.sites[variant.source_id]
    assert spoiled(site, story.before, story.after, BROKE) == []


def test_the_table_of_all_variants(story: Story, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print()
        for variant in VARIANTS:
            site = story.sites[variant.source_id]
            wrong = invented(site, story.before, story.after)
            note = f"\n    {len(wrong)} new documents stored wrongly, first {wrong[0]}" if wrong else ""
            print(f"{variant.kind:18} {variant.name:24} {story.noticed(variant)}{note}")
    assert len(VARIANTS) == 36
    assert all(len([one for one in VARIANTS if one.kind == kind]) == 3 for kind in {v.kind for v in VARIANTS})
