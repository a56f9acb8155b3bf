"""`govbrief searches` and `govbrief demand` from the command line."""

from __future__ import annotations

import json
from datetime import date

import pytest

from dashboard.commands.main import main
from tests.dashboard.publication_fixture import SECOND_DAY, publish_second
from warehouse.desk import Desk
from warehouse.home import Home


@pytest.fixture
def home(fresh: Home) -> Home:
    return fresh


def _json(capsys: pytest.CaptureFixture[str], home: Home, *words: str) -> object:
    capsys.readouterr()
    assert main(["--home", str(home.root), *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_search_is_saved_run_and_removed(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    saved = _json(
        capsys, home, "searches", "save", "care", "养老", "--department", "云河省民政厅", "--shared"
    )
    assert isinstance(saved, dict)
    assert (saved["id"], saved["filters"], saved["problem"]) == (1, {"department": "xs-10-civil"}, None)
    assert _json(capsys, home, "searches", "run")[0]["new"] == []  # type: ignore[index]
    publish_second(home.root)
    (news,) = _json(capsys, home, "searches", "run", "care", "--since", "0")  # type: ignore[misc]
    assert [one["id"] for one in news["new"]] == [SECOND_DAY[0].document_id]
    (nothing,) = _json(capsys, home, "searches", "run", "1", "--since", str(news["position"]))  # type: ignore[misc]
    assert nothing["new"] == []
    assert main(["--home", str(home.root), "searches", "run", "--since", "then"]) == 2
    assert "no position, publication or day" in capsys.readouterr().err
    assert main(["--home", str(home.root), "searches", "remove", "care"]) == 0
    assert _json(capsys, home, "searches", "list") == []


def test_replace_asks_something_else_under_the_same_number(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    _json(capsys, home, "searches", "save", "care", "养老")
    assert main(["--home", str(home.root), "searches", "save", "care", "5G"]) == 2
    changed = _json(capsys, home, "searches", "save", "care", "5G", "--replace")
    assert isinstance(changed, dict)
    assert (changed["id"], changed["query"]) == (1, "5G")
    assert main(["--home", str(home.root), "searches", "show", "care"]) == 0
    assert "1 care: 5G" in capsys.readouterr().out


def test_the_demand_list_says_what_each_query_finds_now(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    with Desk.open(home) as desk:
        for query in ("低空经济", "低空经济", "养老"):
            desk.demand.count(query, date(2026, 5, 30))
    rows = _json(capsys, home, "demand", "--since", "7d")
    assert isinstance(rows, list)
    assert [(one["query"], one["times"], one["found_now"]) for one in rows] == [
        ("低空经济", 2, 0),
        ("养老", 1, 4),
    ]
    assert main(["--home", str(home.root), "demand", "--handled", "养老", "--note", "held now"]) == 0
    assert [one["query"] for one in _json(capsys, home, "demand")] == ["低空经济"]  # type: ignore[union-attr]
    assert main(["--home", str(home.root), "search", "星际旅行"]) == 0  # typed here: programs do that, too
    assert len(_json(capsys, home, "demand", "--all")) == 2  # type: ignore[arg-type]
    assert main(["--home", str(home.root), "demand", "--handled", "nobody"]) == 2


def test_what_a_kept_query_finds_now_is_what_the_query_finds(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    with Desk.open(home) as desk:
        for query in ("养老 OR 低空经济", "养老 " + "低" * 200):
            desk.demand.count(query, date(2026, 5, 30))
    rows = _json(capsys, home, "demand")
    assert [(one["query"][:4], one["whole"], one["found_now"]) for one in rows] == [  # type: ignore[index, attr-defined]
        ("养老 O", True, 4),
        ("养老 低", False, None),
    ]
    assert main(["--home", str(home.root), "demand"]) == 0
    assert "not asked: cut or masked" in capsys.readouterr().out
