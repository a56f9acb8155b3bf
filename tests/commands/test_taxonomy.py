"""`govbrief taxonomy`: schemes, classes with notes, and a change of the sample home there and back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.commands.conftest import Govbrief


@pytest.fixture
def home(published_home: Path, tmp_path: Path) -> Path:
    """The published sample home, to write into."""
    return Path(shutil.copytree(published_home, tmp_path / "home"))


def test_a_class_is_shown_with_its_note_and_where_it_is_mapped(govbrief: Govbrief, tmp_path: Path) -> None:
    shown = govbrief("taxonomy", "show", "04-02").out
    assert "note_zh: 收税种" in shown
    assert "guangdong-service-themes gd-tax exact" in shown
    record = govbrief("taxonomy", "show", "crs-taxation", "--json").json
    assert record["mapped"] == [{"scheme": "state-council", "code": "04-02", "relation": "exact"}]
    assert govbrief("taxonomy", "show", "99").code == 2


def test_a_scheme_that_is_not_in_use_is_listed_by_name(govbrief: Govbrief) -> None:
    listed = govbrief("taxonomy", "--scheme", "digital-gov-tags", "--json").json
    assert len(listed) == 50
    assert all(one["note_zh"] and one["note_en"] for one in listed)
    schemes = {one["scheme"]: one["place"] for one in govbrief("taxonomy", "schemes", "--json").json}
    assert schemes["state-council"] == 1
    assert schemes["crs-policy-areas"] is None
    assert "scheme 'dewey' is unknown" in govbrief("taxonomy", "--scheme", "dewey").err


def test_a_draft_is_previewed_published_and_taken_back_without_news(govbrief: Govbrief, home: Path) -> None:
    assert govbrief("taxonomy", "draft", "--from", "state-council", "--home", home).code == 0
    file = home / "taxonomies" / "drafts" / "state-council.toml"
    before = govbrief("brief", "养老服务", "--since", "60d", "--format", "json", "--home", home).json
    text = file.read_text(encoding="utf-8").replace('"养老服务", ', "")
    extra = '\n[[class]]\ncode = "23"\nname_zh = "养老"\nname_en = "Elder care"\ndecisive = ["养老服务"]\n'
    file.write_text(text + extra, encoding="utf-8")
    told = govbrief("taxonomy", "preview", "state-council", "--sample", "80", "--home", home).out
    assert "added: 23 养老" in told
    assert "word moved: 养老服务: 17 -> 23" in told
    assert "of 80 documents looked at would move (a steady sample of" in told
    assert govbrief("taxonomy", "publish", "state-council", "--note", "试行", "--home", home).code == 0
    assert govbrief("classify", "--json", "--home", home).json["documents"] > 0
    assert govbrief("classify", "--json", "--home", home).json["documents"] == 0
    assert govbrief("publish", "--home", home).code == 0
    after = govbrief("brief", "养老服务", "--since", "60d", "--format", "json", "--home", home).json
    assert news(after) <= news(before)
    assert govbrief("taxonomy", "rollback", "state-council", "--home", home).code == 0
    log = govbrief("taxonomy", "history", "state-council", "--json", "--home", home).json
    assert [(one["action"], one["name"], one["before"], one["note"]) for one in log] == [
        ("publish", "state-council-1", "packaged", "试行"),
        ("rollback", "packaged", "state-council-1", ""),
    ]


def news(brief: dict[str, object]) -> set[str]:
    """The documents that a briefing tells as new."""
    found: set[str] = set()

    def walk(value: object) -> None:
        if isinstance(value, dict):
            if "document_id" in value:
                found.add(str(value["document_id"]))
            for one in value.values():
                walk(one)
        elif isinstance(value, list):
            for one in value:
                walk(one)

    walk(brief)
    return found


def test_what_cannot_be_drafted_is_said(govbrief: Govbrief, home: Path) -> None:
    assert "needs a NAME" in govbrief("taxonomy", "draft", "--home", home).err
    assert "neither a file nor a draft" in govbrief("taxonomy", "preview", "mine", "--home", home).err
    assert govbrief("taxonomy", "draft", "mine", "--home", home).code == 0
    told = govbrief("taxonomy", "preview", "mine", "--json", "--home", home).json
    assert [one["code"] for one in told["change"]["added"]] == ["a"]
    assert told["effect"]["looked_at"] == told["effect"]["documents"] > 0
