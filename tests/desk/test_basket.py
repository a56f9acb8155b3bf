"""Passages are kept for a theme, folded, changed, set in order, taken out and put back."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from warehouse.desk import Desk
from warehouse.desk.basket import BasketItem, Paper, Theme
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.passages import Passage

LINE = "一、到2027年全省养老床位达到十万张。二、每年新增护理员二千名。"
PASSAGE = Passage("doc-1", 1, "reading-1", "ab" * 32, 4, 0, 18, LINE[:18], "总体要求\n", LINE[18:])
PAPER = Paper("养老服务规划", "云河省民政厅", "云民发〔2026〕3号", "2026-05-02")


@pytest.fixture
def desk(home: Home) -> Iterator[Desk]:
    with Desk.open(home) as opened:
        yield opened


def kept(
    desk: Desk, passage: Passage = PASSAGE, theme: str = "养老", note: str = "", *tags: str
) -> BasketItem:
    return desk.basket.add(theme, passage, PAPER.title, note, tags, "local", PAPER)


def test_an_item_keeps_its_words_place_and_paper(desk: Desk) -> None:
    item = kept(desk, PASSAGE, "养老", "用于第二部分", "床位")
    assert desk.basket.items("养老") == [item]
    assert item.passage == PASSAGE
    assert (item.title, item.issuer, item.number, item.issued_on) == (
        PAPER.title, PAPER.issuer, PAPER.number, PAPER.issued_on,
    )  # fmt: skip
    assert (item.note, item.tags, item.account, item.state) == ("用于第二部分", ("床位",), "local", "held")
    assert desk.basket.themes() == [Theme("养老", 1, 0)]


def test_the_same_words_are_kept_once_with_both_notes_and_tags(desk: Desk) -> None:
    first = kept(desk, PASSAGE, "养老", "甲", "床位")
    again = kept(desk, PASSAGE, "养老", "乙", "护理", "床位")
    assert again.item_id == first.item_id
    assert (again.note, again.tags) == ("甲\n乙", ("床位", "护理"))
    assert desk.basket.count("养老") == 1


def test_of_two_passages_one_in_the_other_the_wider_is_kept(desk: Desk) -> None:
    first = kept(desk, replace(PASSAGE, start=7, end=17, text=LINE[7:17]))
    wide = kept(desk, PASSAGE)
    narrow = kept(desk, replace(PASSAGE, start=2, end=9, text=LINE[2:9]))
    assert first.item_id == wide.item_id == narrow.item_id
    assert narrow.passage == PASSAGE
    assert [pin.outcome for pin in desk.basket.pins.log(wide.item_id)] == ["widened"]


def test_passages_that_only_overlap_and_other_versions_are_items_of_their_own(desk: Desk) -> None:
    kept(desk, PASSAGE)
    kept(desk, replace(PASSAGE, start=10, end=20, text=LINE[10:20]))
    kept(desk, replace(PASSAGE, version_no=2))
    kept(desk, PASSAGE, "")
    assert (desk.basket.count("养老"), desk.basket.count("")) == (3, 1)


def test_ten_hands_that_keep_the_same_words_at_once_make_one_item(desk: Desk) -> None:
    with ThreadPoolExecutor(10) as pool:
        made = list(pool.map(lambda n: kept(desk, PASSAGE, "养老", "", f"t{n}"), range(10)))
    (item,) = desk.basket.items("养老")
    assert {one.item_id for one in made} == {item.item_id}
    assert set(item.tags) == {f"t{n}" for n in range(10)}


def test_a_removed_item_is_found_by_its_number_and_can_be_put_back(desk: Desk) -> None:
    item = kept(desk)
    desk.basket.remove(item.item_id, "local")
    assert desk.basket.items("养老") == []
    assert desk.basket.by_ids([item.item_id, 99])[item.item_id].removed
    assert [one.item_id for one in desk.basket.removed("养老")] == [item.item_id]
    assert desk.basket.restore(item.item_id, "local") == item


def test_an_item_is_not_put_back_beside_the_same_words(desk: Desk) -> None:
    item = kept(desk)
    desk.basket.remove(item.item_id, "local")
    kept(desk)
    with pytest.raises(UserError, match="has these words again"):
        desk.basket.restore(item.item_id, "local")


def test_items_move_to_another_theme_and_stand_in_the_order_that_is_set(desk: Desk) -> None:
    one, two, three = (kept(desk, replace(PASSAGE, paragraph=at)) for at in (1, 2, 3))
    desk.basket.order("养老", [three.item_id, one.item_id], "local")
    assert [item.item_id for item in desk.basket.items("养老")] == [three.item_id, one.item_id, two.item_id]
    desk.basket.move(one.item_id, "托育", "local")
    assert [item.item_id for item in desk.basket.items("托育")] == [one.item_id]
    with pytest.raises(UserError, match="is not in that theme"):
        desk.basket.order("养老", [one.item_id], "local")


def test_a_note_written_meanwhile_is_not_overwritten(desk: Desk) -> None:
    item = kept(desk)
    desk.basket.note(item.item_id, "甲写的", "local", known="")
    with pytest.raises(UserError, match="was changed meanwhile"):
        desk.basket.note(item.item_id, "乙写的", "local", known="")
    assert desk.basket.items("养老")[0].note == "甲写的"


def test_tags_filter_and_are_lines(desk: Desk) -> None:
    item = kept(desk)
    desk.basket.tag(item.item_id, ["床位", "床位 "], "local")
    assert [one.tags for one in desk.basket.items("养老", "床位")] == [("床位",)]
    assert desk.basket.items("养老", "护理") == []
    with pytest.raises(UserError, match="one line"):
        desk.basket.tag(item.item_id, ["a\nb"], "local")


def test_the_chosen_theme_is_remembered_for_each_account(desk: Desk) -> None:
    assert desk.basket.chosen("local") == ""
    desk.basket.choose("local", "养老")
    assert desk.basket.chosen("local") == "养老"


def test_every_change_stands_in_the_audit_log_under_its_document(desk: Desk) -> None:
    item = kept(desk)
    desk.basket.note(item.item_id, "甲", "local")
    desk.basket.tag(item.item_id, ["床位"], "local")
    desk.basket.move(item.item_id, "托育", "local")
    desk.basket.remove(item.item_id, "local")
    desk.basket.restore(item.item_id, "local")
    assert [event.action for event in reversed(desk.audit_events("doc-1"))] == [
        "keep-passage", "note-passage", "tag-passage", "move-passage", "remove-passage", "restore-passage",
    ]  # fmt: skip


def test_what_does_not_exist_is_named(desk: Desk) -> None:
    with pytest.raises(UserError, match="no passage 7 in the basket"):
        desk.basket.remove(7, "local")
    with pytest.raises(UserError, match="without words"):
        kept(desk, replace(PASSAGE, text=" \n"))
