"""Sites that nobody had seen while the general readers were written: how many work with `sources new` alone.

Somebody who had not seen the readers made ten sites in ten layouts (docs/benchmarks-lists.md tells the first
figure and what was mended after it). All ten are a drill; `make test` takes one.
"""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from crawlers.sample_sites import sample_settings
from tests.commands.conftest import Govbrief, govbrief
from tests.unknown_sites import ALL, claremoy
from tests.unknown_sites.serving import Kept, Serving, kept
from warehouse.home import Home

__all__ = ["govbrief"]
AT_ONCE = 8  # of ten; the others ask for a few lines of selectors


def tried(govbrief: Govbrief, home: Path, site: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Kept | None:
    """The site's documents as `new`, `enable`, `crawl` and `extract` leave them; None without a file."""
    Home.create(home, sample_settings(0))
    with Serving(site) as serving:
        monkeypatch.setenv("GOVBRIEF_SAMPLE_HOSTS", serving.words)
        govbrief("sources", "new", f"http://{site.HOST}{site.START}", "--home", home)
        files = list((home / "sources").glob("*.toml"))
        if not files:
            return None
        for words in (("sources", "enable", files[0].stem), ("crawl", files[0].stem), ("extract",)):
            govbrief(*words, "--home", home)
    return kept(home, site)


@pytest.mark.parametrize("site", [claremoy], ids=lambda site: site.HOST)
def test_an_unknown_site_works_at_once(
    govbrief: Govbrief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, site: ModuleType
) -> None:
    outcome = tried(govbrief, tmp_path / "home", site, monkeypatch)
    assert outcome is not None
    assert outcome.works, str(outcome)


@pytest.mark.drill
def test_most_unknown_sites_work_at_once(
    govbrief: Govbrief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = {site.HOST: tried(govbrief, tmp_path / site.HOST, site, monkeypatch) for site in ALL}
    for host, outcome in outcomes.items():
        print(f"{host}: {outcome or 'no source file'}")
    assert sum(1 for one in outcomes.values() if one and one.works) >= AT_ONCE
