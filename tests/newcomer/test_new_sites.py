"""A new site of a known platform: from its address to sound documents in under ten minutes, without Python.

Three hand-made sites that nobody had seen while the readers were written; each is added with the commands of
docs/add-a-source.md, typed as they stand there, and with textual edits of the TOML file. Costs about 30 s.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawlers.catalogue import read_source
from crawlers.sample_sites import sample_settings
from tests.commands.conftest import Govbrief, govbrief
from tests.newcomer.comparing import compare
from tests.newcomer.hailan_jpaas import Hailan
from tests.newcomer.linzechuan_trs import Linzechuan
from tests.newcomer.serving import Newcomer, Serving
from tests.newcomer.shanyin_vsb import Shanyin
from warehouse.home import Home

__all__ = ["govbrief"]
pytestmark = pytest.mark.slow

TEN_MINUTES = 600  # seconds
READING = 300  # seconds that a person takes to read the file and the check's answer: the guide's own estimate
AN_EDIT = 20  # seconds to change one line


@dataclass(frozen=True, slots=True)
class Case:
    """A site with what its librarian does: key and new value of each edited line."""

    site: type[Newcomer]
    source_id: str
    platform: str
    name_zh: str  # that `sources new` must find by itself
    edits: Mapping[str, str]
    columns: frozenset[str]  # those the librarian wants; a news column is none


CASES = (
    Case(
        Linzechuan,
        "linzechuan",
        "trs",
        "临泽川县人民政府",
        {"name_en": "Linzechuan County Government"},
        frozenset({"zwgk/zcwj", "zwgk/tzgg"}),
    ),
    Case(
        Hailan,
        "hailan-slt",
        "hanweb_jpaas",
        "海岚省水务厅",
        {
            "name_en": "Hailan Water Affairs Department",
            "jurisdiction": "CN-47",
            "region": "海岚省",
            "level": "provincial",
            "columns": "1229310441 1229310442",
        },
        frozenset({"col/col1229310441/index.html", "col/col1229310442/index.html"}),
    ),
    Case(
        Shanyin,
        "shanyin-jyj",
        "vsb",
        "山隐市教育局",
        {"name_en": "Shanyin Education Bureau"},
        frozenset({"zwgk/zcwj", "zwgk/gsgg"}),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.platform)
def test_a_new_site_needs_under_ten_minutes_and_no_python(
    govbrief: Govbrief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: Case
) -> None:
    home, site = Home.create(tmp_path / "home", sample_settings(0)).root, case.site()
    with Serving(site) as serving:
        monkeypatch.setenv("GOVBRIEF_SAMPLE_HOSTS", serving.words)
        began = time.monotonic()
        asked = _added(govbrief, home, site, case)
        seconds = time.monotonic() - began
    _asks_like_a_guest(serving, asked)
    outcome = compare(home, case.source_id, site, case.columns)
    assert outcome.differences == []
    assert sum(outcome.right.values()) == outcome.total > 200
    print(
        f"{case.platform}: {seconds:.0f} s of commands, {len(case.edits)} edited lines,"
        f" {outcome.total} of {outcome.total} fields right"
    )
    assert seconds + READING + AN_EDIT * len(case.edits) < TEN_MINUTES
    assert not list(home.rglob("*.py"))


def _added(govbrief: Govbrief, home: Path, site: Newcomer, case: Case) -> int:
    """The guide's commands in its order; returns how many requests its look at the site may have made."""
    written = govbrief("sources", "new", site.address, "--home", home)
    assert written.code == 0, written.err
    file = home / "sources" / f"{case.source_id}.toml"
    proposed = read_source(file, sample=True)
    assert (proposed.platform, proposed.name_zh) == (case.platform, case.name_zh)
    text = file.read_text(encoding="utf-8")
    for key, value in case.edits.items():
        text, changed = re.subn(rf'^{key} = "[^"]*"', f'{key} = "{value}"', text, count=1, flags=re.M)
        assert changed == 1, key
    file.write_text(text, encoding="utf-8")
    for words in (
        ("sources", "check", case.source_id),
        ("sources", "check"),
        ("sources", "enable", case.source_id),
        ("crawl", case.source_id, "--dry-run"),
        ("crawl", case.source_id),
        ("extract",),
    ):
        outcome = govbrief(*words, "--home", home)
        assert outcome.code == 0, f"{words}: {outcome.out}{outcome.err}"
    assert "problems" not in outcome.out
    return len(site.papers()) * 3


def _asks_like_a_guest(serving: Serving, most: int) -> None:
    """Nothing is asked in vain, and no page twice but those that the first look and the crawl both need."""
    asked = [path for path, _ in serving.log]
    missing = {path for path, status in serving.log if status != 200}
    assert missing <= {"/robots.txt"}
    assert len(asked) < most
    assert all(asked.count(path) <= 3 for path in asked)
