"""Versions beside each other: fields and paragraphs that differ; what a site blanked stays away."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.sample_sites import sample_settings
from dashboard.commands.main import main
from tests.commands.nights import move_to
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.queries import pages_document
from warehouse.version_changes import ParagraphChange, field_changes, paragraph_changes

OLD = ["第一条 每月补助一百元。", "第二条 由街道发放。", "第三条 自印发之日起施行。"]


def kinds(old: list[str], new: list[str]) -> list[tuple[str, int | None, int | None]]:
    return [(one.kind, one.old_at, one.new_at) for one in paragraph_changes(old, new)]


def test_a_sum_that_rose_is_a_changed_paragraph() -> None:
    new = ["第一条 每月补助一百五十元。", *OLD[1:]]
    assert paragraph_changes(OLD, new) == [ParagraphChange("changed", 0, 0, OLD[0], new[0])]


def test_added_and_removed_paragraphs_keep_their_places() -> None:
    assert kinds(OLD, [OLD[0], "新增的一条,说明理由。", *OLD[1:]]) == [("added", None, 1)]
    assert kinds(OLD, OLD[:2]) == [("removed", 2, None)]
    assert kinds(OLD, ["完全不同的另外一份文件。", *OLD[1:]]) == [("removed", 0, None), ("added", None, 0)]


def test_white_space_is_no_change() -> None:
    assert kinds(OLD, [one.replace(" ", "\u3000 ") for one in OLD]) == []


def test_several_paragraphs_find_their_likes_in_order() -> None:
    new = ["第一条 每月补助二百元。", "插入的一句。", "第二条 由社区发放。", OLD[2]]
    assert kinds(OLD, new) == [("changed", 0, 0), ("added", None, 1), ("changed", 1, 2)]


def test_what_the_site_blanked_is_not_shown_again() -> None:
    found = paragraph_changes(["来信人王小花反映路灯不亮。"], ["来信人王某反映路灯不亮。"])
    assert [(one.kind, one.old) for one in found] == [("anonymised", None)]


def test_fields_that_differ_are_named_with_both_values() -> None:
    old = {"title": "办法", "doc_number": None, "published": "2026-05-01", "validity": "有效"}
    new = {"title": "办法", "doc_number": "云民发〔2026〕3号", "published": "2026-05-02", "validity": "有效"}
    assert field_changes(old, new) == [
        {"field": "doc_number", "old": None, "new": "云民发〔2026〕3号"},
        {"field": "published", "old": "2026-05-01", "new": "2026-05-02"},
    ]


@pytest.mark.slow
def test_a_changed_document_of_the_sample_shows_what_changed(tmp_path: Path) -> None:
    root = tmp_path / "home"
    Home.create(root, sample_settings(0))
    for day in (0, 1):
        home = move_to(root, day)
        assert main(["run", "--quiet", "--home", str(root)]) == 0
    publication = Publication.current(home)
    assert publication is not None
    changed = publication.rows("select document_id from document where version_no > 1")
    assert changed
    for row in changed:
        (change,) = pages_document.version_changes(publication, row["document_id"])
        assert change["version_no"] == 2
        assert change["fields"] or change["paragraphs"]
        assert change["omitted"] == 0
        body = publication.body(row["document_id"])
        for one in change["paragraphs"]:
            if one["new_at"] is not None:
                assert one["new"] == body[one["new_at"]]
