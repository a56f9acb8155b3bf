"""A refused publication is told by `health` and `status` until another comes up, with what to do about it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.commands.conftest import Govbrief
from tests.warehouse.make import document, fill, make_home
from warehouse.folders import MANIFEST, read_current
from warehouse.home import Home


def alarms(govbrief: Govbrief, home: Home) -> list[str]:
    return [one["code"] for one in govbrief("health", "--json", "--home", home.root).json["alarms"]]


def test_a_refusal_is_told_until_a_publication_comes_up(govbrief: Govbrief, tmp_path: Path) -> None:
    home = make_home(tmp_path)
    at = ("--home", home.root)
    fill(home, [document(1)])
    assert govbrief("publish", *at).code == 0
    assert govbrief("health", *at).code == 0
    current = read_current(home.published)
    fill(home, [document(2, published=date(9999, 12, 31))])
    refused = govbrief("publish", *at)
    assert refused.code == 4
    assert "published-in-the-far-future" in refused.err
    assert "import it again" in refused.err
    assert read_current(home.published) == current
    for _ in range(2):  # it is not told once only
        told = govbrief("health", *at)
        assert told.code == 3
        assert "refused by the check published-in-the-far-future" in told.out
        assert f"publication {current} stays current" in told.out
    assert "! The publication was refused" in govbrief("status", *at).out
    assert alarms(govbrief, home) == ["publication-refused"]
    doomed = document(2).document_id
    again = govbrief("publish", *at)
    assert again.code == 4
    assert doomed in again.err
    fill(home, [document(2)])
    assert govbrief("publish", *at).code == 0
    assert alarms(govbrief, home) == []
    assert govbrief("health", *at).code == 0


def test_an_imported_line_of_the_far_future_is_a_bad_line(govbrief: Govbrief, tmp_path: Path) -> None:
    home = make_home(tmp_path)
    rows = [
        {"id": "a", "title": "关于养老服务的通知", "text": "正文。", "published": "2026-05-01"},
        {"id": "b", "title": "关于托育服务的通知", "text": "正文。", "published": "9999-12-31"},
    ]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (tmp_path / "rows.jsonl").write_text(lines, encoding="utf-8")
    taken = govbrief("import", tmp_path / "rows.jsonl", "--home", home.root)
    assert taken.code == 3
    assert 'line 2: "published" is 9999-12-31, more than a year from today; mend or remove' in taken.err
    assert govbrief("publish", "--home", home.root).code == 0


@pytest.mark.parametrize(
    ("schema", "said"),
    [(1, "was made by an older version; type 'govbrief publish'"), (9999, "by a newer version; update")],
)
def test_a_publication_of_another_version_is_told_as_one(
    govbrief: Govbrief, tmp_path: Path, schema: int, said: str
) -> None:
    home = make_home(tmp_path)
    fill(home, [document(1)])
    assert govbrief("publish", "--home", home.root).code == 0
    file = home.published / str(read_current(home.published)) / MANIFEST
    file.write_text(
        json.dumps({**json.loads(file.read_text(encoding="utf-8")), "schema_version": schema}),
        encoding="utf-8",
    )
    answer = govbrief("search", "养老", "--home", home.root)
    assert answer.code == 4
    assert said in answer.err
    assert govbrief("publish", "--home", home.root).code == 0
    assert govbrief("search", "养老", "--home", home.root).code == 0
