"""`govbrief routing` lists to whom documents give work, and measures it on the sample."""

from __future__ import annotations

import shutil
from pathlib import Path

from dashboard.commands.routing_measure import Answer, answers, compare
from tests.commands.conftest import Govbrief
from warehouse.desk import Desk
from warehouse.home import Home


def test_routing_on_the_sample_is_right_in_nine_of_ten_pairs(
    govbrief: Govbrief, published_home: Path
) -> None:
    found = govbrief("routing", "--measure", "--json", "--home", published_home).json
    assert found["all"]["documents"] >= 60
    assert found["all"]["precision"] >= 0.9
    assert found["all"]["recall"] >= 0.9
    assert all(one["missed"] or one["extra"] for one in found["misses"])


def test_answers_were_written_for_every_kind_of_the_sample() -> None:
    read = answers()
    assert len({one.key for one in read}) == len(read) == 90
    assert {one.half for one in read} == {"seen", "unseen"}
    assert sum(not one.targets for one in read) > 20


def test_a_missed_and_a_wrong_body_lower_recall_and_precision() -> None:
    answer = Answer("a", ("all:health:county:XS-10", "云河省民政厅"), "seen")
    found = compare([(answer, frozenset({"xs-10-civil-affairs", "xs-10-finance"}))])
    assert (found.parts[0].precision, found.parts[0].recall) == (0.5, 0.5)
    assert found.misses[0].missed == ("all:health:county:XS-10",)
    assert found.misses[0].extra == ("xs-10-finance",)
    unseen = compare([(Answer("b", ("all:health:county:XS-10",), "unseen"), frozenset())])
    assert (unseen.parts[2].missed, unseen.misses) == (1, ())  # what only counts is not shown


def test_an_inbox_names_reason_and_paragraph(govbrief: Govbrief, published_home: Path) -> None:
    rows = govbrief(
        "routing", "--department", "澜江市民政局", "--since", "1y", "--json", "--home", published_home
    ).json
    assert rows
    assert {row["state"] for row in rows} == {"unseen"}
    routes = [route for row in rows for route in row["routes"]]
    assert {route["reason"] for route in routes} <= {"addressee", "responsible", "duty", "topic"}
    assert all(route["paragraph"] >= 1 for route in routes if route["reason"] != "topic")


def test_the_queue_is_oldest_first_and_loses_what_was_dismissed(
    govbrief: Govbrief, published_home: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(published_home, home)
    rows = govbrief("routing", "--unrouted", "--since", "3y", "--json", "--home", home).json
    assert [row["day"] for row in rows] == sorted(row["day"] for row in rows)
    assert all(row["nobody"] in {"nobody", "unknown", "own"} and not row["routes"] for row in rows)
    with Desk.open(Home.open(home)) as desk:
        desk.routing.dismiss(rows[0]["document_id"], "local")
    left = govbrief("routing", "--unrouted", "--since", "3y", "--json", "--home", home).json
    assert rows[0]["document_id"] not in {row["document_id"] for row in left}


def test_a_reason_does_not_go_with_a_theme(govbrief: Govbrief, published_home: Path) -> None:
    refused = govbrief("routing", "--theme", "养老服务", "--reason", "duty", "--home", published_home)
    assert refused.code == 2
    assert "leave it out with --theme" in refused.err
