"""`govbrief train` on the sample home: sit, learn, preview, apply, label anew without news, go back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.commands.conftest import Govbrief
from tests.commands.test_json import differences, documented
from warehouse.desk import Desk
from warehouse.home import Home
from warehouse.publication import Publication


@pytest.fixture
def home(published_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published_home, tmp_path / "home"))


@pytest.mark.slow
def test_a_sitting_teaches_and_the_effect_is_seen_before_it_holds(govbrief: Govbrief, home: Path) -> None:
    sitting = govbrief("train", "--sitting", "--json", "--home", home).json
    assert len(sitting["documents"]) == 25
    chinese = [one for one in sitting["documents"] if not one["title"].isascii() and one["others"]]
    first, second, third = chinese[:3]
    answers = (f"{first['place']}=ok", f"{second['place']}={second['others'][0]['code']}")
    words = ("--answer", *answers, f"{third['place']}=skip", "--json", "--home", home)
    said = {one["document_id"]: one for one in govbrief("train", *words).json["documents"]}
    told = [said[one["document_id"]]["answer"] for one in (first, second, third)]
    assert told == ["confirmed", "corrected", "skipped"]
    again = govbrief("train", "--answer", answers[0], "--home", home)
    assert (again.code, "take it back" in again.err) == (2, True)

    card = govbrief("train", "--json", "--home", home).json
    assert card["labels"]["librarian"] == 2
    effect = govbrief("train", "--preview", card["name"], "--json", "--home", home).json
    assert differences(documented("train --preview NAME --json"), effect) == []
    assert (effect["looked_at"], effect["settled"] > 2) == (effect["documents"], True)

    applied = govbrief("train", "--apply", card["name"], "--json", "--home", home).json
    assert differences(documented("train --apply NAME --json"), applied) == []
    before = _events(home)
    assert govbrief("classify", "--home", home).code == 0
    assert govbrief("publish", "--home", home).code == 0
    assert _events(home) == before
    publication = Publication.current(Home.open(home))
    assert publication is not None
    assert any(card["name"] in row["model"] for row in publication.rows("select model from classifier"))
    own = publication.rows("select value, sample from quality where name = 'own-topic-first-level'")
    assert bool(own) == any(one["drawn"] == "random" and one["answer"] != "skipped" for one in said.values())
    told = govbrief("classify", "--explain", first["document_id"], "--json", "--home", home).json
    assert differences(documented("classify --explain ID --json"), told) == []
    assert govbrief("train", "--rollback", "--json", "--home", home).json["in_use"] == "packaged"


@pytest.mark.slow
def test_what_a_page_asked_for_is_done_by_the_worker_and_a_failure_says_why(
    govbrief: Govbrief, home: Path
) -> None:
    with Desk.open(Home.open(home)) as desk:
        desk.queue.add("train", {}, "local")
        desk.queue.add("apply-model", {"name": "nobody"}, "local")
        desk.queue.add("dance", {}, "local")
    outcome = govbrief("run", "--jobs", "--json", "--home", home)
    assert outcome.code == 3
    assert [one["failed"] for one in outcome.json["jobs"]] == [False, True, True]
    assert "would move" in outcome.json["jobs"][0]["outcome"]
    assert "There is no model 'nobody'" in outcome.json["jobs"][1]["outcome"]


def _events(home: Path) -> list[object]:
    publication = Publication.current(Home.open(home))
    assert publication is not None
    return [tuple(row.values()) for row in publication.rows("select * from event order by all")]
