"""Shelves as readers and analysts see them."""

from __future__ import annotations

import pytest

from dashboard.frame import Frame
from tests.dashboard.conftest import Open, html_of
from tests.dashboard.papers import FIRST_DAY
from tests.dashboard.publication_fixture import library, publish_first, publish_second
from warehouse.desk import Desk
from warehouse.home import Home

FREE, REPEALED, CITY, _, EVIL = FIRST_DAY


@pytest.fixture(scope="module")
def shelved(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A library on its second day: one of the chosen documents was repealed, one was never there."""
    folder = tmp_path_factory.mktemp("shelves")
    publish_first(library(folder))
    publish_second(folder)
    home = library(folder, day=1)
    with Desk.open(home) as desk:
        made = desk.shelves.make(
            "养老服务<b>", "为什么选这些。\n怎样使用。", "政策研究室", "省级文件", "local"
        )
        (part,) = desk.shelves.sections(made.shelf_id)
        for paper in (REPEALED, FREE, EVIL):
            desk.shelves.placing.put(part.section_id, paper.document_id, paper.title, "先看这篇", "local")
        desk.shelves.placing.put(part.section_id, "gone-1", "已不在的文献", "", "local")
        desk.shelves.set_state(made.shelf_id, "published", "local")
        desk.shelves.make("草稿书架", "尚未完成。", "甲", "一", "local")
    return home


def test_a_shelf_shows_states_notes_and_what_is_gone(shelved: Home, open_page: Open) -> None:
    page = html_of(open_page(shelved, "shelves", shelf="1"))
    assert "其中 1 篇已废止或失效" in page
    assert "有 1 篇已不在当前发布批次中" in page
    assert "已废止，仅供了解沿革。" in page
    assert page.index(REPEALED.title) < page.index(FREE.title)
    assert "先看这篇" in page
    assert "怎样使用。" in page
    assert "<b>" not in page
    assert "<script>window" not in page


def test_a_corrected_title_shows_on_the_shelf(shelved: Home, open_page: Open) -> None:
    with Desk.open(shelved) as desk:
        made = desk.correct(FREE.document_id, "title", "更正后的题名", FREE.title, "", "local")
        page = html_of(open_page(shelved, "shelves", shelf="1"))
        desk.undo(made.correction_id, "local")
    assert "更正后的题名" in page


@pytest.mark.parametrize("number", ["9", "x", "-1", "99999999999999999999999"])
def test_a_shelf_that_is_not_there_is_refused(shelved: Home, open_page: Open, number: str) -> None:
    assert 'role="alert"' in html_of(open_page(shelved, "shelves", shelf=number))


def test_the_list_tells_how_many_and_who(shelved: Home, open_page: Open) -> None:
    page = html_of(open_page(shelved, "shelves", lang="en"))
    assert "4 documents" in page
    assert "Chosen by 政策研究室" in page


def test_an_analyst_makes_and_fills_a_shelf(shelved: Home, open_page: Open) -> None:
    at = open_page(shelved, "shelves", add=CITY.document_id)
    assert CITY.title in html_of(at)
    places = at.selectbox[0].options
    at.selectbox[0].select_index(next(at for at, one in enumerate(places) if "草稿书架" in one))
    at.text_input(key="put-note").set_value("城市做法")
    next(one for one in at.button if one.label == "放入书架").click().run()
    with Desk.open(shelved) as desk:
        ((only,),) = [part.documents for part in desk.shelves.sections(2)]
    assert (only.document_id, only.note) == (CITY.document_id, "城市做法")
    at = open_page(shelved, "shelves", shelf="2")
    at.text_input(key="put-find").set_value("养老服务").run()
    assert any(one.key == f"put-{FREE.document_id}" for one in at.button)


def test_an_introduction_written_meanwhile_is_not_written_over(shelved: Home, open_page: Open) -> None:
    at = open_page(shelved, "shelves", shelf="2")
    at.text_area(key="head-2-introduction").set_value("我的话。")
    with Desk.open(shelved) as desk:
        desk.shelves.change(2, "草稿书架", "她的话。", "甲", "local")

        def keep() -> str:
            next(one for one in at.button if one.label == "保存" and "head" in str(one.form_id)).click().run()
            return desk.shelves.get(2).introduction

        assert keep() == "她的话。"
        assert "她的话。" in html_of(at)
        assert keep() == "我的话。"  # she has seen it now and presses again
        at.text_area(key="head-2-introduction").set_value("我的后话。")
        assert keep() == "我的后话。"


def test_a_document_names_its_shelves_and_the_way_to_one(shelved: Home, open_page: Open) -> None:
    page = html_of(open_page(shelved, "doc", id=FREE.document_id))
    assert "/shelves?shelf=1" in page
    assert f"/shelves?add={FREE.document_id}" in page


def test_readers_see_published_shelves_and_change_none(
    shelved: Home, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Frame, "may", lambda frame, role: role == "reader")
    page = html_of(open_page(shelved, "shelves"))
    assert "养老服务" in page
    assert "草稿书架" not in page
    assert 'role="alert"' in html_of(open_page(shelved, "shelves", shelf="2"))
    shown = open_page(shelved, "shelves", shelf="1")
    assert [one.label for one in shown.expander] == []
