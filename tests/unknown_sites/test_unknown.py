"""Sites that nobody had seen while the general readers were written: how many work with `sources new` alone.

Somebody who had not seen the readers made ten sites in ten layouts, and somebody else ten more (second/;
docs/benchmarks-lists.md tells its first figure and what was mended after it). All are a drill; `make test`
takes one.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import pytest

from crawlers.sample_sites import sample_settings
from tests.commands.conftest import Govbrief, govbrief
from tests.unknown_sites import claremoy
from tests.unknown_sites.serving import Kept, Serving, kept
from warehouse.home import Home

__all__ = ["govbrief"]
SETS = {"first": "tests.unknown_sites", "second": "tests.unknown_sites.second"}
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
@pytest.mark.parametrize("made", SETS)
def test_most_unknown_sites_work_at_once(
    govbrief: Govbrief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: str
) -> None:
    sites = importlib.import_module(SETS[made]).ALL  # the second set writes all its pages when imported
    outcomes = {site.HOST: tried(govbrief, tmp_path / site.HOST, site, monkeypatch) for site in sites}
    for host, outcome in outcomes.items():
        works = "works" if outcome and outcome.works else "does not work"
        print(f"{host}: {works}; {outcome or 'no source file'}")
    assert sum(1 for one in outcomes.values() if one and one.works) >= AT_ONCE
