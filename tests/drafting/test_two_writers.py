"""Two analysts write in one draft at a real server, which is killed meanwhile: nothing is lost."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable

import pytest

from tests.dashboard.conftest import Served
from tests.drafting.writers import Writer
from warehouse.desk import Desk
from warehouse.desk.drafts.merging import MARKER
from warehouse.home import Home

Serve = Callable[[Home], Served]
TEXT = "## 综述\n\n本周概况。\n\n## 要闻\n\n- 第一件。\n- 第二件。\n\n## 下期关注\n\n无。\n"


def begun(home: Home) -> int:
    with Desk.open(home) as desk:
        return desk.drafts.begin("weekly", "elderly-care", "周报", "zh", TEXT, "local").draft_id


def written(
    home: Home, draft: int, served: Served, seconds: float, round_no: int, pause: float
) -> list[Writer]:
    """Two writers at work for so long."""
    until = time.monotonic() + seconds
    writers = [
        Writer(served.port, draft, name, until, seed=round_no * 2 + place, pause=pause)
        for place, name in enumerate(("甲", "乙"))
    ]
    for one in writers:
        one.start()
    return writers


def assert_nothing_is_lost(home: Home, draft: int, writers: list[Writer]) -> dict[str, int]:
    """Each acknowledged text reads back as sent, and each of its sentences stands in the head."""
    with Desk.open(home) as desk:
        _, head = desk.drafts.head(draft)
        for one in writers:
            assert {number: desk.drafts.text_of(draft, number) for number in one.texts} == one.texts
            missing = [sentence for sentence, _ in one.acknowledged if sentence not in head]
            assert missing == []
        twice = sum(head.count(sentence) > 1 for one in writers for sentence, _ in one.acknowledged)
        versions = desk.drafts.revisions(draft, 1_000_000)
    return {
        "sentences": sum(len(one.acknowledged) for one in writers),
        "texts": sum(len(one.texts) for one in writers),
        "versions": len(versions),
        "merges": sum(one.kind == "merge" for one in versions),
        "markers": len(MARKER.findall(head)),
        "characters": len(head),
        "twice": twice,
    }


def test_two_writers_and_a_killed_server_lose_nothing(fresh: Home, serve: Serve) -> None:
    draft = begun(fresh)
    served = serve(fresh)
    writers = written(fresh, draft, served, 30.0, 0, pause=0.05)
    time.sleep(3.0)
    served.stop(signal.SIGKILL)
    for one in writers:
        one.join(30)
        assert one.broken, "the server was not killed while they wrote"
    told = assert_nothing_is_lost(fresh, draft, writers)
    assert told["sentences"] > 20
    assert told["merges"] > 3


@pytest.mark.drill
def test_ten_minutes_of_two_writers_lose_nothing(fresh: Home, serve: Serve) -> None:
    draft = begun(fresh)
    writers = written(fresh, draft, serve(fresh), 600.0, 0, pause=2.0)
    for one in writers:
        one.join(700)
        assert one.broken == ""
    print(assert_nothing_is_lost(fresh, draft, writers), [one.outcomes for one in writers])


@pytest.mark.drill
def test_twenty_killed_servers_lose_nothing(fresh: Home, serve: Serve) -> None:
    chance = random.Random(7)
    drafts = [begun(fresh) for _ in range(20)]
    every = []
    for round_no, draft in enumerate(drafts):
        served = serve(fresh)
        writers = written(fresh, draft, served, 60.0, round_no, pause=0.0)
        time.sleep(0.5 + 2 * chance.random())
        served.stop(signal.SIGKILL)
        for one in writers:
            one.join(60)
        every.append((draft, writers))
    told = [assert_nothing_is_lost(fresh, draft, writers) for draft, writers in every]
    print({name: sum(one[name] for one in told) for name in told[0]})
