"""Shelves: made, filled, ordered, published and taken back, with the log saying who did it."""

from __future__ import annotations

import pytest

from warehouse.desk import Desk
from warehouse.desk.shelves.shelves import Shelves
from warehouse.desk.tables import metadata
from warehouse.errors import UserError
from warehouse.home import Home


@pytest.fixture
def desk(home: Home) -> Desk:
    return Desk.open(home)


@pytest.fixture
def shelves(desk: Desk) -> Shelves:
    return desk.shelves


def _filled(shelves: Shelves) -> tuple[int, int]:
    made = shelves.make("养老服务", "为什么选这些。\n\n怎样使用。", "政策研究室", "中央文件", "local")
    (section,) = shelves.sections(made.shelf_id)
    for name in ("d1", "d2", "d3"):
        shelves.placing.put(section.section_id, name, f"题名 {name}", "", "local")
    return made.shelf_id, section.section_id


def _order(shelves: Shelves, shelf_id: int) -> list[list[str]]:
    return [[one.document_id for one in section.documents] for section in shelves.sections(shelf_id)]


def test_a_shelf_holds_documents_in_sections_and_order(shelves: Shelves, desk: Desk) -> None:
    shelf_id, first = _filled(shelves)
    second = shelves.placing.add_section(shelf_id, "地方做法", "local")
    entries = {one.document_id: one.entry_id for one in shelves.sections(shelf_id)[0].documents}
    shelves.placing.move(entries["d3"], first, 1, "local")
    shelves.placing.move(entries["d1"], second, 9, "local")
    assert _order(shelves, shelf_id) == [["d3", "d2"], ["d1"]]
    assert shelves.get(shelf_id).paragraphs == ("为什么选这些。", "怎样使用。")
    assert {one.action for one in desk.audit_events(f"shelf {shelf_id}")} == {"change-shelf"}


def test_a_document_stands_on_a_shelf_once(shelves: Shelves) -> None:
    shelf_id, _ = _filled(shelves)
    other = shelves.placing.add_section(shelf_id, "地方做法", "local")
    shelves.placing.put(other, "d2", "题名 d2", "理由", "local")
    assert _order(shelves, shelf_id) == [["d1", "d2", "d3"], []]
    assert shelves.sections(shelf_id)[0].documents[1].note == "理由"
    assert shelves.placing.shelves_of("d2") == [shelf_id]


def test_what_was_taken_off_is_gone_and_a_section_with_documents_stays(shelves: Shelves) -> None:
    shelf_id, first = _filled(shelves)
    with pytest.raises(UserError, match="Documents stand"):
        shelves.placing.remove_section(first, "local")
    for one in shelves.sections(shelf_id)[0].documents:
        shelves.placing.take_off(one.entry_id, "local")
    shelves.placing.remove_section(first, "local")
    assert shelves.sections(shelf_id) == []
    with pytest.raises(UserError, match="taken off already"):
        shelves.placing.take_off(1, "local")


def test_readers_see_published_shelves_only(shelves: Shelves) -> None:
    empty = shelves.make("空", "尚无。", "甲", "一", "local")
    with pytest.raises(UserError, match="no document yet"):
        shelves.set_state(empty.shelf_id, "published", "local")
    shelf_id, _ = _filled(shelves)
    assert shelves.listed("published") == []
    assert shelves.set_state(shelf_id, "published", "local").published_at is not None
    assert [one.shelf_id for one in shelves.listed("published")] == [shelf_id]
    shelves.set_state(shelf_id, "removed", "local")
    assert [one.title for one in shelves.listed()] == ["空"]


@pytest.mark.parametrize("number", [0, -1, 99, 2**70])
def test_a_shelf_that_is_not_there_is_named(shelves: Shelves, number: int) -> None:
    with pytest.raises(UserError, match="There is no shelf"):
        shelves.get(number)


def test_purge_finds_the_documents_of_shelves() -> None:
    assert "document_id" in metadata.tables["shelf_document"].c  # the column by which it knows them
