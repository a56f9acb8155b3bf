"""`govbrief series`, `wanted` and `duplicates` on the sample province, and a tenth of its numbers hidden."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from crawlers.sample_sites import Fault, SampleServer, sample_settings
from dashboard.commands.sample_home import open_sample_home
from tests.commands.conftest import Govbrief
from warehouse.bench.gaps import SHARE, hide
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.publication import Publication


@pytest.fixture
def own_home(published_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published_home, tmp_path / "home"))


def test_the_gaps_of_the_sample_are_told_with_their_reasons(published_home: Path, govbrief: Govbrief) -> None:
    def states(organ: str, year: str) -> dict[str, str]:
        words = ("series", "gaps", "--organ", organ, *year.split(), "--json", "--home", published_home)
        return {one: row["state"] for row in govbrief(*words).json for one in row["numbers"]}

    audit = states("云河省审计厅公告", "--year 2025")
    assert audit == {
        "云河省审计厅公告2025年第5号": "known-non-public",
        "云河省审计厅公告2025年第8号": "seen-cited",
    }
    assert states("青禾市人民政府令", "")["青禾市人民政府令第33号"] == "cancelled"
    assert states("石政办发", "--year 2025")["石政办发〔2025〕15号"] == "unknown"


def test_a_mark_takes_any_bracket_and_says_why(own_home: Path, govbrief: Govbrief) -> None:
    mark = ("series", "mark", "石政办发[2025]15号", "--state", "cancelled", "--home", own_home)
    assert govbrief(*mark).code == 2
    assert govbrief(*mark, "--note", "县政府办电话答复").code == 0
    listed = govbrief("series", "gaps", "--state", "cancelled", "--json", "--home", own_home).json
    assert "石政办发〔2025〕15号" in [one for row in listed for one in row["numbers"]]
    assert "石政办发〔2025〕15号" not in govbrief("series", "mark", "随便", "--state", "none").out


def test_a_held_number_is_not_marked_and_a_strange_one_is_doubted(own_home: Path, govbrief: Govbrief) -> None:
    def marked(number: str, state: str = "cancelled") -> tuple[int, str]:
        done = govbrief("series", "mark", number, "--state", state, "--note", "n", "--home", own_home)
        return done.code, done.err

    code, told = marked("石政办发[2025]14号")
    assert code == 2
    assert "石政办发〔2025〕14号 is held" in told
    code, told = marked("石政办发〔2025〕140号")
    assert (code, "outside its series" in told) == (0, True)
    code, told = marked("云杂发〔2025〕1号")
    assert (code, "Nothing published bears a number of the series" in told) == (0, True)
    code, told = marked("石政办发〔2025〕15号")
    assert (code, "typed right" in told) == (0, False)
    assert marked("石政办发[2025]14号", "none")[0] == 0  # taking a mark back is always allowed
    code, told = marked("青禾市人民政府第33号令")
    assert (code, "typed right" in told) == (0, False)
    gaps = govbrief("series", "gaps", "--organ", "青禾市人民政府令", "--json", "--home", own_home).json
    assert [row["note"] for row in gaps if "青禾市人民政府令第33号" in row["numbers"]] == ["n"]


def test_one_hidden_document_is_told_as_not_crawled_between_the_days_of_its_neighbours(
    published_home: Path, tmp_path: Path, govbrief: Govbrief, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "/art/2025/8/4/art_17101_17012.html"  # 云河省审计厅公告2025年第6号, which the site's list names
    start = SampleServer.__enter__

    def without_the_page(server: SampleServer) -> SampleServer:
        server.faults["sjt.yunhe.example"] = Fault("status", prefix=page)
        return start(server)

    monkeypatch.setattr(SampleServer, "__enter__", without_the_page)
    home = tmp_path / "home"
    open_sample_home(Home.create(home, sample_settings(0)), 0)
    for words in (("crawl", "sample-yunhe-sjt"), ("extract",), ("classify",), ("publish",)):
        assert govbrief(*words, "--home", home).code in (0, 3), words
    asked = ("series", "gaps", "--organ", "云河省审计厅公告", "--year", "2025", "--json", "--home")
    whole, hidden = govbrief(*asked, published_home).json, govbrief(*asked, home).json
    known = {number for row in whole for number in row["numbers"]}
    (gap,) = [row for row in hidden if not known.issuperset(row["numbers"])]
    assert (gap["numbers"], gap["state"]) == (["云河省审计厅公告2025年第6号"], "not-crawled")
    assert (gap["before_serial"], gap["before_day"]) == (4, "2025-06-16")
    assert (gap["after_serial"], gap["after_day"]) == (7, "2025-09-01")
    assert gap["listed_at"] == f"http://sjt.yunhe.example{page}"
    assert known == {number for row in hidden for number in row["numbers"]} - set(gap["numbers"])
    stated = govbrief(*asked[:2], "--state", "not-crawled", "--home", home).out
    assert stated.count("not-crawled") == 1
    assert "2025-06-16 - 2025-09-01" in stated


def test_wrong_words_are_one_sentence(published_home: Path, govbrief: Govbrief) -> None:
    for words in (("series", "gaps", "--state", "x"), ("series", "list", "1号"), ("wanted", "--limit", "0")):
        outcome = govbrief(*words, "--home", published_home)
        assert (outcome.code, len(outcome.sentences)) == (2, 1)


def test_hidden_numbers_of_the_sample_are_found_and_no_others(own_home: Path) -> None:
    home = Home.open(own_home)
    publication = Publication.current(home)
    assert publication is not None
    with Warehouse.open(home) as w:
        w.connection.execute(f"attach '{publication.folder / 'facts.duckdb'}' as pub (read_only)")
        draws = [hide(w, SHARE, seed) for seed in (1, 2)]
    for one in draws:
        assert one.hidden - one.last >= 5
        assert one.recall >= 0.95
        assert one.wrong <= 0.05
